// @ts-check
/** The dialog that lists the keyboard's shortcuts. */
import { clone } from './dom.js';
import { t } from './i18n.js';

/** Each shortcut's text and keys; a key beginning with `key.` is translated. */
const shortcuts = [
  ['shortcut.next', ['J', '↓']],
  ['shortcut.previous', ['K', '↑']],
  ['shortcut.search', ['/']],
  ['shortcut.reply', ['R']],
  ['shortcut.note', ['N']],
  ['shortcut.complete', ['E']],
  ['shortcut.assign', ['A']],
  ['shortcut.panel', ['P']],
  ['shortcut.panes', ['F6']],
  ['shortcut.back', ['key.escape']],
  ['shortcut.help', ['?']],
];

const singleKeys = 'parley.singleKeys';

/** Keys without a modifier may get in the way of speech input: one may turn them off (WCAG 2.1.4). */
export function areSingleKeysOn() {
  return localStorage.getItem(singleKeys) !== 'off';
}

/** @param {import('./app.js').App} app */
export function showShortcuts(app) {
  const { root, parts } = clone('shortcuts');
  const dialog = /** @type {HTMLDialogElement} */ (root);
  const send = app.store.preferences.sendWith === 'enter' ? ['key.enter'] : ['key.ctrl', 'key.enter'];
  for (const [text, keys] of [...shortcuts, ['shortcut.send', send]]) {
    const { root: row, parts: cells } = clone('shortcut');
    cells.text.textContent = t(/** @type {string} */ (text));
    for (const key of keys) {
      const element = document.createElement('kbd');
      element.className = 'key';
      element.textContent = key.startsWith('key.') ? t(key) : key;
      cells.keys.append(element);
    }
    parts.list.append(row);
  }
  parts.singleKeys.checked = areSingleKeysOn();
  parts.singleKeys.addEventListener('change', () => {
    localStorage.setItem(singleKeys, parts.singleKeys.checked ? 'on' : 'off');
  });
  parts.close.addEventListener('click', () => dialog.close());
  dialog.addEventListener('close', () => dialog.remove());
  document.body.append(dialog);
  dialog.showModal();
}
