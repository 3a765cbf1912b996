// @ts-check
/**
 * A board as it is known: the columns of a pipeline with the cards that were asked for, kept true by events.
 *
 * A move shows at once. Until the server has answered, what events say of that deal is held back; then the newest counts.
 * When the server refuses, the deal stands again where it stood, and the columns' sums are asked for anew.
 */
import { isAbort } from '../api.js';
import { withParties } from '../deals/parties.js';
import { orderOf, placeOf, rankBehind } from './board-order.js';
import { addedTo } from './totals.js';

const pageSize = 25;
/** Sums that a filter makes, and matches that only the server can tell, are asked for when the events pause. */
const refreshPause = 600;

/**
 * @typedef {object} Column
 * @property {any} stage
 * @property {number} count
 * @property {boolean} [isExact] false: there are more than the server counted
 * @property {import('./totals.js').Total[]} totals
 * @property {any[]} deals in the stage's order
 * @property {string|null} next where the next page begins
 * @property {boolean} isLoading
 * @property {any} error of the last page
 */

export class BoardState {
  /** @type {Column[]} */
  columns = [];
  isLoaded = false;
  /** @type {any} */
  error = null;

  #app;
  #onChange;
  #signal;
  /** deal → the newest that events say of it while a move is under way; null: nothing yet @type {Map<number, any>} */
  #pending = new Map();
  /** @type {ReturnType<typeof setTimeout>|undefined} */
  #refreshTimer;
  /** @type {AbortController|null} */
  #load = null;

  /**
   * @param {import('../app.js').App} app @param {number} pipelineID @param {import('./deal-filter.js').DealFilter} filter
   * @param {() => void} onChange @param {AbortSignal} signal
   */
  constructor(app, pipelineID, filter, onChange, signal) {
    this.#app = app;
    this.pipelineID = pipelineID;
    this.filter = filter;
    this.#onChange = onChange;
    this.#signal = signal;
    app.store.follow((event) => this.#follow(event), signal);
    signal.addEventListener('abort', () => {
      clearTimeout(this.#refreshTimer);
      this.#load?.abort();
    });
  }

  /** Everything anew; what is shown stays until then. */
  async load() {
    const answer = await this.#ask();
    if (!answer) return;
    this.columns = answer.columns.map((/** @type {any} */ column) => ({ ...column, isLoading: false, error: null }));
    this.isLoaded = true;
    this.#onChange();
  }

  async #ask() {
    this.#load?.abort();
    const { signal } = (this.#load = new AbortController());
    try {
      const answer = await this.#app.api.get(`/api/pipelines/${this.pipelineID}/board`, { query: this.filter.query, signal });
      this.error = null;
      return answer;
    } catch (error) {
      if (isAbort(error) || this.#signal.aborted) return null;
      this.error = error;
      this.#onChange();
      return null;
    }
  }

  /** The next cards of a column. @param {number} stageID */
  async loadMore(stageID) {
    const column = this.column(stageID);
    if (!column || column.isLoading || column.next === null) return;
    column.isLoading = true;
    column.error = null;
    this.#onChange();
    try {
      const { deals, next } = await this.#app.api.get('/api/deals', {
        query: {
          ...this.filter.query, pipeline: this.pipelineID, stage: stageID, sort: column.stage.sort, before: column.next, limit: pageSize,
        },
        signal: this.#signal,
      });
      const known = new Set(column.deals.map(({ id }) => id));
      column.deals.push(...deals.filter((/** @type {any} */ { id }) => !known.has(id) && !this.#pending.has(id)));
      column.next = next;
    } catch (error) {
      if (isAbort(error)) return;
      column.error = error;
    }
    column.isLoading = false;
    this.#onChange();
  }

  /** Whether anything of it could not be had. */
  get hasFailed() {
    return this.error !== null || this.columns.some(({ error }) => error !== null);
  }

  /** @param {number} stageID @returns {Column|undefined} */
  column(stageID) {
    return this.columns.find(({ stage }) => stage.id === stageID);
  }

  /** @param {number} dealID @returns {Column|undefined} */
  columnOf(dealID) {
    return this.columns.find(({ deals }) => deals.some(({ id }) => id === dealID));
  }

  /** @param {number} dealID */
  deal(dealID) {
    return this.columnOf(dealID)?.deals.find(({ id }) => id === dealID) ?? null;
  }

  /** Which card stands before it; null: it is the first. @param {number} dealID @returns {number|null} */
  before(dealID) {
    const deals = this.columnOf(dealID)?.deals ?? [];
    return deals[deals.findIndex(({ id }) => id === dealID) - 1]?.id ?? null;
  }

  /**
   * Moves a card behind another, or to the head of a column.
   * @param {any} deal @param {number} stageID @param {number|null} after
   */
  move(deal, stageID, after) {
    const column = this.column(stageID);
    if (!column) return Promise.resolve();
    const { stage } = column;
    const rank = rankBehind(column.deals.find(({ id }) => id === after)?.rank ?? null);
    const stageEnteredAt = stageID === deal.stage.id ? deal.stageEnteredAt : Date.now();
    return this.#change(deal, { ...deal, rank, stageEnteredAt, stage: { id: stage.id, name: stage.name, color: stage.color } },
      () => this.#app.api.post(`/api/deals/${deal.id}/move`, { stageID, after }));
  }

  /** @param {any} deal @param {"open"|"won"|"lost"} status @param {string} [lostReason] */
  close(deal, status, lostReason = '') {
    const changes = status === 'lost' ? { status, lostReason } : { status };
    return this.#change(deal, { ...deal, ...changes }, () => this.#app.api.patch(`/api/deals/${deal.id}`, changes));
  }

  /**
   * Shows a change, then has it saved; rejects when the server will not, with everything as it was.
   * @param {any} before @param {any} after @param {() => Promise<any>} save
   */
  async #change(before, after, save) {
    this.#pending.set(before.id, null);
    this.#count(before, -1);
    this.#count(after, 1);
    this.#place(after);
    this.#onChange();
    try {
      const saved = await save();
      const held = this.#pending.get(before.id);
      this.#pending.delete(before.id);
      this.#place(held ?? saved);
      this.#app.store.takeDeal(held ?? saved);
      if (!this.filter.isPlain) this.#refreshSoon();
    } catch (error) {
      const held = this.#pending.get(before.id);
      this.#pending.delete(before.id);
      this.#place(held ?? before);
      this.#refreshSoon();
      throw error;
    } finally {
      this.#onChange();
    }
  }

  /** @param {any} deal @param {1|-1} sign */
  #count(deal, sign) {
    const column = this.column(deal.stage.id);
    if (!column || !this.filter.matches(deal)) return;
    column.count += sign;
    column.totals = addedTo(column.totals, deal.value, sign);
  }

  /** Puts a deal where it belongs, or nowhere. @param {any} deal */
  #place(deal) {
    this.#remove(deal.id);
    const column = deal.pipeline.id === this.pipelineID && this.filter.matches(deal) ? this.column(deal.stage.id) : undefined;
    if (!column) return;
    const index = placeOf(column.deals, deal, orderOf(column.stage.sort));
    // Beyond the last page it comes with its own.
    if (index === column.deals.length && column.next !== null) return;
    column.deals.splice(index, 0, deal);
  }

