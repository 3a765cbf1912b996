/** A text in the host's own storage, or for as long as the page lasts where that is blocked. */
export class Note {
  #storage
  #key
  #text = ''

  /** `storage`: `localStorage` or `sessionStorage`. */
  constructor(storage, key) {
    this.#storage = storage
    this.#key = key
  }

  get text() {
    try {
      return window[this.#storage].getItem(this.#key) ?? ''
    } catch {
      return this.#text
    }
  }

  set text(text) {
    this.#text = text
    try {
      if (text) window[this.#storage].setItem(this.#key, text)
      else window[this.#storage].removeItem(this.#key)
    } catch {
      // Blocked or full.
    }
  }
}
