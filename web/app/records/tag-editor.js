// @ts-check
/** Tags as chips, and a field that adds one: Enter or a comma adds, Backspace in the empty field takes the last away. */
import { isAbort } from '../api.js';
import { View, setText } from '../dom.js';
import { errorText, t } from '../i18n.js';
import { findTags } from './tags.js';

const pause = 160;
let number = 0;

export class TagEditor extends View {
  #api;
  #save;
  /** @type {string[]} */
  #tags = [];
  /** @type {AbortController|null} */
  #search = null;
  /** @type {ReturnType<typeof setTimeout>|undefined} */
  #timer;

  /**
   * @param {import('../api.js').Api} api
   * @param {(tags: string[]) => Promise<void>|void} save a rejection takes the change back and is said
   */
  constructor(api, save) {
    super('tag-editor');
    this.#api = api;
    this.#save = save;
    const { input, list } = this.parts;
    list.id = `tags-${++number}`;
    input.setAttribute('list', list.id);
    input.setAttribute('aria-label', t('tags.add'));
    input.placeholder = t('tags.add');
  }

  connected() {
    const { input } = this.parts;
    this.listen(input, 'keydown', (event) => this.#key(event));
    this.listen(input, 'change', () => this.#add());
    this.listen(input, 'focus', () => void this.#suggest());
    this.listen(input, 'input', () => {
      clearTimeout(this.#timer);
      this.#timer = setTimeout(() => void this.#suggest(), pause);
    });
    this.signal.addEventListener('abort', () => {
      clearTimeout(this.#timer);
      this.#search?.abort();
    });
  }

  /** With what is typed and not yet added. */
  get tags() {
    const typed = this.parts.input.value.trim();
    return typed && !this.#has(typed) ? [...this.#tags, typed] : this.#tags;
  }

  /** @param {string[]} tags */
  show(tags) {
    this.#tags = tags;
    this.parts.chips.replaceChildren(...tags.map((tag) => {
      const { root, parts } = new View('tag-chip');
      setText(parts.name, tag);
      parts.remove.setAttribute('aria-label', t('tags.remove', { tag }));
      parts.remove.addEventListener('click', () => {
        void this.#change(this.#tags.filter((each) => each !== tag));
        this.parts.input.focus();
      });
      return root;
    }));
  }

  /** @param {string} tag */
  #has(tag) {
    return this.#tags.some((each) => each.toLowerCase() === tag.toLowerCase());
  }

  /** @param {KeyboardEvent} event */
  #key(event) {
    const { input } = this.parts;
    if (event.key === 'Enter' || event.key === ',') {
      // In a form the empty field lets Enter through.
      if (input.value.trim() || event.key === ',') event.preventDefault();
      this.#add();
    } else if (event.key === 'Backspace' && input.value === '' && this.#tags.length) {
      event.preventDefault();
      void this.#change(this.#tags.slice(0, -1));
    } else if (event.key === 'Escape' && input.value) {
      event.preventDefault();
      event.stopPropagation();
      input.value = '';
    }
  }

  #add() {
    const { input } = this.parts;
    const tag = input.value.trim().replace(/\s+/g, ' ');
    input.value = '';
    if (tag && !this.#has(tag)) void this.#change([...this.#tags, tag]);
  }

  /** @param {string[]} tags */
  async #change(tags) {
    const before = this.#tags;
    this.show(tags);
    this.parts.error.hidden = true;
    try {
      await this.#save(tags);
    } catch (/** @type {any} */ error) {
      this.show(before);
      this.parts.error.hidden = false;
      setText(this.parts.error, errorText({ code: Object.values(error.fields ?? {})[0] ?? error.code }));
    }
  }

  async #suggest() {
    this.#search?.abort();
    const controller = (this.#search = new AbortController());
    try {
      const tags = await findTags(this.#api, this.parts.input.value.trim(), controller.signal);
      this.parts.list.replaceChildren(...tags.filter((tag) => !this.#has(tag)).map((tag) => new Option(tag, tag)));
    } catch (error) {
      // Without suggestions one may still type.
      if (!isAbort(error)) this.parts.list.replaceChildren();
    }
  }
}
