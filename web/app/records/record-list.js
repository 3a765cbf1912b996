// @ts-check
/**
 * The page of a list: its head with search, order and filters, and the rows, of which only those in view exist. What is
 * searched and filtered stands in the address, so that going back finds the list as it was.
 */
import { VirtualList } from '../conversations/virtual-list.js';
import { View, loadTemplates, setIcon, setText } from '../dom.js';
import { errorText, formatNumber, t, useWords } from '../i18n.js';
import { CsvMenu } from '../imports/csv-menu.js';
import { ViewPicker } from '../views/view-picker.js';
import { whenBack } from '../when-back.js';
import { RecordBulkBar } from './record-bulk-bar.js';
import { RecordColumns } from './record-columns.js';
import { RecordFilterBar } from './record-filter-bar.js';
import { RecordPages } from './record-pages.js';
import { RecordRow } from './record-row.js';
import { RecordSelection } from './record-selection.js';
import { SuggestField } from './suggest-field.js';

await Promise.all([loadTemplates(import.meta.url), useWords('records'), useWords('pipelines')]);

/** Matches `--record-row` in records.css. */
const rowHeight = 64;
/** Rows before the end at which the next page is asked for. */
const ahead = 25;

/**
 * What a list is of.
 * @typedef {object} ListKind
 * @property {"contacts"|"accounts"} name names the texts: `records.NAME.…`
 * @property {"contact"|"account"} record of the events
 * @property {(parts: Record<string, any>, record: any) => string} fillRow answers what the record is called
 * @property {() => import('./record-row.js').RecordColumn[]} columns that there are
 * @property {string[]} usualColumns
 * @property {(query: import('./record-pages.js').RecordQuery) => void} add opens the dialog that adds one
 * @property {import('./suggest-field.js').Suggest[]} filters
 */

export class RecordList extends View {
  #app;
  #kind;
  #pages;
  #bar;
  #bulk;
  #views;
  #columns;
  #selection = new RecordSelection(() => this.#chosenChanged());
  /** @type {VirtualList<any>|null} */
  #virtual = null;
  /** @type {SuggestField[]} */
  #filters = [];
  /** How far it was scrolled when it went away. */
  #place = 0;

