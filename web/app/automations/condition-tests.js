// @ts-check
/** The tests of a condition: what each may be about, how it compares, with what, and how it reads. */
import { formatMoney } from '../deals/money.js';
import { t } from '../i18n.js';
import { agents, allStages, labelOf, named, pipelines } from './choices.js';
import { allFields, begunValue, fieldNamed, valueSetting, valueText } from './field-values.js';

/** @typedef {{subject: string, is: string, value?: any}} Test */
/** @typedef {import('./trigger-kinds.js').Context} Context */
/** @typedef {import('./setting-fields.js').Setting} Setting */

const text = ['contains', 'contains-not', 'equals'];
const same = ['equals', 'equals-not'];
const there = ['exists', 'exists-not'];
const order = ['at-least', 'less-than'];
/** type of a field of one's own → how it compares @type {Record<string, string[]>} */
const ofTypes = {
  text: [...text, 'equals-not', ...there], 'long-text': [...text, 'equals-not', ...there], choice: [...same, ...there], choices: [...same, ...there],
  number: [...order, ...same, ...there], currency: [...order, ...same, ...there], date: [...order, ...same, ...there], checkbox: ['equals'],
};

/** subject → how it compares, in the order of the menu @type {Record<string, string[]>} */
const subjects = {
  'contact.tag': ['has', 'has-not'], 'deal.tag': ['has', 'has-not'],
  'contact.email': text, 'contact.jobTitle': text, 'account.name': text, 'deal.title': text, 'visitor.text': text, 'visitor.page': text,
  'contact.account': there, 'contact.deal': there,
  'deal.stage': same, 'deal.pipeline': same, 'deal.owner': same, 'deal.status': same,
  'deal.value': ['at-least', 'less-than'], 'conversation.status': same,
};

/** @param {Context} context @returns {import('./choices.js').Options} */
function subjectOptions({ store }) {
  const own = allFields(store).map(({ id, kind, name }) => /** @type {[any, string]} */ ([
    `fields.${id}`, t('automation.summary.field', { field: name, record: t(`automation.record.${kind}`) }),
  ]));
  return [...named('automation.subject', Object.keys(subjects)), ...own];
}

/** @param {string} subject @param {Context} context */
function comparisons(subject, { store }) {
  return subjects[subject] ?? ofTypes[fieldNamed(subject, store)?.type ?? ''] ?? [];
}

/** A day is not less than another, but before it. @param {string} subject @param {string} is @param {Context} context */
function relation(subject, is, { store }) {
  const type = fieldNamed(subject, store)?.type;
  if (type === 'date' && order.includes(is)) return t(`automation.is.date.${is}`);
  return t(type === 'choices' && same.includes(is) ? `automation.is.choices.${is}` : `automation.is.${is}`);
}

/** @param {Test} test */
function takesValue({ is }) {
  return !there.includes(is);
}

/** What a test of a subject begins with. @param {string} subject @param {Context} context @returns {Test} */
export function begun(subject, context) {
  const { store } = context;
  const [is] = comparisons(subject, context);
  const pipeline = store.session.pipelines[0];
  const value = /** @type {Record<string, any>} */ ({
    'deal.stage': pipeline?.stages[0]?.id ?? null, 'deal.pipeline': pipeline?.id ?? null, 'deal.owner': store.me.id, 'deal.status': 'open',
    'conversation.status': 'open', 'deal.value': { minor: null, currency: pipeline?.currency ?? store.session.workspace.defaultCurrency },
  })[subject];
  if (there.includes(is)) return { subject, is };
  const field = fieldNamed(subject, store);
  if (field) return { subject, is, value: field.type === 'choices' ? null : begunValue(field, store) };
  return { subject, is, value: value === undefined ? '' : value };
}

/** @param {Test} test @param {Context} context @returns {Setting[]} */
export function testSettings(test, context) {
  const { subject } = test;
  const ways = comparisons(subject, context);
  // What was once said otherwise can be read, and left so.
  const known = ways.includes(test.is) ? ways : [...ways, test.is];
  /** @type {Setting[]} */
  const settings = [
    { name: 'subject', type: 'choice', label: t('automation.test.subject'), options: subjectOptions(context) },
    { name: 'is', type: 'choice', label: t('automation.test.is'), options: known.map((is) => [is, relation(subject, is, context)]) },
  ];
  if (takesValue(test)) settings.push(valueOf(subject, context));
  return settings;
}

/** @param {string} subject @param {Context} context @returns {Setting} */
function valueOf(subject, context) {
  const label = t('automation.test.value');
  const field = fieldNamed(subject, context.store);
  if (field) {
    const setting = valueSetting(field, context.store);
    // Of several choices one is asked for.
    return { name: 'value', label, required: true, ...setting, ...setting.type === 'choices' ? { type: 'choice' } : {} };
  }
  const options = choicesOf(subject, context);
  if (options) return { name: 'value', type: 'choice', label, required: true, options };
  if (subject.endsWith('.tag')) return { name: 'value', type: 'tag', label, required: true, max: 50 };
  if (subject === 'deal.value') return { name: 'value', type: 'money', label, required: true };
  return { name: 'value', type: 'text', label, required: true, max: 1000 };
}

/** @param {string} subject @param {Context} context @returns {import('./choices.js').Options|null} */
function choicesOf(subject, { store }) {
  switch (subject) {
    case 'deal.stage': return allStages(store);
    case 'deal.pipeline': return pipelines(store);
    case 'deal.owner': return agents(store);
    case 'deal.status': return named('deal.status', ['open', 'won', 'lost']);
    case 'conversation.status': return named('automation.conversation', ['open', 'completed']);
    default: return null;
  }
}

/** “Tag of the contact has VIP”. @param {Test} test @param {Context} context */
export function testWords(test, context) {
  const { subject, is, value } = test;
  const field = fieldNamed(subject, context.store);
  const about = field?.name ?? labelOf(subjectOptions(context), subject);
  const how = relation(subject, is, context);
  if (!takesValue(test)) return t('automation.test.words', { about, how, value: '' }).trim();
  const options = choicesOf(subject, context);
  const shown = field ? valueText(field, value) || '…' : options ? labelOf(options, value) : typeof value?.minor === 'number' ? formatMoney(value) : String(value?.currency ? '…' : value || '…');
  return t('automation.test.words', { about, how, value: shown });
}
