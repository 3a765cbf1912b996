// @ts-check
/** Asks before something is deleted for good. */
import { clone, loadTemplates, setText } from '../dom.js';

await loadTemplates(import.meta.url);

/** @param {string} title @param {string} text @returns {Promise<boolean>} */
export function askToDelete(title, text) {
  const { root, parts } = clone('delete-dialog');
  const dialog = /** @type {HTMLDialogElement} */ (root);
  setText(parts.title, title);
  setText(parts.text, text);
  return new Promise((resolve) => {
    parts.cancel.addEventListener('click', () => dialog.close());
    parts.remove.addEventListener('click', () => dialog.close('delete'));
    dialog.addEventListener('close', () => {
      dialog.remove();
      resolve(dialog.returnValue === 'delete');
    });
    document.body.append(dialog);
    dialog.showModal();
  });
}