  /** @param {import('../app.js').App} app @param {ListKind} kind */
  constructor(app, kind) {
    super('record-list');
    this.#app = app;
    this.#kind = kind;
    this.#pages = new RecordPages(app.api, kind.name);
    this.#bar = new RecordFilterBar(app, kind.name, this.parts, () => this.#go());
    this.#columns = new RecordColumns(this.parts.columnsMenu, this.parts.columns, {
      storageKey: `parley.${kind.name}.columns`, usual: kind.usualColumns, all: kind.columns, onChange: () => this.#columnsChanged(),
    });
    this.#bulk = new RecordBulkBar(app, kind.name, () => this.#chosen(), kind.filters.find(({ name }) => name === 'account') ?? null,
      (action) => this.#bulkDone(action));
    this.#views = new ViewPicker(app, {
      kind: kind.name, path: () => `/${kind.name}`, columns: () => this.#columns.chosen,
      showColumns: (names) => {
        this.#columns.chosen = names;
      },
    });
    const { title, search, addText, rows } = this.parts;
    setText(title, t(`records.${kind.name}.title`));
    setText(addText, t(`records.${kind.name}.add`));
    search.placeholder = t(`records.${kind.name}.search`);
    search.setAttribute('aria-label', t(`records.${kind.name}.search`));
    rows.setAttribute('aria-label', t(`records.${kind.name}.title`));
  }

  connected() {
    const { parts, signal } = this;
    this.#pages.onChange = () => this.#render();
    this.#virtual = new VirtualList({
      scroller: parts.scroller, element: parts.rows, height: rowHeight, signal,
      make: () => new RecordRow(this.#kind.fillRow, (id, isChosen, isRange) => this.#selection.choose(id, isChosen, isRange ? this.#pages.ids : [])),
      fill: (row, id) => this.#fill(row, id),
      onRange: (last) => {
        if (last >= this.#pages.ids.length - ahead) this.#pages.loadMore();
      },
    });
    for (const suggest of this.#kind.filters) {
      const filter = new SuggestField(suggest, () => {
        if (suggest.adds) {
          this.#bar.addTag(filter.value);
          void filter.set('');
        } else {
          this.#go();
        }
      });
      filter.connect(parts.filters);
      this.#filters.push(filter);
    }
    const menu = new CsvMenu(this.#kind.name, () => ({ ...this.#pages.query }));
    menu.connect(parts.head);
    this.#columns.connect();
    this.#bar.connect(this.root);
    this.#bulk.connect(parts.bulk);
    this.#views.connect(parts.views);
    this.listen(parts.search, 'input', () => this.#go(true));
    this.listen(parts.search, 'keydown', (event) => {
      if (event.key === 'ArrowDown' && this.#pages.ids.length) {
        event.preventDefault();
        this.#virtual?.setCurrent(this.#pages.ids[0], { focus: true });
      }
    });
    this.listen(parts.sort, 'change', () => this.#go());
    this.listen(parts.add, 'click', () => this.#kind.add(this.#pages.query));
    this.listen(parts.rows, 'keydown', (event) => this.#key(event));
    this.#app.store.follow((event) => this.#receive(event), signal);
    // An import may bring accounts with contacts, and contacts with deals.
    for (const key of ['startOver', 'imported']) this.#app.store.subscribe(key, () => this.#pages.again(), signal);
    whenBack(this.#app, () => this.#pages.error !== null, () => this.#pages.again(), signal);
    signal.addEventListener('abort', () => {
      this.#pages.cancel();
      menu.disconnect();
      for (const view of [...this.#filters, this.#bar, this.#bulk, this.#views, this.#columns]) view.disconnect();
    });
    void this.show();
  }

  /** Shows what the address says. */
  async show() {
    const { query } = this.#app.router.current;
    const { search, sort, scroller } = this.parts;
    const order = query.get('sort') ?? '';
    const wanted = /** @type {import('./record-pages.js').RecordQuery} */ ({ sort: ['newest', 'activity'].includes(order) ? order : 'name' });
    this.#bar.show(query);
    const typed = query.get('search') ?? '';
    if (typed.trim()) wanted.search = typed.trim();
    for (const { name } of this.#choices) if (query.get(name)) wanted[name] = query.get(name) ?? '';
    Object.assign(wanted, this.#bar.query);
    const isTyped = search.value === typed && document.activeElement === search;
    search.value = typed;
    sort.value = wanted.sort;
    for (const filter of this.#choices) void filter.set(query.get(filter.name) ?? '');
    if (this.#pages.hasLoaded && JSON.stringify(wanted) === JSON.stringify(this.#pages.query)) return;
    scroller.scrollTop = 0;
    this.#selection.clear();
    this.#pages.ask(wanted, { soon: isTyped });
  }

  /** The fields that hold one value. */
  get #choices() {
    return this.#filters.filter(({ adds }) => !adds);
  }

  /** Whether it has made room for the page of one of its records. */
  get isAway() {
    return !this.root.isConnected;
  }

  /** Makes room for the page of one of its records. */
  goAway() {
    this.#place = this.parts.scroller.scrollTop;
    this.root.remove();
  }

  /**
   * Stands where it stood.
   * @param {Element} parent @param {number|null} id of the record that was looked at: the keyboard goes on from there
   */
  comeBack(parent, id) {
    parent.append(this.root);
    this.parts.scroller.scrollTop = this.#place;
    void this.show();
    if (id !== null && this.#pages.ids.includes(id)) this.#virtual?.setCurrent(id, { focus: true });
  }

  /** @param {boolean} [isTyping] each letter is not a step of the history */
  #go(isTyping = false) {
    const query = new URLSearchParams();
    const { search, sort } = this.parts;
    if (search.value.trim()) query.set('search', search.value);
    for (const { name, value } of this.#choices) if (value) query.set(name, value);
    for (const [name, value] of this.#bar.entries) query.append(name, value);
    if (sort.value !== 'name') query.set('sort', sort.value);
    const saved = this.#app.router.current.query.get('saved');
    if (saved) query.set('saved', saved);
    const text = query.toString().replaceAll('+', '%20');
    this.#app.router.go(`/${this.#kind.name}${text ? `?${text}` : ''}`, { replace: isTyping });
  }

  /** @param {KeyboardEvent} event */
  #key(event) {
    const row = /** @type {HTMLElement} */ (event.target).closest('[data-record]');
    if (!row || event.altKey || event.ctrlKey || event.metaKey) return;
    const id = Number(row.getAttribute('data-record'));
    if (event.key === ' ' && /** @type {HTMLElement} */ (event.target).matches('a')) {
      event.preventDefault();
      this.#selection.choose(id, !this.#selection.has(id), event.shiftKey ? this.#pages.ids : []);
      return;
    }
    const index = this.#pages.ids.indexOf(id);
    if (this.#virtual?.move(index, event.key)) event.preventDefault();
  }

  /** @param {any} event */
  #receive(event) {
    if (event.type === `${this.#kind.record}.changed`) this.#pages.take(event[this.#kind.record]);
    if (event.type !== 'record.merged' && event.type !== 'record.removed') return;
    if (event.record.kind === this.#kind.record) {
      this.#selection.choose(event.record.id, false, []);
      this.#pages.remove(event.record.id);
    }
    // The rows of contacts name their accounts.
    if (this.#kind.record === 'contact' && event.record.kind === 'account' && this.#pages.hasLoaded) this.#pages.again();
  }

  /** @param {any} row @param {number} id */
  #fill(row, id) {
    const record = this.#pages.get(id);
    if (!record) return;
    row.root.dataset.record = String(id);
    row.root.setAttribute('aria-setsize', String(this.#pages.isExact ? this.#pages.count : -1));
    row.show(record, this.#columns.shown, this.#selection.has(id));
  }

  #columnsChanged() {
    this.#refreshRows();
    this.#views.show();
  }

  #chosenChanged() {
    this.#refreshRows();
    this.#bulk.show();
    this.root.classList.toggle('has-chosen', !this.#selection.isEmpty);
  }

  #refreshRows() {
    this.root.style.setProperty('--record-cells', String(Math.max(1, this.#columns.shown.length)));
    for (const id of this.#pages.ids) this.#virtual?.refresh(id);
  }

  /** @returns {import('./record-bulk-bar.js').Selection} */
  #chosen() {
    const { count, isExact, query } = this.#pages;
    const { ids, isAll } = this.#selection;
    const records = ids.map((id) => this.#pages.get(id)).filter(Boolean);
    return { ids, isAll, count, isExact, query, records };
  }

  /** @param {"clear"|"all"|"done"} action */
  #bulkDone(action) {
    if (action === 'all') {
      this.#selection.chooseAll();
      return;
    }
    this.#selection.clear();
    // What has changed comes by events; what belongs no more, only the server knows.
    if (action === 'done') this.#pages.again();
    this.parts.search.focus();
  }

  #render() {
    const { ids, count, isExact, isLoading, error, hasLoaded } = this.#pages;
    const { total, busy, status, scroller, state } = this.parts;
    this.root.style.setProperty('--record-cells', String(Math.max(1, this.#columns.shown.length)));
    this.#virtual?.show(ids);
    this.#bulk.show();
    const text = hasLoaded ? t(isExact ? `records.${this.#kind.name}.count` : `records.${this.#kind.name}.countMore`, { count }) : '';
    setText(total, hasLoaded ? `${formatNumber(count)}${isExact ? '' : '+'}` : '');
    total.title = text;
    busy.hidden = !(isLoading && hasLoaded);
    if (!isLoading) setText(status, text);
    scroller.setAttribute('aria-busy', String(isLoading));
    const isEmpty = ids.length === 0;
    state.hidden = !isEmpty && !error;
    if (error && isEmpty) this.#showFailure(error);
    else if (error) this.#showFailure(error, true);
    else if (isEmpty && hasLoaded && !isLoading) this.#showNothing();
    else if (isEmpty && state.firstElementChild?.className !== 'record-skeletons') {
      state.replaceChildren(new View('record-skeletons').root);
    }
    state.classList.toggle('is-below', Boolean(error) && !isEmpty);
  }

  /** @param {any} error @param {boolean} [isBelow] below the rows that there are */
  #showFailure(error, isBelow = false) {
    const { root, parts } = new View('record-problem');
    setText(parts.title, t(`records.${this.#kind.name}.failed`));
    parts.title.hidden = isBelow;
    setText(parts.text, errorText(error));
    parts.retry.addEventListener('click', () => this.#pages.again());
    this.parts.state.replaceChildren(root);
  }

  #showNothing() {
    const { root, parts } = new View('record-problem');
    const { isFiltered } = this.#pages;
    setIcon(parts.icon, isFiltered ? 'search' : this.#kind.name === 'contacts' ? 'users' : 'building');
    setText(parts.title, t(isFiltered ? 'records.none' : `records.${this.#kind.name}.empty`));
    setText(parts.text, t(isFiltered ? 'records.none.text' : `records.${this.#kind.name}.empty.text`));
    parts.importing.hidden = isFiltered;
    parts.importing.href = `#/import?kind=${this.#kind.name}`;
    setText(parts.retry, t(isFiltered ? 'records.clear' : `records.${this.#kind.name}.add`));
    parts.retry.addEventListener('click', () => {
      if (isFiltered) this.#app.router.go(`/${this.#kind.name}`);
      else this.#kind.add(this.#pages.query);
    });
    this.parts.state.replaceChildren(root);
  }
}
