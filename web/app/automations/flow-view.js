// @ts-check
/** A flow drawn: what starts it at the top, below it the steps as cards on a line, a condition's branches side by side. */
import { clone, icon, setAttribute, setIcon, setText } from '../dom.js';
import { t } from '../i18n.js';
import { endsFlow, isCondition, placeName, stepsOf, unreachedSteps } from './flow.js';

/**
 * @typedef {import('./flow.js').Flow} Flow
 * @typedef {import('./flow.js').Step} Step
 * @typedef {import('./flow.js').Place} Place
 * @typedef {{icon: string, tone: string, title: string, summary: string}} Description
 */

/**
 * @typedef {object} Drawing
 * @property {Flow} flow
 * @property {(item: {id: string, kind: string}) => Description} describe
 * @property {(id: string) => string|null} faultOf what is wrong with a step or a trigger, in words
 * @property {string|null} startFault
 * @property {"always"|"once"} entry how often the same contact may enter
 * @property {string|null} selected the id of the step or trigger that is open
 * @property {Place|null} chosen where the next step goes
 * @property {string|null} fresh the id of one that has just come
 * @property {string|null} lifted the id of one that is being moved
 */

export class FlowView {
  #element;
  /** @type {Drawing} */
  #drawing = /** @type {any} */ (null);
  /** Each step's number in reading order, as it is spoken of. @type {Map<string, number>} */
  #numbers = new Map();
  /** @type {Set<string>} */
  #unreached = new Set();
  #isStale = false;

  /** @param {HTMLElement} element */
  constructor(element) {
    this.#element = element;
  }

