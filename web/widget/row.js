const link = /\b(?:https?:\/\/|mailto:)[^\s<>"]+|\b[\w.+-]+@[\w-]+(?:\.[\w-]+)+/gi
const emoji = /^(?:\p{Extended_Pictographic}|\p{Emoji_Modifier}|\p{Regional_Indicator}|[\u200d\ufe0f\s])+$/u

/** One bubble of the thread, with its author, time and state. */
export class Row {
  #words
  #drawn = null

  constructor(words, { retry, discard }) {
    this.#words = words
    const template = document.getElementById('row')
    const copy = template.content.cloneNode(true)
    this.element = copy.firstElementChild
    this.#find('.retry').onclick = () => this.#drawn && retry(this.#drawn.key)
    this.#find('.discard').onclick = () => this.#drawn && discard(this.#drawn.key)
  }

  draw(item) {
    const before = this.#drawn
    this.#drawn = item
    const { classList } = this.element
    classList.toggle('own', item.author == 'visitor')
    classList.toggle('starts', item.startsGroup)
    classList.toggle('ends', item.endsGroup)
    if (before?.text != item.text || before?.name != item.name) this.#write(item)
    if (before?.createdAt != item.createdAt) this.#date(item.createdAt)
    if (before?.state != item.state || before?.refusal != item.refusal) this.#mark(item)
  }

  #write({ text, name, author }) {
    this.#find('.author').textContent = name
    this.#find('.avatar').textContent = author == 'agent' ? initials(name) : ''
    write(this.#find('.bubble'), text)
    this.element.classList.toggle('emoji', isEmojiOnly(text))
  }

  #date(createdAt) {
    const time = this.element.querySelector('time')
    time.hidden = createdAt == null
    if (createdAt == null) return
    time.dateTime = new Date(createdAt).toISOString()
    time.textContent = this.#words.time(createdAt)
  }

  #mark({ state, refusal }) {
    this.element.dataset.state = state ?? ''
    this.#find('.state').hidden = state == null || state == 'failed'
    this.#find('.trouble').hidden = state != 'failed'
    if (state == 'failed') this.#find('.trouble-text').textContent = this.#words.sayOf('message.failed', refusal)
    else if (state) {
      this.#find('.state-text').textContent = this.#words.say(`message.${state}`)
      this.element.querySelector('use')?.setAttribute('href', `#icon-${state == 'waiting' ? 'sending' : state}`)
    }
  }

  #find(selector) {
    return this.element.querySelector(selector)
  }
}

/**
 * Writes untrusted text into an element: links with http, https and mailto become links that tell their target nothing,
 * everything else stays text.
 */
function write(element, received) {
  const text = unbroken(received)
  element.replaceChildren()
  let end = 0
  for (const match of text.matchAll(link)) {
    const found = withoutPunctuation(match[0])
    const address = /^(https?|mailto):/i.test(found) ? found : `mailto:${found}`
    if (!URL.canParse(address)) continue
    element.append(text.slice(end, match.index), anchor(address, found))
    end = match.index + found.length
  }
  element.append(text.slice(end))
}

/** To be shown: a sign that French sets off by a space does not wrap away from its word. */
export function unbroken(text) {
  return text.replace(/ (?=[?!:;»])/g, '\u00a0').replace(/« /g, '«\u00a0')
}

/** At most three emoji and nothing else. */
function isEmojiOnly(text) {
  return text.length <= 40 && emoji.test(text) && [...new Intl.Segmenter().segment(text.replace(/\s/g, ''))].length <= 3
}

/** Returns at most two letters. */
export function initials(name) {
  const words = name.trim().split(/\s+/)
  const ends = words.length > 1 ? [words[0], words[words.length - 1]] : words
  return ends.map((word) => [...word][0] ?? '').join('').toLocaleUpperCase()
}

/** A link in a sentence does not own the sentence's end, nor the bracket that was opened before it. */
function withoutPunctuation(found) {
  for (;;) {
    const last = found.at(-1) ?? ''
    const isOpened = { ')': '(', ']': '[', '}': '{' }[last]
    const isPunctuation = isOpened ? count(found, last) > count(found, isOpened) : /[.,;:!?'’”»*_]/.test(last)
    if (!isPunctuation) return found
    found = found.slice(0, -1)
  }
}

function count(text, character) {
  return text.split(character).length - 1
}

function anchor(address, text) {
  const element = document.createElement('a')
  element.href = address
  element.target = '_blank'
  element.rel = 'noopener noreferrer'
  element.textContent = text
  return element
}
