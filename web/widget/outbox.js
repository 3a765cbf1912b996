// @ts-check

/** @typedef {{clientID: string, text: string, createdAt: number, refusal: string | null}} Unsent */

/**
 * What the visitor wrote and the server has not stored yet, in order. It outlives the page; whichever tab is connected sends
 * it, as often as needed, since the server stores a `clientID` once.
 */
export class Outbox {
  #memory
  #latest = 0

  /** @param {import('./memory.js').Memory} memory */
  constructor(memory) {
    this.#memory = memory
  }

  /** @returns {Unsent[]} */
  get items() {
    return this.#memory.names('unsent ').map((name) => this.#memory.get(name))
  }

  /** @param {string} text */
  add(text) {
    // The names sort by time, and never two alike.
    const createdAt = (this.#latest = Math.max(Date.now(), this.#latest + 1))
    this.#keep({ clientID: randomID(), text, createdAt, refusal: null })
  }

  /** @param {string} clientID */
  remove(clientID) {
    const item = this.#find(clientID)
    if (item) this.#memory.set(name(item), null)
  }

  /** @param {string} clientID @param {string} code */
  refuse(clientID, code) {
    const item = this.#find(clientID)
    if (item) this.#keep({ ...item, refusal: code })
  }

  /** @param {string} clientID */
  retry(clientID) {
    const item = this.#find(clientID)
    if (item) this.#keep({ ...item, refusal: null })
  }

  /** @param {string} clientID */
  #find(clientID) {
    return this.items.find((item) => item.clientID == clientID)
  }

  /** @param {Unsent} item */
  #keep(item) {
    this.#memory.set(name(item), item)
  }
}

/** @param {Unsent} item */
function name({ createdAt, clientID }) {
  return `unsent ${createdAt} ${clientID}`
}

function randomID() {
  // Not `randomUUID`, which only secure contexts have.
  const bytes = crypto.getRandomValues(new Uint8Array(16))
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
}