  /** Draws it anew; what had the focus has it again. Under what is being dragged the places stay where they are until `settle`. @param {Drawing} drawing */
  draw(drawing) {
    this.#drawing = drawing;
    const focused = /** @type {HTMLElement|null} */ (document.activeElement?.closest('[data-focus]'));
    const name = this.#element.contains(focused) ? focused?.dataset.focus : undefined;
    this.#numbers = new Map([...stepsOf(drawing.flow)].map(({ step }, index) => [step.id, index + 1]));
    this.#unreached = unreachedSteps(drawing.flow);
    this.#isStale = this.#element.closest('.is-dragging') !== null;
    if (this.#isStale) return;
    this.#element.replaceChildren(this.#start(), this.#list(drawing.flow.steps, null, null));
    if (name) this.find(name)?.focus({ preventScroll: true });
  }

  /** Nothing is dragged any more. */
  settle() {
    if (this.#isStale) this.draw(this.#drawing);
  }

  /** Begins with the start in the middle of what is seen, however wide its branches are. @param {HTMLElement} canvas */
  center(canvas) {
    const start = /** @type {HTMLElement} */ (this.#element.querySelector('.flow-start')).getBoundingClientRect();
    canvas.scrollLeft += start.left + start.width / 2 - canvas.getBoundingClientRect().left - canvas.clientWidth / 2;
  }

  /** What takes the focus by a name: `step ID`, `trigger ID`, `place NAME`. @param {string} name @returns {HTMLElement|null} */
  find(name) {
    return this.#element.querySelector(`[data-focus="${CSS.escape(name)}"]`);
  }

  /** Everything that takes the focus, in reading order. @returns {HTMLElement[]} */
  get stops() {
    return [...this.#element.querySelectorAll('[data-focus]')].map((each) => /** @type {HTMLElement} */ (each));
  }

  /** @param {string} id */
  numberOf(id) {
    return this.#numbers.get(id) ?? 0;
  }

  #start() {
    const { flow, startFault } = this.#drawing;
    const { root, parts } = clone('flow-start');
    setText(parts.text, t(flow.triggers.length === 0 ? 'automation.start.none' : 'automation.start.text'));
    for (const [index, trigger] of flow.triggers.entries()) {
      if (index > 0) {
        const or = document.createElement('li');
        or.className = 'flow-or';
        or.textContent = t('automation.start.or');
        parts.triggers.append(or);
      }
      const item = document.createElement('li');
      item.className = 'flow-trigger';
      const card = this.#card(trigger, 'trigger');
      item.append(card);
      parts.triggers.append(item);
    }
    parts.add.dataset.focus = 'add trigger';
    parts.entry.value = this.#drawing.entry;
    parts.fault.hidden = startFault === null;
    setText(parts.faultText, startFault ?? '');
    return root;
  }

  /** @param {Step[]} steps @param {string|null} parent @param {'yes'|'no'|null} branch */
  #list(steps, parent, branch) {
    const list = document.createElement('div');
    list.className = 'flow-list';
    for (const [index, step] of steps.entries()) {
      list.append(this.#place({ parent, branch, index }, steps));
      list.append(this.#step(step));
    }
    const last = steps[steps.length - 1];
    if (!last || !endsFlow(last)) {
      list.append(this.#place({ parent, branch, index: steps.length }, steps));
      // Behind a branch the flow goes on.
      if (parent === null) list.append(this.#stop());
    }
    return list;
  }

  #stop() {
    const stop = document.createElement('span');
    stop.className = 'flow-stop';
    stop.textContent = t('automation.stop');
    return stop;
  }

  /** @param {Place} place @param {Step[]} steps those among which it is */
  #place(place, steps) {
    const { root, parts } = clone('flow-place');
    const name = placeName(place);
    root.dataset.place = name;
    parts.plus.dataset.focus = `place ${name}`;
    parts.plus.setAttribute('aria-label', t('automation.place', { where: this.#where(place, steps) }));
    parts.plus.title = t('automation.place.short');
    const { chosen } = this.#drawing;
    const isChosen = chosen !== null && placeName(chosen) === name;
    root.classList.toggle('is-chosen', isChosen);
    setAttribute(parts.plus, 'aria-pressed', isChosen ? 'true' : null);
    return root;
  }

  /** Where a place is, in words. @param {Place} place @param {Step[]} steps */
  #where({ parent, branch, index }, steps) {
    const before = steps[index - 1];
    if (before) return t('automation.place.after', { step: this.titleOf(before.id) });
    if (parent === null) return t('automation.place.first');
    return t(`automation.place.${branch}`, { step: this.titleOf(parent) });
  }

  /** @param {Place} place */
  whereIs(place) {
    const { flow } = this.#drawing;
    const found = place.parent === null ? null : [...stepsOf(flow)].find(({ step }) => step.id === place.parent)?.step;
    return this.#where(place, (place.parent === null ? flow.steps : place.branch === 'yes' ? found?.yes : found?.no) ?? []);
  }

  /** “3. Add a deal”. @param {string} id */
  titleOf(id) {
    const { flow, describe } = this.#drawing;
    for (const { step } of stepsOf(flow)) {
      if (step.id === id) return t('automation.step.numbered', { number: this.numberOf(id), title: describe(step).title });
    }
    const trigger = flow.triggers.find((each) => each.id === id);
    return trigger ? describe(trigger).title : '';
  }

  /** @param {Step} step */
  #step(step) {
    const element = document.createElement('div');
    element.className = 'flow-step';
    element.dataset.step = step.id;
    element.append(this.#card(step, 'step'));
    if (isCondition(step)) element.append(this.#branches(step));
    return element;
  }

  /** @param {{id: string, kind: string}} item @param {'step'|'trigger'} role */
  #card(item, role) {
    const { describe, faultOf, selected, fresh, lifted } = this.#drawing;
    const { root, parts } = clone('flow-card');
    const { icon: name, tone, title, summary } = describe(item);
    const fault = faultOf(item.id);
    root.dataset[role] = item.id;
    root.dataset.tone = tone;
    root.dataset.kind = item.kind;
    setIcon(parts.icon, name);
    setText(parts.title, title);
    setText(parts.summary, summary);
    parts.fault.hidden = fault === null;
    setText(parts.faultText, fault ?? '');
    parts.unreached.hidden = !this.#unreached.has(item.id);
    parts.open.dataset.focus = `${role} ${item.id}`;
    if (role === 'step') {
      parts.open.setAttribute('aria-describedby', 'flow-keys');
      const number = document.createElement('span');
      number.className = 'visually-hidden';
      number.textContent = `${t('automation.step.number', { number: this.numberOf(item.id) })} `;
      parts.title.prepend(number);
    }
    setAttribute(parts.open, 'aria-current', item.id === selected ? 'true' : null);
    parts.more.setAttribute('aria-label', t('automation.step.more', { step: title }));
    root.classList.toggle('is-selected', item.id === selected);
    root.classList.toggle('has-fault', fault !== null);
    root.classList.toggle('is-new', item.id === fresh);
    root.classList.toggle('is-lifted', item.id === lifted);
    return root;
  }

  /** @param {Step} step */
  #branches(step) {
    const branches = document.createElement('div');
    branches.className = 'flow-branches';
    for (const branch of /** @type {const} */ (['yes', 'no'])) {
      const steps = (branch === 'yes' ? step.yes : step.no) ?? [];
      const last = steps[steps.length - 1];
      const lane = document.createElement('div');
      lane.className = 'flow-lane';
      lane.classList.toggle('is-ended', last !== undefined && endsFlow(last));
      lane.dataset.branch = branch;
      lane.setAttribute('role', 'group');
      lane.setAttribute('aria-label', t(`automation.place.${branch}`, { step: this.titleOf(step.id) }));
      const label = document.createElement('span');
      label.className = 'flow-branch';
      label.append(icon(branch === 'yes' ? 'check' : 'close', 'icon icon-sm'), t(`automation.branch.${branch}`));
      lane.append(label, this.#list(steps, step.id, branch));
      branches.append(lane);
    }
    return branches;
  }
}
