// @ts-check
/** Which columns of a list are shown: remembered by the browser, chosen in a menu. */
import { View, clone, setAttribute, setText } from '../dom.js';
import { fieldColumns } from '../fields/field-columns.js';
import { formatDate, formatDateTime, t } from '../i18n.js';
import { timeCell } from './record-row.js';

/** @typedef {import('./record-row.js').RecordColumn} RecordColumn */

/** Those of fields of one's own: without a head above them, each value says of which it is.
 * @param {import('../fields/field-value.js').Field[]} fields @returns {RecordColumn[]} */
export function ownColumns(fields) {
  return fieldColumns(fields).map(({ name, text, cells }) => ({
    name, label: text, cells: (record) => cells(record).filter(Boolean).map((value) => t('filter.chip', { label: text, value })),
  }));
}

/** When there was last something of it. @returns {RecordColumn} */
export function activityColumn() {
  return {
    name: 'activity', label: t('table.activity'), cells: ({ createdAt, lastActivityAt }) => {
      const at = lastActivityAt ?? createdAt;
      return [timeCell(at, formatDate(at), formatDateTime(at))];
    },
  };
}

export class RecordColumns extends View {
  #all;
  #usual;
  #storageKey;
  #button;
  #onChange;

  /**
   * @param {HTMLElement} menu @param {HTMLElement} button
   * @param {{storageKey: string, usual: string[], all: () => RecordColumn[], onChange: () => void}} options
   */
  constructor(menu, button, { storageKey, usual, all, onChange }) {
    super(menu);
    this.#button = button;
    this.#storageKey = storageKey;
    this.#usual = usual;
    this.#all = all;
    this.#onChange = onChange;
  }

  connected() {
    this.listen(this.#button, 'click', () => this.#open());
    this.listen(this.root, 'toggle', (event) => setAttribute(this.#button, 'aria-expanded', String(event.newState === 'open')));
  }

  /** By their names; none: the usual ones. @returns {string[]} */
  get chosen() {
    const stored = localStorage.getItem(this.#storageKey);
    return stored === null ? [] : stored.split(',').filter(Boolean);
  }

  /** @param {string[]} names */
  set chosen(names) {
    if (names.length === 0) localStorage.removeItem(this.#storageKey);
    else localStorage.setItem(this.#storageKey, names.join(','));
    this.#onChange();
  }

  /** @returns {RecordColumn[]} */
  get shown() {
    const names = this.chosen.length > 0 ? this.chosen : this.#usual;
    return this.#all().filter(({ name }) => names.includes(name));
  }

  #open() {
    const shown = this.shown.map(({ name }) => name);
    this.root.replaceChildren(...this.#all().map(({ name, label }) => {
      const { root, parts } = clone('record-column');
      setText(parts.text, label);
      parts.box.checked = shown.includes(name);
      parts.box.addEventListener('change', () => {
        const now = new Set(this.shown.map((column) => column.name));
        if (parts.box.checked) now.add(name);
        else now.delete(name);
        // A list of names alone is chosen as well.
        const names = this.#all().map((column) => column.name).filter((each) => now.has(each));
        this.chosen = names.length > 0 ? names : ['-'];
      });
      return root;
    }));
    this.root.showPopover();
    const from = this.#button.getBoundingClientRect();
    const { width } = this.root.getBoundingClientRect();
    this.root.style.setProperty('left', `${Math.max(8, Math.min(from.right - width, innerWidth - width - 8))}px`);
    this.root.style.setProperty('top', `${from.bottom + 6}px`);
    /** @type {HTMLElement|null} */ (this.root.querySelector('input'))?.focus();
  }
}
