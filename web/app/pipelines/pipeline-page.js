// @ts-check
/** The deals of a pipeline, as a board or as a table. The address holds the pipeline, the view and the filters. */
import { AddDealDialog } from '../deals/add-deal.js';
import { nothingPicked } from '../deals/record-picker.js';
import { may, mayImportDeals } from '../deals/rights.js';
import { View, clone, loadTemplates, setText } from '../dom.js';
import { fieldConditions } from '../fields/field-filter.js';
import { t, useWords } from '../i18n.js';
import { CsvMenu } from '../imports/csv-menu.js';
import { ViewPicker } from '../views/view-picker.js';
import { Board } from './board.js';
import { DealFilter } from './deal-filter.js';
import { DealTable } from './deal-table.js';
import { EmptyDeals } from './empty-deals.js';
import { FilterBar } from './filter-bar.js';
import { savedColumns, takeColumns } from './table-columns.js';
import { totalLine } from './totals.js';

await Promise.all([loadTemplates(import.meta.url), useWords('pipelines')]);

const lastPipeline = 'parley.pipeline';

/** @param {HTMLElement} element @param {import('../app.js').App} app @returns {import('../app.js').Mounted} */
export function mountPipelines(element, app) {
  const page = new PipelinePage(app);
  page.connect(element);
  return { show: (path) => page.show(path), disconnect: () => page.disconnect() };
}

class PipelinePage extends View {
  #app;
  #filters;
  #views;
  #filter = new DealFilter({});
  /** @type {number|null} */
  #pipelineID = null;
  /** The board or the table. @type {View|null} */
  #view = null;
  /** Stands before the board or the table when there is nothing in it. @type {EmptyDeals} */
  #empty;
  /** What is shown: pipeline, view, filters and sort. */
  #shown = '';

