// @ts-check
/** A message's text with its links as links and its signs kept on their lines; everything else stays text. */

/** What may begin a link. The end is found by `trimmed`. */
const candidate = /(?:https?:\/\/|mailto:|www\.)[^\s<>"“”«»]+|[\w.+-]+@[\w-]+(?:\.[\w-]+)+/giu;
const schemes = new Set(['http:', 'https:', 'mailto:']);

/** @param {Element} element @param {string} text */
export function showRichText(element, text) {
  /** @type {(string|Node)[]} */
  const nodes = [];
  const written = unbroken(text);
  let end = 0;
  for (const match of written.matchAll(candidate)) {
    const shown = trimmed(match[0]);
    const url = linkTarget(shown);
    if (!url) continue;
    nodes.push(written.slice(end, match.index), link(shown, url));
    end = match.index + shown.length;
  }
  nodes.push(written.slice(end));
  element.replaceChildren(...nodes.filter((node) => node !== ''));
}

/** To be shown: a sign that French sets off by a space does not wrap away from its word. @param {string} text */
export function unbroken(text) {
  return text.replace(/ (?=[?!:;»])/g, '\u00a0').replace(/« /g, '«\u00a0');
}

/** A sentence's own punctuation is not the address's; a closing bracket is when it was opened there. @param {string} text */
function trimmed(text) {
  let shown = text;
  for (;;) {
    const last = shown.at(-1) ?? '';
    const isPunctuation = /[.,;:!?…'’*_]/u.test(last);
    const isStrayBracket = (last === ')' && !shown.includes('(')) || (last === ']' && !shown.includes('['));
    if (!isPunctuation && !isStrayBracket) return shown;
    shown = shown.slice(0, -1);
  }
}

/** @param {string} shown @returns {string|null} */
function linkTarget(shown) {
  const address = /^(https?:\/\/|mailto:)/i.test(shown) ? shown
    : shown.includes('@') && !/^www\./i.test(shown) ? `mailto:${shown}` : `https://${shown}`;
  if (!URL.canParse(address)) return null;
  const url = new URL(address);
  if (!schemes.has(url.protocol)) return null;
  return url.protocol === 'mailto:' || url.hostname.includes('.') || url.hostname === 'localhost' ? url.href : null;
}

/** @param {string} shown @param {string} url */
function link(shown, url) {
  const anchor = document.createElement('a');
  anchor.href = url;
  anchor.textContent = shown;
  anchor.target = '_blank';
  anchor.rel = 'noopener noreferrer';
  return anchor;
}

const emojiOnly = /^(?:\p{Extended_Pictographic}|\p{Emoji_Component}|\p{RI}|\s)+$/u;

/** Up to three emoji and nothing else: those are shown large. @param {string} text */
export function isEmojiOnly(text) {
  // Digits are emoji components too: a message of digits is no emoji.
  if (text.length > 40 || /[\d#*]/.test(text) || !emojiOnly.test(text)) return false;
  const graphemes = [...new Intl.Segmenter().segment(text.replace(/\s/g, ''))];
  return graphemes.length > 0 && graphemes.length <= 3;
}
