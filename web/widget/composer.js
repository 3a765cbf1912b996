const typingLasts = 4000

/** Where the visitor writes. The draft outlives the page and is the same in all tabs. */
export class Composer {
  #element
  #memory
  #post
  #typing
  #text
  #send
  #abort = new AbortController()
  #typedAt = 0

  constructor(element, { memory, post, typing }) {
    this.#element = element
    this.#memory = memory
    this.#post = post
    this.#typing = typing
    this.#text = element.querySelector('textarea')
    this.#send = element.querySelector('.send')
  }

  connect() {
    const { signal } = this.#abort
    this.#element.addEventListener('submit', (event) => this.#submit(event), { signal })
    this.#text.addEventListener('keydown', (event) => this.#press(event), { signal })
    this.#text.addEventListener('input', () => this.#change(), { signal })
    this.#text.addEventListener('blur', () => this.#stopTyping(), { signal })
    this.restore()
  }

  disconnect() {
    this.#abort.abort()
  }

  focus() {
    this.#text.focus({ preventScroll: true })
  }

  /** Takes the draft from the memory, where another tab may have changed it. */
  restore() {
    const draft = this.#memory.get('draft') ?? ''
    if (draft != this.#text.value) this.#text.value = draft
    this.#fit()
  }

  /** `hasEnded`: the conversation is completed; writing begins another. */
  end(hasEnded) {
    const hint = this.#element.querySelector('.ended')
    hint.hidden = !hasEnded
  }

  #press(event) {
    // While an input method composes, Enter chooses a candidate; 229 is how Safari says so.
    if (event.key != 'Enter' || event.shiftKey || event.isComposing || event.keyCode == 229) return
    event.preventDefault()
    this.#element.requestSubmit()
  }

  #change() {
    const text = this.#text.value
    this.#memory.set('draft', text || null)
    this.#fit()
    if (text.trim() == '') this.#stopTyping()
    else if (Date.now() - this.#typedAt > typingLasts) {
      this.#typedAt = Date.now()
      this.#typing(true)
    }
  }

  #submit(event) {
    event.preventDefault()
    const text = this.#text.value.trim()
    if (text == '') return
    this.#text.value = ''
    this.#memory.set('draft', null)
    // The server ends the typing with the message.
    this.#typedAt = 0
    this.#fit()
    this.#post(text)
    this.focus()
  }

  #stopTyping() {
    if (this.#typedAt == 0) return
    this.#typedAt = 0
    this.#typing(false)
  }

  #fit() {
    this.#send.disabled = this.#text.value.trim() == ''
    this.#text.style.setProperty('height', 'auto')
    this.#text.style.setProperty('height', `${this.#text.scrollHeight}px`)
  }
}
