const styles = (side) => `
div{position:fixed;${side}:max(20px,env(safe-area-inset-${side}));bottom:calc(var(--bottom) + 76px);width:400px;max-width:calc(100vw - 40px);height:min(704px,100dvh - var(--bottom) - 96px);
border-radius:20px;overflow:hidden;background:linear-gradient(var(--color) 76px,#fff 0);box-shadow:0 0 0 1px #00000012,0 4px 12px #00000014,0 20px 60px #00000033;
transform:translateY(14px) scale(.97);transform-origin:bottom ${side};opacity:0;visibility:hidden;transition:transform .28s cubic-bezier(.2,.9,.3,1),opacity .18s,visibility .28s}
iframe{display:block;width:100%;height:100%;border:0;opacity:0;transition:opacity .2s;color-scheme:light dark}
.ready iframe{opacity:1}
span{position:absolute;top:-5px;right:-5px;min-width:22px;padding:0 6px;box-sizing:border-box;border-radius:11px;background:#c81e1e;color:#fff;font:600 12px/22px system-ui,sans-serif;box-shadow:0 0 0 2px #fff}
span:empty,[aria-expanded=true] span{display:none}
@media(prefers-color-scheme:dark){div{background:linear-gradient(var(--color) 76px,#16181d 0);box-shadow:0 0 0 1px #ffffff1f,0 20px 60px #00000080}}
@media(max-width:480px),(max-height:480px){div{inset:var(--top,0) 0 auto;width:auto;max-width:none;height:var(--height,100dvh);box-sizing:border-box;padding-bottom:env(safe-area-inset-bottom);
border-radius:0;transform:translateY(24px)}button[aria-expanded=true]{visibility:hidden}}
.open{transform:none;opacity:1;visibility:visible}
@media print{div{display:none}}`

/** The conversation's frame on the host's page. */
export class Panel {
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
    sheet.replaceSync(styles(this.#given.side))
    root.adoptedStyleSheets.push(sheet)
    root.append(this.#element)
    addEventListener('message', (event) => this.#hear(event))
    addEventListener('online', () => {
      if (!this.exists || this.isReady) return
      this.unload()
      this.load()
    })
    // A phone's keyboard covers the page without resizing it.
    const view = window.visualViewport
    const fit = () => this.#fit()
    view?.addEventListener('resize', fit)
    view?.addEventListener('scroll', fit)
    root.addEventListener('keydown', ({ key }) => key == 'Escape' && this.#given.receive({ type: 'close' }))
  }

  load() {
    if (this.#frame) return
    const { origin, key, title } = this.#given
    const src = `${origin}/widget/frame?site=${encodeURIComponent(key)}#${location.origin}`
    this.#frame = Object.assign(document.createElement('iframe'), { title, src, allow: 'autoplay' })
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
