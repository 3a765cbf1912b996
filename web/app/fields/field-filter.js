// @ts-check
/**
 * Filters on fields of one's own, as a part of a panel of filters: a control for each field, and a chip for each that is on.
 * In an address and in a query they are `field.ID`, or `field.ID.from` and `field.ID.to`.
 */
import { View, loadTemplates, setAttribute, setText } from '../dom.js';
import { editableAmount, formatMoney, parseAmount } from '../deals/money.js';
import { formatCalendarDate, hasText, t, useWords } from '../i18n.js';
import { editableDecimal, formatField, parseDecimal } from './field-value.js';

await Promise.all([loadTemplates(import.meta.url), useWords('fields')]);

/** @typedef {import('./field-value.js').Field} Field */
/** Conditions by the names of their parameters. @typedef {Record<string, string>} FieldConditions */
/** @typedef {{name: string, text: string, removes: string[]}} FieldChip */

const ranges = ['number', 'currency', 'date'];

/** The parameters of a field. @param {Field} field */
function namesOf({ id, type }) {
  return ranges.includes(type) ? [`field.${id}.from`, `field.${id}.to`] : [`field.${id}`];
}

/**
 * The conditions in an address, without those on fields that are no more.
 * @param {URLSearchParams} query @param {Field[]} fields
 * @returns {FieldConditions}
 */
export function fieldConditions(query, fields) {
  const names = fields.flatMap(namesOf).filter((name) => query.get(name));
  return Object.fromEntries(names.map((name) => [name, /** @type {string} */ (query.get(name))]));
}

/** What each condition says, and what taking it away removes. @param {FieldConditions} values @param {Field[]} fields @param {string} currency @returns {FieldChip[]} */
export function fieldChips(values, fields, currency) {
  const chips = [];
  for (const field of fields) {
    const removes = namesOf(field).filter((name) => values[name]);
    if (removes.length === 0) continue;
    const name = `field.${field.id}`;
    const text = ranges.includes(field.type)
      ? rangeText(field, values[`${name}.from`], values[`${name}.to`], currency)
      : t('filter.chip', { label: field.name, value: valueText(field, values[name]) });
    chips.push({ name, text, removes });
  }
  return chips;
}

/** @param {Field} field @param {string} value */
function valueText(field, value) {
  if (field.type === 'choice') return formatField(field, Number(value));
  if (field.type === 'choices') return formatField(field, [Number(value)]);
  return field.type === 'checkbox' ? t('field.checked') : value;
}

/** @param {Field} field @param {string|undefined} from @param {string|undefined} to @param {string} currency */
function rangeText(field, from, to, currency) {
  const text = (/** @type {string|undefined} */ value) => {
    if (!value) return '';
    if (field.type === 'currency') return formatMoney({ minor: value, currency });
    return field.type === 'date' ? formatCalendarDate(value) : formatField(field, value);
  };
  const key = from && to ? 'filter.between' : from ? 'filter.atLeast' : 'filter.atMost';
  return t(key, { label: field.name, from: text(from), to: text(to) });
}

let count = 0;

export class FieldFilter extends View {
  #store;
  #kind;
  /** @type {{field: Field, controls: any[], error: HTMLElement|null}[]} */
  #rows = [];

  /** @param {import('../store.js').Store} store @param {"deal"|"contact"|"account"} kind */
  constructor(store, kind) {
    super('field-filter');
    this.#store = store;
    this.#kind = kind;
    this.#make();
  }

  connected() {
    this.#store.subscribe('fields', () => this.#make(), this.signal);
  }

  get #currency() {
    return this.#store.session.workspace.defaultCurrency;
  }

  #make() {
    this.#rows = [];
    const roots = this.#store.fieldsOf(this.#kind).map((field) => {
      const isRange = ranges.includes(field.type);
      const { root, parts } = new View(isRange ? 'field-filter-range' : 'field-filter-one');
      setText(parts.label, field.name);
      root.classList.toggle('filter-wide', isRange);
      const controls = isRange ? [parts.from, parts.to] : [this.#makeOne(field, parts)];
      if (isRange) this.#fillRange(field, parts);
      this.#rows.push({ field, controls, error: parts.error ?? null });
      return root;
    });
    this.parts.list.replaceChildren(...roots);
    this.root.hidden = roots.length === 0;
  }

  /** @param {Field} field @param {Record<string, any>} parts */
  #makeOne({ type, choices }, { slot, label }) {
    const isText = type === 'text' || type === 'long-text';
    const control = document.createElement(isText ? 'input' : 'select');
    control.className = isText ? 'input' : 'select';
    control.id = label.htmlFor = `field-filter-${++count}`;
    if (control instanceof HTMLInputElement) {
      control.maxLength = 100;
      control.autocomplete = 'off';
    } else {
      const offered = type === 'checkbox' ? [{ id: 'true', name: t('field.checked') }] : choices;
      control.append(new Option(t('field.any'), ''), ...offered.map(({ id, name }) => new Option(name, String(id))));
    }
    slot.append(control);
    return control;
  }

  /** @param {Field} field @param {Record<string, any>} parts */
  #fillRange({ type, name }, { from, to, label, error }) {
    from.setAttribute('aria-label', t('field.filter.from', { name }));
    to.setAttribute('aria-label', t('field.filter.to', { name }));
    error.id = `field-filter-error-${++count}`;
    for (const control of [from, to]) {
      control.setAttribute('aria-describedby', error.id);
      if (type === 'date') {
        control.type = 'date';
        control.max = '9999-12-31';
      } else {
        control.inputMode = 'decimal';
        control.maxLength = 40;
        control.classList.add('number');
      }
    }
    if (type === 'currency') setText(label, t('field.filter.amount', { name, currency: this.#currency }));
  }

  /** @param {FieldConditions} values */
  show(values) {
    for (const { field, controls, error } of this.#rows) {
      namesOf(field).forEach((name, index) => {
        controls[index].value = values[name] ? this.#editable(field, values[name]) : '';
        controls[index].removeAttribute('aria-invalid');
      });
      if (error) error.hidden = true;
    }
  }

  /** @param {Field} field @param {string} value */
  #editable({ type }, value) {
    if (type === 'number') return editableDecimal(value);
    return type === 'currency' ? editableAmount({ minor: value, currency: this.#currency }) : value;
  }

  /** What is asked for: every parameter of every field, empty where nothing is. @returns {{values: FieldConditions, isFaulty: boolean}} */
  read() {
    /** @type {FieldConditions} */
    const values = {};
    let isFaulty = false;
    for (const { field, controls, error } of this.#rows) {
      let isWrong = false;
      namesOf(field).forEach((name, index) => {
        const value = this.#value(field, controls[index]);
        setAttribute(controls[index], 'aria-invalid', value === null ? 'true' : null);
        isWrong ||= value === null;
        values[name] = value ?? '';
      });
      isFaulty ||= isWrong;
      if (!error) continue;
      error.hidden = !isWrong;
      const text = `error.fields.invalid.${field.type}`;
      setText(error, isWrong ? t(hasText(text) ? text : 'error.fields.invalid') : '');
    }
    return { values, isFaulty };
  }

  /** @param {Field} field @param {any} control @returns {string|null} null: it cannot be read */
  #value({ type }, control) {
    const text = control.value.trim();
    if (type === 'date') return control.validity.badInput ? null : text;
    if (text === '') return '';
    if (type === 'number') return parseDecimal(text);
    if (type !== 'currency') return text;
    const amount = parseAmount(text, this.#currency);
    return amount.problem ? null : String(amount.minor);
  }
}
