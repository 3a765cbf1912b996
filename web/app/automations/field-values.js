// @ts-check
/** The values of fields of one's own as steps and tests have them: what each type begins with, how it is entered, and how it reads. */
import { formatMoney } from '../deals/money.js';
import { formatField } from '../fields/field-value.js';
import { formatCalendarDate, t } from '../i18n.js';
import { customFields, named } from './choices.js';

/** @typedef {import('../fields/field-value.js').Field} Field */
/** @typedef {import('../store.js').Store} Store */
/** @typedef {import('./setting-fields.js').Setting} Setting */

const kinds = ['contact', 'deal', 'account'];

/** @param {Store} store @returns {Field[]} */
export function allFields(store) {
  return kinds.flatMap((kind) => customFields(store, kind));
}

/** @param {string|null|undefined} name as automations name it: `fields.7` @param {Store} store @returns {Field|undefined} */
export function fieldNamed(name, store) {
  return allFields(store).find(({ id }) => name === `fields.${id}`);
}

/** @param {Field} field @param {Store} store */
export function begunValue({ type }, { session }) {
  switch (type) {
    case 'date': return '%TODAY%';
    case 'checkbox': return 'true';
    case 'choice': return null;
    case 'choices': return [];
    case 'currency': return { minor: null, currency: session.workspace.defaultCurrency };
    default: return '';
  }
}

/** How a value of the field is entered. @param {Field} field @param {Store} store @returns {Pick<Setting, 'type'|'options'|'max'|'currencies'>} */
export function valueSetting({ type, choices }, { session }) {
  const options = /** @type {import('./choices.js').Options} */ (choices.map(({ id, name }) => [id, name]));
  switch (type) {
    case 'number': return { type: 'decimal' };
    case 'currency': return { type: 'money', currencies: [session.workspace.defaultCurrency] };
    case 'date': return { type: 'day' };
    case 'choice': return { type: 'choice', options };
    case 'choices': return { type: 'choices', options };
    case 'checkbox': return { type: 'choice', options: named('automation.checkbox', ['true', 'false']) };
    default: return { type: type === 'long-text' ? 'long-text' : 'text', max: 1000 };
  }
}

/** Empty where there is none yet. @param {Field} field @param {any} value @returns {string} */
export function valueText(field, value) {
  if (value === null || value === undefined || value === '') return '';
  switch (field.type) {
    case 'date': return dayText(value);
    case 'currency': return typeof value.minor === 'number' ? formatMoney(value) : '';
    case 'checkbox': return t(`automation.checkbox.${value}`);
    // A test asks for one of several choices, a step sets any number.
    case 'choices': return formatField(field, Array.isArray(value) ? value : [value]);
    default: return formatField(field, value);
  }
}

/** How many days from today a day is that is told by a tag. @param {any} value @returns {number|null} */
export function daysFromToday(value) {
  const [, days] = /^%TODAY([+-]\d{1,4})?%$/.exec(String(value)) ?? [, null];
  return days === null ? null : Number(days ?? 0);
}

/** @param {number} days */
export function dayTag(days) {
  return days === 0 ? '%TODAY%' : `%TODAY${days > 0 ? '+' : ''}${days}%`;
}

/** “today”, “in 3 days”, “24 Dec 2026”. @param {string} value */
function dayText(value) {
  const days = daysFromToday(value);
  if (days === null) return formatCalendarDate(value);
  if (days === 0) return t('automation.day.today');
  return t(days > 0 ? 'automation.day.in' : 'automation.day.ago', { count: Math.abs(days) });
}
