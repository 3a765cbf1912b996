// @ts-check
/** A flow as the server has it, and as it is edited: what is typed and cannot be read as a value stays here only. */

/** @typedef {import('./flow.js').Flow} Flow */

/** @param {any} definition @returns {Flow} */
export function flowOf({ triggers, steps }) {
  return { triggers, steps: steps.map(edited) };
}

/** A condition has its branches and its tests, also where they are empty. @param {any} step @returns {import('./flow.js').Step} */
function edited(step) {
  if (step.kind !== 'condition') return step;
  const { match = 'all', tests = [], yes = [], no = [] } = step;
  return { ...step, match, tests, yes: yes.map(edited), no: no.map(edited) };
}

/** @param {Flow} flow the definition to be saved */
export function definitionOf({ triggers, steps }) {
  return { triggers: triggers.map(saved), steps: steps.map(saved) };
}

/** @param {any} item @returns {any} */
function saved({ typed: _, ...members }) {
  return Object.fromEntries(Object.entries(members).map(([name, value]) => [name, savedValue(value, members.kind)]));
}

/** @param {any} value @param {string} kind @returns {any} */
function savedValue(value, kind) {
  if (Array.isArray(value)) return value.map((each) => (each !== null && typeof each === 'object' ? saved(each) : each));
  // An amount that is not there yet is none; of a new deal its currency is kept.
  const isMoney = value !== null && typeof value === 'object' && 'currency' in value;
  return isMoney && typeof value.minor !== 'number' && kind !== 'deal.add' ? null : value;
}
