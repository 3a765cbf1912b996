// @ts-check
/**
 * Cards dragged by mouse, pen and finger. A mouse drags at once; a finger after a long press, since a swipe scrolls. Near an
 * edge the column and the board scroll by themselves. What others do meanwhile is shown and does not end the drag.
 */

import { announce } from '../announcer.js';
import { t } from '../i18n.js';

const threshold = 6;
const longPress = 350;
/** A finger that has moved so far before the long press is up, scrolls. */
const slack = 10;
const edge = 56;
const fastest = 18;

export class CardDrag {
  #board;
  #signal;
  /** The press that may become a drag.
   * @type {{id: number, x: number, y: number, card: HTMLElement, isTouch: boolean, timer?: ReturnType<typeof setTimeout>}|null} */
  #press = null;
  /** What follows the pointer while a card is dragged. @type {{ghost: HTMLElement, dx: number, dy: number, x: number, y: number}|null} */
  #drag = null;
  #frame = 0;

  /** @param {import('./board.js').Board} board @param {AbortSignal} signal */
  constructor(board, signal) {
    this.#board = board;
    this.#signal = signal;
    const { root } = board;
    const options = { signal };
    root.addEventListener('pointerdown', (event) => this.#down(event), options);
    root.addEventListener('pointermove', (event) => this.#move(event), options);
    root.addEventListener('pointerup', (event) => this.#up(event), options);
    root.addEventListener('pointercancel', () => this.#cancel(), options);
    // A link has a drag of its own, and a long press a menu.
    root.addEventListener('dragstart', (event) => event.preventDefault(), options);
    root.addEventListener('contextmenu', (event) => {
      if (this.#drag || this.#press?.isTouch) event.preventDefault();
    }, options);
    document.addEventListener('keydown', (event) => {
      if (event.key !== 'Escape' || !this.#drag) return;
      event.preventDefault();
      event.stopPropagation();
      this.#cancel();
    }, { signal, capture: true });
    signal.addEventListener('abort', () => this.#end());
  }

  /** @param {PointerEvent} event */
  #down(event) {
    const target = /** @type {HTMLElement} */ (event.target);
    const card = /** @type {HTMLElement|null} */ (target.closest('.board-card'));
    if (!card || event.button !== 0 || !event.isPrimary || target.closest('button') || this.#drag || this.#board.lift) return;
    if (!this.#board.isEditable) return;
    const isTouch = event.pointerType === 'touch';
    this.#press = { id: event.pointerId, x: event.clientX, y: event.clientY, card, isTouch };
    if (!isTouch) return;
    this.#press.timer = setTimeout(() => this.#begin(), longPress);
    // Heard at the card itself, from the first: only so may a finger that drags be kept from scrolling.
    card.addEventListener('touchmove', (touch) => {
      if (this.#drag && touch.cancelable) touch.preventDefault();
    }, { passive: false, signal: this.#signal });
  }

  /** @param {PointerEvent} event */
  #move(event) {
    const press = this.#press;
    if (!press || event.pointerId !== press.id) return;
    if (this.#drag) {
      this.#drag.x = event.clientX;
      this.#drag.y = event.clientY;
      this.#follow();
      return;
    }
    const distance = Math.hypot(event.clientX - press.x, event.clientY - press.y);
    if (press.isTouch) {
      if (distance > slack) this.#forget();
    } else if (distance > threshold) {
      this.#begin();
      if (this.#drag) this.#move(event);
    }
  }

  #begin() {
    const press = this.#press;
    const deal = press && this.#board.dealOf(press.card);
    if (!press || !deal) return;
    const box = press.card.getBoundingClientRect();
    const ghost = /** @type {HTMLElement} */ (press.card.cloneNode(true));
    ghost.classList.add('board-ghost');
    ghost.setAttribute('aria-hidden', 'true');
    ghost.inert = true;
    ghost.style.setProperty('inline-size', `${box.width}px`);
    document.body.append(ghost);
    this.#drag = { ghost, dx: press.x - box.left, dy: press.y - box.top, x: press.x, y: press.y };
    this.#board.root.setPointerCapture(press.id);
    if (press.isTouch) navigator.vibrate?.(12);
    getSelection()?.removeAllRanges();
    const column = this.#board.state.columnOf(deal.id);
    this.#board.setLift({ deal, stageID: column?.stage.id ?? null, after: this.#board.state.before(deal.id), by: 'pointer' });
    this.#follow();
    this.#frame = requestAnimationFrame(() => this.#scroll());
  }

  /** The card follows the pointer, and the place it would take follows the card. */
  #follow() {
    const drag = this.#drag;
    const { lift } = this.#board;
    if (!drag || !lift) return;
    drag.ghost.style.setProperty('translate', `${drag.x - drag.dx}px ${drag.y - drag.dy}px`);
    const zone = this.#zone;
    for (const each of this.#board.root.querySelectorAll('.board-zone')) each.classList.toggle('is-over', each === zone);
    if (zone) return;
    const column = this.#columnAt(drag.x);
    const stageID = column?.stageID ?? null;
    const after = column ? column.placeAt(lift.deal, drag.y) : null;
    if (stageID !== lift.stageID || after !== lift.after) this.#board.setLift({ ...lift, stageID, after });
  }

  /** The zone won or lost that the pointer is over. @returns {HTMLElement|null} */
  get #zone() {
    const drag = this.#drag;
    if (!drag) return null;
    return [...this.#board.root.querySelectorAll('.board-zone')].find((zone) => {
      const { left, right, top, bottom } = zone.getBoundingClientRect();
      return drag.x >= left && drag.x <= right && drag.y >= top && drag.y <= bottom;
    }) ?? null;
  }

  /** The column at a place, or the one beside it. @param {number} x */
  #columnAt(x) {
    const columns = this.#board.columnViews;
    return columns.find((column) => x < column.root.getBoundingClientRect().right + 6) ?? columns.at(-1);
  }

  /** Near an edge everything moves on, the faster the nearer. */
  #scroll() {
    const drag = this.#drag;
    if (!drag) return;
    const { columns } = this.#board.parts;
    const across = columns.getBoundingClientRect();
    const sideways = pull(drag.x, across.left, across.right);
    if (sideways) columns.scrollLeft += sideways;
    const { stageID } = this.#board.lift ?? {};
    const scroller = stageID ? this.#board.columnView(stageID)?.scroller : null;
    if (scroller && !this.#zone) {
      const along = scroller.getBoundingClientRect();
      const lengthways = pull(drag.y, along.top, along.bottom);
      if (lengthways) scroller.scrollTop += lengthways;
    }
    this.#follow();
    this.#frame = requestAnimationFrame(() => this.#scroll());
  }

  /** @param {PointerEvent} event */
  #up(event) {
    if (this.#press?.id !== event.pointerId) return;
    const { lift } = this.#board;
    if (!this.#drag || !lift) {
      this.#forget();
      return;
    }
    const outcome = this.#zone?.dataset.status;
    this.#swallowClick();
    this.#end();
    const deal = this.#board.state.deal(lift.deal.id);
    if (!deal) return;
    if (outcome === 'won' || outcome === 'lost') {
      void this.#board.close(deal, outcome);
    } else if (lift.stageID !== null) {
      const column = this.#board.state.column(lift.stageID);
      void this.#board.move(deal, lift.stageID, lift.after);
      announce(t('board.dropped', { title: deal.title, stage: column?.stage.name ?? '' }));
    }
  }

  #cancel() {
    if (this.#drag) announce(t('board.cancelled'), { urgent: true });
    this.#end();
  }

  /** The click that ends a drag opens nothing. */
  #swallowClick() {
    const controller = new AbortController();
    addEventListener('click', (event) => {
      event.preventDefault();
      event.stopPropagation();
    }, { capture: true, signal: controller.signal });
    setTimeout(() => controller.abort(), 0);
  }

  #end() {
    cancelAnimationFrame(this.#frame);
    this.#drag?.ghost.remove();
    const hadDrag = this.#drag !== null;
    this.#drag = null;
    this.#forget();
    if (hadDrag) this.#board.setLift(null);
  }

  #forget() {
    clearTimeout(this.#press?.timer);
    this.#press = null;
  }
}

/** How far to scroll this frame: none in the middle. @param {number} at @param {number} start @param {number} end */
function pull(at, start, end) {
  if (at < start + edge) return -Math.ceil(fastest * Math.min(1, (start + edge - at) / edge));
  if (at > end - edge) return Math.ceil(fastest * Math.min(1, (at - end + edge) / edge));
  return 0;
}
