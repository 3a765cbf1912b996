// @ts-check

const email = /^[^\s@]+@[^\s@]+\.[^\s@.]+$/

/** The card in the thread that asks for name and e-mail. It may be skipped, and hinders nothing. */
export class Introduction {
  #save
  #skip
  #abort = new AbortController()

  /**
   * @param {object} parts
   * @param {(person: {name: string, email: string}) => void} parts.save
   * @param {() => void} parts.skip
   */
  constructor({ save, skip }) {
    this.#save = save
    this.#skip = skip
    const template = /** @type {HTMLTemplateElement} */ (document.getElementById('introduction'))
    const copy = /** @type {DocumentFragment} */ (template.content.cloneNode(true))
    this.element = /** @type {HTMLFormElement} */ (copy.firstElementChild)
  }

  /** @param {{name: string, email: string}} person what is known */
  connect(person) {
    const { signal } = this.#abort
    this.#field('name').value = person.name
    this.element.addEventListener('submit', (event) => this.#submit(event), { signal })
    this.element.addEventListener('input', () => this.#mark(false), { signal })
    this.element.querySelector('.skip')?.addEventListener('click', () => this.#skip(), { signal })
  }

  disconnect() {
    this.#abort.abort()
    this.element.remove()
  }

  /** @param {Event} event */
  #submit(event) {
    event.preventDefault()
    const person = { name: this.#field('name').value.trim(), email: this.#field('email').value.trim() }
    if (email.test(person.email)) return this.#save(person)
    this.#mark(true)
    this.#field('email').focus()
  }

  /** @param {boolean} isInvalid */
  #mark(isInvalid) {
    const error = /** @type {HTMLElement} */ (this.element.querySelector('.error'))
    error.hidden = !isInvalid
    this.#field('email').ariaInvalid = String(isInvalid)
  }

  /** @param {string} name */
  #field(name) {
    return /** @type {HTMLInputElement} */ (this.element.elements.namedItem(name))
  }
}
