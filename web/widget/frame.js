import { Conversation, Memory, Outbox } from './conversation.js'
import { Connection } from './host/connection.js'
import { Composer, fill, Header, Introduction, language, say } from './parts.js'
import { Thread } from './thread.js'

const key = new URLSearchParams(location.search).get('site') ?? ''
const host = location.hash.slice(1)

class Frame {
  #init
  #memory
  #outbox
  #conversation
  #connection
  #header
  #thread
  #composer
  #introduction
  #told = {}

  constructor(init) {
    this.#init = init
    const memory = (this.#memory = new Memory(`${key} ${host}`, init.token))
    if (init.person) memory.set('person', init.person)
    const connection = (this.#connection = new Connection({
      origin: location.origin,
      hello: () => this.#hello(),
      receive: (event) => this.#receive(event),
      changed: (isLive) => this.#connected(isLive),
    }))
    const conversation = (this.#conversation = new Conversation(init.site))
    const outbox = (this.#outbox = new Outbox(memory, connection))
    const parts = {
      memory,
      connection,
      conversation,
      outbox,
      attend: () => this.#attend(),
      focus: () => this.#composer.focus(),
      close: () => tell({ type: 'close' }),
      identify: (person) => this.#identify(person),
      post: (text) => this.#post(text),
    }
    this.#header = new Header(element('.header'), parts)
    this.#composer = new Composer(element('.composer'), parts)
    this.#thread = parts.thread = new Thread(element('.stage'), parts)
    this.#introduction = new Introduction(null, parts)
  }

  async connect() {
    this.#conversation.addEventListener('change', () => this.#changed())
    this.#conversation.addEventListener('stale', () => this.#connection.restart())
    this.#conversation.addEventListener('news', (event) => this.#announce(event.detail))
    document.addEventListener('visibilitychange', () => this.#attend())
    addEventListener('keydown', ({ key, isComposing }) => key == 'Escape' && !isComposing && tell({ type: 'close' }))
    this.#memory.watch((name) => this.#agree(name))

    this.#connection.connect()
    // In turns, so that the website's main thread is free in between.
    this.#header.connect()
    await turn()
    this.#thread.connect()
    this.#connected(false)
    await turn()
    this.#composer.connect()
    document.body.classList.add('ready')
    // Once it is drawn: a focus would have it laid out at once.
    requestAnimationFrame(() => setTimeout(() => this.#init.isOpen && this.#takeFocus()))
  }

  hear(message) {
    switch (message.type) {
      case 'shown':
        return this.#shown(message)
      case 'page':
        this.#init.page = { url: message.url, title: message.title }
        return this.#connection.send(message)
      case 'identify':
        return this.#identify(message)
      case 'reset':
        return this.#forget()
    }
  }

  #shown({ isOpen, takesFocus }) {
    this.#init.isOpen = isOpen
    if (!isOpen) return this.#thread.undivide()
    if (this.#conversation.unread > 0) this.#thread.divide(this.#conversation.seenNumber)
    this.#thread.toEnd()
    this.#attend()
    if (takesFocus) this.#takeFocus()
  }

  #takeFocus() {
    // On a touch screen a focused field opens the keyboard over what is to be read.
    if (matchMedia('(pointer: coarse)').matches) element('.name').focus()
    else this.#composer.focus()
  }

  #hello() {
    const { token, page } = this.#init
    return { site: key, token, after: this.#conversation.lastNumber, page, mode: 'frame' }
  }

  #receive(event) {
    switch (event.type) {
      case 'ready':
        if (event.unread > 0 && this.#init.isOpen && !this.#conversation.isKnown) this.#thread.divide(event.seenNumber)
        event.messages.forEach(this.#acknowledge, this)
        this.#outbox.begin()
        this.#introduceAgain()
        break
      case 'message':
        this.#acknowledge(event.message)
        break
      case 'refused':
        this.#outbox.refuse(event)
        return this.#thread.draw()
      case 'visitor':
        this.#memory.set('person', null)
        break
    }
    this.#conversation.receive(event)
  }

  #acknowledge({ clientID }) {
    if (clientID) this.#outbox.remove(clientID)
  }

  #post(text) {
    this.#outbox.add(text)
    this.#thread.undivide()
    this.#thread.toEnd()
    this.#changed()
  }

  #identify(person) {
    this.#memory.set('person', person)
    this.#introduceAgain()
    this.#introduction.update()
  }

  #introduceAgain() {
    const person = this.#memory.get('person')
    if (person) this.#connection.send(person)
  }

