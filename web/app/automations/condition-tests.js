// @ts-check
/** The tests of a condition: what each may be about, how it compares, with what, and how it reads. */
import { formatMoney } from '../deals/money.js';
import { t } from '../i18n.js';
import { agents, allStages, customFields, labelOf, named, pipelines } from './choices.js';

/** @typedef {{subject: string, is: string, value?: any}} Test */
/** @typedef {import('./trigger-kinds.js').Context} Context */
/** @typedef {import('./setting-fields.js').Setting} Setting */

const text = ['contains', 'contains-not', 'equals'];
const same = ['equals', 'equals-not'];
const there = ['exists', 'exists-not'];

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
  const own = ['contact', 'deal'].flatMap((kind) => customFields(store, kind));
  return [...named('automation.subject', Object.keys(subjects)), ...own.map(({ id, name }) => /** @type {[any, string]} */ ([`fields.${id}`, name]))];
}

/** A checkbox is ticked or not. @param {string} subject @param {Context} context */
function comparisons(subject, { store }) {
  const isCheckbox = fieldOf(subject, store)?.type === 'checkbox';
  return subjects[subject] ?? (isCheckbox ? ['equals'] : [...same, ...there]);
}

/** @param {string} subject @param {import('../store.js').Store} store */
function fieldOf(subject, store) {
  return ['contact', 'deal'].flatMap((kind) => customFields(store, kind)).find(({ id }) => subject === `fields.${id}`);
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
  if (fieldOf(subject, store)?.type === 'checkbox') return { subject, is, value: 'true' };
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
    { name: 'is', type: 'choice', label: t('automation.test.is'), options: named('automation.is', known) },
  ];
  if (takesValue(test)) settings.push(valueSetting(subject, context));
  return settings;
}

/** @param {string} subject @param {Context} context @returns {Setting} */
function valueSetting(subject, context) {
  const label = t('automation.test.value');
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
    default: {
      const field = fieldOf(subject, store);
      if (field?.type === 'checkbox') return named('automation.checkbox', ['true', 'false']);
      return field?.type === 'choice' || field?.type === 'choices'
        ? field.choices.map((/** @type {any} */ { id, name }) => [id, name]) : null;
    }
  }
}

/** “Tag of the contact has VIP”. @param {Test} test @param {Context} context */
export function testWords(test, context) {
  const { subject, is, value } = test;
  const about = labelOf(subjectOptions(context), subject);
  const how = t(`automation.is.${is}`);
  if (!takesValue(test)) return t('automation.test.words', { about, how, value: '' }).trim();
  const options = choicesOf(subject, context);
  const shown = options ? labelOf(options, value) : typeof value?.minor === 'number' ? formatMoney(value) : String(value?.currency ? '…' : value || '…');
  return t('automation.test.words', { about, how, value: shown });
}
