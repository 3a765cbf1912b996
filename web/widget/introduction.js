const email = /^[^\s@]+@[^\s@]+\.[^\s@.]+$/

/**
 * Asks in the thread who the visitor is, once they wrote, unless that is known or they did not want to say. It hinders
 * nothing; a choice is remembered.
 */
export class Introduction {
  #parts
  #card = null
  #abort = new AbortController()

  /** `done`: the card is gone, and with it the focus. */
  constructor(parts) {
    this.#parts = parts
  }

  connect() {
    this.#parts.conversation.addEventListener('change', () => this.update(), { signal: this.#abort.signal })
    this.update()
  }

  disconnect() {
    this.#abort.abort()
  }

  update() {
    const { conversation, memory, thread } = this.#parts
    const isKnown = conversation.visitor.email || memory.get('person')?.email
    const isWanted = conversation.isKnown && !thread.isEmpty && !isKnown && !memory.get('asked')
    if (isWanted && !this.#card) this.#ask(conversation.visitor.name)
    else if (!isWanted && this.#card) this.#end(null)
  }

  #ask(name) {
    const template = document.getElementById('introduction')
    const copy = template.content.cloneNode(true)
    const card = (this.#card = copy.firstElementChild)
    this.#field('name').value = name
    card.addEventListener('submit', (event) => this.#submit(event))
    card.addEventListener('input', () => this.#mark(false))
    card.querySelector('.skip')?.addEventListener('click', () => this.#skip())
    this.#parts.thread.insert(card)
  }

  #submit(event) {
    event.preventDefault()
    const person = { name: this.#field('name').value.trim(), email: this.#field('email').value.trim() }
    if (!email.test(person.email)) {
      this.#mark(true)
      this.#field('email').focus()
      return
    }
    const thanks = document.createElement('p')
    thanks.className = 'status'
    thanks.textContent = this.#parts.words.say('introduction.saved', { email: person.email })
    this.#end(thanks)
    this.#parts.save(person)
    this.#parts.done()
  }

  #skip() {
    this.#parts.memory.set('asked', true)
    this.#end(null)
    this.#parts.done()
  }

  #end(successor) {
    this.#card = null
    this.#parts.thread.insert(successor)
  }

  #mark(isInvalid) {
    const error = this.#card?.querySelector('.error')
    error.hidden = !isInvalid
    this.#field('email').ariaInvalid = String(isInvalid)
  }

  #field(name) {
    return this.#card?.elements.namedItem(name)
  }
}
