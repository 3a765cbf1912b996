// @ts-check
/**
 * A flow as one edits it: what starts it, and its steps in order, a condition with its two branches inside it. Everything here
 * is pure: a change answers a new flow and leaves the old one as it was, so that it can be taken back.
 *
 * @typedef {{id: string, kind: string, [setting: string]: any}} Trigger
 * @typedef {{id: string, kind: string, yes?: Step[], no?: Step[], [setting: string]: any}} Step
 * @typedef {{triggers: Trigger[], steps: Step[]}} Flow
 *
 * Where a step stands, or would: in a branch of a condition or in the trunk, before what stands at the index.
 * @typedef {{parent: string|null, branch: 'yes'|'no'|null, index: number}} Place
 */

/** @type {Place} */
export const beginning = { parent: null, branch: null, index: 0 };

/** @param {Place} a @param {Place} b */
export function isSamePlace(a, b) {
  return a.parent === b.parent && a.branch === b.branch && a.index === b.index;
}

/** The name of a place, to find its element by. @param {Place} place */
export function placeName({ parent, branch, index }) {
  return `${parent ?? ''}/${branch ?? ''}/${index}`;
}

/** An id that no step has. It means nothing and is never shown. */
export function newStepID() {
  return Array.from(crypto.getRandomValues(new Uint8Array(6)), (byte) => (byte % 36).toString(36)).join('');
}

/** @param {Step} step */
export function isCondition(step) {
  return step.yes !== undefined;
}

/**
 * Every step in reading order, with where it stands and how deep.
 * @param {Flow} flow @returns {Generator<{step: Step, place: Place, depth: number}>}
 */
export function* stepsOf(flow) {
  yield* stepsIn(flow.steps, null, null, 0);
}

/** @param {Step[]} steps @param {string|null} parent @param {'yes'|'no'|null} branch @param {number} depth @returns {Generator<{step: Step, place: Place, depth: number}>} */
function* stepsIn(steps, parent, branch, depth) {
  for (const [index, step] of steps.entries()) {
    yield { step, place: { parent, branch, index }, depth };
    if (step.yes) yield* stepsIn(step.yes, step.id, 'yes', depth + 1);
    if (step.no) yield* stepsIn(step.no, step.id, 'no', depth + 1);
  }
}

/** @param {Flow} flow @param {string} id */
export function findStep(flow, id) {
  for (const found of stepsOf(flow)) if (found.step.id === id) return found;
  return null;
}

/** The steps among which a place is; null: its condition is gone. @param {Flow} flow @param {Place} place @returns {Step[]|null} */
export function stepsAt(flow, { parent, branch }) {
  if (parent === null) return flow.steps;
  const step = findStep(flow, parent)?.step;
  return (branch === 'yes' ? step?.yes : step?.no) ?? null;
}

/** Does nothing come after it? So it is with an end, a leap, and a condition both of whose branches come to one. @param {Step} step @returns {boolean} */
export function endsFlow({ kind, yes, no }) {
  return kind === 'end' || kind === 'goto' || [yes, no].every((branch) => {
    const last = branch?.[branch.length - 1];
    return last !== undefined && endsFlow(last);
  });
}

/** Is there a deal to work on, as far as the triggers and the steps tell? As long as nothing starts it, there may be. @param {Flow} flow */
export function bringsDeal({ triggers, steps }) {
  const isOfDeal = (/** @type {Trigger} */ { kind, on }) => on === undefined ? /^(deal|task)\./.test(kind) : on === 'deal';
  return triggers.every(isOfDeal) || [...stepsOf({ triggers, steps })].some(({ step }) => step.kind === 'deal.add');
}

/** The ids of the steps that no way leads to, such as those behind an end. @param {Flow} flow @returns {Set<string>} */
export function unreachedSteps(flow) {
  const steps = new Map([...stepsOf(flow)].map((found) => [found.step.id, found]));
  const unreached = new Set(steps.keys());
  /** What stands at a place, or where the flow goes on behind its branch. @param {Place} place @returns {string|null} */
  const at = (place) => {
    const step = stepsAt(flow, place)?.[place.index];
    const condition = place.parent === null ? null : steps.get(place.parent);
    return step?.id ?? (condition ? at(behind(condition.place)) : null);
  };
  const behind = (/** @type {Place} */ place) => ({ ...place, index: place.index + 1 });
  const waiting = [at(beginning)];
  while (waiting.length > 0) {
    const id = waiting.pop() ?? '';
    if (!unreached.delete(id)) continue;
    const { step, place } = /** @type {{step: Step, place: Place}} */ (steps.get(id));
    if (step.kind === 'goto') waiting.push(step.target ?? null);
    else if (isCondition(step)) for (const branch of /** @type {const} */ (['yes', 'no'])) waiting.push(at({ parent: id, branch, index: 0 }));
    else if (step.kind !== 'end') waiting.push(at(behind(place)));
  }
  return unreached;
}

