// @ts-check
/** What of a contact and of an account is laid side by side when two of them become one. */
import { hostOf } from '../accounts/account-kind.js';
import { contactName } from '../contacts/contact-kind.js';

/**
 * @typedef {object} MergeKind
 * @property {"contact"|"account"} name
 * @property {(record: any) => string} nameOf
 * @property {(record: any) => string} detailOf
 * @property {{field: string, label: string, value: (record: any) => string}[]} fields as the interface names them
 */

/** @type {MergeKind} */
const contact = {
  name: 'contact',
  nameOf: contactName,
  detailOf: (record) => [contactName(record) === record.email ? '' : record.email, record.account?.name].filter(Boolean).join(' · '),
  fields: [
    { field: 'email', label: 'contact.email', value: ({ email }) => email },
    { field: 'name', label: 'merge.name', value: ({ firstName, lastName }) => [firstName, lastName].filter(Boolean).join(' ') },
    { field: 'phone', label: 'contact.phone', value: ({ phone }) => phone },
    { field: 'jobTitle', label: 'contact.jobTitle', value: ({ jobTitle }) => jobTitle },
    { field: 'account', label: 'deal.account', value: ({ account }) => account?.name ?? '' },
  ],
};

/** @type {MergeKind} */
const account = {
  name: 'account',
  nameOf: ({ name }) => name,
  detailOf: ({ url, phone }) => [url && hostOf(url), phone].filter(Boolean).join(' · '),
  fields: [
    { field: 'name', label: 'account.name', value: ({ name }) => name },
    { field: 'url', label: 'account.url', value: ({ url }) => url },
    { field: 'phone', label: 'account.phone', value: ({ phone }) => phone },
    { field: 'owner', label: 'account.owner', value: ({ owner }) => owner?.name ?? '' },
  ],
};

export const mergeKinds = { contact, account };
