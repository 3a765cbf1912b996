// @ts-check
/** The control of one field of one's own, by the field's type: what is typed, what it means, and what is wrong with it. */
import { View, loadTemplates, setAttribute, setText } from '../dom.js';
import { editableAmount, parseAmount } from '../deals/money.js';
import { errorText, formatList, hasText, t, useWords } from '../i18n.js';
import { fillCurrencies } from '../settings/choices.js';
import { loadStyles } from '../styles.js';
import { editableDecimal, parseDecimal } from './field-value.js';

await Promise.all([loadTemplates(import.meta.url), useWords('fields'), loadStyles('fields')]);

/** @typedef {import('./field-value.js').Field} Field */
/** What stands in the control, perhaps half typed: kept in drafts as it is. @typedef {any} FieldState */

let count = 0;

/** @param {Field} field */
function templateOf({ type }) {
  if (type === 'choices') return 'field-choices';
  return type === 'checkbox' ? 'field-checkbox' : 'field-input';
}

export class FieldInput extends View {
  #field;
  #currency;
  #id = `custom-field-${++count}`;
  /** @type {HTMLInputElement|HTMLSelectElement|HTMLTextAreaElement} */
  #control;
  /** @type {HTMLSelectElement|null} */
  #currencyControl = null;
  /** @type {string|null} */
  #code = null;

  /** @param {Field} field @param {{currency: string, isQuiet?: boolean}} options the currency that is usual; quiet: on a page, not in a form */
  constructor(field, { currency, isQuiet = false }) {
    super(templateOf(field));
    this.#field = field;
    this.#currency = currency;
    const { label, error } = this.parts;
    setText(label, field.name);
    error.id = `${this.#id}-error`;
    this.root.dataset.field = String(field.id);
    this.root.classList.toggle('field-wide', field.type === 'long-text' || field.type === 'choices');
    this.#control = this.#make();
    this.#control.id = this.#id;
    this.#control.setAttribute('aria-describedby', error.id);
    if (label instanceof HTMLLabelElement) label.htmlFor = this.#id;
    if (isQuiet) this.#makeQuiet();
  }

  get field() {
    return this.#field;
  }

  get hasFault() {
    return this.#code !== null;
  }

  focus() {
    this.#control.focus();
  }

  #make() {
    const { slot } = this.parts;
    switch (this.#field.type) {
      case 'checkbox': return this.parts.box;
      case 'choices': return this.#makeChoices();
      case 'choice': {
        const select = document.createElement('select');
        select.className = 'select';
        select.append(new Option(t('field.none'), ''), ...this.#field.choices.map(({ id, name }) => new Option(name, String(id))));
        slot.append(select);
        return select;
      }
      case 'long-text': {
        const area = document.createElement('textarea');
        area.className = 'textarea';
        area.rows = 3;
        area.maxLength = 10_000;
        slot.append(area);
        return area;
      }
      default: return this.#makeInput();
    }
  }

