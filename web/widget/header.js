import { initials, unbroken } from './row.js'

/** The frame's head: the site's name, the team's faces, whether somebody is there, the greeting while nothing was written. */
export class Header {
  #element
  #conversation
  #words
  #memory
  #close
  #abort = new AbortController()

  constructor(element, { conversation, words, memory, close }) {
    this.#element = element
    this.#conversation = conversation
    this.#words = words
    this.#memory = memory
    this.#close = close
  }

  connect() {
    const { signal } = this.#abort
    this.#find('.close').addEventListener('click', () => this.#close(), { signal })
    this.#find('.sound').addEventListener('click', () => this.#toggleSound(), { signal })
    this.#conversation.addEventListener('change', () => this.draw(), { signal })
    this.draw()
  }

  disconnect() {
    this.#abort.abort()
  }

  /** `isEmpty`: no message is shown, nor one that waits. */
  greet(isEmpty) {
    this.#element.classList.toggle('greets', isEmpty)
  }

  draw() {
    const { site, online, agents } = this.#conversation
    document.documentElement.style.setProperty('--color', site.color)
    this.#find('.name').textContent = site.name
    this.#find('.greeting').textContent = unbroken(this.#words.greeting(site.greetings))
    this.#find('.presence').classList.toggle('online', online)
    this.#find('.presence-text').textContent = this.#words.say(online ? 'header.online' : 'header.away')
    this.#drawFaces([...agents.values()].slice(-3), site.name)
    this.#drawSound()
  }

  #drawFaces(names, team) {
    const shown = names.length > 0 ? names : [team]
    const faces = this.#find('.faces')
    if (faces.childElementCount == shown.length && shown.every((name, i) => faces.children[i].textContent == initials(name))) return
    faces.replaceChildren(
      ...shown.map((name) => {
        const face = document.createElement('span')
        face.className = 'face'
        face.textContent = initials(name)
        return face
      }),
    )
  }

  #toggleSound() {
    this.#memory.set('muted', !this.#memory.get('muted'))
    this.#drawSound()
  }

  #drawSound() {
    const isMuted = this.#memory.get('muted')
    const button = this.#find('.sound')
    button.ariaLabel = this.#words.say(isMuted ? 'header.unmute' : 'header.mute')
    button.querySelector('use')?.setAttribute('href', isMuted ? '#icon-muted' : '#icon-sound')
  }

  #find(selector) {
    return this.#element.querySelector(selector)
  }
}