  /** @param {import('../app.js').App} app */
  constructor(app) {
    super('pipelines');
    this.#app = app;
    this.#filters = new FilterBar(app, this.parts, (filter) => this.#go({ filter }));
    this.#empty = new EmptyDeals(app, {
      onAdd: () => this.#add(null), onClear: () => this.#go({ filter: new DealFilter({}) }),
    });
    this.#views = new ViewPicker(app, {
      kind: 'deals', path: () => `/pipelines/${this.#pipelineID}`, columns: savedColumns,
      showColumns: (names) => {
        takeColumns(names);
        if (this.#view instanceof DealTable) this.#view.columnsChanged();
      },
    });
  }

  connected() {
    const { pipeline, add, tools } = this.parts;
    this.#filters.connect(this.root);
    this.#views.connect(this.parts.views);
    this.listen(pipeline, 'change', () => this.#go({ pipelineID: Number(pipeline.value) }));
    this.listen(add, 'click', () => this.#add(null));
    for (const button of this.root.querySelectorAll('[data-view]')) {
      this.listen(button, 'click', () => this.#go({ view: String(button.getAttribute('data-view')) }));
    }
    const menu = new CsvMenu('deals', () => ({
      pipeline: String(this.#pipelineID ?? ''), ...this.#filter.query, sort: this.#query.get('sort') ?? 'newest',
    }), () => mayImportDeals(this.#app.store));
    menu.connect(tools);
    tools.insertBefore(menu.root, add);
    this.#app.store.subscribe('pipelines', () => this.#pipelinesChanged(), this.signal);
    this.signal.addEventListener('abort', () => {
      this.#view?.disconnect();
      this.#empty.disconnect();
      this.#filters.disconnect();
      menu.disconnect();
      this.#views.disconnect();
    });
  }

  get #pipelines() {
    return /** @type {any[]} */ (this.#app.store.session.pipelines);
  }

  get #pipeline() {
    return this.#pipelines.find(({ id }) => id === this.#pipelineID);
  }

  get #query() {
    return this.#app.router.current.query;
  }

  /** @param {string[]} path the pipeline's id, or nothing: the one of last time */
  show([part]) {
    const wanted = Number(part ?? localStorage.getItem(lastPipeline));
    const known = this.#pipelines.find(({ id }) => id === wanted) ?? (part === undefined ? this.#pipelines[0] : undefined);
    if (part === undefined && known) {
      this.#app.router.go(`/pipelines/${known.id}`, { replace: true });
      return;
    }
    this.#pipelineID = known?.id ?? null;
    if (known) this.#app.router.remember(`pipelines/${known.id}`);
    const { store } = this.#app;
    this.#filter = new DealFilter(this.#query, fieldConditions(this.#query, store.fieldsOf('deal')));
    this.#showPipelines();
    this.#filters.show(this.#filter);
    this.#showView();
  }

  #showPipelines() {
    const { pipeline, add, viewOnly, tools, views } = this.parts;
    const { store } = this.#app;
    const choices = this.#pipelines.map(({ id, name }) => new Option(name, String(id)));
    if (!this.#pipeline) choices.unshift(new Option(t('pipelines.choose'), '', true, true));
    pipeline.replaceChildren(...choices);
    pipeline.value = String(this.#pipelineID ?? '');
    pipeline.hidden = this.#pipelines.length === 0;
    // There is nothing to search, to filter or to export.
    tools.hidden = views.hidden = !this.#pipeline;
    add.hidden = !may(store, 'add', this.#pipelineID);
    viewOnly.hidden = !this.#pipeline || this.#pipeline.rights.length > 1;
    if (this.#pipeline) this.#app.entitle(this.#pipeline.name, this.signal);
  }

  #showView() {
    const view = this.#query.get('view') === 'table' ? 'table' : 'board';
    for (const button of this.root.querySelectorAll('[data-view]')) {
      button.setAttribute('aria-pressed', String(button.getAttribute('data-view') === view));
    }
    const sort = this.#query.get('sort') ?? 'newest';
    // A table is built for what one may do; a board asks as it goes.
    const ofTable = view === 'table' ? [sort, this.#pipeline?.rights] : [];
    const shown = JSON.stringify([this.#pipelineID, view, this.#filter.key, ...ofTable]);
    if (shown === this.#shown) return;
    this.#shown = shown;
    this.#view?.disconnect();
    this.#view = null;
    this.#empty.disconnect();
    this.parts.body.replaceChildren();
    setText(this.parts.summary, '');
    const pipeline = this.#pipeline;
    if (!pipeline) {
      this.parts.body.append(clone(this.#pipelines.length === 0 ? 'pipelines-closed' : 'pipelines-none').root);
      return;
    }
    localStorage.setItem(lastPipeline, String(pipeline.id));
    this.#view = view === 'table'
      ? new DealTable(this.#app, pipeline, this.#filter, sort, {
        onSort: (next) => this.#go({ sort: next }),
        onColumns: () => this.#views.show(),
        onShow: ({ count, isExact, totals }) => this.#summarise(count, totals, isExact),
      })
      : new Board(this.#app, pipeline.id, this.#filter, {
        onAdd: (stageID) => this.#add(stageID),
        onShow: ({ columns }) => this.#summariseBoard(columns),
      });
    this.#view.connect(this.parts.body);
  }

  /** Stages or names have changed: the board begins anew, with everything else as it is. */
  #pipelinesChanged() {
    if (!this.#pipeline) {
      // Who saw none may see one now.
      if (this.#app.router.current.path.length === 1) this.show([]);
      else this.#app.router.go('/pipelines', { replace: true });
      return;
    }
    this.#showPipelines();
    if (this.#view instanceof Board) void this.#view.state.load();
    else this.#showView();
  }

  /** @param {import('./board-state.js').Column[]} columns */
  #summariseBoard(columns) {
    /** @type {Map<string, import('./totals.js').Total>} */
    const sums = new Map();
    for (const { totals } of columns) {
      for (const { currency, count, minor } of totals) {
        const sum = sums.get(currency) ?? { currency, count: 0, minor: '0' };
        sums.set(currency, { currency, count: sum.count + count, minor: String(BigInt(sum.minor) + BigInt(minor)) });
      }
    }
    this.#summarise(columns.reduce((sum, { count }) => sum + count, 0), [...sums.values()],
      columns.every(({ isExact }) => isExact !== false));
  }

  /** @param {number} count @param {import('./totals.js').Total[]} totals @param {boolean} isExact */
  #summarise(count, totals, isExact) {
    const line = totalLine(totals);
    const deals = t(isExact ? 'pipelines.deals' : 'pipelines.manyDeals', { count });
    setText(this.parts.summary, line ? t('pipelines.summary', { deals, totals: line }) : deals);
    this.#showEmpty(count === 0);
  }

  /** @param {boolean} isEmpty */
  #showEmpty(isEmpty) {
    const { body } = this.parts;
    body.classList.toggle('is-empty', isEmpty);
    if (!isEmpty) {
      this.#empty.disconnect();
      return;
    }
    if (!this.#empty.root.isConnected) this.#empty.connect(body);
    this.#empty.show(this.#pipeline, this.#filter.entries.length > 0);
  }

  /** @param {{pipelineID?: number|null, filter?: DealFilter, view?: string, sort?: string}} changes */
  #go({ pipelineID = this.#pipelineID, filter = this.#filter, view, sort }) {
    const params = new URLSearchParams(filter.entries);
    const nextView = view ?? this.#query.get('view');
    const nextSort = sort ?? this.#query.get('sort');
    if (nextView === 'table') params.set('view', 'table');
    if (nextView === 'table' && nextSort) params.set('sort', nextSort);
    const saved = this.#query.get('saved');
    if (saved) params.set('saved', saved);
    const query = params.toString();
    const isStep = pipelineID !== this.#pipelineID || view !== undefined;
    this.#app.router.go(`/pipelines/${pipelineID}${query ? `?${query}` : ''}`, { replace: !isStep });
  }

  /** @param {number|null} stageID null: the first */
  #add(stageID) {
    const pipelineID = this.#pipelineID;
    if (pipelineID === null) return;
    new AddDealDialog(this.#app, {
      key: `pipeline-${pipelineID}-${stageID ?? ''}`,
      origin: 'pipeline',
      conversationID: null,
      contact: nothingPicked,
      account: nothingPicked,
      pipelineID,
      stageID,
      requiresContact: true,
    }).open();
  }
}
