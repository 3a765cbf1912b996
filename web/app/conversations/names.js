// @ts-check
/** What a person is called, and what the page they are on. */
import { t } from '../i18n.js';
import { paintAvatar } from '../avatar.js';

/** @param {{name: string, email: string, visitorID: number}} conversation */
export function personName({ name, email, visitorID }) {
  return name || email || t('person.visitor', { number: String(visitorID) });
}

/** @param {HTMLElement} element @param {Record<string, any>} conversation @param {boolean|null} online */
export function paintPerson(element, { name, email, visitorID }, online) {
  paintAvatar(element, name || email, { seed: email || name || `visitor ${visitorID}`, online });
}

/** A page's title, else its path: what tells pages apart. @param {string} url @param {string} title */
export function pageName(url, title) {
  if (title) return title;
  try {
    const { pathname, hostname } = new URL(url);
    return pathname === '/' ? hostname : pathname;
  } catch {
    return url;
  }
}
