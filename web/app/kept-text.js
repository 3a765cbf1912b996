// @ts-check
/** What is typed somewhere and not saved yet: kept in the tab, so that neither a reload nor another page loses it. */

export class KeptText {
  #key;
  /** Where the tab's storage is closed or full, it is kept as long as the page. @type {Map<string, string>} */
  static #fallback = new Map();

  /** @param {number} agentID whose it is: another agent may sign in in this tab @param {string} place such as `note.deal.7` */
  constructor(agentID, place) {
    this.#key = `parley.typed.${agentID}.${place}`;
  }

  /** Empty when there is none. */
  get text() {
    try {
      return sessionStorage.getItem(this.#key) ?? KeptText.#fallback.get(this.#key) ?? '';
    } catch {
      return KeptText.#fallback.get(this.#key) ?? '';
    }
  }

  /** @param {string} text empty: there is nothing to keep any more */
  set text(text) {
    if (text === '') KeptText.#fallback.delete(this.#key);
    else KeptText.#fallback.set(this.#key, text);
    try {
      if (text === '') sessionStorage.removeItem(this.#key);
      else sessionStorage.setItem(this.#key, text);
    } catch {
      // Kept as long as the page.
    }
  }
}
