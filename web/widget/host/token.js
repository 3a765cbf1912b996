/**
 * Who the visitor is: 32 random bytes in base64url, and the e-mail that the host's page identified them by. Kept in the
 * host's own storage, so that pages and tabs agree, and in memory where that is blocked.
 */
export class VisitorToken {
  #name
  #text = ''

  /** `name`: of the entry in the storage. */
  constructor(name) {
    this.#name = name
    this.recall()
  }

  get exists() {
    return this.#text != ''
  }

  /** The token, made now if there is none. */
  get value() {
    if (!this.exists) this.#keep(randomToken())
    return this.#text.slice(0, 43)
  }

  get email() {
    return this.#text.slice(44)
  }

  set email(email) {
    this.#keep(`${this.value} ${email}`)
  }

  forget() {
    this.#keep('')
  }

  /** Reads again what is stored, which another tab may have changed, and says whether it is another visitor now. */
  recall() {
    const before = this.#text.slice(0, 43)
    try {
      const stored = localStorage.getItem(this.#name) ?? ''
      this.#text = /^[\w-]{43}( |$)/.test(stored) ? stored : ''
    } catch {
      // Blocked: the memory is all there is.
    }
    return this.#text.slice(0, 43) != before
  }

  #keep(text) {
    this.#text = text
    try {
      if (text) localStorage.setItem(this.#name, text)
      else localStorage.removeItem(this.#name)
    } catch {
      // Blocked or full: the conversation lasts as long as the page.
    }
  }
}

function randomToken() {
  const bytes = crypto.getRandomValues(new Uint8Array(32))
  return btoa(String.fromCharCode(...bytes)).replaceAll('+', '-').replaceAll('/', '_').replace('=', '')
}
