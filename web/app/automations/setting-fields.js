// @ts-check
/** The fields of a step's settings: each a label, a control, a hint and what is wrong with it. */
import { isAbort } from '../api.js';
import { clone, setAttribute, setText } from '../dom.js';
import { t } from '../i18n.js';
import { editableAmount, formatMoney, parseAmount } from '../deals/money.js';
import { findTags } from '../records/tags.js';
import { fillCurrencies } from '../settings/choices.js';
import { openStepMenu } from './step-menu.js';
import { textTags } from './text-tags.js';
import { choicesField, dayField, decimalField } from './value-fields.js';

/**
 * What can be set of a step.
 * @typedef {object} Setting
 * @property {string} name of the step's property
 * @property {'text'|'long-text'|'secret'|'number'|'decimal'|'choice'|'choices'|'tag'|'money'|'day'} type
 * @property {string} label in the page's language
 * @property {string} [hint]
 * @property {string} [placeholder]
 * @property {boolean} [required]
 * @property {boolean} [tags] personalization tags may stand in it
 * @property {boolean} [half] two of them stand side by side
 * @property {number} [max] of a number; characters of a text
 * @property {number} [min]
 * @property {[value: any, label: string][]} [options]
 * @property {string[]} [offered] what is offered while one types a text
 * @property {string[]} [currencies] those that come first
 */

/**
 * @typedef {object} Field
 * @property {HTMLElement} root
 * @property {HTMLElement} control what takes the focus
 * @property {(setting: Setting, value: any, typed: string|undefined) => void} show
 * @property {(text: string|null) => void} fault
 */

/** @typedef {(value: any, typed?: string) => void} Change `typed`: what cannot be read as a value stays as it was typed */

let number = 0;

/** @param {Setting} setting @param {import('../api.js').Api} api @param {Change} onChange @param {AbortSignal} signal @returns {Field} */
export function makeField(setting, api, onChange, signal) {
  const { root, parts } = clone('setting-field');
  const id = `setting-${++number}`;
  const field = { root, parts, id };
  parts.label.htmlFor = id;
  parts.error.id = `${id}-error`;
  parts.hint.id = `${id}-hint`;
  root.classList.toggle('setting-half', setting.half === true);
  root.dataset.setting = setting.name;
  const make = { text: textField, 'long-text': textField, secret: textField, number: numberField, decimal: decimalField, choice: choiceField, choices: choicesField, tag: tagField, money: moneyField, day: dayField }[setting.type];
  const { control, show } = make(field, setting, api, onChange, signal);
  control.id = id;
  control.setAttribute('aria-describedby', `${id}-hint ${id}-error`);
  return {
    root, control,
    show(next, value, typed) {
      setText(parts.label, next.label);
      parts.label.classList.toggle('field-required', next.required === true);
      setAttribute(control, 'aria-required', next.required ? 'true' : null);
      setText(parts.hint, next.hint ?? '');
      parts.hint.hidden = !next.hint;
      show(next, value, typed);
    },
    fault(text) {
      parts.error.hidden = text === null;
      setText(parts.error, text ?? '');
      setAttribute(control, 'aria-invalid', text === null ? null : 'true');
    },
  };
}

/** @typedef {{root: HTMLElement, parts: Record<string, any>, id: string}} Bare */

/** @param {Bare} bare @param {Setting} setting @param {any} _ @param {Change} onChange @param {AbortSignal} signal */
function textField({ parts, id }, setting, _, onChange, signal) {
  const isLong = setting.type === 'long-text';
  const control = /** @type {HTMLInputElement|HTMLTextAreaElement} */ (document.createElement(isLong ? 'textarea' : 'input'));
  control.className = isLong ? 'textarea' : 'input';
  if (control instanceof HTMLTextAreaElement) control.rows = 5;
  else control.type = setting.type === 'secret' ? 'password' : 'text';
  if (setting.max) control.maxLength = setting.max;
  control.autocomplete = setting.type === 'secret' ? 'new-password' : 'off';
  control.placeholder = setting.placeholder ?? '';
  control.addEventListener('input', () => onChange(control.value), { signal });
  if (setting.tags) {
    const { root, parts: tagged } = clone('setting-tagged');
    root.prepend(control);
    tagged.tags.addEventListener('click', () => openStepMenu(tagged.tags, textTags.map(({ name, label }) => ({
      icon: 'tag', text: t(label), key: `%${name}%`,
      run: () => {
        control.focus();
        control.setRangeText(`%${name}%`, control.selectionStart ?? control.value.length, control.selectionEnd ?? control.value.length, 'end');
        onChange(control.value);
      },
    }))), { signal });
    parts.control.append(root);
  } else {
    parts.control.append(control);
  }
  if (setting.offered) {
    const list = document.createElement('datalist');
    list.id = `${id}-offered`;
    list.append(...setting.offered.map((each) => new Option(each)));
    control.setAttribute('list', list.id);
    parts.control.append(list);
  }
  return { control, show: keeping(control, (/** @type {Setting} */ _, /** @type {any} */ value) => String(value ?? '')) };
}

