// @ts-check
/** The currencies that a report holds, to look at one at a time: nothing is converted. */
import { View, setText } from '../dom.js';
import { formatCompact, length } from './figures.js';

/**
 * @param {HTMLElement} group @param {{currency: string, sum: {minor: string}}[]} sums @param {string} shown
 * @param {(currency: string) => void} choose
 */
export function showCurrencies(group, sums, shown, choose) {
  group.hidden = sums.length < 2;
  const focused = /** @type {HTMLElement|null} */ (group.querySelector(':focus'))?.dataset.currency;
  group.replaceChildren(...sums.map(({ currency, sum }) => {
    const { root, parts } = new View('report-currency');
    root.dataset.currency = currency;
    root.setAttribute('aria-pressed', String(currency === shown));
    setText(parts.code, currency);
    setText(parts.sum, formatCompact(length(sum, currency), currency));
    root.addEventListener('click', () => choose(currency));
    return root;
  }));
  if (focused) /** @type {HTMLElement|null} */ (group.querySelector(`[data-currency="${focused}"]`))?.focus();
}
