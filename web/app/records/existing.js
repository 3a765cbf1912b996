// @ts-check
/** What is said where something stands already, instead of a bare refusal: what it is, with the way there. */
import { t } from '../i18n.js';

/** @param {string} text @param {string} name @param {string} href @returns {Node} */
export function explainExisting(text, name, href) {
  const reason = document.createElement('span');
  const link = document.createElement('a');
  link.className = 'link';
  link.href = href;
  link.textContent = t('records.existing.open', { name });
  reason.append(`${text} `, link);
  return reason;
}
