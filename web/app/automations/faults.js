// @ts-check
/** What is wrong with an automation, by step and setting, in words: as the server found it, and what could not be read at all. */
import { formatList, hasText, t } from '../i18n.js';
import { stepsOf } from './flow.js';

/** `tags`: those that cannot stand there. @typedef {{place: string, id: string|null, field: string, code: string, tags?: string[]}} Problem */

/** @param {{code: string, tags?: string[]}} problem @returns {string} */
export function faultText({ code, tags }) {
  if (tags) return t('automation.fault.unknown-tag', { tags: formatList(tags.map((tag) => `%${tag}%`)) });
  if (hasText(`error.${code}`)) return t(`error.${code}`);
  const reason = code.split('.').pop() ?? '';
  return hasText(`automation.fault.${reason}`) ? t(`automation.fault.${reason}`) : t('automation.fault.invalid');
}

/** What stands in a field and says nothing, which only this page knows of. @param {import('./flow.js').Flow} flow @returns {Problem[]} */
function unreadable({ triggers, steps }) {
  const items = [
    ...triggers.map((item) => ({ place: 'triggers', item })),
    ...[...stepsOf({ triggers: [], steps })].map(({ step }) => ({ place: 'steps', item: step })),
  ];
  return items.flatMap(({ place, item }) => [
    ...problemsIn(item, '', place, item.id),
    ...(item.tests ?? []).flatMap((/** @type {any} */ test, /** @type {number} */ index) => problemsIn(test, `tests.${index}.`, place, item.id)),
  ]);
}

/** @param {any} values @param {string} prefix @param {string} place @param {string} id @returns {Problem[]} */
function problemsIn({ typed = {} }, prefix, place, id) {
  return Object.entries(typed).filter(([, text]) => String(text).trim() !== '')
    .map(([name]) => ({ place, id, field: `${prefix}${name}`, code: 'automation.unreadable' }));
}

/**
 * Is that setting at fault? The server names a choice by what is chosen: `stage` is `stageID`, or either of two.
 * @param {string} field of a problem @param {string} setting
 */
export function isFieldOf(field, setting) {
  return field === setting || `${field}ID` === setting || (field === 'stage' && /StageID$/.test(setting));
}

export class Faults {
  /** @param {Problem[]} problems of the server @param {import('./flow.js').Flow} flow */
  constructor(problems, flow) {
    const own = unreadable(flow);
    const isOwn = (/** @type {Problem} */ { id, field }) => own.some((each) => each.id === id && (isFieldOf(field, each.field) || each.field.startsWith(`${field}.`)));
    const ids = new Set([...flow.triggers.map(({ id }) => id), ...[...stepsOf(flow)].map(({ step }) => step.id)]);
    // What is no more has no faults; what cannot be read is not said to be missing too.
    this.all = [...own, ...problems.filter((problem) => (problem.id === null || ids.has(problem.id)) && !isOwn(problem))];
  }

  /** Of a step or trigger, in one line. @param {string} id @param {(problem: Problem) => boolean} [shown] */
  of(id, shown = () => true) {
    const [first, ...more] = this.all.filter((problem) => problem.id === id && shown(problem));
    if (!first) return null;
    return more.length === 0 ? faultText(first) : t('automation.faults', { fault: faultText(first), count: more.length });
  }

  /** Of the whole: it has no trigger, or no step. @param {"triggers"|"steps"} place */
  ofPlace(place) {
    const found = this.all.find((problem) => problem.id === null && problem.place === place);
    return found ? faultText(found) : null;
  }

  /** Of one setting. @param {string} id @param {string} setting */
  problemOf(id, setting) {
    return this.all.find((problem) => problem.id === id && isFieldOf(problem.field, setting)) ?? null;
  }

  /** Of a step, but of none of its settings. @param {string} id @param {string[]} settings */
  general(id, settings) {
    const found = this.all.find(({ id: of, field }) => of === id && !field.startsWith('tests') && !settings.some((setting) => isFieldOf(field, setting)));
    return found ? faultText(found) : null;
  }
}
