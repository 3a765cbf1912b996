// @ts-check

const link = /\b(?:https?:\/\/|mailto:)[^\s<>"]+|\b[\w.+-]+@[\w-]+(?:\.[\w-]+)+/gi
const emoji = /^(?:\p{Extended_Pictographic}|\p{Emoji_Modifier}|\p{Regional_Indicator}|[\u200d\ufe0f\s])+$/u

/**
 * Writes untrusted text into an element: links with http, https and mailto become links that tell their target nothing,
 * everything else stays text.
 *
 * @param {HTMLElement} element
 * @param {string} text
 */
export function write(element, text) {
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

/** At most three emoji and nothing else. @param {string} text */
export function isEmojiOnly(text) {
  return text.length <= 40 && emoji.test(text) && [...new Intl.Segmenter().segment(text.replace(/\s/g, ''))].length <= 3
}

/** @param {string} name @returns {string} at most two letters */
export function initials(name) {
  const words = name.trim().split(/\s+/)
  const ends = words.length > 1 ? [words[0], words[words.length - 1]] : words
  return ends.map((word) => [...word][0] ?? '').join('').toLocaleUpperCase()
}

/** A link in a sentence does not own the sentence's end, nor the bracket that was opened before it. @param {string} found */
function withoutPunctuation(found) {
  for (;;) {
    const last = found.at(-1) ?? ''
    const isOpened = { ')': '(', ']': '[', '}': '{' }[last]
    const isPunctuation = isOpened ? count(found, last) > count(found, isOpened) : /[.,;:!?'’”»*_]/.test(last)
    if (!isPunctuation) return found
    found = found.slice(0, -1)
  }
}

/** @param {string} text @param {string} character */
function count(text, character) {
  return text.split(character).length - 1
}

/** @param {string} address @param {string} text */
function anchor(address, text) {
  const element = document.createElement('a')
  element.href = address
  element.target = '_blank'
  element.rel = 'noopener noreferrer'
  element.textContent = text
  return element
}
