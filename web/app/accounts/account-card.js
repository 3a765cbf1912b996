// @ts-check
/** The account of the person one is talking to. */
import { View, loadTemplates, setText } from '../dom.js';
import { formatDate, t } from '../i18n.js';
import { hostOf } from './account-kind.js';

await loadTemplates(import.meta.url);

export class AccountCard extends View {
  constructor() {
    super('account-card');
  }

  /** @param {any} account */
  show(account) {
    const { name, url, since } = this.parts;
    setText(name, account.name);
    name.href = `#/accounts/${account.id}`;
    setText(since, t('panel.account.since', { date: formatDate(account.createdAt) }));
    url.hidden = !/^https?:\/\//i.test(account.url);
    url.href = url.hidden ? '' : account.url;
    setText(url, hostOf(account.url));
  }
}
