// @ts-check
/** What stands in the place of the rows when there are none: a skeleton, a word about emptiness, or a failure. */
import { clone, setIcon } from '../dom.js';
import { errorText, t } from '../i18n.js';

const skeletonRows = 8;
const icons = /** @type {Record<string, string>} */ ({
  search: 'search', 'mine.open': 'user-check', 'mine.completed': 'check-circle', 'unassigned.completed': 'check-circle',
  'all.completed': 'check-circle',
});

export class ListState {
  #element;
  #shown = '';

  /** @param {HTMLElement} element */
  constructor(element) {
    this.#element = element;
  }

  /**
   * @param {"loading"|"empty"|"error"|null} kind null: there are rows
   * @param {{subject: string, error: any, retry: () => void, begin: () => void}} what `subject`: `search`, the filter as `mine.open`, or
   *   `first` before there was any conversation at all; `begin` leads to how one comes
   */
  show(kind, { subject, error, retry, begin }) {
    this.#element.hidden = kind === null;
    const key = `${kind} ${subject} ${error?.code}`;
    if (this.#shown === key) return;
    this.#shown = key;
    if (kind === 'loading') {
      this.#element.replaceChildren(...Array.from({ length: skeletonRows }, () => clone('row-skeleton').root));
    } else if (kind !== null) {
      this.#element.replaceChildren(kind === 'error' ? failure(error, retry) : emptiness(subject, begin));
    }
  }
}

/** @param {any} error @param {() => void} retry */
function failure(error, retry) {
  const { root, parts } = clone('state');
  setIcon(parts.icon, 'wifi-off');
  parts.title.textContent = t('list.failed');
  parts.text.textContent = errorText(error);
  parts.action.textContent = t('action.retry');
  parts.action.hidden = false;
  parts.action.addEventListener('click', retry);
  return root;
}

/** @param {string} subject @param {() => void} begin */
function emptiness(subject, begin) {
  const { root, parts } = clone('state');
  const isSearch = subject === 'search';
  setIcon(parts.icon, icons[subject] ?? 'inbox');
  parts.title.textContent = t(isSearch ? 'search.none' : `list.empty.${subject}`);
  parts.text.textContent = t(isSearch ? 'search.noneText' : `list.emptyText.${subject}`);
  if (subject === 'first') {
    parts.action.textContent = t('list.emptyAction.first');
    parts.action.hidden = false;
    parts.action.addEventListener('click', begin);
  }
  return root;
}
