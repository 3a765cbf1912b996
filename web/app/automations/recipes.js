// @ts-check
/** Automations to begin from: what many teams need, made of what this workspace has. */
import { t } from '../i18n.js';
import { newStepID } from './flow.js';
import { usualDeal } from './step-kinds.js';

/**
 * @typedef {object} Recipe
 * @property {string} name names its texts: `automation.recipe.NAME`
 * @property {string[]} way the icons of what it does, the start first
 * @property {(context: import('./trigger-kinds.js').Context) => {entry: "always"|"once", definition: any}} make
 */

/** @param {string} kind @param {Record<string, any>} [settings] @returns {any} */
function item(kind, settings = {}) {
  return { id: newStepID(), kind, ...settings };
}

/** @param {import('./trigger-kinds.js').Context} context @param {string} title */
function dealStep(context, title) {
  const { value, ...deal } = usualDeal(context);
  return item('deal.add', { ...deal, title, value: { minor: 0, currency: value.currency } });
}

/** @type {Recipe[]} */
export const recipes = [
  {
    name: 'pricing', way: ['page', 'branch', 'deal'],
    make: (context) => ({
      entry: 'once',
      definition: {
        triggers: t('automation.recipe.pricing.urls').split(' ').map((url) => item('page.visited', { url })),
        steps: [item('condition', {
          match: 'all', tests: [{ subject: 'contact.deal', is: 'exists-not' }], no: [],
          yes: [dealStep(context, t('automation.recipe.pricing.deal'))],
        })],
      },
    }),
  },
  {
    name: 'unanswered', way: ['hourglass', 'bell'],
    make: () => ({
      entry: 'always',
      definition: {
        triggers: [item('conversation.unanswered', { minutes: 15 })],
        steps: [item('agent.notify', { agentID: null, text: t('automation.recipe.unanswered.text') })],
      },
    }),
  },
  {
    name: 'followUp', way: ['columns', 'clock', 'branch', 'task'],
    make: ({ store }) => ({
      entry: 'always',
      definition: {
        triggers: [item('deal.stage-changed', { fromStageID: null, toStageID: store.session.pipelines[0]?.stages.at(-1)?.id ?? null })],
        steps: [
          item('wait', { amount: 3, unit: 'days' }),
          item('condition', {
            match: 'all', tests: [{ subject: 'deal.status', is: 'equals', value: 'open' }], no: [],
            yes: [item('task.add', { title: t('automation.recipe.followUp.task'), taskKind: 'call', dueInDays: 1, assigneeID: null, on: 'deal' })],
          }),
        ],
      },
    }),
  },
  {
    name: 'won', way: ['trophy', 'tag', 'task'],
    make: () => ({
      entry: 'always',
      definition: {
        triggers: [item('deal.status-changed', { to: 'won' })],
        steps: [
          item('tag.add', { tag: t('automation.recipe.won.tag'), on: 'contact' }),
          item('task.add', { title: t('automation.recipe.won.task'), taskKind: 'meeting', dueInDays: 2, assigneeID: null, on: 'deal' }),
        ],
      },
    }),
  },
];
