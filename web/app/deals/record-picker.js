// @ts-check
/**
 * A field that finds a record as one types, or keeps what is to be created with the deal: a combobox with a listbox
 * (ARIA Authoring Practices, “Editable Combobox With List Autocomplete”) and below the list the button that creates.
 *
 * It is in one of three states: text that names nothing yet, a record that was chosen, or a record to be created. Nothing is
 * created here: `value` says what the deal is to be saved with.
 */
import { View, icon, setAttribute, setText } from '../dom.js';
import { t } from '../i18n.js';
import { Suggestions } from './suggestions.js';

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

/** @param {any} record @returns {PickerState} */
export function picked(record) {
  return record ? { text: '', chosen: record, created: null } : nothingPicked;
}

export class RecordPicker extends View {
  /** @type {PickerState} */
  #state = nothingPicked;
  #kind;
  #onChange;
  #suggestions;
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
    this.#suggestions = new Suggestions(kind, this.parts, (record) => this.#choose(record));
    if (!kind.asksForEmail) this.parts.more.remove();
    this.#name();
    this.parts.label.classList.toggle('field-required', isRequired);
    this.parts.input.setAttribute('aria-required', String(isRequired));
  }

  /** Ids and texts by the kind, so that two pickers stand in one form. */
  #name() {
    const { name } = this.#kind;
    const id = `deal-${name}`;
    const { label, input, list, detail, error, email, emailLabel, emailError, newName, newNameLabel, clear } = this.parts;
    label.id = `${id}-label`;
    label.htmlFor = input.id = id;
    setText(label, t(`deal.${name}`));
    input.placeholder = t(`deal.${name}.placeholder`);
    list.id = `${id}-list`;
    input.setAttribute('aria-controls', list.id);
    detail.id = `${id}-detail`;
    error.id = `${id}-error`;
    input.setAttribute('aria-describedby', `${error.id} ${detail.id}`);
    clear.setAttribute('aria-describedby', label.id);
    emailLabel.htmlFor = email.id = `${id}-email`;
    emailError.id = `${id}-email-error`;
    email.setAttribute('aria-describedby', emailError.id);
    newNameLabel.htmlFor = newName.id = `${id}-name`;
  }

  connected() {
    const { input, clear, create, createBelow, email, newName, useNamesake, box } = this.parts;
    this.listen(input, 'input', () => this.#typed());
    this.listen(input, 'keydown', (event) => this.#key(event));
    this.listen(input, 'click', () => this.#offer());
    this.listen(box, 'pointerdown', (event) => {
      if (event.target !== box) return;
      event.preventDefault();
      input.focus();
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
      this.#change(picked(this.#namesake));
      input.focus();
    });
    this.signal.addEventListener('abort', () => this.#suggestions.cancel());
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
    this.#suggestions.close();
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

  get isEmpty() {
    const { text, chosen, created } = this.#state;
    return text.trim() === '' && !chosen && !created;
  }

  /** Text that is neither a choice nor something to create. */
  get isUnresolved() {
    return !this.isEmpty && !this.#state.chosen && !this.#state.created;
  }

  /** Where to put the focus when this field is at fault. @returns {HTMLElement} */
  get faultyControl() {
    return this.parts.emailError.hidden ? this.parts.input : this.parts.email;
  }

  /** Takes the record that the typed text means exactly, if there is one. */
  async settle() {
    if (!this.isUnresolved) return;
    const text = this.#state.text.trim();
    if (!this.#suggestions.areFor(text)) await this.#suggestions.ask(text);
    this.#takeExact();
  }

  /** Takes the existing record whose address the new one has. Answers whether there was one. */
  async preferExisting() {
    await this.#seekNamesake();
    if (this.#namesake === null) return false;
    this.state = picked(this.#namesake);
    return true;
  }

  /** @param {string|null} text @param {boolean} [ofEmail] it is the new record's e-mail address that is at fault */
  setError(text, ofEmail = false) {
    const { error, email, emailField, emailError, input, more } = this.parts;
    const isShownAtEmail = ofEmail && !more.hidden && !emailField.hidden;
    showError(input, error, isShownAtEmail ? null : text);
    showError(email, emailError, isShownAtEmail ? text : null);
  }

  /** @param {PickerState} state */
  #change(state) {
    this.#state = state;
    this.#namesake = null;
    this.#suggestions.cancel();
    this.#suggestions.close();
    this.#render();
    this.#onChange();
  }

  #typed() {
    const text = this.parts.input.value;
    const { created } = this.#state;
    if (created && text.trim() !== '') {
      // Still the same new record: its name, or its address, is being mended.
      const part = this.#goesByEmail ? 'email' : 'name';
      this.#state = { text, chosen: null, created: { ...created, [part]: text } };
    } else {
      this.#state = { text, chosen: null, created: null };
    }
    this.#render();
    this.#onChange();
    if (this.isEmpty) {
      this.#suggestions.cancel();
      this.#suggestions.close();
    } else {
      this.#suggestions.askSoon(text.trim(), () => this.#showSuggestions());
    }
  }

  /** @param {KeyboardEvent} event */
  #key(event) {
    const suggestions = this.#suggestions;
    if (!suggestions.isOpen) {
      if (event.key !== 'ArrowDown') return;
      event.preventDefault();
      this.#offer();
      return;
    }
    switch (event.key) {
      case 'ArrowDown':
      case 'ArrowUp':
        event.preventDefault();
        suggestions.step(event.key === 'ArrowDown' ? 1 : -1);
        break;
      case 'Enter':
        if (event.isComposing) return;
        event.preventDefault();
        if (suggestions.active) this.#choose(suggestions.active);
        else if (!this.parts.create.hidden) this.#create();
        else this.#takeExact();
        break;
      case 'Escape':
        event.preventDefault();
        event.stopPropagation();
        suggestions.close();
        break;
      case 'Tab':
        if (suggestions.active && !event.shiftKey) this.#choose(suggestions.active);
        break;
    }
  }

  /** @param {KeyboardEvent} event */
  #keyOnCreate(event) {
    if (event.key === 'ArrowUp' || event.key === 'ArrowDown') {
      event.preventDefault();
      this.#suggestions.step(event.key === 'ArrowDown' ? 1 : -1);
    } else if (event.key === 'Escape') {
      event.preventDefault();
      event.stopPropagation();
      this.parts.input.focus();
      this.#suggestions.close();
    }
  }

  /** Opens the list for the text that is there; without any, with the newest records. */
  async #offer() {
    if (this.#state.chosen || this.#state.created || this.#suggestions.isOpen) return;
    if (await this.#suggestions.ask(this.#state.text.trim())) this.#showSuggestions();
  }

  #showSuggestions() {
    if (!this.root.contains(document.activeElement)) return;
    this.#suggestions.open(this.#state.text.trim(), this.#state.created === null);
    this.#renderOffer();
  }

  /** @param {any} record */
  #choose(record) {
    this.#change(picked(record));
  }

  #create() {
    const created = this.#kind.begin(this.#state.text.trim());
    this.#change({ text: created.name || created.email, chosen: null, created });
    const asks = this.#kind.asksForEmail && created.email === '';
    (asks ? this.parts.email : this.parts.input).focus();
    setText(this.parts.status, t(`deal.${this.#kind.name}.willBeCreated`));
    void this.#seekNamesake();
  }

  /** Does a new record go by its address, for want of a name when it was begun? */
  get #goesByEmail() {
    const { text, created } = this.#state;
    return created !== null && text !== '' && text === created.email;
  }

  /** @param {Partial<NewRecord>} change */
  #describeNew(change) {
    if (!this.#state.created) return;
    this.#state = { ...this.#state, created: { ...this.#state.created, ...change } };
    this.#onChange();
  }

  /** A new contact whose address is somebody's already: says whose, and offers them. */
  async #seekNamesake() {
    const email = this.#state.created?.email.trim() ?? '';
    this.#namesake = null;
    if (this.#kind.asksForEmail && email !== '') {
      try {
        const found = await this.#kind.search(email, this.signal);
        if (this.#state.created?.email.trim() !== email) return;
        this.#namesake = found.find((record) => this.#kind.matches(record, email)) ?? null;
      } catch {
        // Only an early word: the server sees to it when the deal is saved.
      }
    }
    this.#renderNamesake();
  }

  #takeExact() {
    const exact = this.isUnresolved ? this.#suggestions.exact(this.#state.text.trim()) : null;
    if (exact) this.#choose(exact);
  }

  #left() {
    this.#suggestions.cancel();
    this.#suggestions.close();
    this.#takeExact();
    this.#renderOffer();
  }

  #render() {
    const { input, clear, mark, badge, detail } = this.parts;
    const { text, chosen, created } = this.#state;
    const shown = chosen ? this.#kind.describe(chosen) : null;
    const value = shown?.title ?? text;
    if (input.value !== value) input.value = value;
    this.root.classList.toggle('is-chosen', chosen !== null);
    this.root.classList.toggle('is-created', created !== null);
    mark.replaceChildren(icon(created ? 'plus' : this.#kind.icon));
    mark.hidden = !chosen && !created;
    badge.hidden = !created;
    clear.hidden = value === '';
    setText(detail, shown ? shown.detail : t(`deal.${this.#kind.name}.${created ? 'willBeCreated' : 'hint'}`));
    this.#renderMore();
    this.#renderNamesake();
    this.#renderOffer();
  }

  /** What else is asked of a new record: the address when it goes by its name, the name when by its address. */
  #renderMore() {
    const { more, emailField, email, nameField, newName } = this.parts;
    const { created } = this.#state;
    more.hidden = !created || !this.#kind.asksForEmail;
    if (!created) return;
    emailField.hidden = this.#goesByEmail;
    nameField.hidden = !this.#goesByEmail;
    if (email.value !== created.email) email.value = created.email;
    if (newName.value !== created.name) newName.value = created.name;
  }

  #renderNamesake() {
    const { namesake, namesakeText, useNamesake } = this.parts;
    namesake.hidden = this.#namesake === null;
    if (this.#namesake === null) return;
    const { title } = this.#kind.describe(this.#namesake);
    setText(namesakeText, t('contact.existing', { email: this.#namesake.email, name: title }));
    setText(useNamesake, t('contact.existing.use', { name: title }));
  }

  /** Text that was left without a choice keeps the button that creates within reach. */
  #renderOffer() {
    const { belowCreate, createBelowText } = this.parts;
    belowCreate.hidden = !this.isUnresolved || this.#suggestions.isOpen || this.root.contains(document.activeElement);
    setText(createBelowText, t('deal.create', { text: this.#state.text.trim() }));
  }
}

/** @param {HTMLElement} control @param {HTMLElement} element @param {string|null} text */
function showError(control, element, text) {
  setText(element, text ?? '');
  element.hidden = text === null;
  setAttribute(control, 'aria-invalid', text === null ? null : 'true');
}
