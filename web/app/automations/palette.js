// @ts-check
/** The menu of what can be put into a flow, in groups: pressed it is inserted at the chosen place, dragged at any. */
import { clone, setIcon, setText, View } from '../dom.js';
import { t } from '../i18n.js';

/** @typedef {{kind: string, icon: string, tone: string, name: string, about: string}} PaletteItem */

export class Palette extends View {
  #groups;
  #onChoose;
  #onClose;

  /**
   * @param {{title: string, search: string, groups: {name: string, items: PaletteItem[]}[]}} contents
   * @param {(kind: string) => void} onChoose @param {() => void} onClose
   */
  constructor({ title, search, groups }, onChoose, onClose) {
    super('palette');
    this.#groups = groups;
    this.#onChoose = onChoose;
    this.#onClose = onClose;
    setText(this.parts.title, title);
    this.parts.search.placeholder = search;
    this.parts.search.setAttribute('aria-label', search);
  }

  connected() {
    const { search, body, close } = this.parts;
    this.listen(search, 'input', () => this.#draw());
    this.listen(search, 'keydown', (event) => {
      const [first] = this.#items;
      if (event.key === 'ArrowDown' && first) {
        event.preventDefault();
        first.focus();
      } else if (event.key === 'Enter' && search.value.trim() && first) {
        event.preventDefault();
        (this.#named ?? first).click();
      } else if (event.key === 'Escape' && search.value) {
        event.preventDefault();
        event.stopPropagation();
        search.value = '';
        this.#draw();
      }
    });
    this.listen(body, 'click', (event) => {
      const item = /** @type {HTMLElement|null} */ (event.target.closest('.palette-item'));
      if (item?.dataset.kind) this.#onChoose(item.dataset.kind);
    });
    this.listen(body, 'keydown', (event) => this.#key(event));
    this.listen(close, 'click', this.#onClose);
    this.#draw();
  }

  /** Says where what is pressed goes. @param {string} text */
  showWhere(text) {
    setText(this.parts.where, text);
  }

  focus() {
    // Under a finger the search would bring up the keyboard, over half of the menu.
    if (matchMedia('(hover: none)').matches) this.parts.title.focus();
    else this.parts.search.focus();
  }

  /** @returns {HTMLElement[]} */
  get #items() {
    return [...this.parts.body.querySelectorAll('.palette-item')];
  }

  /** The item whose name begins with what is searched. */
  get #named() {
    const wanted = plain(this.parts.search.value.trim());
    return this.#items.find((item) => plain(item.querySelector('[data-part="name"]')?.textContent ?? '').startsWith(wanted));
  }

  #draw() {
    const wanted = plain(this.parts.search.value.trim());
    const groups = this.#groups.map(({ name, items }) => ({
      name, items: items.filter((item) => plain(`${item.name} ${item.about} ${name}`).includes(wanted)),
    })).filter(({ items }) => items.length > 0);
    this.parts.body.replaceChildren(...groups.map((group) => this.#group(group)));
    if (groups.length > 0) return;
    const none = document.createElement('p');
    none.className = 'palette-none';
    none.textContent = t('automation.palette.none');
    this.parts.body.append(none);
  }

  /** @param {{name: string, items: PaletteItem[]}} group */
  #group({ name, items }) {
    const { root, parts } = clone('palette-group');
    setText(parts.title, name);
    root.append(...items.map((item) => {
      const { root: button, parts: shown } = clone('palette-item');
      button.dataset.kind = item.kind;
      button.dataset.tone = item.tone;
      setIcon(shown.icon, item.icon);
      setText(shown.name, item.name);
      setText(shown.about, item.about);
      return button;
    }));
    return root;
  }

  /** @param {KeyboardEvent} event */
  #key(event) {
    const items = this.#items;
    const at = items.indexOf(/** @type {HTMLElement} */ (document.activeElement));
    if (event.key === 'ArrowDown') items[Math.min(at + 1, items.length - 1)]?.focus();
    else if (event.key === 'ArrowUp') (items[at - 1] ?? this.parts.search).focus();
    else return;
    event.preventDefault();
  }
}

/** Without capitals and accents. @param {string} text */
function plain(text) {
  return text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
}
