// @ts-check
/** Sums of deals, one a currency, as exact decimal digits: a sum may pass what a JavaScript number holds. */
import { formatMoney } from '../deals/money.js';
import { t } from '../i18n.js';

/** @typedef {{currency: string, count: number, minor: string}} Total */

/** The largest number of deals first: that is the currency one works in. @param {Total[]} totals */
export function totalTexts(totals) {
  return totals.filter(({ count }) => count > 0).sort((a, b) => b.count - a.count || a.currency.localeCompare(b.currency))
    .map(({ currency, minor }) => formatMoney({ currency, minor }));
}

/** `$1,250 · €300`; of more than two currencies, how many others. @param {Total[]} totals */
export function totalLine(totals) {
  const texts = totalTexts(totals);
  if (texts.length <= 2) return texts.join(' · ');
  return `${texts.slice(0, 2).join(' · ')} ${t('board.moreCurrencies', { count: texts.length - 2 })}`;
}

/**
 * The totals with one deal more, or one less.
 * @param {Total[]} totals @param {{minor: number, currency: string}} value @param {1|-1} sign
 * @returns {Total[]}
 */
export function addedTo(totals, { minor, currency }, sign) {
  const known = totals.find((total) => total.currency === currency) ?? { currency, count: 0, minor: '0' };
  const changed = {
    currency,
    count: known.count + sign,
    minor: String(BigInt(known.minor) + BigInt(sign) * BigInt(minor)),
  };
  return [...totals.filter((total) => total.currency !== currency), changed];
}
