// @ts-check
/**
 * The left pane: filters with counts, the search, and the list.
 *
 * While the pointer is used over the rows, or they are scrolled, the order is held: rows are filled anew, but none moves.
 * A pill says how many conversations wait above; the order is applied when the pointer leaves, when one goes on by
 * keyboard, or by the pill.
 */
import { setText, View } from '../dom.js';
import { formatNumber, t } from '../i18n.js';
import { ConversationRow } from './conversation-row.js';
import { ListState } from './list-state.js';
import { Search } from './search.js';
import { VirtualList } from './virtual-list.js';

/** Matches `--row` in conversations.css. */
const rowHeight = 80;
/** Rows before the end at which the next page is asked for. */
const ahead = 40;
const everyMinute = 30_000;

export class ConversationList extends View {
  #app;
  #store;
  #search;
  #state;
  /** @type {VirtualList<ConversationRow>|null} */
  #virtual = null;
  /** @type {import('./lists.js').List} */
  #list;
  /** @type {number|null} */
  #selected = null;
  #isPointedAt = false;
  /** The order in which the rows stand now. @type {number[]} */
  #shown = [];
  #now = Date.now();

  /** @param {import('../app.js').App} app */
  constructor(app) {
    super('conversation-list');
    this.#app = app;
    this.#store = app.store;
    this.#search = new Search(app.store);
    this.#state = new ListState(this.parts.state);
    const [assignee, status] = (sessionStorage.getItem('parley.filter') ?? 'all/open').split('/');
    this.#list = this.#store.lists.get(/** @type {any} */ (assignee), /** @type {any} */ (status));
  }

