// @ts-check
/** The board of a pipeline: a column a stage, whose cards are moved by mouse, by touch and by keyboard. */
import { announce, toast } from '../announcer.js';
import { askLostReason } from '../deals/lost-dialog.js';
import { may } from '../deals/rights.js';
import { View, clone, setText } from '../dom.js';
import { errorText, t } from '../i18n.js';
import { BoardCard } from './board-card.js';
import { BoardColumn } from './board-column.js';
import { BoardState } from './board-state.js';
import { CardDrag } from './card-drag.js';
import { CardKeys } from './card-keys.js';
import { CardMenu } from './card-menu.js';
import { whenBack } from '../when-back.js';
import { isFocusFree, lastPlace, leavePlace } from './places.js';

/**
 * A card that is being moved, and where it would come to stand.
 * @typedef {object} Lift
 * @property {any} deal
 * @property {number|null} stageID null: over no column
 * @property {number|null} after
 * @property {"pointer"|"keys"} by
 */

export class Board extends View {
  /** From when it is connected. @type {BoardState} */
  state = /** @type {any} */ (null);
  /** @type {Lift|null} */
  lift = null;

  #app;
  #pipelineID;
  #filter;
  #onAdd;
  #onShow;
  /** @type {Map<number, BoardColumn>} */
  #columns = new Map();
  /** Those in the page, by deal. @type {Map<number, BoardCard>} */
  #cards = new Map();
  #isDrawing = false;
  #hasComeBack = false;
  /** The card that the Tab key comes to, by column. @type {Map<number, number>} */
  #entries = new Map();

  /**
   * @param {import('../app.js').App} app @param {number} pipelineID @param {import('./deal-filter.js').DealFilter} filter
   * @param {{onAdd: (stageID: number) => void, onShow: (state: BoardState) => void}} callbacks
   */
  constructor(app, pipelineID, filter, { onAdd, onShow }) {
    super('board');
    this.#app = app;
    this.#pipelineID = pipelineID;
    this.#filter = filter;
    this.#onAdd = onAdd;
    this.#onShow = onShow;
  }

