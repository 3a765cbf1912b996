// @ts-check
/** Avatars: initials on a hue of the name, so that a person is recognised before being read. */
import { icon, setText } from './dom.js';

/** @param {string} name a name, or an e-mail address */
export function initials(name) {
  const words = name.replace(/@.*/, '').split(/[\s._-]+/).filter((word) => /[\p{L}\p{N}]/u.test(word));
  if (words.length === 0) return '';
  const first = [...words[0]][0];
  const last = words.length > 1 ? [...words[words.length - 1]][0] : '';
  return (first + last).toLocaleUpperCase();
}

/** The same name has the same hue everywhere. @param {string} text */
function hue(text) {
  let hash = 2_166_136_261;
  for (const character of text.trim().toLowerCase()) {
    hash = Math.imul(hash ^ (character.codePointAt(0) ?? 0), 16_777_619) >>> 0;
  }
  // The low bits of this hash are poor: stirred once more, near names lie far apart.
  hash = Math.imul(hash ^ (hash >>> 15), 2_246_822_507) >>> 0;
  return (hash >>> 7) % 360;
}

/**
 * Fills an element of class `avatar`.
 * @param {HTMLElement} element
 * @param {string} name shown as initials; empty: a figure
 * @param {{seed?: string, online?: boolean|null}} [options] `seed`: what decides the hue, when the name does not
 */
export function paintAvatar(element, name, { seed = name, online = null } = {}) {
  const letters = initials(name);
  if (letters) setText(element, letters);
  else if (!element.querySelector('svg')) element.replaceChildren(icon('user'));
  element.style.setProperty('--hue', String(hue(seed)));
  if (online === null) delete element.dataset.online;
  else element.dataset.online = String(online);
}

/** @param {string} name @param {{size?: "xs"|"sm"|"lg"|"", seed?: string, online?: boolean|null}} [options] */
export function makeAvatar(name, { size = '', ...options } = {}) {
  const element = document.createElement('span');
  element.className = size ? `avatar avatar-${size}` : 'avatar';
  element.setAttribute('aria-hidden', 'true');
  paintAvatar(element, name, options);
  return element;
}
