/**
 * What the frame remembers, in its own storage, for one site on one host: the draft, what waits to be sent, choices. It
 * belongs to one visitor: another one's is deleted before anything is read. Where the storage is blocked it lasts as long
 * as the frame.
 */
export class Memory {
  #prefix
  #storage = null
  #fallback = new Map()

  /** `scope`: of the site and its host. `token`: of the visitor. */
  constructor(scope, token) {
    this.#prefix = `parley ${scope} `
    try {
      this.#storage = localStorage
    } catch {
      return
    }
    // Enough of the token to tell visitors apart, too little to be one.
    const owner = token.slice(0, 8)
    if (this.get('owner') != owner) this.clear()
    this.set('owner', owner)
  }

  get(name) {
    const text = this.#storage?.getItem(this.#prefix + name) ?? this.#fallback.get(name)
    return text == null ? null : JSON.parse(text)
  }

  /** `value`: `null` removes it. */
  set(name, value) {
    this.#fallback.delete(name)
    if (value == null) return this.#storage?.removeItem(this.#prefix + name)
    const text = JSON.stringify(value)
    try {
      if (this.#storage) return this.#storage.setItem(this.#prefix + name, text)
    } catch {
      // Full.
    }
    this.#fallback.set(name, text)
  }

  /** The names in use that begin so, in order. */
  names(start) {
    const stored = Object.keys(this.#storage ?? {}).filter((key) => key.startsWith(this.#prefix))
    const names = [...stored.map((key) => key.slice(this.#prefix.length)), ...this.#fallback.keys()]
    return names.filter((name) => name.startsWith(start)).sort()
  }

  clear() {
    for (const name of this.names('')) if (name != 'muted') this.set(name, null)
  }

  /** Calls with each name that another tab changed. */
  watch(changed, signal) {
    const listener = ({ key }) => {
      if (key?.startsWith(this.#prefix)) changed(key.slice(this.#prefix.length))
    }
    addEventListener('storage', listener, { signal })
  }
}
