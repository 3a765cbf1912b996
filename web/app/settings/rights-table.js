// @ts-check
/** What may be done, as a table of boxes: a row for each pipeline of a group, or for each group of a pipeline. Saves as one ticks. */
import { toast } from '../announcer.js';
import { View, clone, loadTemplates, setText } from '../dom.js';
import { errorText, formatList, t, useWords } from '../i18n.js';

await Promise.all([loadTemplates(import.meta.url, './group-templates.html'), useWords('groups')]);

/** @type {import('../deals/rights.js').Right[]} */
const names = ['see', 'add', 'edit', 'delete', 'reassign'];

/** In a few words. @param {string[]} rights */
export function rightsText(rights) {
  if (rights.length === names.length) return t('rights.all');
  if (rights.length === 1) return t('rights.see');
  return formatList(rights.filter((right) => right !== 'see').map((right) => t(`right.${right}`)));
}

/** @param {any} group */
export function groupName({ isEveryone, name }) {
  return isEveryone ? t('group.everyone') : name;
}

/**
 * @typedef {object} RightsRow
 * @property {number} id
 * @property {string} name
 * @property {string} [href] the page of what the row is of
 * @property {string[]} rights
 */

export class RightsTable extends View {
  #save;
  /** @type {RightsRow[]} */
  #rows = [];
  /** Rows that are being saved: what is on its way is not drawn over. @type {Set<number>} */
  #saving = new Set();
  /** One save after the other, so that the last box that was ticked has the last word. @type {Promise<void>} */
  #queue = Promise.resolve();

  /**
   * @param {{title: string, hint: string, corner: string}} texts
   * @param {(id: number, rights: string[]) => Promise<void>} save
   */
  constructor({ title, hint, corner }, save) {
    super('rights-table');
    this.#save = save;
    setText(this.parts.title, title);
    setText(this.parts.hint, hint);
    setText(this.parts.corner, corner);
    this.parts.card.setAttribute('aria-label', title);
  }

  connected() {
    this.listen(this.parts.rows, 'change', (event) => void this.#changed(event.target));
  }

  /** @param {RightsRow[]} rows */
  show(rows) {
    this.#rows = rows;
    const { rows: body } = this.parts;
    const shape = JSON.stringify(rows.map(({ id, name }) => [id, name]));
    if (body.dataset.shape !== shape) {
      body.dataset.shape = shape;
      body.replaceChildren(...rows.map((row) => this.#row(row)));
    }
    for (const { id, rights } of rows) if (!this.#saving.has(id)) this.#check(id, rights);
  }

  /** @param {RightsRow} row */
  #row({ id, name, href }) {
    const row = document.createElement('tr');
    row.dataset.row = String(id);
    const head = document.createElement('th');
    head.scope = 'row';
    const text = document.createElement(href ? 'a' : 'span');
    if (href) text.setAttribute('href', href);
    text.className = href ? 'link rights-name' : 'rights-name';
    text.textContent = name;
    head.append(text);
    row.append(head, ...names.map((right) => {
      const { root, parts } = clone('rights-cell');
      const label = t(`right.${right}`);
      parts.box.value = right;
      parts.box.setAttribute('aria-label', t('right.of', { right: label, name }));
      setText(parts.text, label);
      return root;
    }));
    return row;
  }

  /** @param {number} id @returns {HTMLInputElement[]} */
  #boxes(id) {
    return [...this.parts.rows.querySelectorAll(`tr[data-row="${id}"] input`)];
  }

  /** @param {number} id @param {string[]} rights */
  #check(id, rights) {
    for (const box of this.#boxes(id)) box.checked = rights.includes(box.value);
  }

  /** Whoever may do anything may see; whoever may not see may do nothing. @param {HTMLInputElement} box */
  async #changed(box) {
    const id = Number(/** @type {HTMLElement} */ (box.closest('tr')).dataset.row);
    const { status } = this.parts;
    let rights = this.#boxes(id).filter(({ checked }) => checked).map(({ value }) => value);
    if (!box.checked && box.value === 'see') rights = [];
    else if (box.checked && !rights.includes('see')) rights.unshift('see');
    this.#check(id, rights);
    setText(status, '');
    this.#saving.add(id);
    const save = this.#queue.then(() => this.#save(id, rights));
    this.#queue = save.catch(() => {});
    try {
      await save;
      setText(status, t('settings.saved'));
    } catch (/** @type {any} */ error) {
      void toast(errorText(error), { urgent: true });
      this.#check(id, this.#rows.find((row) => row.id === id)?.rights ?? []);
    } finally {
      this.#saving.delete(id);
    }
  }
}
