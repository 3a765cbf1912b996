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
  #details;

  /**
   * @param {Record<string, any>} parts of the form
   * @param {{contact: import('./record-picker.js').RecordPicker, account: import('./record-picker.js').RecordPicker}} pickers
   * @param {() => Record<string, string>} details what the texts mention
   */
  constructor(parts, pickers, details) {
    this.#parts = parts;
    this.#pickers = pickers;
    this.#details = details;
  }

  /** Shows these and no others. @param {Partial<Record<DealField, string>>} codes */
  show(codes) {
    for (const field of fieldOrder) this.#mark(field, codes[field] ?? null);
    this.#renderSummary();
  }

  /** @param {DealField} field */
  clear(field) {
    if (!this.#faulty.has(field)) return;
    this.#mark(field, null);
    this.#renderSummary();
  }

  /** Goes to the first in reading order. */
  focusFirst() {
    const first = fieldOrder.find((field) => this.#faulty.has(field));
    if (first) this.#control(first).focus();
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
  #renderSummary() {
    const { summary, summaryText, faults } = this.#parts;
    const faulty = fieldOrder.filter((field) => this.#faulty.has(field));
    summary.hidden = faulty.length < 2;
    setText(summaryText, t('deal.faults', { count: faulty.length }));
    faults.replaceChildren(...faulty.map((field) => {
      const item = document.createElement('li');
      const button = document.createElement('button');
      button.type = 'button';
      button.className = 'link';
      button.textContent = t(`deal.${field}`);
      button.addEventListener('click', () => this.#control(field).focus());
      item.append(button);
      return item;
    }));
  }

  /** @param {DealField} field @returns {HTMLElement} */
  #control(field) {
    return field === 'contact' || field === 'account' ? this.#pickers[field].faultyControl : this.#parts[field];
  }
}