/** @param {Bare} bare @param {Setting} setting @param {any} _ @param {Change} onChange @param {AbortSignal} signal */
function numberField({ parts }, setting, _, onChange, signal) {
  const control = document.createElement('input');
  control.className = 'input number';
  control.inputMode = 'numeric';
  control.autocomplete = 'off';
  control.maxLength = 9;
  control.addEventListener('input', () => {
    const text = control.value.trim();
    if (text === '') onChange(null);
    else if (/^\d+$/.test(text)) onChange(Number(text));
    else onChange(null, control.value);
  }, { signal });
  parts.control.append(control);
  return { control, show: keeping(control, (_setting, value, typed) => typed ?? (value === null || value === undefined ? '' : String(value))) };
}

/** @param {Bare} bare @param {Setting} setting @param {any} _ @param {Change} onChange @param {AbortSignal} signal */
function choiceField({ parts }, setting, _, onChange, signal) {
  const control = document.createElement('select');
  control.className = 'select';
  let shown = '';
  control.addEventListener('change', () => onChange(JSON.parse(control.value)), { signal });
  parts.control.append(control);
  return {
    control,
    /** @param {Setting} next @param {any} value */
    show({ options = [], placeholder }, value) {
      const own = JSON.stringify(value ?? null);
      // Nothing chosen, or what is gone meanwhile, is shown as what it is: nothing.
      const isKnown = options.some(([each]) => JSON.stringify(each) === own);
      const all = isKnown ? options : /** @type {[any, string][]} */ ([[value ?? null, placeholder ?? t('automation.choose')], ...options]);
      const signature = JSON.stringify(all);
      if (signature !== shown) {
        shown = signature;
        control.replaceChildren(...all.map(([each, label]) => new Option(label, JSON.stringify(each))));
      }
      control.value = own;
    },
  };
}

/** @param {Bare} bare @param {Setting} setting @param {import('../api.js').Api} api @param {Change} onChange @param {AbortSignal} signal */
function tagField(bare, setting, api, onChange, signal) {
  const field = textField(bare, setting, api, onChange, signal);
  const list = document.createElement('datalist');
  list.id = `${bare.id}-tags`;
  field.control.setAttribute('list', list.id);
  bare.parts.control.append(list);
  /** @type {AbortController|null} */
  let search = null;
  const suggest = async () => {
    search?.abort();
    search = new AbortController();
    try {
      const tags = await findTags(api, field.control.value.trim(), AbortSignal.any([search.signal, signal]));
      list.replaceChildren(...tags.map((/** @type {string} */ tag) => new Option(tag, tag)));
    } catch (error) {
      // Without suggestions one may still type.
      if (!isAbort(error)) list.replaceChildren();
    }
  };
  field.control.addEventListener('focus', () => void suggest(), { signal });
  field.control.addEventListener('input', () => void suggest(), { signal });
  return field;
}

/** @param {Bare} bare @param {Setting} setting @param {any} _ @param {Change} onChange @param {AbortSignal} signal */
function moneyField({ parts }, setting, _, onChange, signal) {
  const { root, parts: money } = clone('setting-money');
  const control = /** @type {HTMLInputElement} */ (money.amount);
  const currency = /** @type {HTMLSelectElement} */ (money.currency);
  fillCurrencies(currency, setting.currencies ?? []);
  const change = () => {
    const amount = parseAmount(control.value, currency.value);
    if (amount.problem) onChange({ minor: null, currency: currency.value }, control.value);
    else onChange({ minor: amount.minor, currency: currency.value });
  };
  control.addEventListener('input', change, { signal });
  currency.addEventListener('change', change, { signal });
  parts.control.append(root);
  const write = keeping(control, (_setting, value, typed) => typed ?? (typeof value?.minor === 'number' ? editableAmount(value) : ''));
  return {
    control,
    /** @param {Setting} next @param {any} value @param {string|undefined} typed */
    show(next, value, typed) {
      if (value?.currency) currency.value = value.currency;
      write(next, value, typed);
      const isRead = typeof value?.minor === 'number';
      parts.hint.hidden = !isRead && !next.hint;
      if (isRead) setText(parts.hint, `= ${formatMoney(value)}`);
    },
  };
}

/**
 * Shows a value in a text control, but writes over nothing that is being typed and says the same already.
 * @param {HTMLInputElement|HTMLTextAreaElement} control @param {(setting: Setting, value: any, typed: string|undefined) => string} textOf
 */
function keeping(control, textOf) {
  /** @type {string|null} */
  let shown = null;
  return (/** @type {Setting} */ setting, /** @type {any} */ value, /** @type {string|undefined} */ typed) => {
    const text = textOf(setting, value, typed);
    if (document.activeElement === control && shown !== null && isBeingTyped(control, text)) return;
    shown = text;
    if (control.value !== text) control.value = text;
  };
}

/** “1,250.0” is on its way to mean what 1,250 means. @param {HTMLInputElement|HTMLTextAreaElement} control @param {string} text */
function isBeingTyped({ value }, text) {
  const digits = (/** @type {string} */ each) => each.replace(/[\s.,]/g, '').replace(/0+$/, '');
  return value === text || digits(value) === digits(text);
}
