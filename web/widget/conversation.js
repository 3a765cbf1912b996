const patience = 10_000

/** What the server told of the conversation. It dispatches `change`, and `news` for an agent's message. */
export class Conversation extends EventTarget {
  messages = []
  agents = new Map()
  visitor = { name: '', email: '' }
  status = 'none'
  isKnown = false
  hasEarlier = false
  lastNumber = 0
  seenNumber = 0
  agentsSeenNumber = 0
  unread = 0
  typist = null

  constructor(site) {
    super()
    this.site = site
    this.online = site.online
  }

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
        this.visitor = event
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

  see() {
    if (this.seenNumber >= this.lastNumber || this.unread == 0) return false
    this.seenNumber = this.lastNumber
    this.unread = 0
    this.#changed()
    return true
  }

  pause() {
    this.typist = null
    this.#changed()
  }

  #begin(ready) {
    const isFirst = !this.isKnown
    // The server was restored from a backup: what it tells counts.
    const isBehind = ready.lastNumber < this.lastNumber
    const startsOver = ready.startOver || isBehind
    if (startsOver) this.messages = []
    if (isFirst || startsOver) this.hasEarlier = ready.hasEarlier
    if (isBehind) {
      this.lastNumber = 0
      this.dispatchEvent(new Event('stale'))
      return
    }
    this.isKnown = true
    const { site, online, visitor, status } = ready
    Object.assign(this, { site, online, visitor, status, typist: null, seenNumber: 0, agentsSeenNumber: 0 })
    for (const [id, { name }] of Object.entries(ready.agents)) this.agents.set(Number(id), name)
    const added = this.#take(ready.messages)
    this.lastNumber = ready.lastNumber
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
      const name = this.agents.get(message.agentID)
      this.dispatchEvent(new CustomEvent('news', { detail: { message, agent: name ? { name } : null } }))
    }
  }

  #changed() {
    this.dispatchEvent(new Event('change'))
  }
}

/** What waits to be stored by the server: one message after another, each as often as needed. */
export class Outbox {
  #memory
  #connection
  #latest = 0
  #current = null
  #timer

  constructor(memory, connection) {
    this.#memory = memory
    this.#connection = connection
  }

  get items() {
    return this.#memory.names('unsent ').map((name) => this.#memory.get(name))
  }

  add(text) {
    const createdAt = (this.#latest = Math.max(Date.now(), this.#latest + 1))
    this.#keep({ clientID: randomID(), text, createdAt, refusal: null })
    this.#go()
  }

  retry(clientID) {
    this.#mark(clientID, null)
    this.#go()
  }

  begin() {
    this.pause()
    this.#go()
  }

  pause() {
    clearTimeout(this.#timer)
    this.#current = null
  }

  remove(clientID) {
    const item = this.#find(clientID)
    if (item) this.#memory.set(name(item), null)
    if (clientID == this.#current) this.begin()
  }

  refuse({ clientID, error }) {
    if (error.code == 'message.throttled') return this.#wait((error.retryAfter ?? 1) * 1000)
    this.#mark(clientID, error.code)
    if (clientID == this.#current) this.begin()
  }

  #go() {
    if (this.#current) return
    const item = this.items.find(({ refusal }) => !refusal)
    if (!item || !this.#connection.send({ type: 'message.post', clientID: item.clientID, text: item.text })) return
    this.#current = item.clientID
    this.#wait(patience)
  }

  #wait(time) {
    clearTimeout(this.#timer)
    this.#timer = setTimeout(() => this.begin(), time)
  }

  #find(clientID) {
    return this.items.find((item) => item.clientID == clientID)
  }

  #mark(clientID, refusal) {
    const item = this.#find(clientID)
    if (item) this.#keep({ ...item, refusal })
  }

  #keep(item) {
    this.#memory.set(name(item), item)
  }
}

function name({ createdAt, clientID }) {
  return `unsent ${createdAt} ${clientID}`
}

function randomID() {
  // Not `randomUUID`, which only secure contexts have.
  const bytes = crypto.getRandomValues(new Uint8Array(16))
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
}

/** What the frame remembers of one visitor, of one site on one host. */
export class Memory {
  #prefix
  #storage = null
  #fallback = new Map()

  constructor(scope, token) {
    this.#prefix = `parley ${scope} `
    try {
      this.#storage = localStorage
    } catch {
      return
    }
    // Too little of the token to be one.
    const owner = token.slice(0, 8)
    if (this.get('owner') != owner) this.clear()
    this.set('owner', owner)
  }

  get(name) {
    const text = this.#storage?.getItem(this.#prefix + name) ?? this.#fallback.get(name)
    return text == null ? null : JSON.parse(text)
  }

  set(name, value) {
    this.#fallback.delete(name)
    if (value == null) return this.#storage?.removeItem(this.#prefix + name)
    const text = JSON.stringify(value)
    try {
      if (this.#storage) return this.#storage.setItem(this.#prefix + name, text)
    } catch {
      // Full.
    }
    this.#fallback.set(name, text)
  }

  names(start) {
    const stored = Object.keys(this.#storage ?? {}).filter((key) => key.startsWith(this.#prefix))
    const names = [...stored.map((key) => key.slice(this.#prefix.length)), ...this.#fallback.keys()]
    return names.filter((name) => name.startsWith(start)).sort()
  }

  clear() {
    for (const name of this.names('')) if (name != 'muted') this.set(name, null)
  }

  watch(changed) {
    addEventListener('storage', ({ key }) => key?.startsWith(this.#prefix) && changed(key.slice(this.#prefix.length)))
  }
}