  #makeInput() {
    const { type, name } = this.#field;
    const input = document.createElement('input');
    input.className = 'input';
    input.autocomplete = 'off';
    this.parts.slot.append(input);
    if (type === 'date') {
      input.type = 'date';
      input.max = '9999-12-31';
      return input;
    }
    input.maxLength = type === 'text' ? 1000 : 40;
    if (type === 'text') return input;
    input.inputMode = 'decimal';
    input.classList.add('number');
    if (type === 'currency') {
      const select = document.createElement('select');
      select.className = 'select field-currency';
      select.setAttribute('aria-label', t('field.currencyOf', { name }));
      fillCurrencies(select, [this.#currency], { isNarrow: true });
      select.value = this.#currency;
      this.parts.slot.append(select);
      this.parts.slot.classList.add('field-amount');
      this.#currencyControl = select;
    }
    return input;
  }

  #makeChoices() {
    const { list } = this.parts;
    list.append(...this.#field.choices.map(({ id, name }) => {
      const { root, parts } = new View('field-choice');
      parts.box.value = String(id);
      setText(parts.text, name);
      return root;
    }));
    list.addEventListener('change', () => this.#showChosen());
    this.#showChosen();
    return list.querySelector('input') ?? list;
  }

  /** On a page, several choices stand as their names, and open to be changed. */
  #makeQuiet() {
    const { chosen, list } = this.parts;
    for (const control of [this.#control, this.#currencyControl]) {
      if (control && /** @type {any} */ (control).type !== 'checkbox') control.classList.add('quiet');
    }
    if (this.#control instanceof HTMLTextAreaElement) this.#control.rows = 1;
    if (!(this.#control instanceof HTMLSelectElement) && this.#control.type !== 'date') this.#control.placeholder = t('field.add');
    if (!chosen) return;
    const details = document.createElement('details');
    const summary = document.createElement('summary');
    details.className = 'field-chosen';
    summary.className = 'input quiet';
    summary.append(chosen);
    chosen.hidden = false;
    list.replaceWith(details);
    details.append(summary, list);
  }

  /** Whether it may only be read: what is empty says so, instead of asking to be filled. @param {boolean} isFixed */
  fix(isFixed) {
    for (const control of this.root.querySelectorAll('input, select, textarea, button')) {
      /** @type {HTMLInputElement} */ (control).disabled = isFixed;
    }
    if (this.#control instanceof HTMLSelectElement || this.#control.type === 'checkbox') return;
    this.#control.placeholder = t(isFixed ? 'field.none' : 'field.add');
    if (this.#field.type === 'date') /** @type {HTMLInputElement} */ (this.#control).type = isFixed && !this.#control.value ? 'text' : 'date';
  }

  #showChosen() {
    const { chosen } = this.parts;
    const names = this.#field.choices.filter(({ id }) => this.#boxes.some((box) => box.checked && box.value === String(id)));
    setText(chosen, names.length ? formatList(names.map(({ name }) => name)) : t('field.none'));
    chosen.classList.toggle('field-nothing', names.length === 0);
  }

  /** @returns {HTMLInputElement[]} */
  get #boxes() {
    return [...this.parts.list.querySelectorAll('input')];
  }

  /** What stands in the control; null when nothing does. @returns {FieldState|null} */
  get state() {
    const control = /** @type {any} */ (this.#control);
    switch (this.#field.type) {
      case 'checkbox': return control.checked || null;
      case 'choices': {
        const ids = this.#boxes.filter(({ checked }) => checked).map(({ value }) => Number(value));
        return ids.length ? ids : null;
      }
      case 'currency': return control.value.trim() ? { amount: control.value, currency: this.#currencyControl?.value } : null;
      case 'date': return control.validity.badInput ? { unreadable: true } : control.value || null;
      default: return control.value.trim() ? control.value : null;
    }
  }

  /** @param {FieldState|null} state */
  set state(state) {
    const control = /** @type {any} */ (this.#control);
    switch (this.#field.type) {
      case 'checkbox':
        control.checked = state === true;
        break;
      case 'choices':
        for (const box of this.#boxes) box.checked = Array.isArray(state) && state.includes(Number(box.value));
        this.#showChosen();
        break;
      case 'currency':
        control.value = state?.amount ?? '';
        if (this.#currencyControl) this.#currencyControl.value = state?.currency ?? this.#currency;
        break;
      default:
        control.value = typeof state === 'string' ? state : '';
        control.classList.toggle('is-empty', control.value === '');
    }
    this.showFault(null);
  }

  /** Shows a value of the interface. @param {any} value */
  show(value) {
    switch (this.#field.type) {
      case 'number':
        this.state = value === undefined ? null : editableDecimal(value);
        break;
      case 'currency':
        this.state = value === undefined ? null : { amount: editableAmount(value), currency: value.currency };
        break;
      case 'choice':
        this.state = value === undefined ? null : String(value);
        break;
      default:
        this.state = value ?? null;
    }
  }

  /** What the interface is given, null to empty the field; or why it cannot be. @returns {{entry: any, code?: undefined}|{code: string}} */
  read() {
    const { state } = this;
    if (state === null) return { entry: null };
    switch (this.#field.type) {
      case 'number': {
        const number = parseDecimal(state);
        return number === null ? { code: 'fields.invalid' } : { entry: number };
      }
      case 'currency': {
        const amount = parseAmount(state.amount, state.currency);
        return amount.problem ? { code: 'fields.invalid' } : { entry: { minor: amount.minor, currency: state.currency } };
      }
      case 'date': return typeof state === 'string' ? { entry: state } : { code: 'fields.invalid' };
      case 'choice': return { entry: Number(state) };
      case 'text':
      case 'long-text': return { entry: state.trim() };
      default: return { entry: state };
    }
  }

  /** @param {string|null} code */
  showFault(code) {
    const { error } = this.parts;
    this.#code = code;
    setAttribute(this.#control, 'aria-invalid', code === null ? null : 'true');
    error.hidden = code === null;
    setText(error, code === null ? '' : this.#faultText(code));
  }

  /** @param {string} code */
  #faultText(code) {
    const own = `error.${code}.${this.#field.type}`;
    return hasText(own) ? t(own) : errorText({ code });
  }
}
