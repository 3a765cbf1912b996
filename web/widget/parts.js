const typingLasts = 4000
const email = /^[^\s@]+@[^\s@]+\.[^\s@.]+$/

export const language = /^fr/i.test(navigator.language) ? 'fr' : 'en'
const answer = await fetch(`/widget/locales/${language}.json`)
const entries = await answer.json()

const styles = {
  time: { timeStyle: 'short' },
  day: { weekday: 'long', day: 'numeric', month: 'long' },
  dayOfYear: { day: 'numeric', month: 'long', year: 'numeric' },
}
const formats = {}
const format = (style, at) => (formats[style] ??= new Intl.DateTimeFormat(language, styles[style])).format(at)

export function say(key, values = {}) {
  return entries[key].replace(/\{(\w+)\}/g, (_, name) => values[name])
}

export function sayOf(key, code) {
  const exact = `${key}.${code}`
  return say(exact in entries ? exact : key)
}

export function greeting({ greetings }) {
  return greetings[language] || Object.values(greetings).find(Boolean) || say('header.greeting')
}

export function time(at) {
  return format('time', at)
}

/** "Today", "Monday 3 March", "3 March 2025". */
export function dayOf(at) {
  const [then, now] = [new Date(at), new Date()]
  const isThisYear = then.getFullYear() == now.getFullYear()
  const days = Math.round((then.setHours(0, 0, 0, 0) - now.setHours(0, 0, 0, 0)) / 86_400_000)
  if (days == 0 || days == -1) return say(days ? 'thread.yesterday' : 'thread.today')
  const text = format(isThisYear ? 'day' : 'dayOfYear', at)
  return text.charAt(0).toLocaleUpperCase() + text.slice(1)
}

export function initials(name) {
  const words = name.trim().split(/\s+/)
  const ends = words.length > 1 ? [words[0], words.at(-1)] : words
  return ends.map((word) => [...word][0] ?? '').join('').toLocaleUpperCase()
}

/** A sign that French sets off by a space does not wrap away from its word. */
export function unbroken(text) {
  return text.replace(/ (?=[?!:;»])/g, '\u00a0').replace(/« /g, '«\u00a0')
}

export function fill(root) {
  for (const element of root.querySelectorAll('[data-text], [data-label], [data-hint]')) {
    const { text, label, hint } = element.dataset
    if (text) element.textContent = say(text)
    if (label) element.ariaLabel = say(label)
    if (hint) element.placeholder = say(hint)
  }
}

export function copy(id) {
  const element = document.getElementById(id).content.cloneNode(true).firstElementChild
  fill(element)
  return element
}

export class Part {
  constructor(element, parts) {
    this.element = element
    this.parts = parts
  }

  find(selector) {
    return this.element.querySelector(selector)
  }
}

export class Header extends Part {
  connect() {
    const { conversation, memory, close } = this.parts
    this.find('.close').onclick = close
    this.find('.sound').onclick = () => {
      memory.set('muted', !memory.get('muted'))
      this.draw()
    }
    conversation.addEventListener('change', () => this.draw())
  }

  greet(isEmpty) {
    this.element.classList.toggle('greets', isEmpty)
  }

  draw() {
    const { conversation, memory } = this.parts
    const { site, online, agents } = conversation
    document.documentElement.style.setProperty('--color', site.color)
    this.find('.name').textContent = site.name
    this.find('.greeting').textContent = unbroken(greeting(site))
    this.find('.presence').classList.toggle('online', online)
    this.find('.presence-text').textContent = say(online ? 'header.online' : 'header.away')
    this.#drawFaces(agents.size > 0 ? [...agents.values()].slice(-3) : [site.name])
    const isMuted = memory.get('muted')
    this.find('.sound').ariaLabel = say(isMuted ? 'header.unmute' : 'header.mute')
    this.find('.sound use').setAttribute('href', isMuted ? '#icon-muted' : '#icon-sound')
  }

  #drawFaces(names) {
    const faces = names.map((name) => {
      const face = document.createElement('span')
      face.className = 'face'
      face.textContent = initials(name)
      return face
    })
    this.find('.faces').replaceChildren(...faces)
  }
}

export class Composer extends Part {
  #text = this.find('textarea')
  #typedAt = 0

  connect() {
    this.element.onsubmit = (event) => this.#submit(event)
    this.#text.onkeydown = (event) => this.#press(event)
    this.#text.oninput = () => this.#change()
    this.#text.onblur = () => this.#type(false)
    this.restore()
  }

  focus() {
    this.#text.focus({ preventScroll: true })
  }

  restore() {
    const draft = this.parts.memory.get('draft') ?? ''
    if (draft != this.#text.value) this.#text.value = draft
    this.#fit()
  }

  end(hasEnded) {
    this.find('.ended').hidden = !hasEnded
  }

  #press(event) {
    // While an input method composes, Enter chooses; 229 is how Safari says so.
    if (event.key != 'Enter' || event.shiftKey || event.isComposing || event.keyCode == 229) return
    event.preventDefault()
    this.element.requestSubmit()
  }

  #change() {
    const { value } = this.#text
    this.parts.memory.set('draft', value || null)
    this.#fit()
    this.#type(value.trim() != '')
  }

  #submit(event) {
    event.preventDefault()
    const text = this.#text.value.trim()
    if (text == '') return
    this.#text.value = ''
    this.parts.memory.set('draft', null)
    // The server ends the typing with the message.
    this.#typedAt = 0
    this.#fit()
    this.parts.post(text)
    this.focus()
  }

  #type(on) {
    const now = Date.now()
    if (on ? now - this.#typedAt <= typingLasts : this.#typedAt == 0) return
    this.#typedAt = on ? now : 0
    this.parts.connection.send({ type: 'typing', on })
  }

  #fit() {
    const { value, style } = this.#text
    this.find('.send').disabled = value.trim() == ''
    style.setProperty('height', 'auto')
    if (value) style.setProperty('height', `${this.#text.scrollHeight}px`)
  }
}

export class Introduction extends Part {
  update() {
    const { conversation, memory, thread } = this.parts
    const isKnown = conversation.visitor.email || memory.get('person')?.email
    const isWanted = conversation.isKnown && !thread.isEmpty && !isKnown && !memory.get('asked')
    if (isWanted && !this.element) this.#ask(conversation.visitor.name)
    else if (!isWanted && this.element) this.#end(null)
  }

  #ask(name) {
    const card = (this.element = copy('introduction'))
    card.onsubmit = (event) => this.#submit(event)
    card.oninput = () => this.#mark(false)
    this.find('.skip').onclick = () => this.#skip()
    this.#field('name').value = name
    this.parts.thread.insert(card)
  }

  #submit(event) {
    event.preventDefault()
    const text = (name) => this.#field(name).value.trim()
    const person = { type: 'identify', name: text('name') || null, email: text('email') }
    if (!email.test(person.email)) {
      this.#mark(true)
      this.#field('email').focus()
      return
    }
    const thanks = document.createElement('p')
    thanks.className = 'status'
    thanks.textContent = say('introduction.saved', person)
    this.#end(thanks)
    this.parts.identify(person)
    this.parts.focus()
  }

  #skip() {
    this.parts.memory.set('asked', true)
    this.#end(null)
    this.parts.focus()
  }

  #end(successor) {
    this.element = null
    this.parts.thread.insert(successor)
  }

  #mark(isInvalid) {
    this.find('.error').hidden = !isInvalid
    this.#field('email').ariaInvalid = isInvalid
  }

  #field(name) {
    return this.element.elements.namedItem(name)
  }
}
