// @ts-check
/**
 * The page of a list: its head with search, order and filters, and the rows, of which only those in view exist. What is
 * searched and filtered stands in the address, so that going back finds the list as it was.
 */
import { VirtualList } from '../conversations/virtual-list.js';
import { View, loadTemplates, setIcon, setText } from '../dom.js';
import { errorText, formatNumber, t } from '../i18n.js';
import { CsvMenu } from '../imports/csv-menu.js';
import { RecordPages } from './record-pages.js';
import { SuggestField } from './suggest-field.js';

await loadTemplates(import.meta.url);

/** Matches `--record-row` in records.css. */
const rowHeight = 64;
/** Rows before the end at which the next page is asked for. */
const ahead = 25;

/**
 * What a list is of.
 * @typedef {object} ListKind
 * @property {"contacts"|"accounts"} name names the texts: `records.NAME.…`
 * @property {"contact"|"account"} record of the events
 * @property {() => import('../conversations/virtual-list.js').Row & {show: (record: any) => void}} makeRow
 * @property {(query: import('./record-pages.js').RecordQuery) => void} add opens the dialog that adds one
 * @property {import('./suggest-field.js').Suggest[]} filters
 */

export class RecordList extends View {
  #app;
  #kind;
  #pages;
  /** @type {VirtualList<any>|null} */
  #virtual = null;
  /** @type {SuggestField[]} */
  #filters = [];

  /** @param {import('../app.js').App} app @param {ListKind} kind */
  constructor(app, kind) {
    super('record-list');
    this.#app = app;
    this.#kind = kind;
    this.#pages = new RecordPages(app.api, kind.name);
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
      make: () => this.#kind.makeRow(),
      fill: (row, id) => this.#fill(row, id),
      onRange: (last) => {
        if (last >= this.#pages.ids.length - ahead) this.#pages.loadMore();
      },
    });
    for (const suggest of this.#kind.filters) {
      const filter = new SuggestField(suggest, () => this.#go());
      filter.connect(parts.filters);
      this.#filters.push(filter);
    }
    const menu = new CsvMenu(this.#kind.name, () => ({ ...this.#pages.query }));
    menu.connect(parts.head);
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
    this.#app.store.subscribe('startOver', () => this.#pages.again(), signal);
    this.#app.store.subscribe('connection', () => this.#reconnected(), signal);
    signal.addEventListener('abort', () => {
      this.#pages.cancel();
      menu.disconnect();
      for (const filter of this.#filters) filter.disconnect();
    });
    void this.show();
  }

  /** Shows what the address says. */
  async show() {
    const { query } = this.#app.router.current;
    const { search, sort, scroller } = this.parts;
    const wanted = {
      search: query.get('search') ?? '', tag: query.get('tag') ?? '', account: query.get('account') ?? '',
      sort: /** @type {"name"|"newest"} */ (query.get('sort') === 'newest' ? 'newest' : 'name'),
    };
    if (this.#pages.hasLoaded && JSON.stringify(wanted) === JSON.stringify(this.#pages.query)) return;
    const isTyped = search.value === wanted.search && document.activeElement === search;
    search.value = wanted.search;
    sort.value = wanted.sort;
    scroller.scrollTop = 0;
    this.#pages.ask(wanted, { soon: isTyped });
    for (const filter of this.#filters) void filter.set(query.get(filter.name) ?? '');
  }

  focusSearch() {
    this.parts.search.focus();
    this.parts.search.select();
  }

  /** @param {boolean} [isTyping] each letter is not a step of the history */
  #go(isTyping = false) {
    const query = new URLSearchParams();
    const { search, sort } = this.parts;
    if (search.value.trim()) query.set('search', search.value);
    for (const { name, value } of this.#filters) if (value) query.set(name, value);
    if (sort.value !== 'name') query.set('sort', sort.value);
    const text = query.toString().replaceAll('+', '%20');
    this.#app.router.go(`/${this.#kind.name}${text ? `?${text}` : ''}`, { replace: isTyping });
  }

  /** @param {KeyboardEvent} event */
  #key(event) {
    const row = /** @type {HTMLElement} */ (event.target).closest('[data-record]');
    if (!row || event.altKey || event.ctrlKey || event.metaKey) return;
    const index = this.#pages.ids.indexOf(Number(row.getAttribute('data-record')));
    if (this.#virtual?.move(index, event.key)) event.preventDefault();
  }

  /** @param {any} event */
  #receive(event) {
    // An import may bring accounts with contacts, and contacts with deals.
    if (event.type === 'records.imported') this.#pages.again();
    if (event.type === `${this.#kind.record}.changed`) this.#pages.take(event[this.#kind.record]);
    if (event.type !== 'record.merged' && event.type !== 'record.removed') return;
    if (event.record.kind === this.#kind.record) this.#pages.remove(event.record.id);
    // The rows of contacts name their accounts.
    else if (event.record.kind === 'account' && this.#pages.hasLoaded) this.#pages.again();
  }

  #reconnected() {
    if (this.#app.connection.state === 'live' && this.#pages.error) this.#pages.again();
  }

  /** @param {any} row @param {number} id */
  #fill(row, id) {
    const record = this.#pages.get(id);
    if (!record) return;
    row.root.dataset.record = String(id);
    row.root.setAttribute('aria-setsize', String(this.#pages.isExact ? this.#pages.count : -1));
    row.show(record);
  }

  #render() {
    const { ids, count, isExact, isLoading, error, hasLoaded } = this.#pages;
    const { total, busy, status, scroller, state } = this.parts;
    this.#virtual?.show(ids);
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
    setText(parts.retry, t(isFiltered ? 'records.clear' : `records.${this.#kind.name}.add`));
    parts.retry.addEventListener('click', () => {
      if (isFiltered) this.#app.router.go(`/${this.#kind.name}`);
      else this.#kind.add(this.#pages.query);
    });
    this.parts.state.replaceChildren(root);
  }
}
