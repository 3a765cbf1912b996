// @ts-check
import { initials, isEmojiOnly, write } from './text.js'

/**
 * One bubble of the thread.
 *
 * @typedef {object} Item
 * @property {string} key the same before and after the message was stored
 * @property {'visitor' | 'agent'} author
 * @property {string} name
 * @property {string} text
 * @property {number | null} createdAt
 * @property {'waiting' | 'sending' | 'sent' | 'seen' | 'failed' | null} state of the visitor's own
 * @property {string | null} refusal
 * @property {boolean} startsGroup
 * @property {boolean} endsGroup
 */
export class Row {
  #words
  /** @type {Item | null} */
  #drawn = null

  /**
   * @param {import('./words.js').Words} words
   * @param {{retry: (key: string) => void, discard: (key: string) => void}} actions
   */
  constructor(words, { retry, discard }) {
    this.#words = words
    const template = /** @type {HTMLTemplateElement} */ (document.getElementById('row'))
    const copy = /** @type {DocumentFragment} */ (template.content.cloneNode(true))
    this.element = /** @type {HTMLElement} */ (copy.firstElementChild)
    this.#find('.retry').onclick = () => this.#drawn && retry(this.#drawn.key)
    this.#find('.discard').onclick = () => this.#drawn && discard(this.#drawn.key)
  }

  /** @param {Item} item */
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

  /** @param {Item} item */
  #write({ text, name, author }) {
    this.#find('.author').textContent = name
    this.#find('.avatar').textContent = author == 'agent' ? initials(name) : ''
    write(this.#find('.bubble'), text)
    this.element.classList.toggle('emoji', isEmojiOnly(text))
  }

  /** @param {number | null} createdAt */
  #date(createdAt) {
    const time = /** @type {HTMLTimeElement} */ (this.element.querySelector('time'))
    time.hidden = createdAt == null
    if (createdAt == null) return
    time.dateTime = new Date(createdAt).toISOString()
    time.textContent = this.#words.time(createdAt)
  }

  /** @param {Item} item */
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

  /** @param {string} selector */
  #find(selector) {
    return /** @type {HTMLElement} */ (this.element.querySelector(selector))
  }
}
