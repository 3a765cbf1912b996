// @ts-check

/** A message without an answer for so long is sent again. */
const patience = 10_000

/**
 * Brings to the server what waits in the outbox: one message after another, each until it is answered, so that they keep their
 * order through lost connections and while the server asks for slowness.
 */
export class Courier {
  #outbox
  #send
  /** @type {string | null} the `clientID` under way */
  #current = null
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #timer

  /** @param {import('./outbox.js').Outbox} outbox @param {(message: object) => boolean} send whether it could be sent */
  constructor(outbox, send) {
    this.#outbox = outbox
    this.#send = send
  }

  /** Carries on with the next, unless one is under way. */
  go() {
    if (this.#current) return
    const item = this.#outbox.items.find(({ refusal }) => !refusal)
    if (!item || !this.#send({ type: 'message.post', clientID: item.clientID, text: item.text })) return
    this.#current = item.clientID
    this.#wait(patience)
  }

  /** Begins again with the first that waits: the connection is new, or an answer overdue. */
  begin() {
    this.pause()
    this.go()
  }

  pause() {
    clearTimeout(this.#timer)
    this.#current = null
  }

  /** @param {string} clientID of a message that the server has stored, or that was deleted */
  done(clientID) {
    this.#outbox.remove(clientID)
    if (clientID == this.#current) this.begin()
  }

  /** @param {{clientID: string, error: {code: string, retryAfter?: number}}} refusal */
  refused({ clientID, error }) {
    if (error.code == 'message.throttled') return this.#wait((error.retryAfter ?? 1) * 1000)
    this.#outbox.refuse(clientID, error.code)
    if (clientID == this.#current) this.begin()
  }

  /** @param {number} time */
  #wait(time) {
    clearTimeout(this.#timer)
    this.#timer = setTimeout(() => this.begin(), time)
  }
}
