// @ts-check
/** The deal forecast: what is asked for, the figures at a glance, the chart or its table, the file. */
import { isAbort } from '../api.js';
import { formatMoney } from '../deals/money.js';
import { View, setIcon, setText } from '../dom.js';
import { errorText, formatNumber, t } from '../i18n.js';
import { accuracy, emptyBucket, ended, formatShare, series } from './figures.js';
import { ForecastChart } from './forecast-chart.js';
import { ForecastDeals } from './forecast-deals.js';
import { ForecastTable } from './forecast-table.js';
import { showCurrencies } from './currencies.js';
import { rangeName } from './periods.js';
import { ReportForm } from './report-form.js';

/** Events come in bursts: the figures follow at most so often. */
const calm = 3000;
const changing = new Set(['deal.added', 'deal.changed', 'deal.removed', 'pipelines.changed']);
const shownAs = 'parley.forecast';

export class ForecastPage extends View {
  #app;
  #filter;
  /** @type {import('./figures.js').Forecast|null} */
  #forecast = null;
  /** @type {AbortController|null} */
  #load = null;
  /** @type {ReturnType<typeof setTimeout>|undefined} */
  #timer;
  #chart;
  #table;
  #form;

  /** @param {import('../app.js').App} app @param {import('./report-filter.js').ReportFilter} filter */
  constructor(app, filter) {
    super('forecast-page');
    this.#app = app;
    this.#filter = filter;
    this.#form = new ReportForm(app, (changes) => app.router.go(this.#filter.route('forecast', changes), { replace: true }));
    const open = (/** @type {import('./figures.js').Bucket} */ bucket) => new ForecastDeals(app, bucket, this.#filter).open();
    this.#chart = new ForecastChart(open);
    this.#table = new ForecastTable(open);
  }

  connected() {
    const { store } = this.#app;
    this.#chart.connect(this.parts.figure);
    this.#table.connect(this.parts.figure);
    this.#form.connect(this.parts.filter);
    this.signal.addEventListener('abort', () => {
      this.#form.disconnect();
      this.#chart.disconnect();
      this.#table.disconnect();
      this.#load?.abort();
      clearTimeout(this.#timer);
    });
    this.listen(this.parts.retry, 'click', () => void this.#ask());
    for (const way of ['chart', 'table']) {
      this.listen(this.parts[`as${way}`], 'click', () => {
        localStorage.setItem(shownAs, way);
        this.#render();
      });
    }
    store.follow((event) => {
      if (changing.has(event.type)) this.#askSoon();
    }, this.signal);
    store.subscribe('startOver', () => void this.#ask(), this.signal);
    // Where days and weeks begin may have changed.
    store.subscribe('workspace', () => void this.#ask(), this.signal);
  }

  /** The route is another. @param {import('./report-filter.js').ReportFilter} filter */
  show(filter) {
    const before = this.#filter;
    this.#filter = filter;
    this.#form.show(filter);
    this.parts.toOutcomes.href = `#${filter.route('outcomes')}`;
    this.parts.toForecast.href = `#${filter.route('forecast')}`;
    this.parts.toForecast.setAttribute('aria-current', 'true');
    if (this.#forecast && String(Object.values(before.query)) === String(Object.values(filter.query))) this.#render();
    else void this.#ask();
  }

  #askSoon() {
    this.#timer ??= setTimeout(() => void this.#ask(), calm);
  }

  async #ask() {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#load?.abort();
    const controller = (this.#load = new AbortController());
    this.root.setAttribute('aria-busy', 'true');
    this.#showState(this.#forecast ? 'figures' : 'loading');
    try {
      const { query } = this.#filter;
      this.#forecast = await this.#app.api.get('/api/reports/forecast', { query, signal: controller.signal });
      this.#render();
    } catch (/** @type {any} */ error) {
      if (isAbort(error) || controller.signal.aborted) return;
      this.#forecast = null;
      const isRange = Object.values(error.fields ?? {}).includes('report.range.too-long');
      setText(this.parts.failureText, isRange ? t('forecast.tooLong') : errorText(error));
      setIcon(this.parts.failureIcon, isRange ? 'calendar' : 'wifi-off');
      this.parts.retry.hidden = isRange;
      this.#showState('failure');
    }
    this.root.removeAttribute('aria-busy');
  }

  /** @param {'loading'|'failure'|'empty'|'figures'} state */
  #showState(state) {
    for (const name of ['loading', 'failure', 'empty', 'figures']) this.parts[name].hidden = name !== state;
    this.parts.glance.hidden = this.parts.currencies.hidden = state !== 'figures';
  }

  /** The currency that is shown: the one asked for, else the workspace's, else that of most deals. */
  #currency() {
    const { defaultCurrency } = this.#app.store.session.workspace;
    const held = this.#currencies().map(({ currency }) => currency);
    const { currency } = this.#filter;
    if (held.includes(currency)) return currency;
    return held.includes(defaultCurrency) ? defaultCurrency : held[0] ?? defaultCurrency;
  }

  /** Those of the range, the ones with most deals first. */
  #currencies() {
    const weight = (/** @type {import('./figures.js').Bucket} */ { forecast, won }) => forecast.count + won.count;
    return [...(this.#forecast?.totals ?? [])].sort((a, b) => weight(b) - weight(a));
  }

  #render() {
    const forecast = this.#forecast;
    if (!forecast) return;
    const currency = this.#currency();
    const whole = { from: this.#filter.from, to: this.#filter.to };
    const total = forecast.totals.find((each) => each.currency === currency) ?? emptyBucket(whole, currency);
    const buckets = series(forecast, currency);
    const name = t('forecast.figure', { range: rangeName(whole), currency });
    setText(this.parts.range, rangeName(whole));
    this.parts.file.href = this.#filter.file(currency);
    this.#showUndated(forecast);
    if (forecast.totals.length === 0) {
      this.#showState('empty');
      return;
    }
    this.#showState('figures');
    this.#showCurrencies(currency);
    this.#showGlance(total, buckets, forecast.today);
    const way = localStorage.getItem(shownAs) === 'table' ? 'table' : 'chart';
    this.parts.aschart.setAttribute('aria-pressed', String(way === 'chart'));
    this.parts.astable.setAttribute('aria-pressed', String(way === 'table'));
    this.#chart.root.hidden = way !== 'chart';
    this.parts.legend.classList.toggle('is-unused', way !== 'chart');
    this.#table.show({ buckets, total, today: forecast.today, name }, { isSeen: way === 'table' });
    if (way === 'chart') this.#chart.show({ buckets, currency, today: forecast.today, unit: this.#filter.by, name });
  }

  /** @param {string} shown */
  #showCurrencies(shown) {
    const sums = this.#currencies().map(({ currency, open, won }) => ({ currency, sum: open.count || !won.count ? open : won }));
    showCurrencies(this.parts.currencies, sums, shown, (currency) => this.#app.router.go(this.#filter.route('forecast', { currency }), { replace: true }));
  }

  /** @param {import('./figures.js').Bucket} total @param {import('./figures.js').Bucket[]} buckets @param {string} today */
  #showGlance({ currency, open, weighted, won }, buckets, today) {
    const { parts } = this;
    const money = (/** @type {{minor: string}} */ { minor }) => formatMoney({ minor, currency });
    setText(parts.open, money(open));
    setText(parts.openDetail, t('forecast.deals', { count: open.count }));
    setText(parts.weighted, money(weighted));
    setText(parts.won, money(won));
    setText(parts.wonDetail, t('forecast.deals', { count: won.count }));
    const past = ended(buckets, today);
    setText(parts.accuracy, formatShare(accuracy(past)));
    setText(parts.accuracyDetail, past.forecast.minor === '0' ? t('forecast.accuracy.none')
      : t('forecast.accuracy.of', { won: money(past.won), forecast: money(past.forecast) }));
  }

  /** @param {import('./figures.js').Forecast} forecast */
  #showUndated({ undated }) {
    const { undatedNote, undatedText } = this.parts;
    undatedNote.hidden = undated.length === 0;
    const count = undated.reduce((sum, each) => sum + each.count, 0);
    const sums = undated.map((each) => formatMoney({ minor: each.minor, currency: each.currency }));
    setText(undatedText, t('forecast.undated', { count, sums: new Intl.ListFormat(document.documentElement.lang).format(sums), number: formatNumber(count) }));
  }
}
