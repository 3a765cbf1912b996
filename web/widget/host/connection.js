const heartbeat = 25_000
const patience = 10_000
const longestPause = 30_000
/** Policy, origin, unknown site. */
const final = [1008, 4403, 4404]

/** A socket that comes back. Nothing is queued: `send` answers false while it is not live. */
export class Connection {
  #parts
  #socket = null
  #abort = new AbortController()
  #isLive = false
  #losses = 0
  #pause
  #pulse

  constructor(parts) {
    this.#parts = parts
  }

  get isLive() {
    return this.#isLive
  }

  connect() {
    const { signal } = this.#abort
    const wake = () => this.#wake()
    addEventListener('online', wake, { signal })
    addEventListener('offline', () => this.#lose(), { signal })
    document.addEventListener('visibilitychange', () => document.hidden || wake(), { signal })
    // A page with an open socket is not kept for the back button.
    addEventListener('pagehide', () => this.#drop(), { signal })
    addEventListener('pageshow', (event) => event.persisted && wake(), { signal })
    this.#open()
  }

  disconnect() {
    this.#abort.abort()
    this.#drop()
  }

  restart() {
    this.#drop()
    this.#open()
  }

  send(message) {
    if (this.#isLive) this.#socket?.send(JSON.stringify(message))
    return this.#isLive
  }

  #open() {
    if (this.#socket || this.#abort.signal.aborted) return
    clearTimeout(this.#pause)
    const socket = (this.#socket = new WebSocket(this.#parts.origin.replace(/^http/, 'ws') + '/widget/live'))
    this.#expect()
    socket.onopen = () => socket.send(JSON.stringify({ type: 'hello', ...here(), ...this.#parts.hello() }))
    socket.onclose = ({ code }) => (final.includes(code) ? this.disconnect() : this.#lose(code))
    socket.onmessage = ({ data }) => {
      this.#beat()
      const event = JSON.parse(data)
      if (event.type == 'ready') this.#settle(true)
      this.#parts.receive(event)
    }
  }

  #wake() {
    if (this.#isLive) this.#ping()
    else this.restart()
  }

  #beat() {
    clearTimeout(this.#pulse)
    this.#pulse = setTimeout(() => this.#ping(), heartbeat)
  }

  #ping() {
    this.send({ type: 'ping' })
    this.#expect()
  }

  #expect() {
    clearTimeout(this.#pulse)
    this.#pulse = setTimeout(() => this.#lose(), patience)
  }

  #lose(code) {
    this.#drop()
    if (this.#abort.signal.aborted) return
    const pause = Math.min(longestPause, 500 * 2 ** this.#losses++)
    clearTimeout(this.#pause)
    // 1001: all hear at once that the server goes away.
    this.#pause = setTimeout(() => this.#open(), pause / 2 + Math.random() * (code == 1001 ? 4000 : pause))
  }

  #drop() {
    clearTimeout(this.#pause)
    clearTimeout(this.#pulse)
    const socket = this.#socket
    this.#socket = null
    if (socket) {
      socket.onopen = socket.onmessage = socket.onclose = null
      socket.close()
    }
    this.#settle(false)
  }

  #settle(isLive) {
    if (isLive) this.#losses = 0
    if (isLive == this.#isLive) return
    this.#isLive = isLive
    this.#parts.changed?.(isLive)
  }
}

function here() {
  // By Temporal at once, by Intl in some 20 ms.
  const timeZone = globalThis.Temporal?.Now.timeZoneId() ?? Intl.DateTimeFormat().resolvedOptions().timeZone
  return { language: navigator.language, timeZone }
}
