// @ts-check
/** The deal forecast: the figures at a glance, and the chart or its table. */
import { formatMoney } from '../deals/money.js';
import { View, setText } from '../dom.js';
import { formatList, formatNumber, t } from '../i18n.js';
import { accuracy, emptyBucket, ended, formatShare, series } from './figures.js';
import { ForecastChart } from './forecast-chart.js';
import { ForecastTable } from './forecast-table.js';
import { periodName, rangeName } from './periods.js';
import { ReportDeals } from './report-deals.js';
import { ReportPage } from './report-page.js';
import { ShownAs } from './shown-as.js';

export class ForecastPage extends ReportPage {
  #body;
  #chart;
  #table;
  #shownAs;

  /** @param {import('../app.js').App} app @param {import('./report-filter.js').ReportFilter} filter */
  constructor(app, filter) {
    super(app, filter, { name: 'forecast', title: 'forecast.title', empty: 'forecast.empty', path: '/api/reports/forecast', hasUnits: true });
    this.#body = new View('forecast-body');
    this.parts.figures.append(this.#body.root);
    const open = (/** @type {import('./figures.js').Bucket} */ bucket) => this.#open(bucket);
    this.#chart = new ForecastChart(open);
    this.#table = new ForecastTable(open);
    this.#shownAs = new ShownAs(this.#body.parts, () => this.fill(this.#currency));
  }

  #currency = '';

  connected() {
    super.connected();
    const { figure } = this.#body.parts;
    for (const view of [this.#chart, this.#table]) view.connect(figure);
    this.#shownAs.listen(this.signal);
    this.signal.addEventListener('abort', () => {
      this.#chart.disconnect();
      this.#table.disconnect();
    });
  }

  /** @param {import('./figures.js').Bucket} bucket */
  #open(bucket) {
    const figures = /** @type {const} */ (['open', 'won', 'forecast']).map((name) => ({ name, label: t(`forecast.deals.${name}`, { count: bucket[name].count }), ...bucket[name] }));
    const { from, to, currency } = bucket;
    const { pipeline, owner } = this.filter.query;
    new ReportDeals(this.app, {
      title: periodName(bucket), figures, first: bucket.open.count || !bucket.won.count ? 'open' : 'won',
      path: '/api/reports/forecast/deals', query: { from, to, currency, pipeline, owner }, more: 'report.deals.greatest',
    }).open();
  }

  sums() {
    /** @type {import('./figures.js').Bucket[]} */
    const totals = [...this.data.totals];
    const weight = (/** @type {import('./figures.js').Bucket} */ { forecast, won }) => forecast.count + won.count;
    return totals.sort((a, b) => weight(b) - weight(a)).map(({ currency, open, won }) => ({ currency, sum: open.count || !won.count ? open : won }));
  }

  /** @param {string} currency */
  fill(currency) {
    /** @type {import('./figures.js').Forecast} */
    const forecast = this.data;
    this.#currency = currency;
    const whole = { from: this.filter.from, to: this.filter.to };
    const total = forecast.totals.find((each) => each.currency === currency) ?? emptyBucket(whole, currency);
    const buckets = series(forecast, currency);
    const name = t('forecast.figure', { range: rangeName(whole), currency });
    this.#showUndated(forecast);
    this.#showGlance(total, buckets, forecast.today);
    const way = this.#shownAs.show();
    this.#chart.root.hidden = way !== 'chart';
    this.#table.show({ buckets, total, today: forecast.today, name }, { isSeen: way === 'table' });
    if (way === 'chart') this.#chart.show({ buckets, currency, today: forecast.today, unit: this.filter.by, name });
  }

  /** @param {import('./figures.js').Bucket} total @param {import('./figures.js').Bucket[]} buckets @param {string} today */
  #showGlance({ currency, open, weighted, won }, buckets, today) {
    const { parts } = this.#body;
    const money = (/** @type {{minor: string}} */ { minor }) => formatMoney({ minor, currency });
    setText(parts.open, money(open));
    setText(parts.openDetail, t('report.deals', { count: open.count }));
    setText(parts.weighted, money(weighted));
    setText(parts.won, money(won));
    setText(parts.wonDetail, t('report.deals', { count: won.count }));
    const past = ended(buckets, today);
    setText(parts.accuracy, formatShare(accuracy(past)));
    setText(parts.accuracyDetail, past.forecast.minor === '0' ? t('forecast.accuracy.none')
      : t('forecast.accuracy.of', { won: money(past.won), forecast: money(past.forecast) }));
  }

  /** Also where the range holds nothing. @param {import('./figures.js').Forecast} forecast */
  #showUndated({ undated }) {
    const { note, noteText } = this.parts;
    note.hidden = undated.length === 0;
    const count = undated.reduce((sum, each) => sum + each.count, 0);
    const sums = undated.map((each) => formatMoney({ minor: each.minor, currency: each.currency }));
    setText(noteText, t('forecast.undated', { count, sums: formatList(sums), number: formatNumber(count) }));
  }
}
