// @ts-check
/** The deals of a pipeline as rows: chosen columns, sorted by the server, paged as one scrolls, changed many at once. */
import { toast } from '../announcer.js';
import { isAbort } from '../api.js';
import { View, arrange, clone, setText } from '../dom.js';
import { errorText, t } from '../i18n.js';
import { withParties } from '../deals/parties.js';
import { whenBack } from '../when-back.js';
import { BulkBar } from './bulk-bar.js';
import { box, cellOf, resize, skeleton, spacer } from './table-parts.js';
import { isFocusFree, lastPlace, leavePlace } from './places.js';
import { chooseColumns, chosenColumns, columnText, tableColumns } from './table-columns.js';

const pageSize = 50;
/** As many as the server answers at once. */
const most = 100;
/** More than these are not selected at once. */
const mostSelected = 5000;
const ahead = 600;
/** Rows of this height stand in the page only where they are in view; matches pipelines.css. */
const rowHeight = 44;
const margin = 12;
const refreshPause = 800;

export class DealTable extends View {
  #app;
  #pipeline;
  #filter;
  #sort;
  #callbacks;
  #bulk;
  /** @type {any[]} */
  #deals = [];
  /** @type {string|null} */
  #next = null;
  #isLoading = false;
  #isLoaded = false;
  /** @type {any} */
  #error = null;
  /** Asks once more for what failed. */
  #again = () => {};
  /** @type {Set<number>} */
  #selected = new Set();
  /** The rows in the page, by their deals. @type {Map<number, {deal: any, row: HTMLElement, check: HTMLInputElement}>} */
  #drawn = new Map();
  #above = spacer();
  #below = spacer();
  /** How many the filter leaves, loaded or not; null: more than were counted. @type {number|null} */
  #count = null;
  /** @type {ReturnType<typeof setTimeout>|undefined} */
  #timer;

  /**
   * @param {import('../app.js').App} app @param {any} pipeline @param {import('./deal-filter.js').DealFilter} filter
   * @param {string} sort
   * @param {{onSort: (sort: string) => void, onColumns: () => void, onShow: (answer: {count: number, isExact: boolean, totals: any[]}) => void}} callbacks
   */
  constructor(app, pipeline, filter, sort, callbacks) {
    super('deal-table');
    this.#app = app;
    this.#pipeline = pipeline;
    this.#filter = filter;
    this.#sort = sort;
    this.#callbacks = callbacks;
    this.#bulk = new BulkBar(app, pipeline, this.parts, () => [...this.#selected], (changed) => this.#bulkDone(changed));
  }

