/**
 * What is known of the visitor's conversation, from what the server tells: messages in the order of their numbers, each
 * once, and the marks of what was seen. After each change it dispatches `change`; for each agent's message that is news,
 * `news`.
 */
export class Conversation extends EventTarget {
  messages = []
  agents = new Map()
  visitor = { name: '', email: '' }
  status = 'none'
  /** The server has been heard. */
  isKnown = false
  hasEarlier = false
  lastNumber = 0
  seenNumber = 0
  agentsSeenNumber = 0
  unread = 0
  typist = null

  constructor(site, online) {
    super()
    this.site = site
    this.online = online
  }

  /** There is nothing to show but the greeting. */
  get isEmpty() {
    return this.messages.length == 0
  }

  /** `event`: of the widget's socket. */
  receive(event) {
    switch (event.type) {
      case 'ready':
        this.#begin(event)
        break
      case 'history':
        this.#take(event.messages)
        this.hasEarlier = event.hasEarlier
        break
      case 'message':
        if (event.agent) this.agents.set(event.agent.id, event.agent.name)
        if (event.message.author == 'agent') this.typist = null
        // Writing begins another conversation when the last was completed.
        if (event.message.author == 'visitor') this.status = 'open'
        this.#measure(event)
        this.#tellNews(this.#take([event.message]))
        break
      case 'seen':
        this.#measure(event)
        break
      case 'status':
        this.status = event.status
        break
      case 'visitor':
        this.visitor = { name: event.name, email: event.email }
        break
      case 'typing':
        this.typist = event.on ? event.agent : null
        break
      case 'online':
        this.online = event.online
        break
      default:
        return
    }
    this.#changed()
  }

  /** The visitor has seen everything. Returns whether that is news for the server. */
  see() {
    if (this.seenNumber >= this.lastNumber || this.unread == 0) return false
    this.seenNumber = this.lastNumber
    this.unread = 0
    this.#changed()
    return true
  }

  /** The connection is lost: nobody is known to type. */
  pause() {
    this.typist = null
    this.#changed()
  }

  #begin(ready) {
    const isFirst = !this.isKnown
    // Fewer messages than before: the server was restored from a backup, and what it tells counts.
    const startsOver = ready.startOver || ready.lastNumber < this.lastNumber
    if (startsOver) this.messages = []
    if (isFirst || startsOver) this.hasEarlier = ready.hasEarlier
    if (ready.lastNumber < this.lastNumber) {
      this.lastNumber = 0
      this.dispatchEvent(new Event('stale'))
      return
    }
    this.isKnown = true
    this.site = ready.site
    this.online = ready.online
    this.visitor = ready.visitor
    this.status = ready.status
    this.typist = null
    for (const [id, { name }] of Object.entries(ready.agents)) this.agents.set(Number(id), name)
    const added = this.#take(ready.messages)
    this.lastNumber = ready.lastNumber
    this.seenNumber = 0
    this.agentsSeenNumber = 0
    this.#measure(ready)
    if (!isFirst) this.#tellNews(added)
  }

  #take(messages) {
    return messages.filter((message) => {
      const { number } = message
      const index = this.messages.findLastIndex((known) => known.number <= number)
      if (index >= 0 && this.messages[index].number == number) return false
      this.messages.splice(index + 1, 0, message)
      this.lastNumber = Math.max(this.lastNumber, number)
      return true
    })
  }

  #measure({ seenNumber = 0, agentsSeenNumber = 0, unread }) {
    this.seenNumber = Math.max(this.seenNumber, seenNumber)
    this.agentsSeenNumber = Math.max(this.agentsSeenNumber, agentsSeenNumber)
    this.unread = unread
  }

  #tellNews(messages) {
    for (const message of messages) {
      if (message.author != 'agent') continue
      const name = this.agents.get(message.agentID ?? 0)
      this.dispatchEvent(new CustomEvent('news', { detail: { message, agent: name ? { name } : null } }))
    }
  }

  #changed() {
    this.dispatchEvent(new Event('change'))
  }
}
