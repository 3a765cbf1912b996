// @ts-check
/**
 * Contacts or accounts in the page: their list, or one of them. While one is looked at its list is kept, so that who
 * comes back finds it where it was: filters, rows and place.
 */
import { RecordList } from './record-list.js';
import { RecordPage } from './record-page.js';

/**
 * @param {HTMLElement} element @param {import('../app.js').App} app
 * @param {import('./record-list.js').ListKind} listKind @param {import('./record-page.js').PageKind} pageKind
 * @param {(view: any, path: string[]) => void} [open] shows a part of the page of one
 * @returns {import('../app.js').Mounted}
 */
export function mountRecords(element, app, listKind, pageKind, open = () => {}) {
  const { router } = app;
  /** @type {RecordList|null} */
  let list = null;
  /** @type {RecordPage|null} */
  let page = null;

  function showList() {
    const left = page?.id ?? null;
    page?.disconnect();
    page = null;
    // Another address is another list, which begins with one's own view of it.
    if (list?.isAway && router.recall(listKind.name) !== location.hash) {
      list.disconnect();
      list = null;
    }
    router.remember(listKind.name);
    if (!list) {
      list = new RecordList(app, listKind);
      list.connect(element);
    } else if (list.isAway) {
      list.comeBack(element, left);
    } else {
      void list.show();
    }
  }

  /** @param {number} id @param {string[]} rest */
  function showPage(id, rest) {
    if (page?.id !== id) {
      const hadFocus = document.activeElement === document.body || element.contains(document.activeElement);
      page?.disconnect();
      list?.goAway();
      page = new RecordPage(app, pageKind, id);
      page.connect(element);
      element.scrollTop = 0;
      // What was opened is gone, and the focus with it: the keyboard goes on in the page.
      if (hadFocus) element.focus({ preventScroll: true });
    }
    if (page.view) open(page.view, rest);
  }

  return {
    show: ([id, ...rest]) => id === undefined ? showList() : showPage(Number(id), rest),
    disconnect: () => {
      page?.disconnect();
      list?.disconnect();
    },
  };
}
