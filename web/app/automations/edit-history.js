// @ts-check
/** What was done, so that it can be undone: states one after the other. What is typed into one field is one step. */

const kept = 200;
/** Changes of the same thing that follow one another so soon are one, in milliseconds. */
const together = 1500;

/** @template State */
export class EditHistory {
  /** @type {State[]} */
  #past = [];
  /** @type {State[]} */
  #future = [];
  #last = { what: '', at: 0 };

  /** @param {State} current */
  constructor(current) {
    this.current = current;
  }

  get canUndo() {
    return this.#past.length > 0;
  }

  get canRedo() {
    return this.#future.length > 0;
  }

  /** @param {State} state @param {string} [what] names what changes, where one keystroke after the other does */
  change(state, what = '') {
    const now = Date.now();
    const isMore = what !== '' && what === this.#last.what && now - this.#last.at < together;
    if (!isMore) {
      this.#past.push(this.current);
      if (this.#past.length > kept) this.#past.shift();
    }
    this.#last = { what, at: now };
    this.#future = [];
    this.current = state;
  }

  /** False: there is nothing to undo. */
  undo() {
    return this.#step(this.#past, this.#future);
  }

  redo() {
    return this.#step(this.#future, this.#past);
  }

  /** @param {State[]} from @param {State[]} to */
  #step(from, to) {
    const state = from.pop();
    if (state === undefined) return false;
    to.push(this.current);
    this.current = state;
    this.#last = { what: '', at: 0 };
    return true;
  }
}
