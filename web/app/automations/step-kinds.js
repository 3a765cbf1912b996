// @ts-check
/** What the steps of an automation do: how each begins, what can be set of it, and how it reads. */
import { t } from '../i18n.js';
import { formatMoney } from '../deals/money.js';
import { agents, allStages, any, fields, labelOf, named, pipelines, stages } from './choices.js';
import { begunValue, fieldNamed, valueSetting, valueText } from './field-values.js';
import { taskKindOf, taskKindSetting, taskKindText } from './task-kinds.js';
import { testWords } from './condition-tests.js';

/** @typedef {import('./trigger-kinds.js').Kind} Kind */
/** @typedef {import('./trigger-kinds.js').Context} Context */
/** @typedef {import('./setting-fields.js').Setting} Setting */

const records = named.bind(null, 'automation.record');
const settable = /** @type {Record<string, string[]>} */ ({ contact: ['firstName', 'lastName', 'phone', 'jobTitle'], deal: ['description'] });

/** @param {string} [value] @returns {Setting} */
function onRecord() {
  return { name: 'on', type: 'choice', label: t('automation.on'), options: records(['contact', 'deal']) };
}

/** @returns {Setting[]} */
function tagSettings() {
  return [onRecord(), { name: 'tag', type: 'tag', label: t('automation.tag'), required: true, max: 50 }];
}

/** @param {any} values */
function taggedRecord({ tag, on }) {
  return tag ? t('automation.summary.tag', { tag, record: t(`automation.record.${on}`) }) : '';
}

/** @param {string} prefix @param {(context: Context) => [any, string]} nobody @param {string} name */
function agentSetting(name, nobody, prefix) {
  return (/** @type {any} */ _, /** @type {Context} */ { store }) => /** @type {Setting[]} */ ([
    { name, type: 'choice', label: t(prefix), options: [nobody, ...agents(store)] },
  ]);
}

/** Of a field of one's own as its type is entered; what is empty empties the field. @param {string|null} name @param {Context['store']} store @returns {Setting} */
function newValue(name, store) {
  const field = fieldNamed(name, store);
  const setting = field ? valueSetting(field, store) : /** @type {const} */ ({ type: name === 'description' ? 'long-text' : 'text', max: 1000 });
  const isText = setting.type === 'text' || setting.type === 'long-text';
  return {
    name: 'value', label: t('automation.newValue'), ...setting, tags: isText,
    ...setting.type === 'choice' && field?.type !== 'checkbox' ? { options: [[null, t('automation.value.empty')], ...setting.options ?? []] } : {},
  };
}

/** @param {any} money */
function moneyText(money) {
  return typeof money?.minor === 'number' ? formatMoney(money) : '';
}

/** @param {(string|false|null|undefined)[]} parts */
function joined(...parts) {
  return parts.filter(Boolean).join(' · ');
}

/** The first pipeline, its first stage and its currency: what a new deal begins with. @param {Context} context */
export function usualDeal({ store }) {
  const pipeline = store.session.pipelines[0];
  return {
    title: '', description: '', value: { minor: null, currency: pipeline?.currency ?? store.session.workspace.defaultCurrency },
    pipelineID: pipeline?.id ?? null, stageID: pipeline?.stages[0]?.id ?? null, ownerID: null, closeInDays: 30,
  };
}

