/** The host's page: where the visitor is, and the count of unread messages before its title. */
export class Page {
  #changed
  #abort = new AbortController()
  #url = location.href
  #prefix = ''

  /** `changed`: called after each change of the address, when the host had time to set its title. */
  constructor(changed) {
    this.#changed = changed
  }

  get place() {
    return { url: location.href, title: this.#title }
  }

  connect() {
    const { signal } = this.#abort
    const look = () => setTimeout(() => this.#look(), 200)
    // Navigation events tell of pushState too, so that nothing of the host's is patched.
    window.navigation?.addEventListener('currententrychange', look, { signal })
    addEventListener('popstate', look, { signal })
    addEventListener('hashchange', look, { signal })
  }

  disconnect() {
    this.#abort.abort()
  }

  count(unread) {
    const title = this.#title
    this.#prefix = unread ? `(${unread}) ` : ''
    if (document.title != this.#prefix + title) document.title = this.#prefix + title
  }

  get #title() {
    const { title } = document
    return this.#prefix && title.startsWith(this.#prefix) ? title.slice(this.#prefix.length) : title
  }

  #look() {
    if (this.#url == location.href) return
    this.#url = location.href
    this.#changed()
  }
}