  connected() {
    const { scroller, rows, head } = this.parts;
    this.#bulk.connect(this.signal);
    const { rights } = this.#pipeline;
    this.root.classList.toggle('is-view-only', !rights.includes('edit') && !rights.includes('reassign'));
    this.listen(scroller, 'scroll', () => requestAnimationFrame(() => {
      if (!this.root.isConnected) return;
      this.#showRows();
      this.#reachEnd();
    }), { passive: true });
    this.listen(rows, 'change', (event) => this.#select(Number(event.target.value), event.target.checked));
    this.listen(this.parts.bulkAll, 'click', () => void this.#selectEvery());
    this.listen(head, 'change', (event) => this.#selectAll(event.target.checked));
    this.listen(head, 'click', (event) => {
      const sort = event.target.closest('[data-sort]')?.dataset.sort;
      if (sort) this.#callbacks.onSort(sort);
    });
    this.#app.store.follow((event) => this.#follow(event), this.signal);
    for (const key of ['startOver', 'imported']) this.#app.store.subscribe(key, () => void this.#load(), this.signal);
    this.#app.store.subscribe('fields', () => this.columnsChanged(), this.signal);
    whenBack(this.#app, () => this.#error !== null, () => this.#again(), this.signal);
    const watcher = new ResizeObserver(() => this.#showRows());
    watcher.observe(scroller);
    this.signal.addEventListener('abort', () => {
      this.#leave();
      watcher.disconnect();
      clearTimeout(this.#timer);
    });
    this.#showHead();
    this.#showState();
    void this.#load();
  }

  /** From the first; as many as were there, so that what one reads stays. */
  async #load() {
    this.#again = () => void this.#load();
    const place = this.#isLoaded ? null : lastPlace('table', this.#pipeline.id, this.#filter);
    const limit = Math.min(most, Math.max(pageSize, this.#deals.length, place?.count ?? 0));
    const answer = await this.#ask({ limit });
    if (!answer) return;
    this.#deals = answer.deals;
    this.#next = answer.next;
    this.#isLoaded = true;
    this.#count = answer.isExact ? answer.count : null;
    this.#callbacks.onShow(answer);
    this.#show();
    if (place) this.#comeBack(place);
  }

  #leave() {
    if (!this.#isLoaded) return;
    const { scrollTop, scrollLeft } = this.parts.scroller;
    const row = /** @type {HTMLElement|null|undefined} */ (document.activeElement?.closest('tr[data-deal]'));
    leavePlace('table', this.#pipeline.id, this.#filter, {
      dealID: row && this.root.contains(row) ? Number(row.dataset.deal) : null, count: this.#deals.length, left: scrollLeft,
      tops: new Map([[0, scrollTop]]),
    });
  }

  /** To where one left it. @param {import('./places.js').Place} place */
  #comeBack({ dealID, left, tops }) {
    const { scroller, rows } = this.parts;
    scroller.scrollTo({ left, top: tops.get(0) ?? 0 });
    this.#showRows();
    if (isFocusFree()) rows.querySelector(`tr[data-deal="${dealID}"] a`)?.focus({ preventScroll: true });
  }

  async #more() {
    if (this.#isLoading || this.#next === null) return;
    this.#again = () => void this.#more();
    const answer = await this.#ask({ before: this.#next, limit: pageSize });
    if (!answer) return;
    const known = new Set(this.#deals.map(({ id }) => id));
    this.#deals.push(...answer.deals.filter((/** @type {any} */ { id }) => !known.has(id)));
    this.#next = answer.next;
    this.#show();
  }

  /** @param {Record<string, any>} page */
  async #ask(page) {
    this.#isLoading = true;
    this.#error = null;
    try {
      return await this.#app.api.get('/api/deals', {
        query: { ...this.#filter.query, pipeline: this.#pipeline.id, sort: this.#sort, ...page }, signal: this.signal,
      });
    } catch (error) {
      if (isAbort(error) || !this.root.isConnected) return null;
      this.#error = error;
      this.#showState();
      return null;
    } finally {
      this.#isLoading = false;
    }
  }

  #show() {
    this.#showState();
    this.#showRows();
    this.#showSelection();
    this.#reachEnd();
  }

  /** Others are chosen. */
  columnsChanged() {
    this.#drawn.clear();
    this.#showHead();
    this.#showRows();
  }

  #showHead() {
    const shown = chosenColumns();
    const select = document.createElement('th');
    select.className = 'table-select';
    select.append(box('', t('table.selectAll')));
    const end = document.createElement('th');
    end.className = 'table-end';
    const choose = clone('table-end').root;
    choose.addEventListener('click', () => this.#chooseColumns(choose));
    end.append(choose);
    this.parts.head.replaceChildren(select, ...tableColumns(this.#app.store).filter(({ name }) => shown.has(name)).map((column) => {
      const { sort, isNumber, name } = column;
      const cell = document.createElement('th');
      cell.scope = 'col';
      cell.className = `table-${name}`;
      cell.classList.toggle('is-number', isNumber ?? false);
      if (!sort) {
        cell.textContent = columnText(column);
        return cell;
      }
      const button = document.createElement('button');
      button.type = 'button';
      button.className = 'table-sort';
      button.dataset.sort = sort;
      button.textContent = columnText(column);
      cell.append(button);
      if (sort === this.#sort) cell.setAttribute('aria-sort', ['newest', 'value', 'activity'].includes(sort) ? 'descending' : 'ascending');
      return cell;
    }), end);
  }

  #showRows() {
    const { scroller, rows } = this.parts;
    const first = Math.max(0, Math.floor(scroller.scrollTop / rowHeight) - margin);
    const end = Math.min(this.#deals.length, Math.ceil((scroller.scrollTop + scroller.clientHeight) / rowHeight) + margin);
    const columns = tableColumns(this.#app.store).filter(({ name }) => chosenColumns().has(name));
    const focused = document.activeElement?.closest('tr')?.dataset.deal;
    const tag = document.activeElement?.tagName ?? '';
    const shown = this.#deals.slice(first, end);
    resize(this.#above, first * rowHeight, columns.length + 2);
    resize(this.#below, (this.#deals.length - end) * rowHeight, columns.length + 2);
    arrange(rows, [this.#above, ...shown.map((deal) => this.#rowOf(deal, columns)), this.#below]);
    const kept = new Set(shown.map(({ id }) => id));
    for (const id of this.#drawn.keys()) if (!kept.has(id)) this.#drawn.delete(id);
    if (focused && !document.activeElement?.closest('tr')) {
      /** @type {HTMLElement|null} */ (rows.querySelector(`tr[data-deal="${focused}"] ${tag}`))?.focus({ preventScroll: true });
    }
  }

  /** The row that stands there, as long as the deal is as it was: what is pointed at or focused in it stays so. @param {any} deal @param {import('./table-columns.js').TableColumn[]} columns */
  #rowOf(deal, columns) {
    let drawn = this.#drawn.get(deal.id);
    if (drawn?.deal !== deal) this.#drawn.set(deal.id, (drawn = { deal, ...this.#row(deal, columns) }));
    drawn.check.checked = this.#selected.has(deal.id);
    drawn.row.classList.toggle('is-selected', drawn.check.checked);
    return drawn.row;
  }

  /** @param {any} deal @param {import('./table-columns.js').TableColumn[]} columns */
  #row(deal, columns) {
    const row = document.createElement('tr');
    row.dataset.deal = String(deal.id);
    const select = document.createElement('td');
    select.className = 'table-select';
    const check = box(String(deal.id), t('table.select', { title: deal.title }));
    select.append(check);
    row.append(select, ...columns.map((column) => cellOf(column, deal, this.#app.store.session.workspace)), document.createElement('td'));
    return { row, check };
  }

  /** Loading, failed. */
  #showState() {
    const { state } = this.parts;
    if (this.#error) {
      const { root, parts } = clone('board-problem');
      setText(parts.text, errorText(this.#error));
      parts.retry.addEventListener('click', () => this.#again());
      state.replaceChildren(root);
    } else if (!this.#isLoaded) {
      const loading = document.createElement('div');
      loading.className = 'deal-table-loading';
      loading.setAttribute('aria-hidden', 'true');
      for (let index = 0; index < 8; index += 1) loading.append(skeleton());
      state.replaceChildren(loading);
    } else {
      state.replaceChildren();
    }
  }

  #reachEnd() {
    const { scrollTop, clientHeight, scrollHeight } = this.parts.scroller;
    if (this.#next !== null && !this.#error && scrollHeight - scrollTop - clientHeight < ahead) void this.#more();
  }

  /** @param {number} id @param {boolean} isSelected */
  #select(id, isSelected) {
    if (isSelected) this.#selected.add(id);
    else this.#selected.delete(id);
    this.parts.rows.querySelector(`tr[data-deal="${id}"]`)?.classList.toggle('is-selected', isSelected);
    this.#showSelection();
  }

  /** Those that are loaded. @param {boolean} isSelected */
  #selectAll(isSelected) {
    this.#selected = new Set(isSelected ? this.#deals.map(({ id }) => id) : []);
    this.#showRows();
    this.#showSelection();
  }

  /** All that the filter leaves, loaded or not. */
  async #selectEvery() {
    const { bulkAll, bulkBusy } = this.parts;
    bulkAll.hidden = true;
    bulkBusy.hidden = false;
    try {
      let next = null;
      do {
        const page = await this.#app.api.get('/api/deals', {
          query: { ...this.#filter.query, pipeline: this.#pipeline.id, sort: 'newest', before: next, limit: most }, signal: this.signal,
        });
        for (const { id } of page.deals) this.#selected.add(id);
        next = page.next;
      } while (next !== null && this.#selected.size < mostSelected);
    } catch (/** @type {any} */ error) {
      if (isAbort(error)) return;
      void toast(errorText(error), { urgent: true });
    }
    bulkBusy.hidden = true;
    this.#showRows();
    this.#showSelection();
    this.parts.scroller.focus();
  }

  #showSelection() {
    const { bulkAll } = this.parts;
    const all = this.#count ?? 0;
    this.#bulk.show(this.#selected.size);
    // Offered once all that one sees are selected.
    bulkAll.hidden = this.#selected.size < this.#deals.length || this.#selected.size >= all || all > mostSelected;
    setText(bulkAll, t('bulk.selectAll', { count: all }));
    this.#showAllBox();
  }

  #showAllBox() {
    const all = /** @type {HTMLInputElement|null} */ (this.parts.head.querySelector('input'));
    if (!all) return;
    all.checked = this.#selected.size > 0 && this.#selected.size >= this.#deals.length;
    all.indeterminate = this.#selected.size > 0 && !all.checked;
  }

  /** @param {boolean} isChanged false: the selection is only given up */
  #bulkDone(isChanged) {
    this.#selected.clear();
    if (isChanged) void this.#load();
    else this.#show();
    this.parts.scroller.focus();
  }

  /** @param {HTMLElement} button */
  #chooseColumns(button) {
    const { columnsMenu } = this.parts;
    const shown = chosenColumns();
    columnsMenu.replaceChildren(...tableColumns(this.#app.store).filter(({ isFirst }) => !isFirst).map((column) => {
      const { name } = column;
      const { root, parts } = clone('columns-item');
      setText(parts.text, columnText(column));
      parts.box.checked = shown.has(name);
      parts.box.addEventListener('change', () => {
        if (parts.box.checked) shown.add(name);
        else shown.delete(name);
        chooseColumns(shown);
        this.columnsChanged();
        this.#callbacks.onColumns();
      });
      return root;
    }));
    columnsMenu.showPopover();
    const from = button.getBoundingClientRect();
    const { width } = columnsMenu.getBoundingClientRect();
    columnsMenu.style.setProperty('left', `${Math.max(8, from.right - width)}px`);
    columnsMenu.style.setProperty('top', `${from.bottom + 4}px`);
    columnsMenu.querySelector('input')?.focus();
  }

  /** @param {any} event */
  #follow(event) {
    if (!this.#isLoaded) return;
    if (event.type === 'deal.changed' || event.type === 'deal.added') {
      const index = this.#deals.findIndex(({ id }) => id === event.deal.id);
      const belongs = event.deal.pipeline.id === this.#pipeline.id && this.#filter.matches(event.deal);
      if (index < 0 && !belongs) return;
      // In place at once; in its new order, and with what is new, when the events pause.
      if (index >= 0 && belongs) this.#deals[index] = event.deal;
      this.#showRows();
      this.#loadSoon();
    } else if (event.type === 'deal.removed') {
      this.#deals = this.#deals.filter(({ id }) => id !== event.dealID);
      this.#selected.delete(event.dealID);
      this.#show();
    } else if (event.type === 'contact.changed' || event.type === 'account.changed') {
      const now = this.#deals.map((deal) => withParties(deal, event));
      if (now.every((deal, index) => deal === this.#deals[index])) return;
      this.#deals = now;
      this.#showRows();
    }
  }

  #loadSoon() {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      // Further down than one page, the order is left as it is read.
      if (this.#deals.length <= most) void this.#load();
    }, refreshPause);
  }
}
