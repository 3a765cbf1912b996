// @ts-check
/** Contacts: the list, or the profile of one. */
import { accountKind } from '../accounts/account-kind.js';
import { paintAvatar } from '../avatar.js';
import { loadTemplates, setText } from '../dom.js';
import { formatDate, t } from '../i18n.js';
import { mountRecords } from '../records/record-mount.js';
import { activityColumn, ownColumns } from '../records/record-columns.js';
import { timeCell } from '../records/record-row.js';
import { findTags } from '../records/tags.js';
import { addContact } from './add-contact.js';
import { contactName } from './contact-kind.js';
import { ContactProfile } from './contact-profile.js';

await loadTemplates(import.meta.url);

/** @param {HTMLElement} element @param {import('../app.js').App} app @returns {import('../app.js').Mounted} */
export function mountContacts(element, app) {
  return mountRecords(element, app, contactList(app), {
    name: 'contact', nameOf: contactName, make: (page) => new ContactProfile(app, page),
  }, (profile, [tab]) => profile.open(tab));
}

/** @param {import('../app.js').App} app @returns {import('../records/record-list.js').ListKind} */
function contactList(app) {
  const accounts = accountKind(app.api);
  return {
    name: 'contacts',
    record: 'contact',
    fillRow,
    columns: () => [...columns(), ...ownColumns(app.store.fieldsOf('contact'))],
    usualColumns: ['account', 'tags', 'created'],
    add: ({ account }) => void addContact(app, account ? Number(account) : null),
    filters: [
      {
        name: 'tag', label: 'records.filter.tag', adds: true, labelOf: async (tag) => tag,
        find: async (text, signal) => (await findTags(app.api, text, signal)).map((tag) => ({ value: tag, label: tag })),
      },
      {
        name: 'account', label: 'records.filter.account',
        labelOf: async (id) => (await app.api.get(`/api/accounts/${id}`)).name,
        find: async (text, signal) => (await accounts.search(text, signal)).map(({ id, name }) => ({ value: String(id), label: name })),
      },
    ],
  };
}

/** @param {Record<string, any>} parts @param {any} contact */
function fillRow({ link, avatar, name, detail }, contact) {
  const title = contactName(contact);
  link.href = `#/contacts/${contact.id}`;
  paintAvatar(avatar, title, { seed: contact.email });
  setText(name, title);
  setText(detail, title === contact.email ? contact.phone : contact.email);
  return title;
}

/** @returns {import('../records/record-row.js').RecordColumn[]} */
function columns() {
  return [
    { name: 'account', label: t('deal.account'), cells: ({ jobTitle, account }) => [[jobTitle, account?.name].filter(Boolean).join(' · ')] },
    { name: 'phone', label: t('contact.phone'), cells: ({ phone }) => [phone] },
    { name: 'tags', label: t('contact.tags'), cells: ({ tags }) => tags.slice(0, 3).map(badge) },
    {
      name: 'created', label: t('records.filter.created'), cells: ({ createdAt }) =>
        [timeCell(createdAt, formatDate(createdAt), t('panel.contact.since', { date: formatDate(createdAt) }))],
    },
    activityColumn(),
  ];
}

/** @param {string} tag */
function badge(tag) {
  const element = document.createElement('span');
  element.className = 'badge truncate';
  element.textContent = tag;
  return element;
}
