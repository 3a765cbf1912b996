// @ts-check
/** The menu of personalization tags beside a deal's title: a popover that shows what each tag stands for now. */
import { View, setText } from '../dom.js';
import { t } from '../i18n.js';
import { titleTags } from './title-tags.js';

export class TagMenu extends View {
  #button;
  #person;
  #account;
  #onChoose;

  /**
   * @param {object} options
   * @param {HTMLElement} options.button opens it
   * @param {() => import('./title-tags.js').TagContact|null} options.person
   * @param {() => import('./title-tags.js').TagAccount|null} options.account
   * @param {(tag: string) => void} options.onChoose with its percent signs
   */
  constructor({ button, person, account, onChoose }) {
    super('tag-menu');
    this.#button = button;
    this.#person = person;
    this.#account = account;
    this.#onChoose = onChoose;
  }

  connected() {
    this.listen(this.#button, 'click', () => this.#toggle());
    this.listen(this.#button, 'keydown', (event) => {
      if (event.key !== 'ArrowDown') return;
      event.preventDefault();
      this.#toggle();
    });
    this.listen(this.root, 'keydown', (event) => this.#key(event));
    this.listen(this.root, 'toggle', ({ newState }) => {
      this.#button.setAttribute('aria-expanded', String(newState === 'open'));
    });
    // A press on the button would first dismiss the menu, and then open it again.
    this.listen(this.#button, 'pointerdown', (event) => {
      if (this.#isOpen) event.preventDefault();
    });
  }

  get #isOpen() {
    return this.root.matches(':popover-open');
  }

  #toggle() {
    if (this.#isOpen) {
      this.root.hidePopover();
      return;
    }
    this.#fill();
    this.root.showPopover();
    this.#place();
    this.#items[0].focus();
  }

  #fill() {
    const person = this.#person();
    const account = this.#account();
    this.root.replaceChildren(...titleTags.map(({ name, label, value }) => {
      const item = new View('tag-item');
      setText(item.parts.label, t(label));
      setText(item.parts.value, value(person, account) || `%${name}%`);
      item.root.title = `%${name}%`;
      this.listen(item.root, 'click', () => {
        this.root.hidePopover();
        this.#onChoose(`%${name}%`);
      });
      return item.root;
    }));
  }

  /** Below the button and within the page. */
  #place() {
    const anchor = this.#button.getBoundingClientRect();
    const { width, height } = this.root.getBoundingClientRect();
    const inset = 8;
    const left = Math.max(inset, Math.min(anchor.right - width, innerWidth - width - inset));
    const below = anchor.bottom + 4;
    const top = below + height > innerHeight - inset ? Math.max(inset, anchor.top - 4 - height) : below;
    this.root.style.setProperty('left', `${left}px`);
    this.root.style.setProperty('top', `${top}px`);
  }

  get #items() {
    return /** @type {HTMLElement[]} */ ([...this.root.children]);
  }

  /** @param {KeyboardEvent} event */
  #key(event) {
    const items = this.#items;
    const at = items.indexOf(/** @type {HTMLElement} */ (document.activeElement));
    const next = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: items.length - 1 }[event.key];
    if (next !== undefined) {
      event.preventDefault();
      items[(next + items.length) % items.length].focus();
    } else if (event.key === 'Escape' || event.key === 'Tab') {
      if (event.key === 'Escape') event.preventDefault();
      event.stopPropagation();
      this.root.hidePopover();
      this.#button.focus();
    }
  }
}
