// @ts-check
/** What is said where something stands already, instead of a bare refusal: what it is, with the way there and what can be done. */
import { toast } from '../announcer.js';
import { errorText, t } from '../i18n.js';

/** @typedef {{label: string, take: () => Promise<void>}} Offer what one may do with what stands there */

/** @param {string} text @param {string} name @param {string} href @param {Offer|null} [offer] @returns {Node} */
export function explainExisting(text, name, href, offer = null) {
  const reason = document.createElement('span');
  const link = document.createElement('a');
  link.className = 'link';
  link.href = href;
  link.textContent = t('records.existing.open', { name });
  reason.append(`${text} `, link);
  if (offer) reason.append(offerButton(offer));
  return reason;
}

/** @param {Offer} offer */
function offerButton({ label, take }) {
  const button = document.createElement('button');
  button.type = 'button';
  button.className = 'button button-sm existing-offer';
  button.textContent = label;
  button.addEventListener('click', () => void take().catch((error) => toast(errorText(error), { urgent: true })));
  return button;
}

/**
 * To make the two one.
 * @param {import('../app.js').App} app @param {"contact"|"account"} kind @param {any} record the one that is edited
 * @param {any} existing @param {string} name of the existing one @param {() => void} onMerged @returns {Offer}
 */
export function mergeOffer(app, kind, record, existing, name, onMerged) {
  return {
    label: t('records.existing.merge', { name }),
    take: async () => {
      const { MergeDialog } = await import('../merges/merge-dialog.js');
      new MergeDialog(app, kind, record, existing, onMerged).open();
    },
  };
}
