// @ts-check
/** The values of fields of one's own as people read and type them. */
import { formatMoney, splitDecimal } from '../deals/money.js';
import { currentLocale, formatCalendarDate, formatList, t } from '../i18n.js';

/**
 * @typedef {object} Field as in the interface
 * @property {number} id
 * @property {"deal"|"contact"|"account"} kind
 * @property {string} name
 * @property {"text"|"long-text"|"number"|"currency"|"date"|"choice"|"choices"|"checkbox"} type
 * @property {{id: number, name: string}[]} choices
 */

/** @param {Pick<Field, 'type'|'choices'>} field @param {any} value as in the interface @returns {string} empty: there is none */
export function formatField(field, value) {
  if (value === undefined || value === null) return '';
  switch (field.type) {
    case 'number': return formatDecimal(value);
    case 'currency': return formatMoney(value);
    case 'date': return formatCalendarDate(value);
    case 'choice': return choiceName(field, value);
    case 'choices': return formatList(value.map((/** @type {number} */ id) => choiceName(field, id)).filter(Boolean));
    case 'checkbox': return t('field.checked');
    default: return value;
  }
}

/** @param {Pick<Field, 'choices'>} field @param {number} id */
function choiceName({ choices }, id) {
  return choices.find((choice) => choice.id === id)?.name ?? '';
}

/** Exactly, however long: `Intl` reads the digits of a text. @param {any} text a decimal of the interface */
function formatDecimal(text) {
  return new Intl.NumberFormat(currentLocale(), { maximumFractionDigits: 6 }).format(text);
}

/** A number as one would type it. @param {string} text a decimal of the interface */
export function editableDecimal(text) {
  return new Intl.NumberFormat(currentLocale(), { maximumFractionDigits: 6, useGrouping: false })
    .format(/** @type {any} */ (text)).replace('−', '-');
}

/**
 * Reads a typed number in the reader's own style, and in another wherever it can mean only one thing.
 * @param {string} typed
 * @returns {string|null} a decimal of the interface; null: it is none
 */
export function parseDecimal(typed) {
  const text = typed.normalize('NFKC').replace(/[\s'’]/g, '').replace(/[−–]/g, '-');
  const sign = text.startsWith('-') ? '-' : '';
  const rest = text.slice(sign.length);
  if (!/^[\d.,]*\d[\d.,]*$/.test(rest)) return null;
  const parts = splitDecimal(rest, currentLocale());
  if ('problem' in parts) return null;
  const whole = parts.whole.replace(/^0+(?=\d)/, '') || '0';
  const fraction = parts.fraction.replace(/0+$/, '');
  if (fraction.length > 6 || whole.length > 13) return null;
  return `${sign}${whole}${fraction ? `.${fraction}` : ''}`;
}
