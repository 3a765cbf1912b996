// @ts-check
/**
 * The flow by keyboard: arrows go from card to card and to the places between, Space lifts a step, arrows take it from place to
 * place, Space puts it down, Escape takes it back. Each is announced.
 */
import { announce } from '../announcer.js';
import { t } from '../i18n.js';
import { placesOf, stepsAt } from './flow.js';

/**
 * @typedef {object} Keyed
 * @property {HTMLElement} element the flow
 * @property {import('./flow-view.js').FlowView} view
 * @property {() => import('./flow.js').Flow} flow
 * @property {(id: string, to: import('./flow.js').Place) => void} move
 * @property {(id: string) => void} remove
 * @property {(id: string) => void} duplicate
 * @property {(id: string|null, to: import('./flow.js').Place|null) => void} show a step is lifted and would go there
 */

export class FlowKeys {
  #keyed;
  /** @type {{id: string, places: import('./flow.js').Place[], index: number, began: number}|null} */
  #lift = null;

  /** @param {Keyed} keyed @param {AbortSignal} signal */
  constructor(keyed, signal) {
    this.#keyed = keyed;
    keyed.element.addEventListener('keydown', (event) => this.#key(event), { signal });
    // A button is pressed as Space is let go of.
    keyed.element.addEventListener('keyup', (event) => {
      const stop = /** @type {HTMLElement} */ (event.target).closest('[data-focus^="step "]');
      if (event.key === ' ' && stop) event.preventDefault();
    }, { signal });
    keyed.element.addEventListener('focusout', (event) => {
      if (this.#lift && event.relatedTarget && !keyed.element.contains(/** @type {Node} */ (event.relatedTarget))) this.#cancel();
    }, { signal });
  }

  get isLifting() {
    return this.#lift !== null;
  }

  /** @param {KeyboardEvent} event */
  #key(event) {
    const stop = /** @type {HTMLElement|null} */ (/** @type {HTMLElement} */ (event.target).closest('[data-focus]'));
    if (!stop) return;
    const [role, id] = (stop.dataset.focus ?? '').split(' ');
    const action = this.#lift ? this.#whileLifted(event) : this.#whileResting(event, stop, role, id);
    if (!action) return;
    event.preventDefault();
    event.stopPropagation();
    action();
  }

  /** @param {KeyboardEvent} event @param {HTMLElement} stop @param {string} role @param {string} id @returns {(() => void)|undefined} */
  #whileResting(event, stop, role, id) {
    const isCommand = event.ctrlKey || event.metaKey;
    if (event.altKey) return undefined;
    if (isCommand) return role === 'step' && event.key.toLowerCase() === 'd' ? () => this.#keyed.duplicate(id) : undefined;
    switch (event.key) {
      case 'ArrowDown': return () => this.#go(stop, 1);
      case 'ArrowUp': return () => this.#go(stop, -1);
      case 'Home': return () => this.#go(stop, -Infinity);
      case 'End': return () => this.#go(stop, Infinity);
      case ' ': return role === 'step' ? () => this.#begin(id) : undefined;
      case 'Delete':
      case 'Backspace': return role === 'step' || role === 'trigger' ? () => this.#keyed.remove(id) : undefined;
      default: return undefined;
    }
  }

  /** @param {KeyboardEvent} event @returns {(() => void)|undefined} */
  #whileLifted({ key }) {
    switch (key) {
      case 'ArrowDown':
      case 'ArrowRight': return () => this.#step(1);
      case 'ArrowUp':
      case 'ArrowLeft': return () => this.#step(-1);
      case ' ':
      case 'Enter': return () => this.#drop();
      case 'Escape': return () => this.#cancel();
      default: return undefined;
    }
  }

  /** @param {HTMLElement} from @param {number} by */
  #go(from, by) {
    const { stops } = this.#keyed.view;
    const at = stops.indexOf(from);
    stops[Math.max(0, Math.min(stops.length - 1, at + by))]?.focus();
  }

  /** @param {string} id */
  #begin(id) {
    const flow = this.#keyed.flow();
    const places = placesOf(flow, id);
    // Before and behind itself it stays where it is: that is one place.
    const own = places.findIndex((place) => this.#isOwn(id, place));
    const kept = places.filter((place, index) => index === own || !this.#isBehind(id, place));
    const index = kept.findIndex((place) => this.#isOwn(id, place));
    this.#lift = { id, places: kept, index, began: index };
    this.#keyed.show(id, null);
    announce(`${t('automation.lifted', { step: this.#keyed.view.titleOf(id) })} ${t('automation.lifted.keys')}`, { urgent: true });
  }

  /** @param {string} id @param {import('./flow.js').Place} place */
  #isOwn(id, place) {
    return this.#stepAt(place) === id;
  }

  /** @param {string} id @param {import('./flow.js').Place} place */
  #isBehind(id, place) {
    return place.index > 0 && this.#stepAt({ ...place, index: place.index - 1 }) === id;
  }

  /** @param {import('./flow.js').Place} place */
  #stepAt(place) {
    return stepsAt(this.#keyed.flow(), place)?.[place.index]?.id;
  }

  /** @param {number} by */
  #step(by) {
    const lift = this.#lift;
    if (!lift) return;
    const index = lift.index + by;
    if (index < 0 || index >= lift.places.length) return;
    lift.index = index;
    const place = lift.places[index];
    this.#keyed.show(lift.id, index === lift.began ? null : place);
    announce(index === lift.began ? t('automation.lifted.back') : this.#keyed.view.whereIs(place), { urgent: true });
  }

  #drop() {
    const lift = this.#lift;
    if (!lift) return;
    this.#lift = null;
    const place = lift.places[lift.index];
    this.#keyed.show(null, null);
    if (lift.index === lift.began) {
      announce(t('automation.lifted.cancelled'), { urgent: true });
      return;
    }
    this.#keyed.move(lift.id, place);
  }

  #cancel() {
    this.#lift = null;
    this.#keyed.show(null, null);
    announce(t('automation.lifted.cancelled'), { urgent: true });
  }
}