  #attend() {
    if (this.#isLookedAt && this.#thread.isAtEnd && this.#conversation.see()) {
      this.#connection.send({ type: 'seen', number: this.#conversation.lastNumber })
    }
    this.#report()
  }

  get #isLookedAt() {
    return this.#init.isOpen && !document.hidden
  }

  #report() {
    const { unread, isKnown } = this.#conversation
    const unsent = this.#outbox.items.length
    if (isKnown && unread != this.#told.unread) tell({ type: 'unread', unread })
    if (unsent != this.#told.unsent) tell({ type: 'unsent', count: unsent })
    this.#told = { unread: isKnown ? unread : undefined, unsent }
  }

  #announce(news) {
    const { number } = news.message
    tell({ type: 'message', ...news })
    this.#ring(number)
    if (!this.#isLookedAt) this.#thread.divide(number - 1)
  }

  #changed() {
    const { isKnown, status } = this.#conversation
    const { isEmpty } = this.#thread
    if (!isEmpty) this.#memory.set('begun', true)
    this.#header.greet(isEmpty && (isKnown || !this.#memory.get('begun')))
    this.#composer.end(status == 'completed')
    if (isKnown && this.#init.heard) {
      this.#ring(this.#init.heard)
      this.#init.heard = 0
    }
    this.#introduction.update()
    this.#attend()
  }

  /** In one tab of several, and never before the page was used: browsers forbid that. */
  async #ring(number) {
    if (number <= (this.#memory.get('rung') ?? 0)) return
    this.#memory.set('rung', number)
    if (this.#memory.get('muted') || !(this.#init.mayRing || navigator.userActivation?.hasBeenActive)) return
    const { ring } = await import('./chime.js')
    ring()
  }

  #connected(isLive) {
    this.#thread.isConnected = isLive
    if (isLive) return this.#banner(null)
    this.#outbox.pause()
    this.#conversation.pause()
    if (!navigator.onLine) this.#banner('offline')
    else setTimeout(() => this.#connection.isLive || this.#banner(navigator.onLine ? 'lost' : 'offline'), 2500)
  }

  #banner(trouble) {
    const banner = element('.banner')
    banner.hidden = !trouble
    banner.textContent = trouble && say(`connection.${trouble}`)
  }

  #agree(name) {
    if (name == 'draft') this.#composer.restore()
    else if (name == 'muted') this.#header.draw()
    else if (name == 'asked' || name == 'person') this.#introduction.update()
    else if (name.startsWith('unsent ')) {
      this.#thread.draw()
      this.#changed()
    }
  }

  #forget() {
    this.#connection.disconnect()
    this.#memory.clear()
    document.body.replaceChildren()
    tell({ type: 'forgotten' })
  }
}

function turn() {
  return new Promise((resolve) => setTimeout(resolve))
}

function element(selector) {
  return document.querySelector(selector)
}

function tell(message) {
  if (window.parent != window && host) window.parent.postMessage(message, host)
}

document.documentElement.lang = language
document.title = say('frame.title')
fill(document)

let frame
addEventListener('message', ({ origin, source, data }) => {
  if (origin != host || source != window.parent) return
  if (frame) frame.hear(data)
  else if (data.type == 'init') {
    frame = new Frame(data)
    frame.connect()
  }
})
tell({ type: 'ready' })
