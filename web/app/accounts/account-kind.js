// @ts-check
/** Accounts as the record picker finds and begins them. */
import { isSame } from '../contacts/contact-kind.js';
import { t } from '../i18n.js';
import { explainExisting } from '../records/existing.js';

/** @param {import('../api.js').Api} api @returns {import('../deals/record-picker.js').RecordKind} */
export function accountKind(api) {
  return {
    name: 'account',
    icon: 'building',
    asksForEmail: false,
    search: async (text, signal) => (await api.get('/api/accounts', { query: { search: text }, signal })).accounts,
    describe: (account) => ({ title: account.name, detail: account.url ? hostOf(account.url) : '' }),
    matches: (account, text) => isSame(account.name, text),
    begin: (text) => ({ name: text, email: '' }),
  };
}

/** `example.com` of `https://www.example.com/about`; the text itself when it is no address. @param {string} url */
export function hostOf(url) {
  try {
    return new URL(url).host.replace(/^www\./, '');
  } catch {
    return url;
  }
}

/**
 * A name that is another account's: says so, leads there, and offers what can be done with it.
 * @param {any} error @param {(existing: any, name: string) => import('../records/existing.js').Offer} offer @returns {Node|null}
 */
export function explainAccount(error, offer) {
  const { existing } = error.details ?? {};
  if (!existing) return null;
  const { id, name } = existing;
  return explainExisting(t('account.existing', { name }), name, `#/accounts/${id}`, offer(existing, name));
}