/**
 * Every place where a step may be put, in reading order.
 * @param {Flow} flow @param {string|null} [moved] a step that is being moved: not within itself
 * @returns {Place[]}
 */
export function placesOf(flow, moved = null) {
  /** @type {Place[]} */
  const places = [];
  /** @param {Step[]} steps @param {string|null} parent @param {'yes'|'no'|null} branch */
  const visit = (steps, parent, branch) => {
    for (const [index, step] of steps.entries()) {
      places.push({ parent, branch, index });
      if (step.id === moved) continue;
      if (step.yes) visit(step.yes, step.id, 'yes');
      if (step.no) visit(step.no, step.id, 'no');
    }
    const last = steps[steps.length - 1];
    if (!last || last.id === moved || !endsFlow(last)) places.push({ parent, branch, index: steps.length });
  };
  visit(flow.steps, null, null);
  return places;
}

/** @param {Flow} flow @param {Place} place @param {Step} step @returns {Flow} */
export function insertStep(flow, place, step) {
  return withSteps(flow, place, (steps) => [...steps.slice(0, place.index), step, ...steps.slice(place.index)]);
}

/** @param {Flow} flow @param {string} id @returns {Flow} without the step and, for a condition, all in it */
export function removeStep(flow, id) {
  const found = findStep(flow, id);
  return found ? withSteps(flow, found.place, (steps) => steps.filter((step) => step.id !== id)) : flow;
}

/** A step taken from where it stands to another place; that place is counted with the step still where it was. @param {Flow} flow @param {string} id @param {Place} to @returns {Flow} */
export function moveStep(flow, id, to) {
  const found = findStep(flow, id);
  if (!found || isWithin(flow, id, to) || !stepsAt(flow, to)) return flow;
  const { step, place: from } = found;
  const isSameList = from.parent === to.parent && from.branch === to.branch;
  const index = isSameList && to.index > from.index ? to.index - 1 : to.index;
  if (isSameList && index === from.index) return flow;
  return insertStep(removeStep(flow, id), { ...to, index }, step);
}

/** Is a place in one of the branches of a step? @param {Flow} flow @param {string} id @param {Place} place */
function isWithin(flow, id, { parent }) {
  const step = findStep(flow, id)?.step;
  if (!step || parent === null) return false;
  return parent === id || [...stepsOf({ triggers: [], steps: [step] })].some((each) => each.step.id === parent);
}

/**
 * The same step once more, right behind it, with ids of its own; answers the new one's id with the flow.
 * @param {Flow} flow @param {string} id @returns {{flow: Flow, id: string}|null}
 */
export function duplicateStep(flow, id) {
  const found = findStep(flow, id);
  if (!found) return null;
  const copy = copyOf(found.step);
  return { flow: insertStep(flow, { ...found.place, index: found.place.index + 1 }, copy), id: copy.id };
}

/** Copies that go to one another go to the copies. @param {Step} step @returns {Step} */
function copyOf(step) {
  const ids = new Map([...stepsOf({ triggers: [], steps: [step] })].map((each) => [each.step.id, newStepID()]));
  /** @param {Step} each @returns {Step} */
  const copied = (each) => ({
    ...structuredClone(each),
    id: /** @type {string} */ (ids.get(each.id)),
    ...each.kind === 'goto' && ids.has(each.target) ? { target: ids.get(each.target) } : {},
    ...each.yes ? { yes: each.yes.map(copied) } : {},
    ...each.no ? { no: each.no.map(copied) } : {},
  });
  return copied(step);
}

/** @param {Flow} flow @param {string} id @param {Record<string, unknown>} settings @returns {Flow} */
export function changeStep(flow, id, settings) {
  const found = findStep(flow, id);
  if (!found) return flow;
  return withSteps(flow, found.place, (steps) => steps.map((step) => step.id === id ? { ...step, ...settings } : step));
}

/** @param {Flow} flow @param {Place} place @param {(steps: Step[]) => Step[]} change @returns {Flow} */
function withSteps(flow, { parent, branch }, change) {
  if (parent === null) return { ...flow, steps: change(flow.steps) };
  /** @param {Step} step @returns {Step} */
  const changed = (step) => {
    if (!isCondition(step)) return step;
    const { yes = [], no = [] } = step;
    if (step.id === parent) return branch === 'yes' ? { ...step, yes: change(yes) } : { ...step, no: change(no) };
    return { ...step, yes: yes.map(changed), no: no.map(changed) };
  };
  return { ...flow, steps: flow.steps.map(changed) };
}

/** Where a step goes when no place was chosen: the end. @param {Flow} flow @returns {Place} */
export function lastPlace(flow) {
  const places = placesOf(flow);
  return places[places.length - 1] ?? { parent: null, branch: null, index: flow.steps.length };
}

/** The place where it is still there; else the end. @param {Flow} flow @param {Place} place */
export function nearestPlace(flow, place) {
  const steps = stepsAt(flow, place);
  return steps && place.index <= steps.length ? place : lastPlace(flow);
}