/** @type {Kind[]} */
export const stepKinds = [
  {
    kind: 'deal.add', group: 'crm', icon: 'deal', begin: usualDeal,
    settings: ({ pipelineID }, { store }) => [
      { name: 'title', type: 'text', label: t('deal.title'), required: true, tags: true, max: 300, hint: t('automation.tags.hint') },
      { name: 'value', type: 'money', label: t('deal.value'), required: true, currencies: store.session.pipelines.map((/** @type {any} */ each) => each.currency) },
      { name: 'pipelineID', type: 'choice', label: t('deal.pipeline'), required: true, half: true, options: pipelines(store) },
      { name: 'stageID', type: 'choice', label: t('deal.stage'), required: true, half: true, options: stages(store, pipelineID) },
      { name: 'ownerID', type: 'choice', label: t('deal.owner'), half: true, options: [[null, t('automation.owner.turns')], ...agents(store)] },
      { name: 'closeInDays', type: 'number', label: t('automation.closeInDays'), half: true, hint: t('automation.closeInDays.hint') },
      { name: 'description', type: 'long-text', label: t('deal.description'), tags: true, max: 10_000 },
    ],
    // Another pipeline has other stages.
    stored: (changes, values) => changes.pipelineID !== undefined && changes.pipelineID !== values.pipelineID ? { ...changes, stageID: changes.stageID ?? null } : changes,
    summary: ({ title, value, pipelineID, stageID }, { store }) => joined(
      title, moneyText(value), pipelineID && stageID && t('automation.stageOf', {
        pipeline: labelOf(pipelines(store), pipelineID), stage: labelOf(stages(store, pipelineID), stageID),
      })),
  },
  {
    kind: 'deal.update', group: 'crm', icon: 'edit', begin: () => ({ stageID: null, status: null, ownerID: null, value: null }),
    settings: ({ status }, { store }) => [
      { name: 'stageID', type: 'choice', label: t('deal.stage'), options: any('automation.same', allStages(store)) },
      { name: 'status', type: 'choice', label: t('automation.status'), options: any('automation.same', named('deal.status', ['open', 'won', 'lost'])) },
      ...status === 'lost' ? [/** @type {Setting} */ ({ name: 'lostReason', type: 'text', label: t('automation.lostReason'), max: 500 })] : [],
      { name: 'ownerID', type: 'choice', label: t('deal.owner'), options: any('automation.same', agents(store)) },
      { name: 'value', type: 'money', label: t('deal.value'), hint: t('automation.value.same'), currencies: store.session.pipelines.map((/** @type {any} */ each) => each.currency) },
    ],
    summary: ({ stageID, status, ownerID, value }, { store }) => joined(
      stageID && labelOf(allStages(store), stageID), status && t(`deal.status.${status}`), ownerID && labelOf(agents(store), ownerID), moneyText(value)),
  },
  {
    kind: 'task.add', group: 'crm', icon: 'task', begin: ({ knowsDeal }) => ({ title: '', taskKind: 'call', dueInDays: 1, assigneeID: null, on: knowsDeal ? 'deal' : 'contact' }),
    settings: (_, { store, taskKinds }) => [
      { name: 'title', type: 'text', label: t('deal.title'), required: true, tags: true, max: 200 },
      { ...taskKindSetting(taskKinds), half: true },
      { name: 'dueInDays', type: 'number', label: t('automation.dueInDays'), half: true },
      { name: 'assigneeID', type: 'choice', label: t('automation.assignee'), options: any('automation.assignee.owner', agents(store)) },
      onRecord(),
    ],
    shown: (values) => ({ ...values, taskKind: taskKindText(values.taskKind) }),
    stored: (changes) => 'taskKind' in changes ? { ...changes, taskKind: taskKindOf(changes.taskKind) } : changes,
    summary: ({ title, taskKind, dueInDays }) => joined(title, taskKindText(taskKind), typeof dueInDays === 'number' && t('automation.summary.due', { count: dueInDays })),
  },
  {
    kind: 'note.add', group: 'crm', icon: 'note', begin: ({ knowsDeal }) => ({ text: '', on: knowsDeal ? 'deal' : 'contact' }),
    settings: () => [{ name: 'text', type: 'long-text', label: t('automation.text'), required: true, tags: true, max: 1000 }, onRecord()],
    summary: ({ text }) => text,
  },
  {
    kind: 'message.send', group: 'conversations', icon: 'send', begin: () => ({ text: '' }),
    settings: () => [{ name: 'text', type: 'long-text', label: t('automation.message'), required: true, tags: true, max: 10_000, hint: t('automation.message.hint') }],
    summary: ({ text }) => text,
  },
  {
    kind: 'conversation.assign', group: 'conversations', icon: 'user-check', begin: () => ({ assigneeID: null }),
    settings: (values, context) => agentSetting('assigneeID', [null, t('automation.nobody')], 'automation.assignee')(values, context),
    summary: ({ assigneeID }, { store }) => assigneeID ? labelOf(agents(store), assigneeID) : t('automation.nobody'),
  },
  { kind: 'conversation.complete', group: 'conversations', icon: 'check-circle', begin: () => ({}), settings: () => [], summary: () => '' },
  {
    kind: 'agent.notify', group: 'conversations', icon: 'bell', begin: () => ({ agentID: null, text: '' }),
    settings: (values, context) => [
      ...agentSetting('agentID', [null, t('automation.notify.owner')], 'automation.notify.whom')(values, context),
      { name: 'text', type: 'long-text', label: t('automation.text'), required: true, tags: true, max: 1000 },
    ],
    summary: ({ agentID, text }, { store }) => joined(agentID && labelOf(agents(store), agentID), text),
  },
  { kind: 'tag.add', group: 'contacts', icon: 'tag', begin: () => ({ tag: '', on: 'contact' }), settings: tagSettings, summary: taggedRecord },
  { kind: 'tag.remove', group: 'contacts', icon: 'tag', begin: () => ({ tag: '', on: 'contact' }), settings: tagSettings, summary: taggedRecord },
  {
    kind: 'field.set', group: 'contacts', icon: 'form', begin: () => ({ on: 'contact', field: 'jobTitle', value: '' }),
    settings: ({ on, field }, { store }) => [
      onRecord(),
      { name: 'field', type: 'choice', label: t('automation.field'), required: true, options: fields(store, on, settable[on] ?? []) },
      newValue(field, store),
    ],
    // Another record has other fields, and another field other values.
    stored: (changes, values, { store }) => {
      const on = changes.on ?? values.on;
      const field = on === values.on ? changes.field ?? values.field : settable[on]?.[0] ?? null;
      if (field === values.field) return changes;
      const own = fieldNamed(field, store);
      return { ...changes, field, value: own ? begunValue(own, store) : '', typed: {} };
    },
    summary: ({ on, field, value }, { store }) => {
      if (!field) return '';
      const own = fieldNamed(field, store);
      const text = own ? valueText(own, value) || (Array.isArray(value) ? '' : String(value?.currency ? '' : value ?? '')) : String(value ?? '');
      return t('automation.summary.set', { field: labelOf(fields(store, on, settable[on] ?? []), field), value: text || t('automation.value.empty') });
    },
  },
  {
    kind: 'condition', group: 'flow', icon: 'branch', begin: () => ({ match: 'all', tests: [{ subject: 'contact.tag', is: 'has', value: '' }], yes: [], no: [] }),
    settings: () => [], summary: ({ match, tests }, context) => tests.map((/** @type {any} */ test) => testWords(test, context))
      .join(` ${t(match === 'any' ? 'automation.or' : 'automation.and')} `),
  },
  {
    kind: 'wait', group: 'flow', icon: 'clock', begin: () => ({ amount: 1, unit: 'days' }),
    settings: () => [
      { name: 'amount', type: 'number', label: t('automation.amount'), required: true, half: true },
      { name: 'unit', type: 'choice', label: t('automation.unit'), half: true, options: named('automation.units', ['minutes', 'hours', 'days']) },
    ],
    summary: ({ amount, unit }) => amount ? t(`automation.unit.${unit}`, { count: amount }) : '',
  },
  {
    kind: 'goto', group: 'flow', icon: 'goto', begin: () => ({ target: null }),
    settings: (_, { targets }) => [{ name: 'target', type: 'choice', label: t('automation.target'), required: true, options: targets }],
    summary: ({ target }, { titleOf }) => target ? titleOf(target) || t('automation.gone') : '',
  },
  { kind: 'end', group: 'flow', icon: 'stop', begin: () => ({}), settings: () => [], summary: () => '' },
  {
    kind: 'webhook.call', group: 'flow', icon: 'webhook', begin: () => ({ url: '', secret: '' }),
    settings: () => [
      { name: 'url', type: 'text', label: t('automation.webhook.url'), required: true, max: 1000, placeholder: 'https://' },
      { name: 'secret', type: 'secret', label: t('automation.webhook.secret'), max: 200, hint: t('automation.webhook.secret.hint') },
    ],
    summary: ({ url }) => (url ?? '').replace(/^https?:\/\//, ''),
  },
];

/** The groups of the menu, in order. */
export const stepGroups = ['crm', 'conversations', 'contacts', 'flow'];