  connected() {
    this.state = new BoardState(this.#app, this.#pipelineID, this.#filter, () => this.draw(), this.signal);
    const menu = new CardMenu(this, this.parts.menu, this.#app);
    new CardDrag(this, this.signal);
    new CardKeys(this, this.signal);
    this.listen(this.root, 'click', (event) => {
      const button = event.target.closest('.board-card-more');
      if (button) menu.open(button, this.dealOf(button));
    });
    this.listen(this.root, 'focusin', (event) => this.#focused(event.target));
    // An import may bring contacts and accounts that the cards name.
    for (const key of ['startOver', 'imported']) this.#app.store.subscribe(key, () => void this.state.load(), this.signal);
    whenBack(this.#app, () => this.state.hasFailed, () => this.#again(), this.signal);
    // A day passes: ages and dates are told anew.
    const clock = setInterval(() => this.#refreshCards(), 3_600_000);
    this.signal.addEventListener('abort', () => {
      clearInterval(clock);
      this.#leave();
      for (const column of this.#columns.values()) column.disconnect();
    });
    this.#showSkeleton();
    void this.state.load();
  }

  /** Shows what is known now, once a frame. */
  draw() {
    if (this.#isDrawing) return;
    this.#isDrawing = true;
    requestAnimationFrame(() => {
      this.#isDrawing = false;
      if (this.root.isConnected) this.drawNow();
    });
  }

  /** Whether cards may be moved and closed. */
  get isEditable() {
    return may(this.#app.store, 'edit', this.#pipelineID);
  }

  drawNow() {
    if (!this.state.isLoaded) {
      if (this.state.error) this.#showProblem();
      return;
    }
    // What was lifted is gone: somebody removed it, or took it out of what is looked at.
    if (this.lift && !this.state.columnOf(this.lift.deal.id)) {
      this.setLift(null);
      announce(t('board.gone'), { urgent: true });
    }
    const focused = this.#focusedDeal;
    this.root.classList.toggle('is-view-only', !this.isEditable);
    setText(this.parts.help, t(this.isEditable ? 'board.help' : 'board.help.viewOnly'));
    if (this.lift && !this.isEditable) this.setLift(null);
    this.#showColumns();
    for (const [id, card] of this.#cards) if (!card.root.isConnected) this.#cards.delete(id);
    this.#showEntries();
    if (focused !== null) this.#restoreFocus(focused);
    this.#onShow(this.state);
    if (!this.#hasComeBack) void this.#comeBack();
  }

  #showColumns() {
    const { columns } = this.parts;
    const { state } = this;
    const known = new Set(state.columns.map(({ stage }) => stage.id));
    for (const [id, column] of this.#columns) {
      if (known.has(id)) continue;
      column.disconnect();
      this.#columns.delete(id);
    }
    if (columns.firstElementChild?.classList.contains('board-skeleton')) columns.replaceChildren();
    this.root.removeAttribute('aria-busy');
    state.columns.forEach(({ stage }, index) => {
      let column = this.#columns.get(stage.id);
      if (!column) {
        column = new BoardColumn(stage.id, {
          cardOf: (deal) => this.cardOf(deal),
          onMore: (stageID) => void state.loadMore(stageID),
          onAdd: this.#onAdd,
        });
        this.#columns.set(stage.id, column);
        column.connect(columns);
      }
      if (columns.children[index] !== column.root) columns.insertBefore(column.root, columns.children[index] ?? null);
    });
    const isOpen = may(this.#app.store, 'add', this.#pipelineID);
    for (const each of state.columns) this.#columns.get(each.stage.id)?.show(each, this.lift, isOpen);
    columns.style.setProperty('--columns', String(state.columns.length));
  }

  /** @param {any} deal */
  cardOf(deal) {
    let card = this.#cards.get(deal.id);
    if (!card) this.#cards.set(deal.id, (card = new BoardCard(deal, this.#app.store.session.workspace)));
    card.update(deal, this.#app.store.session.workspace);
    const isLifted = this.lift?.deal.id === deal.id;
    card.root.classList.toggle('is-placeholder', isLifted && this.lift?.by === 'pointer');
    card.root.classList.toggle('is-lifted', isLifted && this.lift?.by === 'keys');
    return card;
  }

  #refreshCards() {
    for (const card of this.#cards.values()) card.deal = null;
    this.draw();
  }

  /** @param {Lift|null} lift */
  setLift(lift) {
    this.lift = lift;
    this.root.classList.toggle('is-lifting', lift?.by === 'pointer');
    this.draw();
  }

  /** The columns in their order. @returns {BoardColumn[]} */
  get columnViews() {
    return this.state.columns.map(({ stage }) => this.#columns.get(stage.id)).filter((column) => column !== undefined);
  }

  /** @param {number} stageID */
  columnView(stageID) {
    return this.#columns.get(stageID);
  }

  /** The deal whose card an element is part of. @param {Element} element */
  dealOf(element) {
    const card = /** @type {HTMLElement|null} */ (element.closest('.board-card'));
    return card ? this.state.deal(Number(card.dataset.deal)) : null;
  }

  // Leaving and coming back

  #leave() {
    if (!this.#hasComeBack) return;
    const tops = new Map([...this.#columns].map(([stageID, { scroller }]) => [stageID, scroller.scrollTop]));
    leavePlace('board', this.#pipelineID, this.#filter, {
      dealID: this.#focusedDeal, count: 0, left: this.parts.columns.scrollLeft, tops,
    });
  }

  /** To where one left it: what was scrolled to is loaded again. */
  async #comeBack() {
    this.#hasComeBack = true;
    const place = lastPlace('board', this.#pipelineID, this.#filter);
    if (!place) return;
    this.parts.columns.scrollLeft = place.left;
    for (const [stageID, top] of place.tops) {
      const scroller = this.#columns.get(stageID)?.scroller;
      if (!scroller) continue;
      while (scroller.scrollHeight - scroller.clientHeight < top) {
        const column = this.state.column(stageID);
        if (!column || column.isLoading || column.error || column.next === null) break;
        await this.state.loadMore(stageID);
        if (!scroller.isConnected) return;
        this.drawNow();
      }
      scroller.scrollTop = top;
    }
    if (place.dealID !== null && isFocusFree()) this.focusCard(place.dealID);
  }

  // The focus

  get #focusedDeal() {
    const card = document.activeElement?.closest('.board-card');
    return card && this.root.contains(card) ? Number(/** @type {HTMLElement} */ (card).dataset.deal) : null;
  }

  /** @param {number} dealID */
  focusCard(dealID) {
    const stageID = this.lift?.deal.id === dealID ? this.lift.stageID : this.state.columnOf(dealID)?.stage.id;
    if (stageID === undefined || stageID === null) return;
    this.#entries.set(stageID, dealID);
    this.#columns.get(stageID)?.reveal(dealID);
    this.#showEntries();
    this.#cards.get(dealID)?.link.focus({ preventScroll: false });
  }

  /** What had the focus may have changed its column, and lost it on the way. @param {number} dealID */
  #restoreFocus(dealID) {
    if (document.activeElement && document.activeElement !== document.body) return;
    if (this.state.columnOf(dealID)) this.focusCard(dealID);
  }

  /** @param {Element} element */
  #focused(element) {
    const deal = this.dealOf(element);
    const column = element.closest('[data-stage]');
    if (!deal || !column) return;
    this.#entries.set(Number(/** @type {HTMLElement} */ (column).dataset.stage), deal.id);
    this.#showEntries();
  }

  /** Tab comes to one card of each column; from there the arrows go on. */
  #showEntries() {
    for (const column of this.#columns.values()) {
      const roots = /** @type {HTMLElement[]} */ ([...column.parts.cards.children]);
      const wanted = String(this.#entries.get(column.stageID) ?? '');
      const entry = roots.find((root) => root.dataset.deal === wanted) ?? roots[0];
      for (const root of roots) {
        for (const control of root.querySelectorAll('a, button')) {
          /** @type {HTMLElement} */ (control).tabIndex = root === entry ? 0 : -1;
        }
      }
    }
  }

  // Moving

  /** Saves a move, and says what came of it. @param {any} deal @param {number} stageID @param {number|null} after */
  async move(deal, stageID, after) {
    const isSame = deal.stage.id === stageID && this.state.before(deal.id) === after;
    if (isSame) return;
    try {
      await this.state.move(deal, stageID, after);
    } catch (error) {
      void toast(`${t('board.moveFailed', { title: deal.title })} ${errorText(/** @type {any} */ (error))}`, { urgent: true });
    }
  }

  /** Won, or lost for a reason that is asked for. @param {any} deal @param {"won"|"lost"} status */
  async close(deal, status) {
    const reason = status === 'lost' ? await askLostReason(deal) : '';
    if (reason === null) return;
    const place = this.state.columnOf(deal.id)?.deals.findIndex(({ id }) => id === deal.id) ?? 0;
    try {
      await this.state.close(deal, status, reason);
      this.#focusBeside(deal, place);
      const undo = { label: t('board.undo'), run: () => void this.reopen(deal) };
      void toast(t(`board.${status}`, { title: deal.title }), { action: undo });
    } catch (error) {
      void toast(`${t('board.moveFailed', { title: deal.title })} ${errorText(/** @type {any} */ (error))}`, { urgent: true });
    }
  }

  /** A card that has gone takes the focus along: the keyboard goes on with the one in its place. @param {any} deal @param {number} place */
  #focusBeside(deal, place) {
    this.drawNow();
    const column = this.state.column(deal.stage.id);
    if (!column || this.state.columnOf(deal.id) || !isFocusFree()) return;
    const next = column.deals[Math.min(place, column.deals.length - 1)];
    if (next) this.focusCard(next.id);
    else this.#columns.get(deal.stage.id)?.parts.add.focus();
  }

  /** @param {any} deal */
  async reopen(deal) {
    try {
      await this.state.close(deal, 'open');
      void toast(t('board.open', { title: deal.title }));
    } catch (error) {
      void toast(errorText(/** @type {any} */ (error)), { urgent: true });
    }
  }

  // Loading and failing

  #showSkeleton() {
    const { columns } = this.parts;
    this.root.setAttribute('aria-busy', 'true');
    columns.replaceChildren(...[3, 4, 2].map((cards) => {
      const { root } = clone('board-skeleton');
      for (let index = 0; index < cards; index += 1) root.append(clone('board-skeleton-card').root);
      return root;
    }));
  }

  #again() {
    if (!this.state.isLoaded) this.#showSkeleton();
    void this.state.load();
  }

  #showProblem() {
    const { root, parts } = clone('board-problem');
    setText(parts.text, errorText(this.state.error));
    parts.retry.addEventListener('click', () => this.#again());
    this.parts.columns.replaceChildren(root);
    this.root.removeAttribute('aria-busy');
  }
}
