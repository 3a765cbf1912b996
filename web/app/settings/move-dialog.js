// @ts-check
/** Asks whether a stage or a pipeline may go, and where its deals then go. */
import { clone, loadTemplates, setText } from '../dom.js';

await loadTemplates(import.meta.url, './pipeline-templates.html');

/**
 * @param {{title: string, text: string, pipelines: any[]|null}} question the pipelines whose stages are offered; null: it holds no deals
 * @returns {Promise<number|null>} the stage, 0 where none is asked for; null: it stays
 */
export function askWhereTo({ title, text, pipelines }) {
  const { root, parts } = clone('move-dialog');
  const dialog = /** @type {HTMLDialogElement} */ (root);
  setText(parts.title, title);
  setText(parts.text, text);
  parts.field.hidden = pipelines === null;
  parts.stage.replaceChildren(...(pipelines ?? []).map(({ name, stages }) => {
    const group = document.createElement('optgroup');
    group.label = name;
    group.append(...stages.map((/** @type {any} */ stage) => new Option(stage.name, String(stage.id))));
    return group;
  }));
  return new Promise((resolve) => {
    parts.cancel.addEventListener('click', () => dialog.close());
    parts.form.addEventListener('submit', (/** @type {Event} */ event) => {
      event.preventDefault();
      dialog.close('delete');
    });
    dialog.addEventListener('close', () => {
      dialog.remove();
      resolve(dialog.returnValue === 'delete' ? Number(parts.stage.value) : null);
    });
    document.body.append(dialog);
    dialog.showModal();
  });
}
