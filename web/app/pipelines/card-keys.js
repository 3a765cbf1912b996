// @ts-check
/**
 * The board by keyboard: arrows go from card to card, Space lifts one, arrows move it, Space drops it, Escape takes it back.
 * Each step is announced.
 */
import { announce } from '../announcer.js';
import { formatNumber, t } from '../i18n.js';

export class CardKeys {
  #board;

  /** @param {import('./board.js').Board} board @param {AbortSignal} signal */
  constructor(board, signal) {
    this.#board = board;
    board.root.addEventListener('keydown', (event) => this.#key(event), { signal });
    board.root.addEventListener('focusout', (event) => this.#left(event), { signal });
  }

  /** @param {KeyboardEvent} event */
  #key(event) {
    const link = /** @type {HTMLElement} */ (event.target).closest('.board-card-link');
    if (!link || event.ctrlKey || event.metaKey || event.altKey) return;
    const isLifted = this.#board.lift?.by === 'keys';
    const action = isLifted ? this.#whileLifted(event.key) : this.#whileResting(event.key, link);
    if (!action) return;
    event.preventDefault();
    event.stopPropagation();
    action();
  }

  /** @param {string} key @param {Element} link */
  #whileResting(key, link) {
    const deal = this.#board.dealOf(link);
    if (!deal || this.#board.lift) return null;
    return /** @type {Record<string, () => void>} */ ({
      ' ': () => this.#lift(deal),
      ArrowDown: () => this.#step(deal, 1),
      ArrowUp: () => this.#step(deal, -1),
      ArrowLeft: () => this.#cross(deal, -1),
      ArrowRight: () => this.#cross(deal, 1),
      Home: () => this.#step(deal, -Infinity),
      End: () => this.#step(deal, Infinity),
    })[key];
  }

  /** @param {string} key */
  #whileLifted(key) {
    return /** @type {Record<string, () => void>} */ ({
      ' ': () => this.#drop(),
      Enter: () => this.#drop(),
      Escape: () => this.#cancel(),
      ArrowDown: () => this.#moveWithin(1),
      ArrowUp: () => this.#moveWithin(-1),
      ArrowLeft: () => this.#moveAcross(-1),
      ArrowRight: () => this.#moveAcross(1),
    })[key];
  }

  // From card to card

  /** @param {any} deal @param {number} by */
  #step(deal, by) {
    const deals = this.#board.state.columnOf(deal.id)?.deals ?? [];
    const index = deals.findIndex(({ id }) => id === deal.id);
    const next = deals[Math.max(0, Math.min(deals.length - 1, index + by))];
    if (next) this.#board.focusCard(next.id);
  }

  /** @param {any} deal @param {1|-1} by */
  #cross(deal, by) {
    const { columns } = this.#board.state;
    const from = columns.findIndex(({ deals }) => deals.some(({ id }) => id === deal.id));
    const index = columns[from].deals.findIndex(({ id }) => id === deal.id);
    for (let at = from + by; at >= 0 && at < columns.length; at += by) {
      const { deals } = columns[at];
      if (deals.length === 0) continue;
      this.#board.focusCard(deals[Math.min(index, deals.length - 1)].id);
      return;
    }
  }

  // Moving a card

  /** @param {any} deal */
  #lift(deal) {
    const column = this.#board.state.columnOf(deal.id);
    if (!column) return;
    if (!this.#board.isEditable) {
      announce(t('board.viewOnly'), { urgent: true });
      return;
    }
    this.#board.setLift({ deal, stageID: column.stage.id, after: this.#board.state.before(deal.id), by: 'keys' });
    announce(`${t('board.lifted', { title: deal.title })} ${this.#where}`, { urgent: true });
  }

  /** @param {1|-1} by */
  #moveWithin(by) {
    const { lift } = this.#board;
    const view = lift?.stageID ? this.#board.columnView(lift.stageID) : null;
    if (!lift || !view) return;
    if (view.isSorted) {
      announce(t('board.sorted'), { urgent: true });
      return;
    }
    const others = this.#othersIn(lift.stageID);
    const index = others.findIndex(({ id }) => id === lift.after) + 1 + by;
    if (index < 0 || index > others.length) return;
    this.#put(lift.stageID, others[index - 1]?.id ?? null);
  }

  /** @param {1|-1} by */
  #moveAcross(by) {
    const { lift, state } = this.#board;
    if (!lift) return;
    const from = state.columns.findIndex(({ stage }) => stage.id === lift.stageID);
    const to = state.columns[from + by];
    const view = to && this.#board.columnView(to.stage.id);
    if (!view) return;
    const index = this.#othersIn(lift.stageID).findIndex(({ id }) => id === lift.after) + 1;
    const others = this.#othersIn(to.stage.id);
    const after = view.isSorted ? view.naturalPlace(lift.deal) : others[Math.min(index, others.length) - 1]?.id ?? null;
    this.#put(to.stage.id, after);
  }

  /** @param {number|null} stageID */
  #othersIn(stageID) {
    const { lift, state } = this.#board;
    return (stageID === null ? undefined : state.column(stageID))?.deals.filter(({ id }) => id !== lift?.deal.id) ?? [];
  }

  /** @param {number|null} stageID @param {number|null} after */
  #put(stageID, after) {
    const { lift } = this.#board;
    if (!lift) return;
    this.#isMoving = true;
    this.#board.setLift({ ...lift, stageID, after });
    this.#board.drawNow();
    this.#board.focusCard(lift.deal.id);
    this.#isMoving = false;
    announce(this.#where, { urgent: true });
  }

  /** The card leaves the page for a moment on its way: that is no leaving. */
  #isMoving = false;

  #drop() {
    const { lift, state } = this.#board;
    if (!lift || lift.stageID === null) return;
    const column = state.column(lift.stageID);
    const deal = state.deal(lift.deal.id);
    this.#isMoving = true;
    this.#board.setLift(null);
    if (deal) void this.#board.move(deal, lift.stageID, lift.after);
    this.#board.drawNow();
    this.#board.focusCard(lift.deal.id);
    this.#isMoving = false;
    announce(t('board.dropped', { title: lift.deal.title, stage: column?.stage.name ?? '' }), { urgent: true });
  }

  #cancel() {
    const { lift } = this.#board;
    if (!lift) return;
    this.#isMoving = true;
    this.#board.setLift(null);
    this.#board.drawNow();
    this.#board.focusCard(lift.deal.id);
    this.#isMoving = false;
    announce(t('board.cancelled'), { urgent: true });
  }

  /** Whoever leaves the board puts the card back. @param {FocusEvent} event */
  #left(event) {
    if (this.#isMoving || this.#board.lift?.by !== 'keys') return;
    const to = /** @type {Element|null} */ (event.relatedTarget);
    if (to === null) return;
    this.#board.setLift(null);
    announce(t('board.cancelled'), { urgent: true });
  }

  get #where() {
    const { lift, state } = this.#board;
    const column = lift?.stageID ? state.column(lift.stageID) : undefined;
    if (!lift || !column) return '';
    const others = this.#othersIn(lift.stageID);
    const place = others.findIndex(({ id }) => id === lift.after) + 2;
    const count = Math.max(place, column.count + (column.deals.some(({ id }) => id === lift.deal.id) ? 0 : 1));
    return t('board.place', { stage: column.stage.name, place: formatNumber(place), count: formatNumber(count) });
  }
}
