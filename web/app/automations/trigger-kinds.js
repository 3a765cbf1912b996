// @ts-check
/** What may start an automation: how each begins, what can be set of it, and how it reads. */
import { t } from '../i18n.js';
import { allStages, any, fields, labelOf, named, pipelines } from './choices.js';
import { taskKindOptions, taskKindText } from './task-kinds.js';

/**
 * @typedef {import('../store.js').Store} Store
 * @typedef {import('./setting-fields.js').Setting} Setting
 * @typedef {{store: Store, sites: any[], titleOf: (id: string) => string, targets: import('./choices.js').Options, taskKinds: string[], knowsDeal?: boolean}} Context
 *
 * @typedef {object} Kind
 * @property {string} kind
 * @property {string} group names the text of its group
 * @property {string} icon
 * @property {(context: Context) => Record<string, any>} begin
 * @property {(values: any, context: Context) => Setting[]} settings
 * @property {(values: any, context: Context) => string} summary empty: the name says it
 * @property {(values: any) => any} [shown] the values as the form has them, where that differs
 * @property {(changes: any, values: any, context: Context) => any} [stored] changes of the form as they are kept
 */

const records = ['contact', 'deal'];
const ownFields = /** @type {Record<string, string[]>} */ ({
  contact: ['email', 'firstName', 'lastName', 'phone', 'jobTitle', 'accountID'],
  deal: ['title', 'description', 'forecastedCloseOn', 'contactID', 'accountID'],
  account: ['name', 'url', 'phone', 'ownerID'],
});

/** @param {Context} context @returns {Setting} */
function pipelineSetting({ store }) {
  return { name: 'pipelineID', type: 'choice', label: t('deal.pipeline'), options: any('automation.any.pipeline', pipelines(store)) };
}

/** @param {Context} context @returns {Setting} */
function siteSetting({ sites }) {
  return { name: 'siteID', type: 'choice', label: t('automation.site'), options: any('automation.any.site', sites.map(({ id, name }) => [id, name])) };
}

/** @returns {Setting[]} */
function tagSettings() {
  return [
    { name: 'on', type: 'choice', label: t('automation.on'), options: named('automation.record', records) },
    { name: 'tag', type: 'tag', label: t('automation.tag'), required: true, max: 50 },
  ];
}

/** @param {any} values @param {Context} context */
function inPipeline({ pipelineID }, { store }) {
  return pipelineID ? labelOf(pipelines(store), pipelineID) : '';
}

/** @param {any} values @param {Context} context */
function onSite({ siteID }, { sites }) {
  return siteID ? labelOf(sites.map(({ id, name }) => [id, name]), siteID) : '';
}

/** @param {any} values */
function taggedRecord({ tag, on }) {
  return tag ? t('automation.summary.tag', { tag, record: t(`automation.record.${on}`) }) : '';
}

const none = () => ({});
const nothing = () => [];

/** @param {string} kind @param {string} icon @returns {Kind} */
function onSites(kind, icon) {
  return { kind, group: 'conversations', icon, begin: none, settings: (_, context) => [siteSetting(context)], summary: onSite };
}

/** @param {string} kind @param {string} icon @returns {Kind} */
function inPipelines(kind, icon) {
  return { kind, group: 'deals', icon, begin: none, settings: (_, context) => [pipelineSetting(context)], summary: inPipeline };
}

