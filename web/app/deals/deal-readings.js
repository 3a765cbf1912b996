// @ts-check
/** The lines below a deal's title and value: how what is typed will read. */
import { setText } from '../dom.js';
import { t } from '../i18n.js';
import { editableAmount, exponent, formatMoney, parseAmount } from './money.js';

/** @param {HTMLElement} reading @param {import('./title-tags.js').TitlePart[]} parts */
export function showTitleReading(reading, parts) {
  if (parts.every(({ kind }) => kind === 'text')) {
    setText(reading, t('deal.title.hint', { tag: '%FIRSTNAME%' }));
    return;
  }
  reading.replaceChildren(`${t('deal.title.reads')} `, ...parts.map(({ kind, text, label }) => {
    if (kind === 'text') return text;
    const span = document.createElement('span');
    span.className = kind === 'unknown' ? 'reading-unknown' : text === '' ? 'reading-empty' : 'reading-tag';
    span.textContent = text === '' && label ? t(label) : text;
    return span;
  }));
}

/** How the amount is understood, or how one may be written. @param {HTMLElement} reading @param {string} value @param {string} currency */
export function showAmountReading(reading, value, currency) {
  const amount = parseAmount(value, currency);
  if (amount.problem) {
    const unit = 10 ** exponent(currency);
    const sample = editableAmount({ minor: 1250 * unit + unit / 2 | 0, currency });
    setText(reading, t('deal.value.hint', { sample }));
  } else {
    setText(reading, `= ${formatMoney({ minor: amount.minor, currency })}`);
  }
}
