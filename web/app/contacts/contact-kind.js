// @ts-check
/** Contacts as the record picker finds and begins them. */
import { splitName } from '../deals/title-tags.js';
import { t } from '../i18n.js';
import { explainExisting } from '../records/existing.js';

/** @param {{firstName: string, lastName: string, email: string}} contact their name, or else their address */
export function contactName({ firstName, lastName, email }) {
  return [firstName, lastName].filter(Boolean).join(' ') || email;
}

/** @param {import('../api.js').Api} api @returns {import('../deals/record-picker.js').RecordKind} */
export function contactKind(api) {
  return {
    name: 'contact',
    icon: 'user',
    asksForEmail: true,
    search: async (text, signal) => (await api.get('/api/contacts', { query: { search: text }, signal })).contacts,
    describe: (contact) => {
      const title = contactName(contact);
      const facts = [title === contact.email ? '' : contact.email, contact.account?.name ?? ''];
      return { title, detail: facts.filter(Boolean).join(' · ') };
    },
    matches: (contact, text) => isSame(contact.email, text) || isSame(contactName(contact), text),
    begin: readPerson,
  };
}

/**
 * A contact as a deal is about to have it, for its personalization tags.
 * @param {import('../deals/record-picker.js').PickerState} picked
 */
export function pickedPerson({ chosen, created }) {
  if (chosen) return chosen;
  return created && { ...splitName(created.name), email: created.email.trim() };
}

/**
 * `Ada Lovelace`, `ada@example.com` or `Ada Lovelace <ada@example.com>`.
 * @param {string} text
 */
function readPerson(text) {
  const both = /^(.*?)\s*<([^<>\s]+@[^<>\s]+)>$/.exec(text);
  if (both) return { name: both[1].replace(/^"(.*)"$/, '$1'), email: both[2] };
  return text.includes('@') && !/\s/.test(text) ? { name: '', email: text } : { name: text, email: '' };
}

/** @param {string} a @param {string} b */
export function isSame(a, b) {
  const key = (/** @type {string} */ text) => text.normalize('NFKC').trim().replace(/\s+/g, ' ').toLowerCase();
  return key(a) === key(b);
}

/**
 * An address that is another contact's: says whose, leads there, and offers what can be done with them.
 * @param {any} error @param {(existing: any, name: string) => import('../records/existing.js').Offer} offer @returns {Node|null}
 */
export function explainContact(error, offer) {
  const { existing } = error.details ?? {};
  if (!existing) return null;
  const name = contactName(existing);
  return explainExisting(t('contact.existing', { email: existing.email, name }), name, `#/contacts/${existing.id}`,
    offer(existing, name));
}
