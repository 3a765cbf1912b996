// @ts-check
/** What is being typed in a step's dialog, kept in this browser until it is saved or left: a reload opens it again. */

/** @typedef {{id: string|null, place: import('./flow.js').Place|null, values: any}} Kept `id`: of a step that is there; else it is to come at the place */

export class DialogDraft {
  #key;

  /** @param {string} key */
  constructor(key) {
    this.#key = key;
  }

  /** @returns {Kept|null} */
  get kept() {
    const text = localStorage.getItem(this.#key);
    if (text === null) return null;
    try {
      return JSON.parse(text);
    } catch {
      // Not of this program's making.
      localStorage.removeItem(this.#key);
      return null;
    }
  }

  /** @param {Kept} kept */
  keep(kept) {
    try {
      localStorage.setItem(this.#key, JSON.stringify(kept));
    } catch (error) {
      // A full or forbidden storage: the dialog still has it.
      console.warn(error);
    }
  }

  /** What was kept, and is no more. */
  take() {
    const { kept } = this;
    localStorage.removeItem(this.#key);
    return kept;
  }
}
