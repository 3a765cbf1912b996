// @ts-check
/** The dialog that names a view, and says whether the whole team has it. */
import { clone, loadTemplates, setAttribute, setText } from '../dom.js';
import { errorText } from '../i18n.js';

await loadTemplates(import.meta.url);

/**
 * @param {{title: string, name: string, isShared: boolean, save: (named: {name: string, isShared: boolean}) => Promise<void>}} options
 * @returns {Promise<void>} when the dialog has closed
 */
export function askViewName({ title, name, isShared, save }) {
  const { root, parts } = clone('view-dialog');
  const dialog = /** @type {HTMLDialogElement} */ (root);
  setText(parts.title, title);
  parts.name.value = name;
  parts.shared.checked = isShared;
  let isSaving = false;
  const fail = (/** @type {any} */ error) => {
    parts.error.hidden = error === null;
    setAttribute(parts.name, 'aria-invalid', error === null ? null : 'true');
    const code = Object.values(error?.fields ?? {})[0] ?? error?.code;
    if (error !== null) setText(parts.error, errorText({ ...error, code: String(code) }));
  };
  return new Promise((resolve) => {
    for (const button of [parts.close, parts.cancel]) button.addEventListener('click', () => dialog.close());
    parts.name.addEventListener('input', () => fail(null));
    parts.form.addEventListener('submit', async (/** @type {SubmitEvent} */ event) => {
      event.preventDefault();
      if (isSaving) return;
      isSaving = true;
      fail(null);
      try {
        await save({ name: parts.name.value.trim(), isShared: parts.shared.checked });
        dialog.close();
      } catch (error) {
        fail(error);
        parts.name.focus();
      } finally {
        isSaving = false;
      }
    });
    dialog.addEventListener('close', () => {
      dialog.remove();
      resolve();
    });
    document.body.append(dialog);
    dialog.showModal();
    parts.name.select();
  });
}
