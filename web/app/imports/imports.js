// @ts-check
/** Imports: what to import and what was, or one import from its file to its report. */
import { loadTemplates } from '../dom.js';
import { useWords } from '../i18n.js';
import { ImportPage } from './import-page.js';
import { ImportStart } from './import-start.js';

await Promise.all([loadTemplates(import.meta.url), useWords('imports')]);

/** @param {HTMLElement} element @param {import('../app.js').App} app @returns {import('../app.js').Mounted} */
export function mountImports(element, app) {
  /** @type {ImportStart|ImportPage|null} */
  let shown = null;
  return {
    show: ([id]) => {
      if (id === undefined && shown instanceof ImportStart) {
        shown.show();
        return;
      }
      if (id !== undefined && shown instanceof ImportPage && shown.id === Number(id)) return;
      shown?.disconnect();
      shown = id === undefined ? new ImportStart(app) : new ImportPage(app, Number(id));
      shown.connect(element);
    },
    disconnect: () => shown?.disconnect(),
  };
}