  connected() {
    const { parts, signal } = this;
    this.#virtual = new VirtualList({
      scroller: parts.scroller, element: parts.rows, height: rowHeight, signal,
      make: () => new ConversationRow(this.#store),
      fill: (row, id) => this.#fill(row, id),
      onRange: (last) => this.#reached(last),
    });
    this.#listenToControls();
    this.#store.subscribe('conversations', () => this.#update(), signal);
    this.#store.subscribe('counts', () => this.#showCounts(), signal);
    for (const key of ['presence', 'agents']) this.#store.subscribe(key, () => this.#refill(), signal);
    this.#store.subscribe('startOver', () => this.#startOver(), signal);
    this.#store.subscribe('connection', () => this.#connected(), signal);
    this.#search.onChange = () => this.#update();
    const clock = setInterval(() => {
      this.#now = Date.now();
      this.#refill();
    }, everyMinute);
    signal.addEventListener('abort', () => {
      clearInterval(clock);
      this.#search.clear();
    });
    this.#choose(this.#list);
  }

  #listenToControls() {
    const { parts } = this;
    this.listen(this.root, 'click', (event) => this.#clicked(event));
    this.listen(parts.search, 'input', () => this.#search.ask(parts.search.value));
    this.listen(parts.search, 'keydown', (event) => this.#searchKey(event));
    this.listen(parts.clear, 'click', () => this.clearSearch());
    this.listen(parts.fresh, 'click', () => this.#applyFresh());
    this.listen(parts.rows, 'keydown', (event) => this.#rowKey(event));
    this.listen(parts.scroller, 'pointermove', (event) => {
      this.#isPointedAt = event.pointerType === 'mouse';
    }, { passive: true });
    for (const [target, type] of /** @type {const} */ ([[parts.scroller, 'pointerleave'], [document, 'keydown']])) {
      this.listen(target, type, () => this.#release());
    }
    this.listen(parts.scroller, 'scroll', () => this.#scrolled(), { passive: true });
  }

  /** The pointer is not what is used now. */
  #release() {
    if (!this.#isPointedAt) return;
    this.#isPointedAt = false;
    this.#update();
  }

  /** @param {number|null} id */
  select(id) {
    const before = this.#selected;
    this.#selected = id;
    if (before !== null) this.#virtual?.refresh(before);
    if (id !== null) this.#virtual?.setCurrent(id, { reveal: true });
  }

  /** The conversation after or before the selected one, or null at an end. @param {1|-1} step */
  neighbour(step) {
    const index = this.#selected === null ? -1 : this.#shown.indexOf(this.#selected);
    if (index < 0) return this.#shown[0] ?? null;
    return this.#shown[index + step] ?? null;
  }

  focusSearch() {
    this.parts.search.focus();
    this.parts.search.select();
  }

  /** @returns {boolean} whether there was a search */
  clearSearch() {
    const { parts } = this;
    const had = parts.search.value !== '';
    parts.search.value = '';
    this.#search.ask('');
    if (had) parts.search.focus();
    return had;
  }

  /** @param {MouseEvent} event */
  #clicked(event) {
    const button = /** @type {HTMLElement} */ (event.target).closest('button');
    const assignee = /** @type {any} */ (button?.dataset.assignee ?? this.#list.assignee);
    const status = /** @type {any} */ (button?.dataset.status ?? this.#list.status);
    if (button?.dataset.assignee || button?.dataset.status) this.#choose(this.#store.lists.get(assignee, status));
  }

  /** @param {import('./lists.js').List} list */
  #choose(list) {
    this.#list = list;
    sessionStorage.setItem('parley.filter', `${list.assignee}/${list.status}`);
    for (const button of this.root.querySelectorAll('[data-status]')) {
      button.setAttribute('aria-pressed', String(button.getAttribute('data-status') === list.status));
    }
    for (const button of this.root.querySelectorAll('[data-assignee]')) {
      button.setAttribute('aria-pressed', String(button.getAttribute('data-assignee') === list.assignee));
    }
    this.#showCounts();
    this.parts.scroller.scrollTop = 0;
    if (!list.isLoaded && !list.error) void list.loadMore();
    this.#update({ force: true });
  }

  #startOver() {
    this.#list = this.#store.lists.get(this.#list.assignee, this.#list.status);
    void this.#list.loadMore();
    if (this.#search.isActive) this.#search.ask(this.parts.search.value, { again: true });
  }

  /** What failed for want of a connection is asked for again with it. */
  #connected() {
    if (this.#app.connection.state !== 'live') return;
    if (this.#list.error) void this.#list.loadMore();
    if (this.#search.error) this.#search.loadMore();
  }

  #showCounts() {
    const { assignee, status } = this.#list;
    for (const button of this.root.querySelectorAll('[data-status], [data-assignee]')) {
      const { dataset } = /** @type {HTMLElement} */ (button);
      const count = this.#store.count(
        /** @type {any} */ (dataset.status ?? status), /** @type {any} */ (dataset.assignee ?? assignee));
      setText(/** @type {Element} */ (button.querySelector('.count')), formatNumber(count, { notation: 'compact' }));
    }
  }

  /** What is to be shown: the list, or the search's results; in place when nothing is being looked at. */
  #update({ force = false } = {}) {
    const { parts } = this;
    const searching = this.#search.isActive;
    parts.clear.hidden = parts.search.value === '';
    // A search looks through everything: the filters would only seem to do something.
    parts.tabs.hidden = parts.statuses.hidden = searching;
    this.#showSummary(searching);
    const ids = searching ? this.#search.ids : this.#list.ids;
    const isHeld = !force && !searching && this.#shown.length > 0 && this.#isHeld && !this.#grewOnlyBelow(ids);
    if (isHeld) {
      this.#showFresh(ids);
      this.#refill();
    } else {
      const anchor = parts.scroller.scrollTop > 0 && !force && !searching ? this.#virtual?.anchor : null;
      this.#shown = [...ids];
      this.#virtual?.show(this.#shown);
      if (anchor) this.#virtual?.restore(anchor);
      parts.fresh.hidden = true;
    }
    this.#showState(searching);
  }

  get #isHeld() {
    return this.#isPointedAt || this.parts.scroller.scrollTop > 0;
  }

  /** Further pages may come below a held order without moving anything. @param {number[]} ids */
  #grewOnlyBelow(ids) {
    return ids.length >= this.#shown.length && this.#shown.every((id, index) => ids[index] === id);
  }

  /** @param {number[]} ids */
  #showFresh(ids) {
    const { parts } = this;
    // Those that would stand above the first row that stays: new ones, and ones that moved up.
    const first = this.#shown.find((id) => this.#list.has(id));
    const fresh = first === undefined ? ids.length : ids.indexOf(first);
    parts.fresh.hidden = fresh === 0;
    setText(parts.freshText, t('list.fresh', { count: fresh }));
  }

  #applyFresh() {
    this.#isPointedAt = false;
    this.parts.scroller.scrollTop = 0;
    this.#update({ force: true });
  }

  #scrolled() {
    if (this.parts.scroller.scrollTop <= 0 && !this.#isPointedAt) this.#update();
  }

  /** @param {number} last the last index in view */
  #reached(last) {
    if (this.#search.isActive) {
      // What failed is asked for by a press or with the next connection, not by being drawn.
      if (!this.#search.error && last >= this.#search.ids.length - ahead) this.#search.loadMore();
    } else if (this.#list.isLoaded && !this.#list.error && last >= this.#list.ids.length - ahead) {
      void this.#list.loadMore();
    }
  }

  /** @param {ConversationRow} row @param {number} id */
  #fill(row, id) {
    const conversation = this.#store.conversations.get(id);
    if (!conversation) return;
    const searching = this.#search.isActive;
    row.fill(conversation, {
      selected: id === this.#selected,
      size: searching ? this.#search.ids.length : Math.max(this.#shown.length, this.#total),
      gone: !searching && !this.#list.has(id),
      hit: searching ? this.#search.hit(id) : null,
      now: this.#now,
    });
  }

  get #total() {
    return this.#store.count(this.#list.status, this.#list.assignee);
  }

  #refill() {
    this.#virtual?.render();
  }

  /** @param {boolean} searching */
  #showSummary(searching) {
    const { summary } = this.parts;
    const { ids, isLoading, hasMore, error } = this.#search;
    summary.hidden = !searching || error !== null;
    if (summary.hidden) return;
    setText(summary, isLoading && ids.length === 0 ? t('search.searching')
      : t(hasMore ? 'search.someResults' : 'search.results', { count: ids.length }));
  }

  /** @param {boolean} searching */
  #showState(searching) {
    const source = searching ? this.#search : this.#list;
    const isWaiting = source.isLoading || (!searching && !this.#list.isLoaded);
    const kind = source.ids.length > 0 || this.#shown.length > 0 ? null
      : source.error ? 'error' : isWaiting ? 'loading' : 'empty';
    const { store, router } = this.#app;
    const isFirst = store.count('open', 'all') + store.count('completed', 'all') === 0;
    this.#state.show(kind, {
      subject: searching ? 'search' : isFirst ? 'first' : `${this.#list.assignee}.${this.#list.status}`, error: source.error,
      retry: () => void source.loadMore(), begin: () => router.go('/settings/sites'),
    });
  }

  /** @param {KeyboardEvent} event */
  #searchKey(event) {
    if (event.key === 'Escape' && this.parts.search.value) {
      event.preventDefault();
      event.stopPropagation();
      this.clearSearch();
    } else if (event.key === 'ArrowDown' && this.#shown.length) {
      event.preventDefault();
      this.#virtual?.setCurrent(this.#shown[0], { focus: true });
    } else if (event.key === 'Enter' && !event.isComposing && this.#search.isActive && this.#shown.length) {
      const hit = this.#search.hit(this.#shown[0]);
      const message = hit?.messageNumber ? `?message=${hit.messageNumber}` : '';
      this.#app.router.go(`/conversations/${this.#shown[0]}${message}`);
    }
  }

  /** @param {KeyboardEvent} event */
  #rowKey(event) {
    const row = /** @type {HTMLElement} */ (event.target).closest('.row');
    if (!row || event.ctrlKey || event.metaKey || event.altKey) return;
    const index = Number(row.getAttribute('aria-posinset')) - 1;
    if (this.#virtual?.move(index, event.key)) event.preventDefault();
  }
}
