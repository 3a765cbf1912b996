// @ts-check
/** The records suggested for what is typed: asked for, shown as a listbox under the field, and stepped through by keys. */
import { isAbort } from '../api.js';
import { View, icon, setText } from '../dom.js';
import { t } from '../i18n.js';

/** Asked for only when typing pauses. */
const pause = 160;

export class Suggestions {
  /** @type {any[]} */
  #records = [];
  /** The text that they are for; null before an answer. @type {string|null} */
  #text = null;
  #active = -1;
  /** @type {AbortController|null} */
  #search = null;
  /** @type {ReturnType<typeof setTimeout>|undefined} */
  #timer;
  #kind;
  #parts;
  #onChoose;

  /**
   * @param {import('./record-picker.js').RecordKind} kind
   * @param {Record<string, any>} parts of the picker
   * @param {(record: any) => void} onChoose
   */
  constructor(kind, parts, onChoose) {
    this.#kind = kind;
    this.#parts = parts;
    this.#onChoose = onChoose;
  }

  get isOpen() {
    return !this.#parts.popup.hidden;
  }

  /** The record that the keys have stepped to. */
  get active() {
    return this.#records[this.#active] ?? null;
  }

  /** Asks when typing pauses. @param {string} text @param {() => void} then with an answer that still counts */
  askSoon(text, then) {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(async () => {
      if (await this.ask(text)) then();
    }, pause);
  }

  /** Asks at once; answers false when a later question took this one's place. @param {string} text */
  async ask(text) {
    this.cancel();
    const controller = (this.#search = new AbortController());
    this.#parts.box.classList.add('is-busy');
    let isFailed = false;
    try {
      this.#records = await this.#kind.search(text, controller.signal);
    } catch (error) {
      if (isAbort(error)) return false;
      this.#records = [];
      isFailed = true;
    }
    if (controller.signal.aborted) return false;
    this.#parts.box.classList.remove('is-busy');
    this.#parts.failure.hidden = !isFailed;
    this.#text = isFailed ? null : text;
    return true;
  }

  cancel() {
    clearTimeout(this.#timer);
    this.#search?.abort();
    this.#search = null;
    this.#parts.box.classList.remove('is-busy');
  }

  /** Have they been asked for exactly this? @param {string} text */
  areFor(text) {
    return this.#text === text;
  }

  /** The one record that the text means exactly. @param {string} text */
  exact(text) {
    if (!this.areFor(text)) return null;
    const records = this.#records.filter((record) => this.#kind.matches(record, text));
    return records.length === 1 ? records[0] : null;
  }

  /** @param {string} text what stands in the field @param {boolean} mayCreate */
  open(text, mayCreate) {
    const { popup, list, input, none, failure, create, createText, status } = this.#parts;
    list.replaceChildren(...this.#records.map((record, index) => this.#option(record, index)));
    list.hidden = this.#records.length === 0;
    create.hidden = !mayCreate || text === '' || this.#records.some((record) => this.#kind.matches(record, text));
    setText(createText, t('deal.create', { text }));
    none.hidden = text === '' || !list.hidden || !failure.hidden;
    popup.hidden = create.hidden && list.hidden && none.hidden && failure.hidden;
    input.setAttribute('aria-expanded', String(this.isOpen));
    this.#activate(-1);
    setText(status, this.isOpen ? this.#announcement(text) : '');
  }

  close() {
    this.#parts.popup.hidden = true;
    this.#parts.input.setAttribute('aria-expanded', 'false');
    this.#activate(-1);
  }

  /**
   * Steps down or up, past the last to the button that creates, and from either end back into the field.
   * @param {1|-1} direction
   */
  step(direction) {
    const { create, input } = this.#parts;
    // The field stands before the first, the button behind the last.
    const places = this.#records.length + (create.hidden ? 1 : 2);
    const isOnButton = document.activeElement === create;
    const at = isOnButton ? this.#records.length + 1 : this.#active + 1;
    const next = (at + direction + places) % places;
    if (next > this.#records.length) {
      this.#activate(-1);
      create.focus();
    } else {
      if (isOnButton) input.focus();
      this.#activate(next - 1);
    }
  }

  /** @param {number} index −1: none */
  #activate(index) {
    const { list, input } = this.#parts;
    this.#active = index;
    [...list.children].forEach((option, each) => option.setAttribute('aria-selected', String(each === index)));
    const active = list.children[index];
    if (active) {
      input.setAttribute('aria-activedescendant', active.id);
      active.scrollIntoView({ block: 'nearest' });
    } else {
      input.removeAttribute('aria-activedescendant');
    }
  }

  /** @param {any} record @param {number} index */
  #option(record, index) {
    const { root, parts } = new View('record-option');
    const { title, detail } = this.#kind.describe(record);
    root.id = `${this.#parts.list.id}-${index}`;
    setText(parts.title, title);
    setText(parts.detail, detail);
    parts.mark.append(icon(this.#kind.icon));
    // The focus stays in the field: a press on an option must not take it.
    root.addEventListener('pointerdown', (event) => event.preventDefault());
    root.addEventListener('click', () => this.#onChoose(record));
    return root;
  }

  /** @param {string} text */
  #announcement(text) {
    const found = this.#records.length === 0 ? t(`deal.${this.#kind.name}.none`)
      : t('deal.suggestions', { count: this.#records.length });
    return this.#parts.create.hidden ? found : `${found} ${t('deal.create.offered', { text })}`;
  }
}
