// Draws the launcher; widget/host/guest.js brings what is needed once a visitor opens it, wrote before, or Parley(…) is called.
(() => {
  const script = document.currentScript
  const key = script?.dataset.site
  const early = window.Parley
  if (!key || early?.key) return

  const { origin } = new URL(script.src)
  const name = 'parley:' + key
  const guest = origin + '/widget/host/guest.js'
  const calls = early?.q ?? []
  let site, root, button, arriving, pause = 2e3

  const bring = () =>
    (arriving ??= import(guest)
      .then(({ Guest }) => new Guest({ key, origin, name, site, root, button, calls }).connect())
      .catch(() => (arriving = null))
      .finally(() => (button.ariaBusy = null)))

  const Parley = (window.Parley = (...call) => {
    calls.push(call)
    if (site && call[0] != 'on') bring()
  })
  Parley.key = key

  const isKnown = () => {
    try {
      return localStorage[name] || sessionStorage[name]
    } catch {}
  }

  const make = (language, tag, parent, attributes) => {
    const element = document.createElementNS('http://www.w3.org/' + language, tag)
    for (const name in attributes) element.setAttribute(name, attributes[name])
    return parent.appendChild(element)
  }

  const draw = () => {
    const side = site.position == 'left' ? 'left' : 'right'
    const sheet = new CSSStyleSheet()
    // White or black, as the luminance (y) asks.
    const ink = 'clamp(0,(.1833 - y)*1e5,'
    sheet.replaceSync(`
:host{all:initial!important;position:fixed!important;z-index:2147483647!important;color-scheme:light dark!important;
--color:${site.color};--ink:color(from var(--color) xyz-d65 ${ink}.9505) ${ink}1) ${ink}1.089));--bottom:max(20px,env(safe-area-inset-bottom))}
button{position:fixed;${side}:max(20px,env(safe-area-inset-${side}));bottom:var(--bottom);width:60px;height:60px;padding:0;border:2px solid transparent;border-radius:50%;
background:var(--color);color:#fff;color:var(--ink);cursor:pointer;box-shadow:0 1px 3px #0003,0 8px 24px #0003;transition:transform .2s,visibility .2s;animation:in .3s}
button:hover{transform:scale(1.06)}
button:active{transform:scale(.95)}
[aria-busy]{animation:in .6s infinite alternate!important}
button:focus-visible{outline:3px solid #fff;box-shadow:0 0 0 6px #111}
svg{position:absolute;inset:14px;fill:none;stroke:currentColor;stroke-width:1.8;stroke-linecap:round;stroke-linejoin:round;transition:opacity .2s,transform .2s}
svg+svg,[aria-expanded=true] svg{opacity:0;transform:rotate(-40deg) scale(.5)}
[aria-expanded=true] svg+svg{opacity:1;transform:none}
@keyframes in{from{opacity:0;transform:scale(.6)}}
@media(prefers-reduced-motion){*{transition:none!important;animation:none!important}}
@media print{button{display:none}}`)
    const host = document.createElement('div')
    root = host.attachShadow({ mode: 'open' })
    root.adoptedStyleSheets = [sheet]
    button = make('1999/xhtml', 'button', root, {
      type: 'button',
      'aria-expanded': false,
      'aria-label': /^fr/.test(navigator.language) ? 'Ouvrir la conversation' : 'Open the conversation',
    })
    for (const d of ['M20 11.5a8 8 0 0 1-11.6 7.1L4 20l1.4-4.4A8 8 0 1 1 20 11.5ZM9 10h6.5M9 13.5h4', 'M6 9.5l6 6 6-6'])
      make('2000/svg', 'path', make('2000/svg', 'svg', button, { viewBox: '0 0 24 24', 'aria-hidden': true }), { d })
    button.onclick = () => {
      button.ariaBusy = true
      window.Parley('open')
    }
    button.onpointerenter = button.onfocus = () => import(guest).catch(() => {})
    document.body.append(host)
    addEventListener('storage', (event) => event.key == name && bring())
    if (isKnown() || calls.some(([command]) => command != 'on')) (window.requestIdleCallback ?? setTimeout)(bring)
  }

  const begin = () =>
    fetch(origin + '/widget/site?site=' + encodeURIComponent(key), { credentials: 'omit', priority: 'low' })
      .then(
        async (answer) => {
          if (!answer.ok) return
          site = await answer.json()
          document.body ? draw() : addEventListener('DOMContentLoaded', draw)
        },
        // The origin is refused, and that is that, or the server is away.
        () => fetch(script.src, { mode: 'no-cors', cache: 'no-store' }).catch(() => setTimeout(begin, (pause *= 2))),
      )
      .catch(() => {})
  begin()
})()
