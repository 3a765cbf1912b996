// @ts-check
/** Asks why a deal was lost. */
import { clone, loadTemplates, setText } from '../dom.js';

await loadTemplates(import.meta.url);

/**
 * @param {{title: string}} deal
 * @returns {Promise<string|null>} the reason, which may be empty; null: it is not lost after all
 */
export function askLostReason({ title }) {
  const { root, parts } = clone('lost-dialog');
  const dialog = /** @type {HTMLDialogElement} */ (root);
  setText(parts.text, title);
  return new Promise((resolve) => {
    parts.cancel.addEventListener('click', () => dialog.close());
    parts.form.addEventListener('submit', (/** @type {Event} */ event) => {
      event.preventDefault();
      dialog.close('lost');
    });
    dialog.addEventListener('close', () => {
      dialog.remove();
      resolve(dialog.returnValue === 'lost' ? parts.reason.value.trim() : null);
    });
    document.body.append(dialog);
    dialog.showModal();
  });
}
