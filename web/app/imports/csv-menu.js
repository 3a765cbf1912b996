// @ts-check
/** The menu of a list: import a file, export what the list shows. */
import { searchParams } from '../api.js';
import { View, loadTemplates } from '../dom.js';
import { currentLanguage, useWords } from '../i18n.js';

await Promise.all([loadTemplates(import.meta.url, './csv-menu.html'), useWords('imports')]);

export class CsvMenu extends View {
  #kind;
  #query;
  #mayImport;

  /**
   * @param {"contacts"|"accounts"|"deals"} kind
   * @param {() => import('../api.js').Query} query what the list shows now, as the server is asked for it
   * @param {() => boolean} [mayImport] whether a file could bring anything
   */
  constructor(kind, query, mayImport = () => true) {
    super('csv-menu');
    this.#kind = kind;
    this.#query = query;
    this.#mayImport = mayImport;
    this.parts.menu.id = `csv-menu-${kind}`;
    this.parts.button.setAttribute('popovertarget', this.parts.menu.id);
    this.parts.import.href = `#/import?kind=${kind}`;
  }

  connected() {
    const { menu, button } = this.parts;
    this.listen(menu, 'beforetoggle', (event) => {
      if (event.newState === 'open') this.#prepare();
    });
    this.listen(menu, 'toggle', (event) => {
      button.setAttribute('aria-expanded', String(event.newState === 'open'));
      if (event.newState === 'open') {
        this.#stand();
        menu.querySelector('.menu-item:not([hidden])')?.focus();
      }
    });
    this.listen(menu, 'click', (event) => {
      if (event.target.closest('.menu-item')) menu.hidePopover();
    });
    this.listen(menu, 'keydown', (event) => this.#key(event));
  }

  #prepare() {
    const query = searchParams(this.#query());
    for (const [name, value] of [...query]) if (value === '') query.delete(name);
    query.set('language', currentLanguage());
    this.parts.import.hidden = !this.#mayImport();
    this.parts.export.href = `/api/${this.#kind}/list.csv?${query}`;
  }

  /** Below the button, within the window. */
  #stand() {
    const { menu, button } = this.parts;
    const from = button.getBoundingClientRect();
    const left = Math.max(8, Math.min(from.right - menu.offsetWidth, innerWidth - menu.offsetWidth - 8));
    menu.style.setProperty('left', `${left}px`);
    menu.style.setProperty('top', `${from.bottom + 4}px`);
  }

  /** @param {KeyboardEvent} event */
  #key(event) {
    if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return;
    event.preventDefault();
    const items = /** @type {HTMLElement[]} */ ([...this.parts.menu.querySelectorAll('.menu-item:not([hidden])')]);
    const at = items.indexOf(/** @type {HTMLElement} */ (document.activeElement));
    items.at((at + (event.key === 'ArrowDown' ? 1 : -1) + items.length) % items.length)?.focus();
  }
}
