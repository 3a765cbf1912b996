// @ts-check
/**
 * What every report's page has: its heading with the way to the others, what it is about, the currencies, and what stands for the
 * figures while they load, where there are none, and where they could not be had. A report fills in the figures.
 */
import { isAbort } from '../api.js';
import { View, setIcon, setText } from '../dom.js';
import { errorText, t } from '../i18n.js';
import { showCurrencies } from './currencies.js';
import { rangeName } from './periods.js';
import { ReportForm } from './report-form.js';

/** Events come in bursts: the figures follow at most so often. */
const calm = 3000;
const changing = new Set(['deal.added', 'deal.changed', 'deal.removed', 'pipelines.changed']);
const states = /** @type {const} */ (['loading', 'failure', 'empty', 'figures']);

/** The reports in the order of their tabs. @typedef {'forecast'|'funnel'|'times'|'outcomes'} ReportName */
export const reportNames = /** @type {const} */ (['forecast', 'funnel', 'times', 'outcomes']);

/**
 * @typedef {object} ReportKind
 * @property {ReportName} name of the route
 * @property {string} title the text of its heading
 * @property {string} empty the text where it has no figures, with one that explains it behind
 * @property {string} path of the figures; with `.csv` behind it, of the file
 * @property {boolean} [hasUnits] divides its range into days, weeks or months
 * @property {boolean} [needsPipeline] is about one pipeline
 */

export class ReportPage extends View {
  app;
  /** @type {import('./report-filter.js').ReportFilter} */
  filter;
  /** The figures, once they are there. @type {any} */
  data = null;
  #kind;
  #form;
  /** @type {AbortController|null} */
  #load = null;
  /** @type {ReturnType<typeof setTimeout>|undefined} */
  #timer;

  /** @param {import('../app.js').App} app @param {import('./report-filter.js').ReportFilter} filter @param {ReportKind} kind */
  constructor(app, filter, kind) {
    super('report-page');
    this.app = app;
    this.filter = filter;
    this.#kind = kind;
    this.#form = new ReportForm(app, kind, (changes) => this.go(changes));
    setText(this.parts.title, t(kind.title));
  }

  connected() {
    const { store } = this.app;
    this.#form.connect(this.parts.filter);
    this.app.entitle(t(this.#kind.title), this.signal);
    this.signal.addEventListener('abort', () => {
      this.#form.disconnect();
      this.#load?.abort();
      clearTimeout(this.#timer);
    });
    this.listen(this.parts.retry, 'click', () => void this.ask());
    store.follow((event) => {
      if (changing.has(event.type)) this.#timer ??= setTimeout(() => void this.ask(), calm);
    }, this.signal);
    // Where days and weeks begin may have changed.
    for (const key of ['startOver', 'workspace']) store.subscribe(key, () => void this.ask(), this.signal);
  }

  /** Has the report be about something else. @param {Record<string, string>} changes */
  go(changes) {
    this.app.router.go(this.filter.route(this.#kind.name, changes), { replace: true });
  }

  /** The route is another. @param {import('./report-filter.js').ReportFilter} filter */
  show(filter) {
    const before = String(Object.values(this.filter.query));
    if (this.#kind.needsPipeline && !filter.pipeline) filter.pipeline = String(this.app.store.session.pipelines[0]?.id ?? '');
    this.filter = filter;
    this.#form.show(filter);
    this.parts.tabs.replaceChildren(...reportNames.map((name) => {
      const tab = document.createElement('a');
      tab.className = 'segment';
      tab.href = `#${filter.route(name)}`;
      tab.textContent = t(`report.${name}`);
      if (name === this.#kind.name) tab.setAttribute('aria-current', 'true');
      return tab;
    }));
    setText(this.parts.range, rangeName(filter));
    if (this.data && before === String(Object.values(filter.query))) this.#render();
    else void this.ask();
  }

  async ask() {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#load?.abort();
    const controller = (this.#load = new AbortController());
    const { pipeline } = this.filter;
    if (pipeline && !this.app.store.session.pipelines.some((/** @type {any} */ { id }) => String(id) === pipeline)) {
      // It is closed to the agent, or gone, also while one looks: the report is about what is left.
      this.go({ pipeline: '' });
      return;
    }
    if (this.#kind.needsPipeline && !this.filter.pipeline) {
      this.#showState('empty');
      return;
    }
    this.root.setAttribute('aria-busy', 'true');
    if (!this.data) this.#showState('loading');
    try {
      const { by, ...query } = this.filter.query;
      this.data = await this.app.api.get(this.#kind.path, { query: this.#kind.hasUnits ? { ...query, by } : query, signal: controller.signal });
      this.#render();
    } catch (/** @type {any} */ error) {
      if (isAbort(error) || controller.signal.aborted) return;
      this.data = null;
      const isRange = Object.values(error.fields ?? {}).includes('report.range.too-long');
      setText(this.parts.failureText, errorText(isRange ? { code: 'report.range.too-long' } : error));
      setIcon(this.parts.failureIcon, isRange ? 'calendar' : 'wifi-off');
      this.parts.retry.hidden = isRange;
      this.#showState('failure');
    }
    this.root.removeAttribute('aria-busy');
  }

  /** @param {typeof states[number]} state */
  #showState(state) {
    for (const name of states) this.parts[name].hidden = name !== state;
    const isBlind = this.app.store.session.pipelines.length === 0;
    setText(this.parts.emptyTitle, t(isBlind ? 'pipelines.closed' : this.#kind.empty));
    setText(this.parts.emptyText, t(isBlind ? 'pipelines.closed.text' : `${this.#kind.empty}.text`));
    if (state !== 'figures') this.parts.currencies.hidden = true;
  }

  /** The sums of what there is, a currency each, those of most deals first. @returns {{currency: string, sum: {minor: string}}[]} */
  sums() {
    throw new Error('a report has sums');
  }

  /** Shows the figures of one currency. @param {string} currency */
  fill(currency) {
    throw new Error(`a report shows what it has in ${currency}`);
  }

  #render() {
    const sums = this.sums();
    const held = sums.map((each) => each.currency);
    const { defaultCurrency } = this.app.store.session.workspace;
    // The currency asked for, else the workspace's, else that of most deals.
    const currency = [this.filter.currency, defaultCurrency, held[0]].find((each) => held.includes(each)) ?? defaultCurrency;
    this.parts.file.href = this.filter.file(this.#kind, currency);
    this.#showState(sums.length === 0 ? 'empty' : 'figures');
    if (sums.length > 0) showCurrencies(this.parts.currencies, sums, currency, (each) => this.go({ currency: each }));
    this.fill(currency);
  }
}
