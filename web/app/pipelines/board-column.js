// @ts-check
/** A stage on the board: its name, count and sums, its cards, and the button that adds a deal to it. */
import { View, setText } from '../dom.js';
import { errorText, formatNumber, t } from '../i18n.js';
import { CardWindow } from './card-window.js';
import { orderOf, placeOf } from './board-order.js';
import { totalLine, totalTexts } from './totals.js';

/** The next page is asked for this far from the end, in pixels. */
const ahead = 800;

/**
 * @typedef {object} ColumnCallbacks
 * @property {(deal: any) => import('./board-card.js').BoardCard} cardOf
 * @property {(stageID: number) => void} onMore
 * @property {(stageID: number) => void} onAdd
 */

export class BoardColumn extends View {
  stageID;
  /** What stands in it now, in order, with what is being moved there. @type {any[]} */
  deals = [];

  #callbacks;
  #window;
  /** @type {import('./board-state.js').Column|null} */
  #column = null;

  /** @param {number} stageID @param {ColumnCallbacks} callbacks */
  constructor(stageID, callbacks) {
    super('board-column');
    this.stageID = stageID;
    this.#callbacks = callbacks;
    this.#window = new CardWindow(this.parts.scroller, this.parts.cards, callbacks.cardOf);
    this.root.dataset.stage = String(stageID);
    this.parts.name.id = `stage-${stageID}`;
    this.root.setAttribute('aria-labelledby', this.parts.name.id);
    this.parts.cards.setAttribute('aria-labelledby', this.parts.name.id);
  }

  connected() {
    const { scroller, add, retry } = this.parts;
    let isWaiting = false;
    this.listen(scroller, 'scroll', () => {
      if (isWaiting) return;
      isWaiting = true;
      requestAnimationFrame(() => {
        isWaiting = false;
        this.#window.update();
        this.#reachEnd();
      });
    }, { passive: true });
    const watcher = new ResizeObserver(() => this.#window.update());
    watcher.observe(scroller);
    this.signal.addEventListener('abort', () => watcher.disconnect());
    this.listen(add, 'click', () => this.#callbacks.onAdd(this.stageID));
    this.listen(retry, 'click', () => this.#callbacks.onMore(this.stageID));
  }

  get scroller() {
    return /** @type {HTMLElement} */ (this.parts.scroller);
  }

  /**
   * @param {import('./board-state.js').Column} column
   * @param {{deal: any, stageID: number|null, after: number|null}|null} lift the card that is being moved
   * @param {boolean} isOpen whether deals may be added
   */
  show(column, lift, isOpen) {
    this.#column = column;
    const { name, dot, count, totals, cards, empty, failure, failureText, more, add } = this.parts;
    const { stage } = column;
    setText(name, stage.name);
    name.title = stage.name;
    dot.style.setProperty('--stage', stage.color);
    setText(count, column.isExact === false ? `${formatNumber(column.count)}+` : formatNumber(column.count));
    setText(totals, totalLine(column.totals));
    totals.title = totalTexts(column.totals).join('\n');
    add.hidden = !isOpen;
    add.title = t('board.addTo', { stage: stage.name });
    add.setAttribute('aria-label', add.title);
    this.deals = withLift(column, lift);
    cards.hidden = this.deals.length === 0;
    this.#window.show(this.deals);
    empty.hidden = this.deals.length > 0 || column.isLoading;
    more.hidden = column.next === null || column.error !== null;
    failure.hidden = column.error === null;
    if (column.error) setText(failureText, errorText(column.error));
    this.#reachEnd();
  }

  #reachEnd() {
    const column = this.#column;
    if (!column || column.next === null || column.isLoading || column.error) return;
    const { scrollTop, clientHeight, scrollHeight } = this.scroller;
    if (scrollHeight - scrollTop - clientHeight < ahead) this.#callbacks.onMore(this.stageID);
  }

  /** Behind which card one would stand at a height of the page. @param {any} deal @param {number} y @returns {number|null} */
  placeAt(deal, y) {
    const column = /** @type {import('./board-state.js').Column} */ (this.#column);
    const others = column.deals.filter(({ id }) => id !== deal.id);
    if (column.stage.sort !== 'rank') return this.naturalPlace(deal);
    /** @type {number|null} */
    let after = null;
    const shown = [...this.parts.cards.children].filter((root) => root.dataset.deal !== String(deal.id));
    const first = others.findIndex(({ id }) => String(id) === shown[0]?.dataset.deal);
    if (first > 0) after = others[first - 1].id;
    for (const root of shown) {
      const { top, height } = root.getBoundingClientRect();
      if (y < top + height / 2) break;
      after = Number(root.dataset.deal);
    }
    return after;
  }

  /** Where the stage's own order puts it. @param {any} deal @returns {number|null} */
  naturalPlace(deal) {
    const column = /** @type {import('./board-state.js').Column} */ (this.#column);
    const others = column.deals.filter(({ id }) => id !== deal.id);
    return others[placeOf(others, deal, orderOf(column.stage.sort)) - 1]?.id ?? null;
  }

  get isSorted() {
    return this.#column?.stage.sort !== 'rank';
  }

  /** @param {number} dealID */
  reveal(dealID) {
    this.#window.reveal(dealID);
  }
}

/**
 * The cards of a column, with the one that is being moved where it would come to stand.
 * @param {import('./board-state.js').Column} column
 * @param {{deal: any, stageID: number|null, after: number|null}|null} lift
 */
function withLift(column, lift) {
  if (!lift) return column.deals;
  const deals = column.deals.filter(({ id }) => id !== lift.deal.id);
  if (lift.stageID === column.stage.id) deals.splice(deals.findIndex(({ id }) => id === lift.after) + 1, 0, lift.deal);
  return deals;
}
