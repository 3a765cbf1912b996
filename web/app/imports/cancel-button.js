// @ts-check
/** Gives an import up; asks first where something would be taken back. */
import { isAbort } from '../api.js';
import { View, setText } from '../dom.js';
import { errorText, t } from '../i18n.js';

export class CancelButton {
  /** @param {import('./import-page.js').ImportPage} page @param {HTMLElement} button @param {AbortSignal} signal @param {"cancel"|"undo"} [action] */
  constructor(page, button, signal, action = 'cancel') {
    button.addEventListener('click', () => {
      if (action === 'undo' || page.one.state === 'running') confirm(page, action);
      else void act(page, action);
    }, { signal });
  }
}

/** @param {import('./import-page.js').ImportPage} page @param {"cancel"|"undo"} action */
function confirm(page, action) {
  const { root, parts } = new View('import-confirm');
  const dialog = /** @type {HTMLDialogElement} */ (root);
  setText(parts.title, t(`import.${action}.title`));
  setText(parts.text, t(`import.${action}.text`));
  setText(parts.confirm, t(`import.${action}.confirm`));
  parts.keep.addEventListener('click', () => dialog.close());
  parts.confirm.addEventListener('click', () => {
    dialog.close();
    void act(page, action);
  });
  dialog.addEventListener('close', () => dialog.remove());
  document.body.append(dialog);
  dialog.showModal();
}

/** @param {import('./import-page.js').ImportPage} page @param {"cancel"|"undo"} action */
async function act(page, action) {
  try {
    await page.act(action);
  } catch (error) {
    if (!isAbort(error)) void page.app.toast(errorText(/** @type {any} */ (error)), { urgent: true });
  }
}