  /** @param {number} dealID */
  #remove(dealID) {
    const column = this.columnOf(dealID);
    if (column) column.deals = column.deals.filter(({ id }) => id !== dealID);
  }

  /** @param {any} event */
  #follow(event) {
    if (!this.isLoaded) return;
    switch (event.type) {
      case 'deal.added':
      case 'deal.changed':
        this.#take(event.deal);
        break;
      case 'deal.removed':
        if (!this.columnOf(event.dealID) && event.pipelineID !== this.pipelineID) return;
        this.#pending.delete(event.dealID);
        this.#remove(event.dealID);
        break;
      case 'contact.changed':
      case 'account.changed':
        if (!this.#nameParties(event)) return;
        break;
      case 'totals.changed':
        if (event.pipelineID !== this.pipelineID) return;
        this.#takeTotals(event.columns);
        break;
      default:
        return;
    }
    this.#onChange();
  }

  /** Answers whether any card names the contact or the account that has changed. @param {any} event */
  #nameParties(event) {
    let isNamed = false;
    for (const column of this.columns) {
      const now = column.deals.map((deal) => withParties(deal, event));
      isNamed ||= now.some((deal, index) => deal !== column.deals[index]);
      column.deals = now;
    }
    return isNamed;
  }

  /** @param {any} deal */
  #take(deal) {
    const isHere = this.columnOf(deal.id) !== undefined;
    if (!isHere && deal.pipeline.id !== this.pipelineID) return;
    if (this.#pending.has(deal.id)) {
      this.#pending.set(deal.id, deal);
      return;
    }
    if (!this.filter.isPlain) this.#refreshSoon();
    // A deal that was not found is not shown before it is.
    if (!isHere && this.filter.needsServer) return;
    this.#place(deal);
  }

  /** Absolute values; with a filter, the server is asked for its own. @param {any[]} rows */
  #takeTotals(rows) {
    if (!this.filter.isPlain) {
      this.#refreshSoon();
      return;
    }
    for (const { stageID, status, count, totals } of rows) {
      const column = this.column(stageID);
      if (column && status === this.filter.get('status')) Object.assign(column, { count, totals });
    }
  }

  #refreshSoon() {
    clearTimeout(this.#refreshTimer);
    this.#refreshTimer = setTimeout(() => void this.#refresh(), refreshPause);
  }

  /** The counts and sums anew, and the first cards where the filter is the server's to judge. */
  async #refresh() {
    const answer = await this.#ask();
    if (!answer) return;
    for (const fresh of answer.columns) {
      const column = this.column(fresh.stage.id);
      if (!column) continue;
      Object.assign(column, { count: fresh.count, isExact: fresh.isExact, totals: fresh.totals });
      if (this.filter.needsServer) Object.assign(column, { deals: fresh.deals, next: fresh.next });
    }
    this.#onChange();
  }
}
