// @ts-check
/**
 * A field that finds a record as one types, or keeps what is to be created with the deal: a combobox with a listbox
 * (ARIA Authoring Practices, “Editable Combobox With List Autocomplete”) and below the list the button that creates.
 *
 * It is in one of three states: text that names nothing yet, a record that was chosen, or a record to be created. Nothing is
 * created here: `value` says what the deal is to be saved with.
 */
import { isAbort } from '../api.js';
import { View, icon, setText } from '../dom.js';
import { t } from '../i18n.js';

/** Asked for only when typing pauses. */
const pause = 160;

/**
 * What a kind of record is: how it is found, shown and begun.
 * @typedef {object} RecordKind
 * @property {string} name names the texts: `deal.NAME.…`
 * @property {string} icon
 * @property {boolean} asksForEmail a new one needs an e-mail address, and may have a name
 * @property {(text: string, signal: AbortSignal) => Promise<any[]>} search
 * @property {(record: any) => {title: string, detail: string}} describe
 * @property {(record: any, text: string) => boolean} matches does the text mean exactly this record?
 * @property {(text: string) => NewRecord} begin what a typed text says of a new record
 */

/** @typedef {{name: string, email: string}} NewRecord */

/**
 * @typedef {object} PickerState
 * @property {string} text what stands in the field
 * @property {any} chosen the record, or null
 * @property {NewRecord|null} created what is to be created, or null
 */

/** @type {PickerState} */
export const nothingPicked = { text: '', chosen: null, created: null };

export class RecordPicker extends View {
  /** @type {PickerState} */
  #state = nothingPicked;
  #kind;
  #onChange;
  /** @type {any[]} */
  #suggestions = [];
  /** The text that the suggestions are for. */
  #suggestedFor = '';
  #active = -1;
  /** @type {AbortController|null} */
  #search = null;
  /** @type {ReturnType<typeof setTimeout>|undefined} */
  #timer;
  /** An existing record that has the new one's e-mail address. @type {any} */
  #namesake = null;

  /**
   * @param {RecordKind} kind
   * @param {() => void} onChange the person changed what is picked or typed
   * @param {boolean} [isRequired]
   */
  constructor(kind, onChange, isRequired = false) {
    super('record-picker');
    this.#kind = kind;
    this.#onChange = onChange;
    this.#name();
    this.parts.label.classList.toggle('field-required', isRequired);
    this.parts.input.setAttribute('aria-required', String(isRequired));
  }

