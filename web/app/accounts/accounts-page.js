// @ts-check
/** Accounts: the list, or the page of one. */
import { toast } from '../announcer.js';
import { icon, loadTemplates, setText } from '../dom.js';
import { formatDate, t } from '../i18n.js';
import { RecordForm } from '../records/record-form.js';
import { mountRecords } from '../records/record-mount.js';
import { activityColumn, ownColumns } from '../records/record-columns.js';
import { timeCell } from '../records/record-row.js';
import { hostOf } from './account-kind.js';
import { AccountView } from './account-view.js';

await loadTemplates(import.meta.url);

/** @param {HTMLElement} element @param {import('../app.js').App} app @returns {import('../app.js').Mounted} */
export function mountAccounts(element, app) {
  return mountRecords(element, app, {
    name: 'accounts', record: 'account', filters: [], fillRow,
    columns: () => [...columns(), ...ownColumns(app.store.fieldsOf('account'))], usualColumns: ['phone', 'owner', 'created'], add: () => addAccount(app),
  }, { name: 'account', nameOf: ({ name }) => name, make: (page) => new AccountView(app, page) });
}

/** @param {Record<string, any>} parts @param {any} account */
function fillRow({ link, avatar, name, detail }, account) {
  link.href = `#/accounts/${account.id}`;
  avatar.classList.add('avatar-square');
  if (!avatar.firstElementChild) avatar.replaceChildren(icon('building'));
  setText(name, account.name);
  setText(detail, account.url ? hostOf(account.url) : account.phone);
  return account.name;
}

/** @returns {import('../records/record-row.js').RecordColumn[]} */
function columns() {
  return [
    { name: 'phone', label: t('account.phone'), cells: ({ url, phone }) => [url ? phone : ''] },
    { name: 'owner', label: t('account.owner'), cells: ({ owner }) => [owner?.name ?? ''] },
    {
      name: 'created', label: t('records.filter.created'), cells: ({ createdAt }) =>
        [timeCell(createdAt, formatDate(createdAt), t('panel.account.since', { date: formatDate(createdAt) }))],
    },
    activityColumn(),
  ];
}

/** @param {import('../app.js').App} app */
function addAccount(app) {
  new RecordForm(app, {
    kind: 'accounts',
    fields: [
      { name: 'name', label: 'account.name', maxLength: 200, isRequired: true, isWide: true },
      { name: 'url', label: 'account.url', type: 'url', maxLength: 2000, placeholder: 'account.url.sample' },
      { name: 'phone', label: 'account.phone', type: 'tel', maxLength: 50 },
    ],
    describe: (existing) => t('account.existing', { name: existing.name }),
    nameOf: ({ name }) => name,
    onAdded: (account) => {
      app.router.go(`/accounts/${account.id}`);
      void toast(t('account.added', { name: account.name }));
    },
  }).open();
}
