// @ts-check
/** What becomes of the rows, as figures. */
import { View, setText } from '../dom.js';
import { formatNumber, t } from '../i18n.js';

const always = ['created', 'updated', 'skipped', 'bad'];

/** @param {HTMLElement} list @param {any} counts @param {"plan"|"result"} tense */
export function showCounts(list, counts, tense) {
  const shown = ['created', 'updated', 'skipped', 'bad', 'accounts', 'contacts', 'kept']
    .filter((name) => always.includes(name) || counts[name] > 0);
  list.replaceChildren(...shown.map((name) => {
    const { root, parts } = new View('import-count');
    root.dataset.count = name;
    root.classList.toggle('is-none', counts[name] === 0);
    setText(parts.value, formatNumber(counts[name]));
    setText(parts.name, t(`import.${tense}.${name}`));
    return root;
  }));
}
