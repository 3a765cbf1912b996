const styles = (side) => `
div{position:fixed;${side}:max(20px,env(safe-area-inset-${side}));bottom:calc(var(--bottom) + 76px);width:400px;max-width:calc(100vw - 40px);height:min(704px,100dvh - var(--bottom) - 96px);
border-radius:20px;overflow:hidden;background:linear-gradient(var(--color) 76px,#fff 0);box-shadow:0 0 0 1px #00000012,0 4px 12px #00000014,0 20px 60px #00000033;
transform:translateY(14px) scale(.97);transform-origin:bottom ${side};opacity:0;visibility:hidden;transition:transform .28s cubic-bezier(.2,.9,.3,1),opacity .18s,visibility .28s}
iframe{display:block;width:100%;height:100%;border:0;opacity:0;transition:opacity .2s;color-scheme:light dark}
.ready iframe{opacity:1}
span{position:absolute;top:-5px;right:-5px;min-width:22px;padding:0 6px;box-sizing:border-box;border-radius:11px;background:#c81e1e;color:#fff;font:600 12px/22px system-ui,sans-serif;box-shadow:0 0 0 2px #fff}
div:not(.ready):after{content:'';position:absolute;inset:50% 0 0 50%;width:20px;height:20px;border:3px solid #8884;border-top-color:var(--color);border-radius:50%;animation:turn 1s infinite linear}
@keyframes turn{to{rotate:1turn}}
span:empty,[aria-expanded=true] span{display:none}
@media(prefers-color-scheme:dark){div{background:linear-gradient(var(--color) 76px,#16181d 0);box-shadow:0 0 0 1px #ffffff1f,0 20px 60px #00000080}}
@media(max-width:480px),(max-height:480px){div{inset:var(--top,0) 0 auto;width:auto;max-width:none;height:var(--height,100dvh);box-sizing:border-box;padding-bottom:env(safe-area-inset-bottom);
border-radius:0;transform:translateY(24px)}button[aria-expanded=true]{visibility:hidden}}
.open{transform:none;opacity:1;visibility:visible}
@media print{div{display:none}}`

const words = /^fr/.test(navigator.language)
  ? { close: 'Fermer la conversation', unread: ['non lu', 'non lus'] }
  : { close: 'Close the conversation', unread: ['unread', 'unread'] }

export class Guest {
  #given
  #token
  #wasOpen
  #unsent
  #page = new Page()
  #panel
  #background = null
  #badge = document.createElement('span')
  #person = null
  #listeners = new Map()
  #isOpen = false
  /** The frame was told to forget its visitor, and has not yet. */
  #isLeaving = false
  #unread = 0
  #heard = 0

