// @ts-check
/**
 * A row of a list: whether it is chosen, who it is, and the columns that are shown. The whole row but the box is one link.
 */
import { View, setText } from '../dom.js';
import { t } from '../i18n.js';

/**
 * @typedef {object} RecordColumn
 * @property {string} name
 * @property {string} label as it reads
 * @property {(record: any) => (string|Node)[]} cells
 */

export class RecordRow extends View {
  #fill;
  #onChoose;
  #id = 0;

  /**
   * @param {(parts: Record<string, any>, record: any) => string} fill answers what it is called
   * @param {(id: number, isChosen: boolean, isRange: boolean) => void} onChoose
   */
  constructor(fill, onChoose) {
    super('record-row');
    this.#fill = fill;
    this.#onChoose = onChoose;
    this.link = /** @type {HTMLElement} */ (this.parts.link);
    this.parts.choice.addEventListener('click', (/** @type {MouseEvent} */ event) => {
      this.#onChoose(this.#id, this.parts.choice.checked, event.shiftKey);
    });
  }

  /** @param {any} record @param {RecordColumn[]} columns @param {boolean} isChosen */
  show(record, columns, isChosen) {
    this.#id = record.id;
    const { choice, cells } = this.parts;
    const name = this.#fill(this.parts, record);
    choice.checked = isChosen;
    choice.setAttribute('aria-label', t('records.choose', { name }));
    this.root.classList.toggle('is-chosen', isChosen);
    cells.replaceChildren(...columns.map(({ name: column, cells: content }) => {
      const cell = document.createElement('span');
      cell.className = `record-cell record-cell-${column.startsWith('field-') ? 'field' : column}`;
      cell.append(...content(record));
      return cell;
    }));
  }
}

/** @param {number} at @param {string} text @param {string} title */
export function timeCell(at, text, title) {
  const time = document.createElement('time');
  time.dateTime = new Date(at).toISOString();
  time.title = title;
  setText(time, text);
  return time;
}
