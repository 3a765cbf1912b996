import { Note } from './note.js'

/**
 * Who the visitor is: 32 random bytes in base64url, and the e-mail that the host's page identified them by. Kept in the
 * host's own storage, so that pages and tabs agree.
 */
export class VisitorToken {
  #note
  #text = ''

  /** `name`: of the entry in the storage. */
  constructor(name) {
    this.#note = new Note('localStorage', name)
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
    const stored = this.#note.text
    this.#text = /^[\w-]{43}( |$)/.test(stored) ? stored : ''
    return this.#text.slice(0, 43) != before
  }

  #keep(text) {
    this.#text = text
    this.#note.text = text
  }
}

function randomToken() {
  const bytes = crypto.getRandomValues(new Uint8Array(32))
  return btoa(String.fromCharCode(...bytes)).replaceAll('+', '-').replaceAll('/', '_').replace('=', '')
}
