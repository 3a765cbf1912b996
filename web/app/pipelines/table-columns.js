// @ts-check
/** The columns that the table of deals can show. */
import { makeAvatar } from '../avatar.js';
import { fieldColumns } from '../fields/field-columns.js';
import { formatDate, t } from '../i18n.js';
import { formatMoney } from '../deals/money.js';
import { formatDue, formatShortDate } from '../tasks/due.js';

/**
 * @typedef {object} TableColumn
 * @property {string} name
 * @property {string} label a key; empty for a field of one's own
 * @property {string} [text] that field's name
 * @property {string} [sort] the server's word, where it can sort by this
 * @property {boolean} [isNumber]
 * @property {boolean} [isFirst] always shown
 * @property {(deal: any, workspace: any) => (Node|string)[]} cells
 */

/** @type {TableColumn[]} */
const usualColumns = [
  { name: 'title', label: 'deal.title', sort: 'title', isFirst: true, cells: (deal) => [link(deal)] },
  { name: 'stage', label: 'deal.stage', sort: 'rank', cells: (deal) => [dot(deal.stage.color), deal.stage.name] },
  { name: 'value', label: 'deal.value', sort: 'value', isNumber: true, cells: (deal) => [formatMoney(deal.value)] },
  { name: 'contact', label: 'table.contact', cells: ({ contact }) => [contact ? contact.name || contact.email : ''] },
  { name: 'account', label: 'deal.account', cells: ({ account }) => [account?.name ?? ''] },
  { name: 'owner', label: 'deal.owner', cells: ({ owner }) => [makeAvatar(owner.name, { size: 'xs' }), owner.name] },
  { name: 'close', label: 'table.close', sort: 'close', cells: ({ forecastedCloseOn, overdue }) => forecastedCloseOn
    ? [marked(formatShortDate(forecastedCloseOn), overdue)] : [] },
  { name: 'task', label: 'table.task', cells: ({ nextTask }, { timeZone }) => nextTask
    ? [marked([nextTask.title, formatDue(nextTask, timeZone)].filter(Boolean).join(' · '), nextTask.overdue)] : [] },
  { name: 'status', label: 'filter.status', cells: (deal) => [t(`deal.status.${deal.status}`)] },
  { name: 'tags', label: 'table.tags', cells: ({ tags }) => [tags.join(', ')] },
  { name: 'activity', label: 'table.activity', sort: 'activity', cells: (deal) => [formatDate(deal.lastActivityAt)] },
  { name: 'created', label: 'deal.created', sort: 'newest', cells: (deal) => [formatDate(deal.createdAt)] },
];

/** All that there are: those of every deal, and the fields of one's own. @param {import('../store.js').Store} store @returns {TableColumn[]} */
export function tableColumns(store) {
  return [...usualColumns, ...fieldColumns(store.fieldsOf('deal')).map((column) => ({ ...column, label: '' }))];
}

/** @param {TableColumn} column */
export function columnText({ label, text }) {
  return text ?? t(label);
}

const storageKey = 'parley.dealColumns';
const usual = ['title', 'stage', 'value', 'contact', 'account', 'owner', 'close', 'task'];

/** The names of those that are shown. @returns {Set<string>} */
export function chosenColumns() {
  const stored = localStorage.getItem(storageKey);
  return new Set(stored === null ? usual : ['title', ...stored.split(',')]);
}

/** @param {Set<string>} names */
export function chooseColumns(names) {
  localStorage.setItem(storageKey, [...names].join(','));
}

/** As a saved view has them: none for the usual ones. @returns {string[]} */
export function savedColumns() {
  const stored = localStorage.getItem(storageKey);
  return stored === null ? [] : [...chosenColumns()];
}

/** Takes those of a saved view. @param {string[]} names */
export function takeColumns(names) {
  if (names.length === 0) localStorage.removeItem(storageKey);
  else chooseColumns(new Set(names));
}

/** @param {any} deal */
function link(deal) {
  const element = document.createElement('a');
  element.className = 'table-link truncate';
  element.href = `#/deals/${deal.id}`;
  element.textContent = deal.title;
  return element;
}

/** @param {string} color */
function dot(color) {
  const element = document.createElement('span');
  element.className = 'stage-dot';
  element.setAttribute('aria-hidden', 'true');
  element.style.setProperty('--stage', color);
  return element;
}

/** @param {string} text @param {boolean} isOverdue */
function marked(text, isOverdue) {
  const element = document.createElement('span');
  element.className = isOverdue ? 'table-overdue' : '';
  element.textContent = isOverdue ? `${text} (${t('deal.overdue')})` : text;
  return element;
}
