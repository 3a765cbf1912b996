import { Bridge } from './bridge.js'
import { Composer } from './composer.js'
import { Conversation } from './conversation.js'
import { Header } from './header.js'
import { Connection } from './host/connection.js'
import { Memory } from './memory.js'
import { Outbox } from './outbox.js'
import { Thread } from './thread.js'
import { Words } from './words.js'

const key = new URLSearchParams(location.search).get('site') ?? ''

/** The conversation in the widget: puts the parts together and passes on what each says. */
class Frame {
  #bridge
  #words
  #token
  #page
  #isOpen
  #heard
  #memory
  #outbox
  #conversation
  #connection
  #header
  #thread
  #composer
  /** The card that asks who the visitor is, once it was loaded. */
  #introduction
  #mayRing
  #abort = new AbortController()
  #told = {}

  constructor(bridge, words, { site, token, isOpen, heard, page, person, mayRing }) {
    this.#bridge = bridge
    this.#words = words
    this.#token = token
    this.#page = page
    this.#isOpen = isOpen
    this.#heard = heard
    this.#mayRing = mayRing
    this.#memory = new Memory(`${key} ${bridge.host}`, token)
    if (person) this.#memory.set('person', person)
    this.#outbox = new Outbox(this.#memory, (message) => this.#connection.send(message))
    this.#conversation = new Conversation(site, site.online)
    this.#connection = new Connection({
      origin: location.origin,
      hello: () => this.#hello(),
      receive: (event) => this.#receive(event),
      changed: (isLive) => this.#connected(isLive),
    })
    this.#header = new Header(element('.header'), {
      conversation: this.#conversation,
      memory: this.#memory,
      words,
      close: () => bridge.tell({ type: 'close' }),
    })
    this.#thread = new Thread(element('.stage'), {
      conversation: this.#conversation,
      outbox: this.#outbox,
      words,
      actions: {
        retry: (clientID) => this.#retry(clientID),
        discard: (clientID) => this.#discard(clientID),
        askEarlier: (before) => this.#connection.send({ type: 'history', before }),
        reachEnd: () => this.#attend(),
      },
    })
    this.#composer = new Composer(element('.composer'), {
      memory: this.#memory,
      post: (text) => this.#post(text),
      typing: (on) => this.#connection.send({ type: 'typing', on }),
    })
  }

  connect() {
    const { signal } = this.#abort
    this.#conversation.addEventListener('change', () => this.#changed())
    this.#conversation.addEventListener('stale', () => this.#connection.restart())
    this.#conversation.addEventListener('news', (event) => this.#announce(event.detail))
    document.addEventListener('visibilitychange', () => this.#attend(), { signal })
    addEventListener('keydown', (event) => this.#press(event), { signal })
    this.#memory.watch((name) => this.#agree(name), signal)

    this.#header.connect()
    this.#thread.connect()
    this.#composer.connect()
    this.#connection.connect()
    this.#changed()
    this.#connected(false)
    document.body.classList.add('ready')
    if (this.#isOpen) this.#takeFocus()
  }

  /** `message`: what the host says. */
  hear(message) {
    switch (message.type) {
      case 'shown':
        return this.#shown(message)
      case 'page':
        this.#page = { url: message.url, title: message.title }
        return this.#connection.send(message)
      case 'identify':
        return this.#identify(message)
      case 'reset':
        return this.#forget()
    }
  }

  #shown({ isOpen, takesFocus }) {
    this.#isOpen = isOpen
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
    return { site: key, token: this.#token, after: this.#conversation.lastNumber, page: this.#page, mode: 'frame' }
  }

  #receive(event) {
    switch (event.type) {
      case 'ready':
        if (event.unread > 0 && this.#isOpen && !this.#conversation.isKnown) this.#thread.divide(event.seenNumber)
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

  #retry(clientID) {
    this.#outbox.retry(clientID)
    this.#thread.draw()
  }

  #discard(clientID) {
    this.#outbox.remove(clientID)
    this.#thread.draw()
    this.#composer.focus()
  }

  #identify(person) {
    this.#memory.set('person', person)
    this.#introduceAgain()
    this.#introduction?.update()
  }

  #introduceAgain() {
    const person = this.#memory.get('person')
    if (person) this.#connection.send(person)
  }

  /** Everything the visitor sees is seen; the rest is what the launcher counts. */
  #attend() {
    if (this.#isOpen && !document.hidden && this.#thread.isAtEnd && this.#conversation.see()) {
      this.#connection.send({ type: 'seen', number: this.#conversation.lastNumber })
    }
    this.#report()
  }

  /** Tells the host what it counts, and what would be lost to sight when it unloads the frame. */
  #report() {
    const { unread, isKnown } = this.#conversation
    const unsent = this.#outbox.items.length
    if (isKnown && unread != this.#told.unread) this.#bridge.tell({ type: 'unread', unread })
    if (unsent != this.#told.unsent) this.#bridge.tell({ type: 'unsent', count: unsent })
    this.#told = { unread: isKnown ? unread : undefined, unsent }
  }

  #announce({ message, agent }) {
    this.#bridge.tell({ type: 'message', message, agent })
    this.#ring(message.number)
    if (document.hidden || !this.#isOpen) this.#thread.divide(message.number - 1)
  }

  #changed() {
    const { isKnown, status } = this.#conversation
    if (!this.#thread.isEmpty) this.#memory.set('begun', true)
    this.#header.greet(this.#thread.isEmpty && (isKnown || !this.#memory.get('begun')))
    this.#composer.end(status == 'completed')
    if (isKnown && this.#heard) {
      this.#ring(this.#heard)
      this.#heard = 0
    }
    if (isKnown && !this.#thread.isEmpty) this.#ask()
    this.#attend()
  }

  /** Brings the card that asks who the visitor is. What is not needed by everyone is loaded when it is. */
  async #ask() {
    if (this.#introduction || this.#conversation.visitor.email || this.#memory.get('asked')) return
    const { Introduction } = await import('./introduction.js')
    this.#introduction ??= new Introduction({
      conversation: this.#conversation,
      memory: this.#memory,
      thread: this.#thread,
      words: this.#words,
      save: ({ name, email }) => this.#identify({ type: 'identify', name: name || null, email }),
      done: () => this.#composer.focus(),
    })
    this.#introduction.connect()
  }

  /** Of several tabs one rings; none does before the page was used, since browsers forbid that. */
  async #ring(number) {
    if (number <= (this.#memory.get('rung') ?? 0)) return
    this.#memory.set('rung', number)
    if (this.#memory.get('muted') || !(this.#mayRing || navigator.userActivation?.hasBeenActive)) return
    const { ring } = await import('./chime.js')
    ring()
  }

  #connected(isLive) {
    this.#thread.isConnected = isLive
    if (isLive) this.#banner(null)
    else {
      this.#outbox.pause()
      this.#conversation.pause()
      // A moment's interruption is not worth a word.
      if (!navigator.onLine) this.#banner('connection.offline')
      else setTimeout(() => this.#connection.isLive || this.#banner(navigator.onLine ? 'connection.lost' : 'connection.offline'), 2500)
    }
  }

  #banner(key) {
    const banner = element('.banner')
    banner.hidden = key == null
    banner.textContent = key ? this.#words.say(key) : ''
  }

  /** Another tab changed what is remembered. */
  #agree(name) {
    if (name == 'draft') this.#composer.restore()
    else if (name == 'muted') this.#header.draw()
    else if (name == 'asked' || name == 'person') this.#introduction?.update()
    else if (name.startsWith('unsent ')) {
      this.#thread.draw()
      this.#changed()
    }
  }

  #press(event) {
    if (event.key == 'Escape' && !event.isComposing) this.#bridge.tell({ type: 'close' })
  }

  /** It is another visitor's turn; the host loads the frame anew for them. */
  #forget() {
    this.#abort.abort()
    this.#connection.disconnect()
    this.#thread.disconnect()
    this.#composer.disconnect()
    this.#memory.clear()
    document.body.replaceChildren()
    this.#bridge.tell({ type: 'forgotten' })
  }
}

function element(selector) {
  return document.querySelector(selector)
}

const words = await Words.load()
document.documentElement.lang = words.language
document.title = words.say('frame.title')
words.fill(document)

let frame = null
const bridge = new Bridge((message) => {
  if (frame) return frame.hear(message)
  if (message.type != 'init') return
  frame = new Frame(bridge, words, message)
  frame.connect()
})
bridge.connect()
bridge.tell({ type: 'ready' })
