// @ts-check
/** The fields of one's own on the page of a record: each saves when it changes; what could not be saved stays, with the reason. */
import { toast } from '../announcer.js';
import { View } from '../dom.js';
import { errorText, t } from '../i18n.js';
import { FieldInput } from './field-input.js';

/** Nobody means a year before this one: its digits are still being typed. */
const firstYear = 1000;

export class FieldFacts extends View {
  #store;
  #kind;
  #save;
  /** @type {any} */
  #record = null;
  #isFixed = false;
  /** @type {FieldInput[]} */
  #inputs = [];
  /** Those that are being saved: the events of others do not disturb them. @type {Set<number>} */
  #saving = new Set();

  /**
   * @param {import('../store.js').Store} store @param {"deal"|"contact"|"account"} kind
   * @param {(changes: {fields: Record<string, any>}) => Promise<unknown>} save
   */
  constructor(store, kind, save) {
    super('field-facts');
    this.#store = store;
    this.#kind = kind;
    this.#save = save;
    this.#make();
  }

  connected() {
    this.listen(this.root, 'change', (event) => this.#changed(event.target, false));
    this.listen(this.root, 'focusout', (event) => this.#changed(event.target, true));
    this.listen(this.root, 'input', (event) => this.#inputOf(event.target)?.showFault(null));
    this.listen(this.root, 'keydown', (event) => {
      const input = this.#inputOf(event.target);
      if (event.key !== 'Escape' || !input || !this.#isChanged(input)) return;
      event.stopPropagation();
      event.preventDefault();
      input.show(this.#stored(input));
    });
    this.#store.subscribe('fields', () => {
      this.#make();
      if (this.#record) this.show(this.#record, this.#isFixed);
    }, this.signal);
  }

  /** Another page is opened in the middle of it: what was typed is saved all the same. */
  disconnect() {
    for (const input of this.#inputs) if (this.#record && this.#isChanged(input)) void this.#send(input);
    super.disconnect();
  }

  #make() {
    const currency = this.#store.session.workspace.defaultCurrency;
    this.#inputs = this.#store.fieldsOf(this.#kind).map((field) => new FieldInput(field, { currency, isQuiet: true }));
    this.parts.list.replaceChildren(...this.#inputs.map(({ root }) => root));
    this.root.hidden = this.#inputs.length === 0;
  }

  /** What is being typed is left alone. @param {any} record @param {boolean} [isFixed] whether it may only be read */
  show(record, isFixed = false) {
    const before = this.#record;
    this.#record = record;
    this.#isFixed = isFixed;
    for (const input of this.#inputs) {
      const { id } = input.field;
      const wasChanged = before?.id === record.id && isDifferent(input, before.fields[id]);
      if (!wasChanged && !this.#saving.has(id)) input.show(record.fields[id]);
      input.fix(isFixed);
    }
  }

  /** @param {EventTarget|null} target */
  #inputOf(target) {
    return this.#inputs.find(({ root }) => root.contains(/** @type {Node} */ (target)));
  }

  /** @param {FieldInput} input */
  #stored({ field }) {
    return this.#record.fields[field.id];
  }

  /** @param {FieldInput} input */
  #isChanged(input) {
    return isDifferent(input, this.#stored(input));
  }

  /** A date is typed digit by digit: it is saved when it can be meant, or when one leaves it. @param {EventTarget|null} target @param {boolean} hasLeft */
  #changed(target, hasLeft) {
    const input = this.#inputOf(target);
    if (!input || this.#saving.has(input.field.id) || !this.#isChanged(input)) return;
    const { state } = input;
    if (hasLeft && input.hasFault) return;
    if (!hasLeft && input.field.type === 'date' && (typeof state !== 'string' || Number(state.slice(0, 4)) < firstYear)) return;
    void this.#send(input);
  }

  /** @param {FieldInput} input */
  async #send(input) {
    const { id, name } = input.field;
    const answer = input.read();
    if (answer.code !== undefined) {
      input.showFault(answer.code);
      return;
    }
    this.#saving.add(id);
    try {
      await this.#save({ fields: { [id]: answer.entry } });
      this.#saving.delete(id);
      if (this.root.isConnected && !this.#isTyping(input)) input.show(this.#stored(input));
    } catch (/** @type {any} */ error) {
      this.#saving.delete(id);
      const code = String(error.fields?.[`fields.${id}`] ?? error.code);
      if (input.root.isConnected) input.showFault(code);
      else void toast(t('panel.notSaved', { value: name, reason: errorText({ code }) }), { urgent: true });
    }
  }

  /** @param {FieldInput} input */
  #isTyping(input) {
    return input.root.contains(document.activeElement) && this.#isChanged(input);
  }
}

/** Does it hold something else than the value? @param {FieldInput} input @param {any} value */
function isDifferent(input, value) {
  const answer = input.read();
  return answer.code !== undefined || JSON.stringify(sorted(answer.entry)) !== JSON.stringify(sorted(value ?? null));
}

/** The order of choices and of an amount's members says nothing. @param {any} value */
function sorted(value) {
  if (Array.isArray(value)) return [...value].sort((a, b) => a - b);
  return value && typeof value === 'object' ? [value.minor, value.currency] : value;
}
