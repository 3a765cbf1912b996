/** A message without an answer for so long is sent again. */
const patience = 10_000

/**
 * What the visitor wrote and the server has not stored yet. It outlives the page; whichever tab is connected sends it, as often
 * as needed, since the server stores a `clientID` once. One message goes after another, each when the former is answered, so
 * that they keep their order through lost connections and while the server asks for slowness.
 */
export class Outbox {
  #memory
  #send
  #latest = 0
  /** The `clientID` under way. */
  #current = null
  #timer

  /** `send` says whether it could be sent. */
  constructor(memory, send) {
    this.#memory = memory
    this.#send = send
  }

  /** `{clientID, text, createdAt, refusal}` each, in order. */
  get items() {
    return this.#memory.names('unsent ').map((name) => this.#memory.get(name))
  }

  add(text) {
    // The names sort by time, and never two alike.
    const createdAt = (this.#latest = Math.max(Date.now(), this.#latest + 1))
    this.#keep({ clientID: randomID(), text, createdAt, refusal: null })
    this.go()
  }

  retry(clientID) {
    const item = this.#find(clientID)
    if (item) this.#keep({ ...item, refusal: null })
    this.go()
  }

  /** Carries on with the next, unless one is under way. */
  go() {
    if (this.#current) return
    const item = this.items.find(({ refusal }) => !refusal)
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

  /** The server has stored it, or the visitor deleted it. */
  remove(clientID) {
    const item = this.#find(clientID)
    if (item) this.#memory.set(name(item), null)
    if (clientID == this.#current) this.begin()
  }

  refuse({ clientID, error }) {
    if (error.code == 'message.throttled') return this.#wait((error.retryAfter ?? 1) * 1000)
    const item = this.#find(clientID)
    if (item) this.#keep({ ...item, refusal: error.code })
    if (clientID == this.#current) this.begin()
  }

  #wait(time) {
    clearTimeout(this.#timer)
    this.#timer = setTimeout(() => this.begin(), time)
  }

  #find(clientID) {
    return this.items.find((item) => item.clientID == clientID)
  }

  #keep(item) {
    this.#memory.set(name(item), item)
  }
}

function name({ createdAt, clientID }) {
  return `unsent ${createdAt} ${clientID}`
}

function randomID() {
  // Not `randomUUID`, which only secure contexts have.
  const bytes = crypto.getRandomValues(new Uint8Array(16))
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
}
