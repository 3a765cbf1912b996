// @ts-check
/** Asks whether what was typed may go. */
import { clone, loadTemplates, setText } from './dom.js';

await loadTemplates(import.meta.url, './discard-dialog.html');

/** @param {HTMLElement} parent @param {string} title what is asked @returns {Promise<boolean>} */
export function confirmDiscard(parent, title) {
  const { root, parts } = clone('discard-dialog');
  const dialog = /** @type {HTMLDialogElement} */ (root);
  setText(parts.title, title);
  return new Promise((resolve) => {
    parts.discard.addEventListener('click', () => dialog.close('discard'));
    parts.keep.addEventListener('click', () => dialog.close());
    dialog.addEventListener('close', (event) => {
      event.stopPropagation();
      dialog.remove();
      resolve(dialog.returnValue === 'discard');
    });
    parent.append(dialog);
    dialog.showModal();
  });
}
