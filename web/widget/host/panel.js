const styles = `
div{position:fixed;bottom:calc(var(--bottom) + 76px);width:400px;max-width:calc(100vw - 40px);height:min(704px,100dvh - var(--bottom) - 96px);
border-radius:20px;overflow:hidden;background:linear-gradient(var(--color) 76px,#fff 0);box-shadow:0 0 0 1px #00000012,0 4px 12px #00000014,0 20px 60px #00000033;
transform:translateY(14px) scale(.97);opacity:0;visibility:hidden;transition:transform .28s cubic-bezier(.2,.9,.3,1),opacity .18s,visibility .28s}
.left{left:max(20px,env(safe-area-inset-left));transform-origin:bottom left}
.right{right:max(20px,env(safe-area-inset-right));transform-origin:bottom right}
.open{transform:none;opacity:1;visibility:visible}
iframe{display:block;width:100%;height:100%;border:0;opacity:0;transition:opacity .2s;color-scheme:light dark}
.ready iframe{opacity:1}
span{position:absolute;top:-5px;right:-5px;min-width:22px;padding:0 6px;box-sizing:border-box;border-radius:11px;background:#c81e1e;color:#fff;font:600 12px/22px system-ui,sans-serif;box-shadow:0 0 0 2px #fff}
span:empty,[aria-expanded=true] span{display:none}
@media(prefers-color-scheme:dark){div{background:linear-gradient(var(--color) 76px,#16181d 0);box-shadow:0 0 0 1px #ffffff1f,0 20px 60px #00000080}}
@media(max-width:480px),(max-height:480px){.left,.right{inset:var(--top,0) 0 auto;width:auto;max-width:none;height:var(--height,100dvh);box-sizing:border-box;padding-bottom:env(safe-area-inset-bottom);
border-radius:0}.left:not(.open),.right:not(.open){transform:translateY(24px)}button[aria-expanded=true]{visibility:hidden}}
@media print{div{display:none}}`

/**
 * The conversation's frame on the host's page. What it says is heard only from the frame's own window and the server's
 * exact origin; what it is told goes to that origin only.
 */
export class Panel {
  #origin
  #address
  #receive
  #title
  #abort = new AbortController()
  #element = document.createElement('div')
  #frame = null
  #isReady = false

  /** `origin`: the server's. `key`: the site's. `side`: `left` or `right`. `title`: the frame's accessible name. */
  constructor({ origin, key, side, title, receive }) {
    this.#origin = origin
    this.#address = `${origin}/widget/frame?site=${encodeURIComponent(key)}#${location.origin}`
    this.#title = title
    this.#receive = receive
    this.#element.className = side
  }

  /** There is a frame, perhaps not ready yet. */
  get exists() {
    return this.#frame != null
  }

  get isReady() {
    return this.#isReady
  }

  connect(root) {
    const { signal } = this.#abort
    const sheet = new CSSStyleSheet()
    sheet.replaceSync(styles)
    root.adoptedStyleSheets.push(sheet)
    root.append(this.#element)
    addEventListener('message', (event) => this.#hear(event), { signal })
    // A frame that could not be loaded is an error page; try again when the network is back.
    addEventListener('online', () => this.exists && !this.#isReady && this.renew(), { signal })
    // A phone's keyboard covers the page without resizing it: keep the frame within what is seen.
    const view = window.visualViewport
    const fit = () => this.#fit()
    view?.addEventListener('resize', fit, { signal })
    view?.addEventListener('scroll', fit, { signal })
    root.addEventListener('keydown', (event) => event instanceof KeyboardEvent && event.key == 'Escape' && this.#receive({ type: 'close' }), { signal })
  }

  disconnect() {
    this.#abort.abort()
    this.#element.remove()
  }

  load() {
    if (this.#frame) return
    this.#frame = document.createElement('iframe')
    this.#frame.title = this.#title
    this.#frame.allow = 'autoplay'
    this.#frame.src = this.#address
    this.#element.append(this.#frame)
  }

  unload() {
    this.#frame?.remove()
    this.#frame = null
    this.#isReady = false
    this.#element.classList.remove('ready')
  }

  renew() {
    this.unload()
    this.load()
  }

  show(isOpen) {
    this.#fit()
    this.#element.classList.toggle('open', isOpen)
  }

  focus() {
    this.#frame?.focus()
  }

  /** Tells the frame, if it is ready. */
  tell(message) {
    if (this.#isReady) this.#frame?.contentWindow?.postMessage(message, this.#origin)
  }

  #hear({ origin, source, data }) {
    if (origin != this.#origin || !this.#frame || source != this.#frame.contentWindow) return
    if (data.type == 'ready') {
      this.#isReady = true
      this.#element.classList.add('ready')
    }
    this.#receive(data)
  }

  #fit() {
    const view = window.visualViewport
    if (!view) return
    this.#element.style.setProperty('--top', `${view.offsetTop}px`)
    this.#element.style.setProperty('--height', `${view.height}px`)
  }
}
