/**
 * The way between the frame and the host's page. The host names its origin in the frame's address; what is heard must come
 * from that origin and the parent window, and what is told goes to that origin only. (Who may embed the frame at all is
 * decided by `frame-ancestors`.)
 */
export class Bridge {
  #receive
  #abort = new AbortController()

  constructor(receive) {
    this.#receive = receive
    this.host = location.hash.slice(1)
  }

  connect() {
    const hear = ( { origin, source, data }) => {
      if (origin == this.host && source == window.parent) this.#receive(data)
    }
    addEventListener('message', hear, { signal: this.#abort.signal })
  }

  disconnect() {
    this.#abort.abort()
  }

  tell(message) {
    if (window.parent != window && this.host) window.parent.postMessage(message, this.host)
  }
}