  constructor(given) {
    const { name } = (this.#given = given)
    this.#token = new VisitorToken(name)
    this.#wasOpen = new Note('sessionStorage', name)
    this.#unsent = new Note('localStorage', `${name}:unsent`)
    this.#panel = new Panel({ ...given, receive: (message) => this.#hear(message) })
  }

  connect() {
    const { key, name, root, button, calls } = this.#given
    words.open = button.ariaLabel
    this.#panel.connect(root)
    this.#page.watch(() => this.#moved())
    button.append(this.#badge)
    button.onclick = () => this.#show(!this.#isOpen)
    addEventListener('storage', ({ key }) => (key == null || key == name) && this.#agree())
    if (this.#wasOpen.text) this.#show(true, { quietly: true })
    this.#settle()
    window.Parley = Object.assign((...call) => this.#obey(call), { key })
    for (const call of calls) this.#obey(call)
  }

  #obey([command, ...rest]) {
    const commands = {
      open: () => this.#show(true),
      close: () => this.#show(false),
      identify: (person) => this.#identify(person),
      on: (event, listener) => this.#listeners.set(event, new Set(this.#listeners.get(event)).add(listener)),
      reset: () => {
        this.#show(false, { quietly: true })
        this.#token.forget()
        this.#renew()
      },
    }
    if (Object.hasOwn(commands, command)) commands[command](...rest)
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

  #agree() {
    if (!this.#token.recall()) return
    if (!this.#token.exists) this.#show(false, { quietly: true })
    this.#renew()
  }

  /** From here on it is another visitor. */
  #renew() {
    this.#person = null
    this.#heard = 0
    this.#unsent.text = ''
    this.#count(0)
    this.#hangUp()
    this.#isLeaving = this.#panel.isReady
    if (this.#isLeaving) this.#panel.tell({ type: 'reset' })
    else this.#panel.unload()
    this.#settle()
  }

  #settle() {
    if (this.#isLeaving) return
    if (this.#isOpen || this.#unread || this.#unsent.text) this.#panel.load()
    if (!this.#panel.exists && this.#token.exists) this.#listenInBackground()
  }

  async #listenInBackground() {
    const { Connection } = await import('./connection.js')
    if (this.#panel.exists || this.#background || !this.#token.exists) return
    this.#background = new Connection({
      origin: this.#given.origin,
      hello: () => ({ site: this.#given.key, token: this.#token.value, after: 0, page: this.#page.place, mode: 'background' }),
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
    if (event.type == 'message') this.#report(event)
    if (typeof event.unread == 'number') this.#count(event.unread)
    this.#settle()
  }

  #hear(message) {
    if (this.#isLeaving && message.type != 'forgotten') return
    switch (message.type) {
      case 'ready':
        this.#hangUp()
        this.#panel.tell({
          type: 'init',
          site: this.#given.site,
          token: this.#token.value,
          isOpen: this.#isOpen,
          heard: this.#heard,
          page: this.#page.place,
          person: this.#person,
          mayRing: navigator.userActivation?.hasBeenActive ?? true,
        })
        return this.#isOpen && this.#panel.focus()
      case 'close':
        return this.#show(false)
      case 'forgotten':
        this.#isLeaving = false
        this.#panel.unload()
        return this.#settle()
      case 'unread':
        return this.#count(message.unread)
      case 'unsent':
        return (this.#unsent.text = message.count || '')
      case 'message':
        return this.#report(message)
    }
  }

  #report({ message: { number, author, text, createdAt }, agent }) {
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
    const { host } = this.#given.root
    if (!host.isConnected) document.body.append(host)
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
    if (!quietly) isOpen ? this.#panel.focus() : this.#given.button.focus({ preventScroll: true })
    this.#emit(isOpen ? 'open' : 'close')
  }

  #count(unread) {
    if (unread == this.#unread) return
    this.#unread = unread
    this.#badge.textContent = unread > 9 ? '9+' : unread || ''
    this.#page.count(unread)
    this.#label()
    this.#emit('unread', unread)
  }

  #label() {
    const { button } = this.#given
    const unread = this.#unread && !this.#isOpen ? ` (${this.#unread} ${words.unread[+(this.#unread > 1)]})` : ''
    button.ariaLabel = (this.#isOpen ? words.close : words.open) + unread
    button.ariaExpanded = this.#isOpen
  }

  /** A listener's own failure stays the host's. */
  #emit(event, detail) {
    for (const listener of this.#listeners.get(event) ?? []) setTimeout(listener, 0, detail)
  }
}

class Note {
  #storage
  #key
  #text = ''

  constructor(storage, key) {
    this.#storage = storage
    this.#key = key
  }

  get text() {
    try {
      return window[this.#storage].getItem(this.#key) ?? ''
    } catch {
      return this.#text
    }
  }

  set text(text) {
    this.#text = text
    try {
      if (text) window[this.#storage].setItem(this.#key, text)
      else window[this.#storage].removeItem(this.#key)
    } catch {
      // Blocked.
    }
  }
}

/** 32 random bytes in base64url, and the e-mail that the host told. */
class VisitorToken {
  #note
  #text = ''

  constructor(name) {
    this.#note = new Note('localStorage', name)
    this.recall()
  }

  get exists() {
    return this.#text != ''
  }

  get value() {
    if (!this.exists) this.#keep(randomToken())
    return this.#text.slice(0, 43)
  }

  get email() {
    return this.#text.slice(44)
  }

  set email(email) {
    this.#keep(`${this.value} ${email}`)
  }

  forget() {
    this.#keep('')
  }

  recall() {
    const before = this.#text.slice(0, 43)
    const { text } = this.#note
    this.#text = /^[\w-]{43}( |$)/.test(text) ? text : ''
    return this.#text.slice(0, 43) != before
  }

  #keep(text) {
    this.#note.text = this.#text = text
  }
}

function randomToken() {
  const bytes = crypto.getRandomValues(new Uint8Array(32))
  return btoa(String.fromCharCode(...bytes)).replaceAll('+', '-').replaceAll('/', '_').replace('=', '')
}

class Page {
  #prefix = ''

  get place() {
    return { url: location.href, title: this.#title }
  }

  watch(moved) {
    let url = location.href
    const look = () => url != location.href && moved((url = location.href))
    const lookSoon = () => setTimeout(look, 200)
    // Of pushState too, so that nothing of the host's is patched.
    window.navigation?.addEventListener('currententrychange', lookSoon)
    addEventListener('popstate', lookSoon)
    addEventListener('hashchange', lookSoon)
  }

  count(unread) {
    const title = this.#title
    this.#prefix = unread ? `(${unread}) ` : ''
    if (document.title != this.#prefix + title) document.title = this.#prefix + title
  }

  get #title() {
    const { title } = document
    return this.#prefix && title.startsWith(this.#prefix) ? title.slice(this.#prefix.length) : title
  }
}

/** The conversation's frame on the host's page. */
class Panel {
  isReady = false
  #given
  #element = document.createElement('div')
  #frame = null

  constructor(given) {
    this.#given = given
  }

  get exists() {
    return this.#frame != null
  }

  connect(root) {
    const sheet = new CSSStyleSheet()
    sheet.replaceSync(styles(this.#given.site.position == 'left' ? 'left' : 'right'))
    root.adoptedStyleSheets.push(sheet)
    root.append(this.#element)
    addEventListener('message', (event) => this.#hear(event))
    addEventListener('online', () => this.exists && !this.isReady && (this.unload(), this.load()))
    // A phone's keyboard covers the page without resizing it.
    for (const type of ['resize', 'scroll']) window.visualViewport?.addEventListener(type, () => this.#fit())
    root.addEventListener('keydown', ({ key }) => key == 'Escape' && this.#given.receive({ type: 'close' }))
  }

  load() {
    if (this.#frame) return
    const { origin, key, site } = this.#given
    this.#frame = Object.assign(document.createElement('iframe'), {
      title: `Conversation · ${site.name}`,
      allow: 'autoplay',
      src: `${origin}/widget/frame?site=${encodeURIComponent(key)}#${location.origin}`,
    })
    this.#element.append(this.#frame)
  }

  unload() {
    this.#frame?.remove()
    this.#frame = null
    this.isReady = false
    this.#element.classList.remove('ready')
  }

  show(isOpen) {
    this.#fit()
    this.#element.classList.toggle('open', isOpen)
  }

  focus() {
    this.#frame?.focus()
  }

  tell(message) {
    if (this.isReady) this.#frame.contentWindow?.postMessage(message, this.#given.origin)
  }

  #hear({ origin, source, data }) {
    if (origin != this.#given.origin || !this.#frame || source != this.#frame.contentWindow) return
    if (data.type == 'ready') {
      this.isReady = true
      this.#element.classList.add('ready')
    }
    this.#given.receive(data)
  }

  #fit() {
    const view = window.visualViewport
    if (!view) return
    this.#element.style.setProperty('--top', `${view.offsetTop}px`)
    this.#element.style.setProperty('--height', `${view.height}px`)
  }
}
