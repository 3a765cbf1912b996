// @ts-check
/** Cards dragged from place to place and to the zones of won and lost. What others do meanwhile is shown and does not end the drag. */

import { announce } from '../announcer.js';
import { t } from '../i18n.js';
import { PointerDrag, pull } from '../pointer-drag.js';

export class CardDrag {
  #board;
  /** The zone won or lost that the pointer is over. @type {HTMLElement|null} */
  #zone = null;

  /** @param {import('./board.js').Board} board @param {AbortSignal} signal */
  constructor(board, signal) {
    this.#board = board;
    new PointerDrag({
      root: board.root,
      ghost: 'board-ghost',
      grasp: (pressed) => this.#grasp(pressed),
      begin: (card) => this.#begin(card),
      follow: (_, x, y) => this.#follow(x, y),
      scroll: (x, y) => this.#scroll(x, y),
      drop: () => this.#drop(),
      cancel: () => announce(t('board.cancelled'), { urgent: true }),
      end: () => this.#end(),
    }, signal);
  }

  /** @param {HTMLElement} pressed */
  #grasp(pressed) {
    if (pressed.closest('button') || this.#board.lift || !this.#board.isEditable) return null;
    return /** @type {HTMLElement|null} */ (pressed.closest('.board-card'));
  }

  /** @param {HTMLElement} card */
  #begin(card) {
    const deal = this.#board.dealOf(card);
    if (!deal) return false;
    const { state } = this.#board;
    this.#board.setLift({
      deal, stageID: state.columnOf(deal.id)?.stage.id ?? null, after: state.before(deal.id), by: 'pointer',
    });
    return true;
  }

  /** The place that the card would take follows the pointer. @param {number} x @param {number} y */
  #follow(x, y) {
    const { lift } = this.#board;
    if (!lift) return;
    this.#zone = null;
    for (const zone of /** @type {NodeListOf<HTMLElement>} */ (this.#board.root.querySelectorAll('.board-zone'))) {
      const { left, right, top, bottom } = zone.getBoundingClientRect();
      const isOver = x >= left && x <= right && y >= top && y <= bottom;
      zone.classList.toggle('is-over', isOver);
      if (isOver) this.#zone = zone;
    }
    if (this.#zone) return;
    const column = this.#columnAt(x);
    const stageID = column?.stageID ?? null;
    const after = column ? column.placeAt(lift.deal, y) : null;
    if (stageID !== lift.stageID || after !== lift.after) this.#board.setLift({ ...lift, stageID, after });
  }

  /** The column at a place, or the one beside it. @param {number} x */
  #columnAt(x) {
    const columns = this.#board.columnViews;
    return columns.find((column) => x < column.root.getBoundingClientRect().right + 6) ?? columns.at(-1);
  }

  /** Near an edge the board and its column move on. @param {number} x @param {number} y */
  #scroll(x, y) {
    const { columns } = this.#board.parts;
    const across = columns.getBoundingClientRect();
    columns.scrollLeft += pull(x, across.left, across.right);
    const { stageID } = this.#board.lift ?? {};
    const scroller = stageID ? this.#board.columnView(stageID)?.scroller : null;
    if (!scroller || this.#zone) return;
    const along = scroller.getBoundingClientRect();
    scroller.scrollTop += pull(y, along.top, along.bottom);
  }

  #drop() {
    const { lift, state } = this.#board;
    if (!lift) return;
    this.#board.setLift(null);
    const deal = state.deal(lift.deal.id);
    if (!deal) return;
    const outcome = this.#zone?.dataset.status;
    if (outcome === 'won' || outcome === 'lost') {
      void this.#board.close(deal, outcome);
    } else if (lift.stageID !== null) {
      void this.#board.move(deal, lift.stageID, lift.after);
      const stage = state.column(lift.stageID)?.stage.name ?? '';
      announce(t('board.dropped', { title: deal.title, stage }));
    }
  }

  #end() {
    this.#zone = null;
    if (this.#board.lift) this.#board.setLift(null);
  }
}
