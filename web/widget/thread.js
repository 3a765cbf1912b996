import { copy, dayOf, greeting, initials, Part, say, sayOf, time, unbroken } from './parts.js'

const groupLasts = 5 * 60_000
const nearEnd = 48
const nearStart = 240
const link = /\b(?:https?:\/\/|mailto:)[^\s<>"]+|\b[\w.+-]+@[\w-]+(?:\.[\w-]+)+/gi
const emoji = /^(?:\p{Extended_Pictographic}|\p{Emoji_Modifier}|\p{Regional_Indicator}|[\u200d\ufe0f\s])+$/u

/** The messages, stored or waiting. It stays at the end, or keeps what is being read where it is. */
export class Thread extends Part {
  isAtEnd = true
  isConnected = false
  #scroller = this.find('.thread')
  #rows = this.find('.rows')
  #known = new Map()
  #lines = new Map()
  #isAskingEarlier = false
  #isDrawn = false
  #dividesAfter = null
  #insert = null

  connect() {
    this.#scroller.addEventListener('scroll', () => this.#scrolled(), { passive: true })
    this.find('.latest').onclick = () => this.#glideToEnd()
    this.parts.conversation.addEventListener('change', () => this.draw())
    new ResizeObserver(() => this.isAtEnd && this.toEnd()).observe(this.#scroller)
  }

  get isEmpty() {
    const { conversation, outbox } = this.parts
    return conversation.messages.length + outbox.items.length == 0
  }

  divide(after) {
    this.#dividesAfter ??= after
    this.draw()
  }

  undivide() {
    this.#dividesAfter = null
    this.draw()
  }

  /** Puts an element after what is last now; `null` takes it away. */
  insert(element) {
    const after = this.#insert?.after ?? this.#items().at(-1)?.key
    this.#insert?.element.remove()
    this.#insert = element && after ? { element, after } : null
    this.draw()
  }

  retry(clientID) {
    this.parts.outbox.retry(clientID)
    this.draw()
  }

  discard(clientID) {
    this.parts.outbox.remove(clientID)
    this.draw()
    this.parts.focus()
  }

  toEnd() {
    this.isAtEnd = true
    this.#scroller.scrollTop = this.#scroller.scrollHeight
  }

  draw() {
    const { isKnown, hasEarlier } = this.parts.conversation
    const anchor = this.isAtEnd ? null : this.#firstVisible()
    const top = anchor?.getBoundingClientRect().top ?? 0

    // The first messages and earlier ones are not announced.
    this.#scroller.ariaBusy = !isKnown || this.#isAskingEarlier
    this.find('.earlier').hidden = !hasEarlier
    this.find('.promise').hidden = !isKnown || !this.isEmpty
    this.#arrange(this.#elements())
    this.#drawTypist()
    this.#isAskingEarlier = false
    if (isKnown) requestAnimationFrame(() => (this.#isDrawn = true))

    // Nothing to scroll, and no layout before its time.
    if (!this.#rows.firstChild) return
    const moved = anchor?.isConnected ? anchor.getBoundingClientRect().top - top : 0
    if (this.isAtEnd) this.toEnd()
    // Not for nothing: that would end a scroll under way.
    else if (moved) this.#scroller.scrollTop += moved
    this.#scrolled()
  }

  #elements() {
    const elements = []
    const rows = new Map()
    const lines = new Map()
    const line = (key, template, text) => {
      const element = this.#lines.get(key) ?? copy(template)
      if (text) (element.firstElementChild ?? element).textContent = text
      lines.set(key, element)
      elements.push(element)
    }
    let day = ''
    for (const item of this.#items()) {
      const itsDay = item.createdAt == null ? day : dayOf(item.createdAt)
      if (itsDay != day) line(`day ${itsDay}`, 'day', (day = itsDay))
      if (item.isFirstUnread) line('unread', 'unread')
      if (item.status) line(item.key, 'status', say(`thread.${item.status}`))
      else {
        let row = this.#known.get(item.key)
        if (!row) {
          row = new Row(this)
          row.element.classList.toggle('arrives', this.#isDrawn && !this.#isAskingEarlier)
        }
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

  #items() {
    const { conversation, outbox } = this.parts
    const { messages, site, agents, hasEarlier, agentsSeenNumber } = conversation
    const you = say('message.you')
    const items = messages.map(({ clientID, number, author, agentID, text, createdAt, kind, status }) => {
      const isOwn = author == 'visitor'
      return {
        key: clientID ?? String(number),
        number,
        author,
        name: isOwn ? you : (agents.get(agentID) ?? say('message.team')),
        text,
        createdAt,
        state: isOwn && (number <= agentsSeenNumber ? 'seen' : 'sent'),
        status: kind == 'status' && status,
      }
    })
    const stored = new Set(messages.map(({ clientID }) => clientID))
    for (const { clientID, text, createdAt, refusal } of outbox.items) {
      if (stored.has(clientID)) continue
      const state = refusal ? 'failed' : this.isConnected ? 'sending' : 'waiting'
      items.push({ key: clientID, author: 'visitor', name: you, text, createdAt, state, refusal })
    }
    if (items.length > 0 && !hasEarlier) {
      items.unshift({ key: 'greeting', author: 'agent', name: site.name, text: greeting(site) })
    }
    const divides = this.#dividesAfter
    const first = divides != null && items.find(({ number, author }) => number > divides && author == 'agent')
    if (first) first.isFirstUnread = true
    items.forEach((item, index) => {
      const before = items[index - 1]
      const isSame = before?.author == item.author && before.name == item.name && !before.status && !item.status && item != first
      const isSoon = item.createdAt - (before?.createdAt ?? 0) < groupLasts && this.#insert?.after != before?.key
      item.startsGroup = item.endsGroup = true
      if (isSame && isSoon) before.endsGroup = item.startsGroup = false
    })
    return items
  }

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
    const { typist } = this.parts.conversation
    this.find('.typing').hidden = !typist
    if (!typist) return
    this.find('.typing .avatar').textContent = initials(typist.name)
    this.find('.typing-text').textContent = say('thread.typing', typist)
  }

  #scrolled() {
    const { conversation, connection, attend } = this.parts
    const { unread, hasEarlier, messages } = conversation
    const { scrollTop, scrollHeight, clientHeight } = this.#scroller
    this.isAtEnd = scrollHeight - scrollTop - clientHeight < nearEnd
    this.find('.latest').hidden = this.isAtEnd
    this.find('.latest').classList.toggle('news', unread > 0)
    this.find('.latest-text').textContent = say(unread > 0 ? 'thread.latest' : 'thread.toLatest')
    if (this.isAtEnd) attend()
    if (scrollTop < nearStart && hasEarlier && messages.length > 0 && !this.#isAskingEarlier) {
      this.#isAskingEarlier = connection.send({ type: 'history', before: messages[0].number })
    }
  }

  #glideToEnd() {
    const { scrollTop, scrollHeight, clientHeight } = this.#scroller
    const isFar = scrollHeight - scrollTop > 3 * clientHeight
    if (isFar || matchMedia('(prefers-reduced-motion)').matches) this.toEnd()
    else this.#scroller.scrollTo({ top: scrollHeight, behavior: 'smooth' })
  }

  #firstVisible() {
    const { top } = this.#scroller.getBoundingClientRect()
    return [...this.#rows.querySelectorAll('.row')].find((row) => row.getBoundingClientRect().bottom > top)
  }
}

class Row extends Part {
  #drawn = {}

  constructor(thread) {
    super(copy('row'))
    this.find('.retry').onclick = () => thread.retry(this.#drawn.key)
    this.find('.discard').onclick = () => thread.discard(this.#drawn.key)
  }

  draw(item) {
    const before = this.#drawn
    this.#drawn = item
    const { classList } = this.element
    classList.toggle('own', item.author == 'visitor')
    classList.toggle('starts', item.startsGroup)
    classList.toggle('ends', item.endsGroup)
    const differs = (...names) => names.some((name) => before[name] !== item[name])
    if (differs('text', 'name')) this.#write(item)
    if (differs('createdAt')) this.#date(item)
    if (differs('state', 'refusal')) this.#mark(item)
  }

  #write({ text, name, author }) {
    this.find('.author').textContent = name
    this.find('.avatar').textContent = author == 'agent' ? initials(name) : ''
    write(this.find('.bubble'), unbroken(text))
    this.element.classList.toggle('emoji', isEmojiOnly(text))
  }

  #date({ createdAt }) {
    const element = this.find('time')
    element.hidden = createdAt == null
    if (createdAt == null) return
    element.dateTime = new Date(createdAt).toISOString()
    element.textContent = time(createdAt)
  }

  #mark({ state, refusal }) {
    const hasFailed = state == 'failed'
    this.element.dataset.state = state || ''
    this.find('.state').hidden = !state || hasFailed
    this.find('.trouble').hidden = !hasFailed
    if (hasFailed) this.find('.trouble-text').textContent = sayOf('message.failed', refusal)
    else if (state) {
      this.find('.state-text').textContent = say(`message.${state}`)
      this.find('use').setAttribute('href', `#icon-${state == 'waiting' ? 'sending' : state}`)
    }
  }
}

/** Writes untrusted text, and links of http, https and mailto. */
function write(element, text) {
  element.replaceChildren()
  let end = 0
  for (const match of text.matchAll(link)) {
    const found = withoutPunctuation(match[0])
    const address = /^(https?|mailto):/i.test(found) ? found : `mailto:${found}`
    if (!URL.canParse(address)) continue
    const anchor = document.createElement('a')
    anchor.href = address
    anchor.target = '_blank'
    anchor.rel = 'noopener noreferrer'
    anchor.textContent = found
    element.append(text.slice(end, match.index), anchor)
    end = match.index + found.length
  }
  element.append(text.slice(end))
}

function isEmojiOnly(text) {
  return text.length <= 40 && emoji.test(text) && [...new Intl.Segmenter().segment(text.replace(/\s/g, ''))].length <= 3
}

/** A link does not own the sentence's end, nor the bracket that was opened before it. */
function withoutPunctuation(found) {
  const count = (character) => found.split(character).length
  for (;;) {
    const last = found.at(-1) ?? ''
    const opening = { ')': '(', ']': '[', '}': '{' }[last]
    if (!(opening ? count(last) > count(opening) : /[.,;:!?'’”»*_]/.test(last))) return found
    found = found.slice(0, -1)
  }
}
