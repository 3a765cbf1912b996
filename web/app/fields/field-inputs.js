// @ts-check
/** The fields of one's own within a form: all those of a kind, which keep what is typed when they change underneath. */
import { View } from '../dom.js';
import { FieldInput } from './field-input.js';

/** What stands in them, by id. @typedef {Record<string, import('./field-input.js').FieldState>} FieldStates */

export class FieldInputs extends View {
  #store;
  #kind;
  #onChange;
  /** @type {FieldInput[]} */
  #inputs = [];

  /**
   * @param {import('../store.js').Store} store @param {"deal"|"contact"|"account"} kind
   * @param {() => void} [onChange] what is typed, or which fields there are
   */
  constructor(store, kind, onChange = () => {}) {
    const root = document.createElement('div');
    root.className = 'field-inputs';
    super(root);
    this.#store = store;
    this.#kind = kind;
    this.#onChange = onChange;
    this.#make();
  }

  connected() {
    this.listen(this.root, 'input', (event) => {
      const input = this.#inputs.find(({ root }) => root.contains(event.target));
      if (!input?.hasFault) return;
      input.showFault(null);
      this.#onChange();
    });
    this.#store.subscribe('fields', () => {
      const { state } = this;
      this.#make();
      this.state = state;
      this.#onChange();
    }, this.signal);
  }

  #make() {
    const currency = this.#store.session.workspace.defaultCurrency;
    this.#inputs = this.#store.fieldsOf(this.#kind).map((field) => new FieldInput(field, { currency }));
    this.root.replaceChildren(...this.#inputs.map(({ root }) => root));
  }

  /** @returns {FieldStates} only of those that hold something */
  get state() {
    /** @type {FieldStates} */
    const states = {};
    for (const { field, state } of this.#inputs) if (state !== null) states[field.id] = state;
    return states;
  }

  /** @param {FieldStates} states */
  set state(states) {
    for (const input of this.#inputs) input.state = states[input.field.id] ?? null;
  }

  /** What the interface is given, and what is wrong, as it names the errors: `fields.ID`. */
  read() {
    /** @type {Record<string, any>} */
    const entries = {};
    /** @type {Record<string, string>} */
    const faults = {};
    for (const input of this.#inputs) {
      const answer = input.read();
      if (answer.code !== undefined) faults[`fields.${input.field.id}`] = answer.code;
      else if (answer.entry !== null) entries[input.field.id] = answer.entry;
    }
    return { entries, faults };
  }

  /** Shows these and no others. @param {Record<string, string|undefined>} codes by `fields.ID` */
  showFaults(codes) {
    for (const input of this.#inputs) input.showFault(codes[`fields.${input.field.id}`] ?? null);
  }

  /** Those at which something is wrong, in reading order. @returns {{label: string, focus: () => void}[]} */
  get faulty() {
    return this.#inputs.filter(({ hasFault }) => hasFault)
      .map((input) => ({ label: input.field.name, focus: () => input.focus() }));
  }
}
