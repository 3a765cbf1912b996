import { Note } from './note.js'
import { Page } from './page.js'
import { Panel } from './panel.js'
import { VisitorToken } from './token.js'

const words = /^fr/.test(navigator.language)
  ? { open: 'Ouvrir la conversation', close: 'Fermer la conversation', title: 'Conversation', unread: ['non lu', 'non lus'] }
  : { open: 'Open the conversation', close: 'Close the conversation', title: 'Conversation', unread: ['unread', 'unread'] }

/**
 * Parley on its host's page: the commands of `window.Parley`, the launcher's state, the visitor's token, and the choice
 * between the frame and, while nobody needs that, a socket that only counts unread messages.
 */
export class Guest {
  #key
  #origin
  #name
  #site
  #root
  #button
  #calls
  #badge = document.createElement('span')
  #token
  /** The conversation goes on over the pages of a tab, open or closed. */
  #wasOpen
  /** The frame has messages to send, and is wanted for that. */
  #unsent
  #page
  #panel
  #background = null
  #person = null
  #listeners = new Map()
  #isOpen = false
  /** The frame was told to forget its visitor and will be replaced when it has. */
  #isLeaving = false
  #unread = 0
  /** The number of the last message that the host's listeners were told. */
  #heard = 0

  /** `key`: the site's. `origin`: the server's. `name`: of the entries in the host's storage. `calls`: made before now. */
  constructor({ key, origin, name, site, root, button, calls }) {
    this.#key = key
    this.#origin = origin
    this.#name = name
    this.#site = site
    this.#root = root
    this.#button = button
    this.#calls = calls
    this.#token = new VisitorToken(name)
    this.#wasOpen = new Note('sessionStorage', name)
    this.#unsent = new Note('localStorage', `${name}:unsent`)
    this.#page = new Page(() => this.#moved())
    this.#panel = new Panel({
      key,
      origin,
      side: site.position == 'left' ? 'left' : 'right',
      title: `${words.title} · ${site.name}`,
      receive: (message) => this.#hear(message),
    })
  }

  connect() {
    this.#panel.connect(this.#root)
    this.#page.connect()
    this.#button.append(this.#badge)
    this.#button.onclick = () => this.#show(!this.#isOpen)
    addEventListener('storage', ({ key }) => (key == null || key == this.#name) && this.#agree())
    if (this.#wasOpen.text) this.#show(true, { quietly: true })
    this.#settle()

    const parley = window.Parley
    window.Parley = (...call) => this.#obey(call)
    Object.assign(window.Parley, { key: parley.key })
    for (const call of this.#calls) this.#obey(call)
  }

  #obey([command, ...rest]) {
    switch (command) {
      case 'open':
        return this.#show(true)
      case 'close':
        return this.#show(false)
      case 'identify':
        return this.#identify(rest[0])
      case 'on':
        return this.#listen(rest[0], rest[1])
      case 'reset':
        return this.#reset()
    }
  }

  #identify({ email = '', name = '' } = {}) {
    email = String(email).trim()
    const known = this.#token.email
    if (email && known && known.toLowerCase() != email.toLowerCase()) {
      this.#token.forget()
      this.#renew()
    }
    this.#token.email = email || known
    this.#person = { type: 'identify', name: String(name).trim() || null, email: email || null }
    this.#tell(this.#person)
    this.#settle()
  }

  #listen(event, listener) {
    if (!this.#listeners.has(event)) this.#listeners.set(event, new Set())
    this.#listeners.get(event)?.add(listener)
  }

  #reset() {
    this.#show(false, { quietly: true })
    this.#token.forget()
    this.#renew()
  }

  /** Another tab made, changed or forgot the visitor. */
  #agree() {
    if (!this.#token.recall()) return
    if (!this.#token.exists) this.#show(false, { quietly: true })
    this.#renew()
  }

  /** From here on it is another visitor, and nothing of the former one stays: the frame forgets, and is made anew. */
  #renew() {
    this.#person = null
    this.#heard = 0
    this.#unsent.text = ''
    this.#count(0)
    this.#hangUp()
    if (this.#panel.isReady) {
      this.#panel.tell({ type: 'reset' })
      this.#isLeaving = true
    } else {
      this.#panel.unload()
    }
    this.#settle()
  }

  /** Brings about what the state asks for: the frame, or a background socket, or nothing. */
  #settle() {
    if (this.#isLeaving) return
    if (this.#isOpen || this.#unread || this.#unsent.text) this.#panel.load()
    if (!this.#panel.exists && this.#token.exists) this.#listenInBackground()
  }

  async #listenInBackground() {
    const { Connection } = await import('./connection.js')
    if (this.#panel.exists || this.#background || !this.#token.exists) return
    this.#background = new Connection({
      origin: this.#origin,
      hello: () => ({ site: this.#key, token: this.#token.value, after: 0, page: this.#page.place, mode: 'background' }),
      receive: (event) => this.#hearInBackground(event),
    })
    this.#background.connect()
  }

  #hangUp() {
    this.#background?.disconnect()
    this.#background = null
  }

  #hearInBackground(event) {
    if (event.type == 'ready' && this.#person) this.#tell(this.#person)
    if (event.type == 'message') this.#report(event.message, event.agent)
    if (typeof event.unread == 'number') this.#count(event.unread)
    this.#settle()
  }

  #hear(message) {
    switch (message.type) {
      case 'ready':
        this.#hangUp()
        this.#panel.tell({
          type: 'init',
          site: this.#site,
          token: this.#token.value,
          isOpen: this.#isOpen,
          heard: this.#heard,
          page: this.#page.place,
          person: this.#person,
          mayRing: navigator.userActivation?.hasBeenActive ?? true,
        })
        if (this.#isOpen) this.#panel.focus()
        break
      case 'close':
        this.#show(false)
        break
      case 'unread':
        if (!this.#isLeaving) this.#count(message.unread)
        break
      case 'unsent':
        if (!this.#isLeaving) this.#unsent.text = message.count || ''
        break
      case 'message':
        if (!this.#isLeaving) this.#report(message.message, message.agent)
        break
      case 'forgotten':
        this.#isLeaving = false
        this.#panel.unload()
        this.#settle()
        break
    }
  }

  #report({ number, author, text, createdAt }, agent) {
    if (author != 'agent' || number <= this.#heard) return
    this.#heard = number
    this.#emit('message', { number, text, agent: agent?.name ?? null, createdAt })
  }

  #tell(message) {
    if (this.#panel.isReady) this.#panel.tell(message)
    else this.#background?.send(message)
  }

  #moved() {
    // A host that swaps its whole body takes the launcher with it.
    if (!this.#root.host.isConnected) document.body.append(this.#root.host)
    this.#page.count(this.#unread)
    this.#tell({ type: 'page', ...this.#page.place })
  }

  #show(isOpen, { quietly = false } = {}) {
    if (isOpen == this.#isOpen) return
    this.#isOpen = isOpen
    this.#wasOpen.text = isOpen ? 'open' : ''
    if (isOpen) this.#token.value
    this.#panel.show(isOpen)
    this.#label()
    this.#settle()
    this.#panel.tell({ type: 'shown', isOpen, takesFocus: isOpen && !quietly })
    if (!quietly) isOpen ? this.#panel.focus() : this.#button.focus({ preventScroll: true })
    this.#emit(isOpen ? 'open' : 'close')
  }

  #count(unread) {
    if (unread == this.#unread) return
    this.#unread = unread
    this.#badge.textContent = unread > 9 ? '9+' : unread ? String(unread) : ''
    this.#page.count(unread)
    this.#label()
    this.#emit('unread', unread)
  }

  #label() {
    const unread = this.#unread && !this.#isOpen ? ` (${this.#unread} ${words.unread[+(this.#unread > 1)]})` : ''
    this.#button.ariaLabel = (this.#isOpen ? words.close : words.open) + unread
    this.#button.ariaExpanded = String(this.#isOpen)
  }

  /** A listener's own failure stays the host's: each runs as a task by itself. */
  #emit(event, detail) {
    for (const listener of this.#listeners.get(event) ?? []) setTimeout(listener, 0, detail)
  }
}