/** @type {Kind[]} */
export const triggerKinds = [
  { kind: 'contact.created', group: 'contacts', icon: 'user-check', begin: none, settings: nothing, summary: () => '' },
  { kind: 'tag.added', group: 'contacts', icon: 'tag', begin: () => ({ on: 'contact', tag: '' }), settings: tagSettings, summary: taggedRecord },
  { kind: 'tag.removed', group: 'contacts', icon: 'tag', begin: () => ({ on: 'contact', tag: '' }), settings: tagSettings, summary: taggedRecord },
  {
    kind: 'field.changed', group: 'contacts', icon: 'form', begin: () => ({ on: 'contact', field: 'email' }),
    settings: ({ on }, { store }) => [
      { name: 'on', type: 'choice', label: t('automation.on'), options: named('automation.record', [...records, 'account']) },
      { name: 'field', type: 'choice', label: t('automation.field'), required: true, options: fields(store, on, ownFields[on] ?? []) },
    ],
    summary: ({ on, field }, { store }) => t('automation.summary.field', {
      field: labelOf(fields(store, on, ownFields[on] ?? []), field), record: t(`automation.record.${on}`),
    }),
  },
  onSites('conversation.started', 'message'),
  onSites('visitor.wrote', 'send'),
  onSites('conversation.completed', 'check-circle'),
  {
    kind: 'page.visited', group: 'conversations', icon: 'page', begin: () => ({ url: '' }),
    settings: () => [{ name: 'url', type: 'text', label: t('automation.url'), required: true, max: 1000, placeholder: '*/prices*', hint: t('automation.url.hint') }],
    summary: ({ url }) => url ?? '',
  },
  {
    kind: 'conversation.unanswered', group: 'conversations', icon: 'hourglass', begin: () => ({ minutes: 15 }),
    settings: () => [{ name: 'minutes', type: 'number', label: t('automation.minutes'), required: true }],
    summary: ({ minutes }) => minutes ? t('automation.unit.minutes', { count: minutes }) : '',
  },
  inPipelines('deal.created', 'deal'),
  {
    kind: 'deal.entered-pipeline', group: 'deals', icon: 'board',
    begin: ({ store }) => ({ pipelineID: store.session.pipelines[0]?.id ?? null }),
    settings: (_, { store }) => [{ name: 'pipelineID', type: 'choice', label: t('deal.pipeline'), required: true, options: pipelines(store) }],
    summary: inPipeline,
  },
  {
    kind: 'deal.stage-changed', group: 'deals', icon: 'columns', begin: () => ({ fromStageID: null, toStageID: null }),
    settings: (_, { store }) => [
      { name: 'fromStageID', type: 'choice', label: t('automation.fromStage'), options: any('automation.any.stage', allStages(store)) },
      { name: 'toStageID', type: 'choice', label: t('automation.toStage'), options: any('automation.any.stage', allStages(store)) },
    ],
    summary: ({ fromStageID, toStageID }, { store }) => {
      if (!fromStageID && !toStageID) return '';
      const name = (/** @type {any} */ id) => id ? labelOf(allStages(store), id) : t('automation.any.stage');
      return t('automation.summary.change', { from: name(fromStageID), to: name(toStageID) });
    },
  },
  {
    kind: 'deal.status-changed', group: 'deals', icon: 'trophy', begin: () => ({ to: 'won' }),
    settings: () => [{ name: 'to', type: 'choice', label: t('automation.toStatus'), options: any('automation.any.status', named('deal.status', ['open', 'won', 'lost'])) }],
    summary: ({ to }) => to ? t(`deal.status.${to}`) : '',
  },
  inPipelines('deal.value-changed', 'chart'),
  inPipelines('deal.owner-changed', 'user'),
  {
    kind: 'task.done', group: 'deals', icon: 'task', begin: () => ({ taskKind: null }),
    // One of those that there are, or were when it was chosen.
    settings: ({ taskKind }, { taskKinds }) => [{
      name: 'taskKind', type: 'choice', label: t('automation.taskKind'),
      options: any('automation.any.task', taskKindOptions(taskKind ? [...taskKinds, taskKind] : taskKinds)),
    }],
    summary: ({ taskKind }) => taskKindText(taskKind),
  },
  {
    kind: 'deal.close-date', group: 'deals', icon: 'calendar', begin: () => ({ days: -3, pipelineID: null }),
    shown: (values) => ({ ...values, days: typeof values.days === 'number' ? Math.abs(values.days) : null, side: values.days > 0 ? 'after' : 'before' }),
    stored: ({ side, ...changes }, values) => {
      if (side === undefined && !('days' in changes)) return changes;
      const days = 'days' in changes ? changes.days : values.days === null ? null : Math.abs(values.days);
      const isBefore = (side ?? (values.days > 0 ? 'after' : 'before')) === 'before';
      return { ...changes, days: days === null ? null : isBefore ? -days : days };
    },
    settings: (_, context) => [
      { name: 'days', type: 'number', label: t('automation.days'), required: true, half: true },
      { name: 'side', type: 'choice', label: t('automation.side'), half: true, options: named('automation.side', ['before', 'after']) },
      pipelineSetting(context),
    ],
    summary: ({ days }) => dayWords(days),
  },
];

/** “3 days before” the close date. @param {number|null|undefined} days */
function dayWords(days) {
  if (typeof days !== 'number') return '';
  if (days === 0) return t('automation.days.on');
  return t(days < 0 ? 'automation.days.before' : 'automation.days.after', { count: Math.abs(days) });
}
