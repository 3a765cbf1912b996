// @ts-check
/** What is typed somewhere and not saved yet: kept in the tab, so that neither a reload nor another page loses it. */

export class KeptText {
  #key;
  /** As long as the page: the tab's storage may be closed, or full. @type {Map<string, string>} */
  static #here = new Map();

  /** @param {number} agentID whose it is: another agent may sign in in this tab @param {string} place such as `note.deal.7` */
  constructor(agentID, place) {
    this.#key = `parley.typed.${agentID}.${place}`;
  }

  /** Empty when there is none. */
  get text() {
    const here = KeptText.#here.get(this.#key);
    if (here !== undefined) return here;
    try {
      return sessionStorage.getItem(this.#key) ?? '';
    } catch {
      return '';
    }
  }

  /** @param {string} text empty: there is nothing to keep any more */
  set text(text) {
    KeptText.#here.set(this.#key, text);
    try {
      if (text === '') sessionStorage.removeItem(this.#key);
      else sessionStorage.setItem(this.#key, text);
    } catch {
      // Kept as long as the page.
    }
  }
}
