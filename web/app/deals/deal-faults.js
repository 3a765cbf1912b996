// @ts-check
/** What is wrong with the fields of a deal's form, shown beside each, and all together above the buttons. */
import { setAttribute, setText } from '../dom.js';
import { errorText, t } from '../i18n.js';
import { fieldOrder } from './deal-errors.js';

/** @typedef {import('./deal-errors.js').DealField} DealField */

export class DealFaults {
  /** @type {Set<DealField>} */
  #faulty = new Set();
  #parts;
  #pickers;
  #inputs;
  #details;

  /**
   * @param {Record<string, any>} parts of the form
   * @param {{contact: import('./record-picker.js').RecordPicker, account: import('./record-picker.js').RecordPicker}} pickers
   * @param {import('../fields/field-inputs.js').FieldInputs} inputs the fields of one's own
   * @param {() => Record<string, string>} details what the texts mention
   */
  constructor(parts, pickers, inputs, details) {
    this.#parts = parts;
    this.#pickers = pickers;
    this.#inputs = inputs;
    this.#details = details;
  }

  /** Shows these and no others. @param {Record<string, string|undefined>} codes */
  show(codes) {
    for (const field of fieldOrder) this.#mark(field, codes[field] ?? null);
    this.#inputs.showFaults(codes);
    this.refresh();
  }

  /** @param {DealField} field */
  clear(field) {
    if (!this.#faulty.has(field)) return;
    this.#mark(field, null);
    this.refresh();
  }

  /** Goes to the first in reading order. */
  focusFirst() {
    this.#all[0]?.focus();
  }

  get any() {
    return this.#all.length > 0;
  }

  /** In reading order. @returns {{label: string, focus: () => void}[]} */
  get #all() {
    const own = fieldOrder.filter((field) => this.#faulty.has(field))
      .map((field) => ({ label: t(`deal.${field}`), focus: () => this.#control(field).focus() }));
    return [...own, ...this.#inputs.faulty];
  }

  /** @param {DealField} field @param {string|null} code */
  #mark(field, code) {
    const text = code === null ? null : errorText({ code, details: this.#details() });
    if (text === null) this.#faulty.delete(field);
    else this.#faulty.add(field);
    if (field === 'contact' || field === 'account') {
      this.#pickers[field].setError(text, code?.startsWith('deal.contact.email-'));
      return;
    }
    const error = this.#parts[`${field}Error`];
    setText(error, text ?? '');
    error.hidden = text === null;
    setAttribute(this.#parts[field], 'aria-invalid', text === null ? null : 'true');
  }

  /** Several are also named together; each name goes to its field. */
  refresh() {
    const { summary, summaryText, faults } = this.#parts;
    const faulty = this.#all;
    summary.hidden = faulty.length < 2;
    setText(summaryText, t('deal.faults', { count: faulty.length }));
    faults.replaceChildren(...faulty.map(({ label, focus }) => {
      const item = document.createElement('li');
      const button = document.createElement('button');
      button.type = 'button';
      button.className = 'link';
      button.textContent = label;
      button.addEventListener('click', focus);
      item.append(button);
      return item;
    }));
  }

  /** @param {DealField} field @returns {HTMLElement} */
  #control(field) {
    return field === 'contact' || field === 'account' ? this.#pickers[field].faultyControl : this.#parts[field];
  }
}
