import { initials, Row } from './row.js'

const groupLasts = 5 * 60_000
const nearEnd = 48
const nearStart = 240

/**
 * The messages, from the conversation and the outbox: grouped by author and day, with the lines between them. It stays at
 * the end while one is there, and otherwise keeps what is being read where it is.
 */
export class Thread {
  #conversation
  #outbox
  #words
  #actions
  #stage
  #scroller
  #rows
  #abort = new AbortController()
  #known = new Map()
  /** The lines between rows, by key. */
  #lines = new Map()
  #isAtEnd = true
  #isAskingEarlier = false
  #isDrawn = false
  /** What comes after this number was unread when the visitor came to look. */
  #dividesAfter = null
  #insert = null
  isConnected = false

  constructor(stage, { conversation, outbox, words, actions }) {
    this.#stage = stage
    this.#conversation = conversation
    this.#outbox = outbox
    this.#words = words
    this.#actions = actions
    this.#scroller = this.#find('.thread')
    this.#rows = this.#find('.rows')
  }

  connect() {
    const { signal } = this.#abort
    this.#scroller.addEventListener('scroll', () => this.#scrolled(), { signal, passive: true })
    this.#find('.latest').addEventListener('click', () => this.#glideToEnd(), { signal })
    this.#conversation.addEventListener('change', () => this.draw(), { signal })
    const resizes = new ResizeObserver(() => this.#isAtEnd && this.toEnd())
    resizes.observe(this.#scroller)
    signal.addEventListener('abort', () => resizes.disconnect())
    this.draw()
  }

  disconnect() {
    this.#abort.abort()
  }

  get isAtEnd() {
    return this.#isAtEnd
  }

  /** There is no message, stored or waiting. */
  get isEmpty() {
    return this.#conversation.isEmpty && this.#outbox.items.length == 0
  }

  /** Draws the line before what is new, if there is not one already. `after`: the number of what is not. */
  divide(after) {
    this.#dividesAfter ??= after
    this.draw()
  }

  undivide() {
    this.#dividesAfter = null
    this.draw()
  }

  /** Puts an element after what is last now, where it stays; `null` takes it away. */
  insert(element) {
    const after = this.#insert?.after ?? this.#items().at(-1)?.key
    this.#insert?.element.remove()
    this.#insert = element && after ? { element, after } : null
    this.draw()
  }

  toEnd() {
    this.#isAtEnd = true
    this.#scroller.scrollTop = this.#scroller.scrollHeight
  }

  draw() {
    const { isKnown, hasEarlier } = this.#conversation
    const anchor = this.#isAtEnd ? null : this.#firstVisible()
    const top = anchor?.getBoundingClientRect().top ?? 0

    // Not announced: the first messages and earlier ones. A reader asks for those.
    this.#scroller.ariaBusy = String(!isKnown || this.#isAskingEarlier)
    this.#find('.earlier').hidden = !hasEarlier
    this.#find('.promise').hidden = !isKnown || !this.isEmpty
    this.#arrange(this.#elements())
    this.#drawTypist()
    this.#isAskingEarlier = false
    if (isKnown) requestAnimationFrame(() => (this.#isDrawn = true))

    const moved = anchor?.isConnected ? anchor.getBoundingClientRect().top - top : 0
    if (this.#isAtEnd) this.toEnd()
    // Not for nothing: that would end a scroll that is under way.
    else if (moved) this.#scroller.scrollTop += moved
    this.#scrolled()
  }

  /** Everything to stand in the thread, in order; what was there keeps its element. */
  #elements() {
    const elements = []
    const rows = new Map()
    const lines = new Map()
    const line = (key, template, text) => {
      const element = this.#lines.get(key) ?? this.#copy(template)
      if (text) (element.firstElementChild ?? element).textContent = text
      lines.set(key, element)
      elements.push(element)
    }
    let day = ''
    for (const item of this.#items()) {
      const itsDay = item.createdAt == null ? day : this.#words.day(item.createdAt)
      if (itsDay != day) line(`day ${itsDay}`, 'day', (day = itsDay))
      if (item.isFirstUnread) line('unread', 'unread')
      if (item.status) {
        line(item.key, 'status', this.#words.say(`thread.${item.status}`))
      } else {
        const row = this.#known.get(item.key) ?? this.#newRow()
        row.draw(item)
        rows.set(item.key, row)
        elements.push(row.element)
      }
      if (this.#insert?.after == item.key) elements.push(this.#insert.element)
    }
    this.#known = rows
    this.#lines = lines
    return elements
  }

  /** What comes while one looks arrives; the first messages and earlier ones are there. */
  #newRow() {
    const row = new Row(this.#words, this.#actions)
    row.element.classList.toggle('arrives', this.#isDrawn && !this.#isAskingEarlier)
    return row
  }

  #items() {
    const { messages, site, agents, hasEarlier, agentsSeenNumber } = this.#conversation
    const you = this.#words.say('message.you')
    const blank = { state: null, refusal: null, status: null, isFirstUnread: false, startsGroup: true, endsGroup: true }
    const items = messages.map((message) => {
      const isOwn = message.author == 'visitor'
      return {
        ...blank,
        key: message.clientID ?? String(message.number),
        number: message.number,
        author: message.author,
        name: isOwn ? you : (agents.get(message.agentID ?? 0) ?? this.#words.say('message.team')),
        text: message.text,
        createdAt: message.createdAt,
        state: !isOwn ? null : message.number <= agentsSeenNumber ? 'seen' : 'sent',
        status: message.kind == 'status' ? message.status : null,
      }
    })
    const stored = new Set(messages.map((message) => message.clientID))
    for (const { clientID, text, createdAt, refusal } of this.#outbox.items) {
      if (stored.has(clientID)) continue
      const state = refusal ? 'failed' : this.isConnected ? 'sending' : 'waiting'
      items.push({ ...blank, key: clientID, author: 'visitor', name: you, text, createdAt, state, refusal })
    }
    if (items.length > 0 && !hasEarlier) {
      const text = this.#words.greeting(site.greetings)
      items.unshift({ ...blank, key: 'greeting', author: 'agent', name: site.name, text, createdAt: null })
    }
    const divides = this.#dividesAfter
    if (divides != null) {
      const first = items.find(({ number, author }) => number > divides && author == 'agent')
      if (first) first.isFirstUnread = true
    }
    for (let i = 1; i < items.length; i++) {
      const [before, item] = [items[i - 1], items[i]]
      const isSame = before.author == item.author && before.name == item.name && !before.status && !item.status && !item.isFirstUnread
      const isSoon = item.createdAt - (before.createdAt ?? 0) < groupLasts && this.#insert?.after != before.key
      if (isSame && isSoon) before.endsGroup = item.startsGroup = false
    }
    return items
  }

  /** Brings the elements into the document in this order, moving none that stands right. */
  #arrange(elements) {
    const wanted = new Set(elements)
    for (const child of [...this.#rows.children]) if (!wanted.has(child)) child.remove()
    let place = this.#rows.firstElementChild
    for (const element of elements) {
      if (element == place) place = place.nextElementSibling
      else this.#rows.insertBefore(element, place)
    }
  }

  #drawTypist() {
    const { typist } = this.#conversation
    const typing = this.#find('.typing')
    typing.hidden = typist == null
    if (!typist) return
    this.#find('.typing .avatar').textContent = initials(typist.name)
    this.#find('.typing-text').textContent = this.#words.say('thread.typing', { name: typist.name })
  }

  #scrolled() {
    const { scrollTop, scrollHeight, clientHeight } = this.#scroller
    this.#isAtEnd = scrollHeight - scrollTop - clientHeight < nearEnd
    const { unread, hasEarlier, messages } = this.#conversation
    this.#find('.latest').hidden = this.#isAtEnd
    this.#find('.latest').classList.toggle('news', unread > 0)
    this.#find('.latest-text').textContent = this.#words.say(unread > 0 ? 'thread.latest' : 'thread.toLatest')
    if (this.#isAtEnd) this.#actions.reachEnd()
    if (scrollTop < nearStart && hasEarlier && messages.length > 0 && !this.#isAskingEarlier) {
      this.#isAskingEarlier = this.#actions.askEarlier(messages[0].number)
    }
  }

  #glideToEnd() {
    const { scrollTop, scrollHeight, clientHeight } = this.#scroller
    const isFar = scrollHeight - scrollTop > 3 * clientHeight
    if (isFar || matchMedia('(prefers-reduced-motion)').matches) this.toEnd()
    else this.#scroller.scrollTo({ top: scrollHeight, behavior: 'smooth' })
  }

  /** A row, since a line between rows may move away from what it stands at. */
  #firstVisible() {
    const { top } = this.#scroller.getBoundingClientRect()
    return [...this.#rows.querySelectorAll('.row')].find((row) => row.getBoundingClientRect().bottom > top) ?? null
  }

  #copy(id) {
    const template = document.getElementById(id)
    return template.content.cloneNode(true).firstElementChild
  }

  #find(selector) {
    return this.#stage.querySelector(selector)
  }
}
