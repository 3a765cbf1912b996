/** The page's words in the visitor's language, from `locales/*.json`, and its ways to write times. */
export class Words {
  #entries
  #time
  #day
  #dayOfYear
  #relative

  constructor(language, entries) {
    this.language = language
    this.#entries = entries
    this.#time = new Intl.DateTimeFormat(language, { timeStyle: 'short' })
    this.#day = new Intl.DateTimeFormat(language, { weekday: 'long', day: 'numeric', month: 'long' })
    this.#dayOfYear = new Intl.DateTimeFormat(language, { day: 'numeric', month: 'long', year: 'numeric' })
    this.#relative = new Intl.RelativeTimeFormat(language, { numeric: 'auto' })
  }

  static async load() {
    const language = /^fr/i.test(navigator.language) ? 'fr' : 'en'
    const answer = await fetch(new URL(`locales/${language}.json`, import.meta.url))
    return new Words(language, await answer.json())
  }

  /** `values`: for the `{names}` in it. */
  say(key, values = {}) {
    return this.#entries[key].replace(/\{(\w+)\}/g, (_, name) => String(values[name]))
  }

  /** The words for a code if there are some, else those for codes at large. */
  sayOf(key, code) {
    const exact = `${key}.${code}`
    return this.say(exact in this.#entries ? exact : key)
  }

  /** A site's greeting in the page's language, else in another that it has, else the page's own. */
  greeting(greetings) {
    return greetings[this.language] || Object.values(greetings).find(Boolean) || this.say('header.greeting')
  }

  time(at) {
    return this.#time.format(at)
  }

  /** "Today", "Yesterday", "Monday 3 March", "3 March 2025". */
  day(at) {
    const then = new Date(at)
    const now = new Date()
    const days = Math.round((startOfDay(then) - startOfDay(now)) / 86_400_000)
    if (days == 0 || days == -1) return capitalized(this.#relative.format(days, 'day'))
    return capitalized((then.getFullYear() == now.getFullYear() ? this.#day : this.#dayOfYear).format(then))
  }

  /** Fills in what the page's markup asks for by `data-text`, `data-label` and `data-hint`. */
  fill(root) {
    for (const element of root.querySelectorAll('[data-text], [data-label], [data-hint]')) {
      const { text, label, hint } = element.dataset
      if (text) element.textContent = this.say(text)
      if (label) element.ariaLabel = this.say(label)
      if (hint) element.setAttribute('placeholder', this.say(hint))
    }
    for (const template of root.querySelectorAll('template')) this.fill(template.content)
  }
}

function startOfDay(date) {
  return new Date(date.getFullYear(), date.getMonth(), date.getDate()).getTime()
}

function capitalized(text) {
  return text.charAt(0).toLocaleUpperCase() + text.slice(1)
}