  /** Ids and texts by the kind, so that two pickers stand in one form. */
  #name() {
    const { name } = this.#kind;
    const id = `deal-${name}`;
    const { label, input, list, detail, error, email, emailLabel, emailError, newName, newNameLabel, clear } = this.parts;
    label.htmlFor = input.id = id;
    setText(label, t(`deal.${name}`));
    input.placeholder = t(`deal.${name}.placeholder`);
    list.id = `${id}-list`;
    input.setAttribute('aria-controls', list.id);
    detail.id = `${id}-detail`;
    error.id = `${id}-error`;
    input.setAttribute('aria-describedby', `${detail.id} ${error.id}`);
    emailLabel.htmlFor = email.id = `${id}-email`;
    emailError.id = `${id}-email-error`;
    email.setAttribute('aria-describedby', emailError.id);
    newNameLabel.htmlFor = newName.id = `${id}-name`;
    label.id = `${id}-label`;
    clear.setAttribute('aria-describedby', label.id);
  }

  connected() {
    const { input, clear, create, createBelow, email, newName, useNamesake, box } = this.parts;
    this.listen(input, 'input', () => this.#typed());
    this.listen(input, 'keydown', (event) => this.#key(event));
    this.listen(input, 'click', () => this.#offer());
    this.listen(box, 'pointerdown', (event) => {
      if (event.target === box) {
        event.preventDefault();
        input.focus();
      }
    });
    this.listen(clear, 'click', () => {
      this.#change(nothingPicked);
      input.focus();
    });
    for (const button of [create, createBelow]) this.listen(button, 'click', () => this.#create());
    this.listen(create, 'keydown', (event) => this.#keyOnCreate(event));
    this.listen(this.root, 'focusout', (event) => {
      if (!this.root.contains(event.relatedTarget)) this.#left();
    });
    this.listen(email, 'input', () => this.#describeNew({ email: email.value }));
    this.listen(email, 'change', () => void this.#seekNamesake());
    this.listen(newName, 'input', () => this.#describeNew({ name: newName.value }));
    this.listen(useNamesake, 'click', () => {
      this.#change({ text: '', chosen: this.#namesake, created: null });
      input.focus();
    });
    this.signal.addEventListener('abort', () => this.#stopSearching());
    this.#render();
  }

  /** @returns {PickerState} */
  get state() {
    return this.#state;
  }

  /** Sets what is picked, without telling. @param {PickerState} state */
  set state(state) {
    this.#state = state;
    this.#namesake = null;
    this.#close();
    this.#render();
    if (state.created) void this.#seekNamesake();
  }

  /** As a deal's draft names it: `{id}`, `{new}`, or null. @returns {{id: number}|{new: any}|null} */
  get value() {
    const { chosen, created } = this.#state;
    if (chosen) return { id: chosen.id };
    if (!created) return null;
    const name = created.name.trim();
    return { new: this.#kind.asksForEmail ? { name, email: created.email.trim() } : { name } };
  }

  /** Text that is neither a choice nor something to create. */
  get isUnresolved() {
    return !this.#state.chosen && !this.#state.created && this.#state.text.trim() !== '';
  }

  /** Where to put the focus when this field is at fault. @returns {HTMLElement} */
  get faultyControl() {
    return this.parts.emailError.hidden ? this.parts.input : this.parts.email;
  }

  /** Takes the record that the typed text means exactly, if there is one. */
  async settle() {
    if (!this.isUnresolved) return;
    if (this.#suggestedFor !== this.#state.text.trim()) await this.#suggest();
    this.#takeExact();
  }

  /** Takes the existing record whose address the new one has. Answers whether there was one. */
  async preferExisting() {
    await this.#seekNamesake();
    if (this.#namesake === null) return false;
    this.state = { text: '', chosen: this.#namesake, created: null };
    return true;
  }

  /** @param {string|null} text @param {boolean} [ofEmail] it is the new record's e-mail address that is at fault */
  setError(text, ofEmail = false) {
    const { error, email, emailField, emailError, input } = this.parts;
    if (emailField.hidden) ofEmail = false;
    const own = ofEmail ? null : text;
    setText(error, own ?? '');
    error.hidden = own === null;
    if (own === null) input.removeAttribute('aria-invalid');
    else input.setAttribute('aria-invalid', 'true');
    setText(emailError, ofEmail ? text ?? '' : '');
    emailError.hidden = !ofEmail || text === null;
    if (emailError.hidden) email.removeAttribute('aria-invalid');
    else email.setAttribute('aria-invalid', 'true');
  }

  /** @param {PickerState} state */
  #change(state) {
    this.#state = state;
    this.#namesake = null;
    this.#close();
    this.setError(null);
    this.#render();
    this.#onChange();
  }

  #typed() {
    const text = this.parts.input.value;
    const { created } = this.#state;
    if (created && text.trim() !== '') {
      // Still the same new record: its name, or its address, is being mended.
      this.#state = { text, chosen: null, created: { ...created, [this.#headline(created)]: text } };
    } else {
      this.#state = { text, chosen: null, created: null };
    }
    this.setError(null);
    this.#render();
    this.#onChange();
    this.#active = -1;
    clearTimeout(this.#timer);
    if (text.trim() === '') {
      this.#stopSearching();
      this.#close();
    } else {
      this.#timer = setTimeout(() => void this.#suggestAndShow(), pause);
    }
  }

  /** @param {KeyboardEvent} event */
  #key(event) {
    const isOpen = !this.parts.popup.hidden;
    switch (event.key) {
      case 'ArrowDown':
        event.preventDefault();
        if (!isOpen) this.#offer();
        else if (this.#active < this.#suggestions.length - 1) this.#activate(this.#active + 1);
        else if (!this.parts.create.hidden) this.parts.create.focus();
        else this.#activate(-1);
        break;
      case 'ArrowUp':
        if (!isOpen) return;
        event.preventDefault();
        if (this.#active >= 0) this.#activate(this.#active - 1);
        else if (!this.parts.create.hidden) this.parts.create.focus();
        else this.#activate(this.#suggestions.length - 1);
        break;
      case 'Enter':
        if (!isOpen || event.isComposing) return;
        event.preventDefault();
        if (this.#active >= 0) this.#choose(this.#suggestions[this.#active]);
        else if (!this.parts.create.hidden) this.#create();
        else this.#takeExact();
        break;
      case 'Escape':
        if (!isOpen) return;
        event.preventDefault();
        event.stopPropagation();
        this.#close();
        break;
      case 'Tab':
        if (isOpen && this.#active >= 0 && !event.shiftKey) this.#choose(this.#suggestions[this.#active]);
        break;
    }
  }

  /** @param {KeyboardEvent} event */
  #keyOnCreate(event) {
    const { input } = this.parts;
    if (event.key === 'ArrowUp' || event.key === 'ArrowDown') {
      event.preventDefault();
      input.focus();
      this.#activate(event.key === 'ArrowUp' ? this.#suggestions.length - 1 : -1);
    } else if (event.key === 'Escape') {
      event.preventDefault();
      event.stopPropagation();
      input.focus();
      this.#close();
    }
  }

  /** Opens the list for the text that is there; without any, with the newest records. */
  #offer() {
    const isPicked = this.#state.chosen || this.#state.created;
    if (!isPicked && this.parts.popup.hidden) void this.#suggestAndShow();
  }

  async #suggestAndShow() {
    const found = await this.#suggest();
    if (!found || this.root.contains(document.activeElement) === false) return;
    this.#open();
  }

  /** Asks for suggestions; answers false when another question took its place. */
  async #suggest() {
    this.#stopSearching();
    const text = this.#state.text.trim();
    const controller = new AbortController();
    this.#search = controller;
    this.parts.box.classList.add('is-busy');
    let failed = false;
    try {
      this.#suggestions = await this.#kind.search(text, controller.signal);
    } catch (error) {
      if (isAbort(error)) return false;
      this.#suggestions = [];
      failed = true;
    }
    if (controller.signal.aborted) return false;
    this.parts.box.classList.remove('is-busy');
    this.#suggestedFor = failed ? '' : text;
    this.#active = -1;
    this.parts.failure.hidden = !failed;
    return true;
  }

  #stopSearching() {
    clearTimeout(this.#timer);
    this.#search?.abort();
    this.#search = null;
    this.parts.box.classList.remove('is-busy');
  }

  #open() {
    const { popup, list, input, none, failure, create, status } = this.parts;
    const text = this.#state.text.trim();
    list.replaceChildren(...this.#suggestions.map((record, index) => this.#option(record, index)));
    list.hidden = this.#suggestions.length === 0;
    const isExact = this.#suggestions.some((record) => this.#kind.matches(record, text));
    create.hidden = isExact || text === '' || this.#state.created !== null;
    setText(this.parts.createText, t('deal.create', { text }));
    none.hidden = text === '' || !list.hidden || !failure.hidden;
    popup.hidden = create.hidden && list.hidden && none.hidden && failure.hidden;
    this.parts.belowCreate.hidden = true;
    input.setAttribute('aria-expanded', String(!popup.hidden));
    this.#activate(-1);
    setText(status, popup.hidden ? '' : this.#announcement(text));
  }

  /** @param {string} text */
  #announcement(text) {
    const found = this.#suggestions.length === 0 ? t(`deal.${this.#kind.name}.none`)
      : t('deal.suggestions', { count: this.#suggestions.length });
    return this.parts.create.hidden ? found : `${found} ${t('deal.create.offered', { text })}`;
  }

  /** @param {any} record @param {number} index */
  #option(record, index) {
    const view = new OptionView(this.#kind, record);
    view.root.id = `${this.parts.list.id}-${index}`;
    // The focus stays in the field: a press on an option must not take it.
    this.listen(view.root, 'pointerdown', (event) => event.preventDefault());
    this.listen(view.root, 'click', () => this.#choose(record));
    return view.root;
  }

  /** @param {number} index −1: none */
  #activate(index) {
    const { list, input } = this.parts;
    this.#active = index;
    [...list.children].forEach((option, each) => {
      option.setAttribute('aria-selected', String(each === index));
    });
    const active = list.children[index];
    if (active) {
      input.setAttribute('aria-activedescendant', active.id);
      active.scrollIntoView({ block: 'nearest' });
    } else {
      input.removeAttribute('aria-activedescendant');
    }
  }

  /** @param {any} record */
  #choose(record) {
    this.#stopSearching();
    this.#change({ text: '', chosen: record, created: null });
  }

  #create() {
    this.#stopSearching();
    const created = this.#kind.begin(this.#state.text.trim());
    this.#change({ text: created[this.#headline(created)], chosen: null, created });
    const asks = this.#kind.asksForEmail && created.email === '';
    (asks ? this.parts.email : this.parts.input).focus();
    setText(this.parts.status, t(`deal.${this.#kind.name}.willBeCreated`));
    void this.#seekNamesake();
  }

  /** Which part of a new record stands in the field itself. @param {NewRecord} created @returns {'name'|'email'} */
  #headline({ name }) {
    return this.#kind.asksForEmail && name === '' ? 'email' : 'name';
  }

  /** @param {Partial<NewRecord>} change */
  #describeNew(change) {
    if (!this.#state.created) return;
    const created = { ...this.#state.created, ...change };
    this.#state = { ...this.#state, created };
    this.setError(null);
    this.#onChange();
  }

  /** A new contact whose address is somebody's already: says whose, and offers them. */
  async #seekNamesake() {
    const email = this.#state.created?.email.trim() ?? '';
    if (!this.#kind.asksForEmail || email === '') return;
    try {
      const found = await this.#kind.search(email, this.signal);
      if (this.#state.created?.email.trim() !== email) return;
      this.#namesake = found.find((record) => this.#kind.matches(record, email)) ?? null;
    } catch {
      // Only an early word: the server sees to it when the deal is saved.
      this.#namesake = null;
    }
    this.#render();
  }

  #takeExact() {
    const text = this.#state.text.trim();
    if (this.#suggestedFor !== text) return;
    const exact = this.#suggestions.filter((record) => this.#kind.matches(record, text));
    if (exact.length === 1) this.#choose(exact[0]);
  }

  #left() {
    this.#stopSearching();
    this.#close();
    this.#takeExact();
    this.#render();
  }

  #close() {
    const { popup, input } = this.parts;
    popup.hidden = true;
    input.setAttribute('aria-expanded', 'false');
    input.removeAttribute('aria-activedescendant');
    this.#active = -1;
  }

  #render() {
    const { root } = this;
    const { input, clear, mark, badge, detail, more, emailField, email, nameField, newName } = this.parts;
    const { text, chosen, created } = this.#state;
    const shown = chosen ? this.#kind.describe(chosen) : null;
    const value = shown?.title ?? text;
    if (input.value !== value) input.value = value;
    root.classList.toggle('is-chosen', chosen !== null);
    root.classList.toggle('is-new', created !== null);
    mark.replaceChildren(icon(created ? 'plus' : this.#kind.icon));
    mark.hidden = !chosen && !created;
    badge.hidden = !created;
    clear.hidden = value === '';
    setText(detail, shown ? shown.detail : t(`deal.${this.#kind.name}.${created ? 'willBeCreated' : 'hint'}`));
    more.hidden = !created || !this.#kind.asksForEmail;
    if (created) {
      const isByName = this.#headline(created) === 'name';
      emailField.hidden = !isByName;
      nameField.hidden = isByName;
      if (email.value !== created.email) email.value = created.email;
      if (newName.value !== created.name) newName.value = created.name;
    }
    this.#renderNamesake();
    const offersBelow = this.isUnresolved && this.parts.popup.hidden && !this.root.contains(document.activeElement);
    this.parts.belowCreate.hidden = !offersBelow;
    setText(this.parts.createBelowText, t('deal.create', { text: text.trim() }));
  }

  #renderNamesake() {
    const { namesake, namesakeText, useNamesake } = this.parts;
    namesake.hidden = this.#namesake === null;
    if (this.#namesake === null) return;
    const { title } = this.#kind.describe(this.#namesake);
    setText(namesakeText, t('contact.existing', { email: this.#namesake.email, name: title }));
    setText(useNamesake, t('contact.existing.use', { name: title }));
  }
}

class OptionView extends View {
  /** @param {RecordKind} kind @param {any} record */
  constructor(kind, record) {
    super('record-option');
    const { title, detail } = kind.describe(record);
    setText(this.parts.title, title);
    setText(this.parts.detail, detail);
    this.parts.mark.append(icon(kind.icon));
  }
}
