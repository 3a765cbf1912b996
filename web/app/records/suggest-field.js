// @ts-check
/** A small field of a list's head that filters by one of the values which the browser suggests as one types. */
import { isAbort } from '../api.js';
import { View } from '../dom.js';
import { t } from '../i18n.js';

/**
 * @typedef {object} Suggest
 * @property {string} name in the address
 * @property {string} label a key
 * @property {(text: string, signal: AbortSignal) => Promise<{value: string, label: string}[]>} find
 * @property {(value: string) => Promise<string>} labelOf what stands in the field for a value
 * @property {boolean} [adds] a choice is one of several: it stands elsewhere, and the field is for the next
 */

const pause = 160;
let number = 0;

export class SuggestField extends View {
  #suggest;
  #onChange;
  #value = '';
  /** @type {Map<string, string>} label → value */
  #values = new Map();
  /** @type {AbortController|null} */
  #search = null;
  /** @type {ReturnType<typeof setTimeout>|undefined} */
  #timer;

  /** @param {Suggest} suggest @param {() => void} onChange */
  constructor(suggest, onChange) {
    super('suggest-field');
    this.#suggest = suggest;
    this.#onChange = onChange;
    const { input, list } = this.parts;
    list.id = `suggestions-${++number}`;
    input.setAttribute('list', list.id);
    input.setAttribute('aria-label', t(suggest.label));
    input.placeholder = t(suggest.label);
  }

  connected() {
    const { input } = this.parts;
    this.listen(input, 'focus', () => void this.#find());
    this.listen(input, 'input', () => this.#typed());
    this.listen(input, 'change', () => void this.#left());
    this.signal.addEventListener('abort', () => {
      clearTimeout(this.#timer);
      this.#search?.abort();
    });
  }

  get name() {
    return this.#suggest.name;
  }

  get adds() {
    return this.#suggest.adds ?? false;
  }

  get value() {
    return this.#value;
  }

  /** Shows a value of the address, by its name. @param {string} value */
  async set(value) {
    if (this.#value === value) return;
    this.#value = value;
    const { input } = this.parts;
    input.value = value && (this.#labelOf(value) ?? await this.#suggest.labelOf(value).catch(() => value));
    this.root.classList.toggle('is-set', value !== '');
  }

  /** @param {string} value */
  #labelOf(value) {
    for (const [label, each] of this.#values) if (each === value) return label;
    return undefined;
  }

  #typed() {
    const { value } = this.parts.input;
    // One of those that are suggested, or nothing: that is a choice at once.
    if (value === '' || this.#values.has(value)) this.#choose();
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.#find(), pause);
  }

  /** What was typed quicker than it was looked up is looked up now. */
  async #left() {
    const typed = this.parts.input.value.trim();
    if (typed && !this.#values.has(typed) && this.#suggest.name !== 'tag') {
      clearTimeout(this.#timer);
      await this.#find();
    }
    this.#choose();
  }

  #choose() {
    const typed = this.parts.input.value.trim();
    const value = typed && (this.#values.get(typed) ?? (this.#suggest.name === 'tag' ? typed : ''));
    if (value === this.#value || (typed && !value)) return;
    this.#value = value;
    this.root.classList.toggle('is-set', value !== '');
    this.#onChange();
  }

  async #find() {
    this.#search?.abort();
    const controller = (this.#search = new AbortController());
    try {
      const found = await this.#suggest.find(this.parts.input.value.trim(), controller.signal);
      this.#values = new Map(found.map(({ label, value }) => [label, value]));
      this.parts.list.replaceChildren(...found.map(({ label }) => new Option(label, label)));
    } catch (error) {
      // Without suggestions one may still type.
      if (!isAbort(error)) this.parts.list.replaceChildren();
    }
  }
}
