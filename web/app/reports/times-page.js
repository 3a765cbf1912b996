// @ts-check
/** How long deals stay in each stage of a pipeline, and how long those that are in it have been there. */
import { View, setText } from '../dom.js';
import { formatNumber, t } from '../i18n.js';
import { formatDuration } from './durations.js';
import { nothing } from './figures.js';
import { todayIn } from './periods.js';
import { ReportDeals } from './report-deals.js';
import { ReportPage } from './report-page.js';

/**
 * @typedef {{count: number, isExact: boolean, median: number|null, average: number|null}} Span milliseconds
 * @typedef {{stageID: number, left: Span, there: Span}} Row
 */

export class TimesPage extends ReportPage {
  #body;

  /** @param {import('../app.js').App} app @param {import('./report-filter.js').ReportFilter} filter */
  constructor(app, filter) {
    super(app, filter, { name: 'times', title: 'times.title', empty: 'times.empty', path: '/api/reports/stage-times', needsPipeline: true });
    this.#body = new View('times-body');
    this.parts.figures.append(this.#body.root);
  }

  /** Days have no currency: the deals of all of them are counted together. */
  sums() {
    const isEmpty = this.data.rows.every((/** @type {Row} */ { left, there }) => left.count + there.count === 0);
    return isEmpty ? [] : [{ currency: this.app.store.session.workspace.defaultCurrency, sum: nothing }];
  }

  fill() {
    /** @type {Row[]} */
    const rows = this.data.rows;
    const longest = Math.max(1, ...rows.flatMap(({ left, there }) => [left.median ?? 0, left.average ?? 0, there.median ?? 0]));
    this.#body.parts.rows.replaceChildren(...rows.map((row) => this.#row(row, longest)));
    const isExact = rows.every(({ left, there }) => left.isExact && there.isExact);
    this.parts.note.hidden = isExact;
    setText(this.parts.noteText, t('times.latest', { number: formatNumber(2500) }));
  }

  /** @param {Row} row @param {number} longest */
  #row({ stageID, left, there }, longest) {
    const stage = this.data.stages.find((/** @type {{id: number}} */ { id }) => id === stageID);
    const { root, parts } = new View('times-row');
    setText(parts.name, stage.name);
    parts.dot.style.setProperty('--stage', stage.color);
    setText(parts.median, formatDuration(left.median));
    parts.bar.style.setProperty('--share', String((left.median ?? 0) / longest));
    setText(parts.average, formatDuration(left.average));
    parts.mark.style.setProperty('--place', String((left.average ?? 0) / longest));
    parts.mark.hidden = parts.bar.hidden = left.count === 0;
    setText(parts.left, countText(left));
    setText(parts.there, countText(there));
    parts.there.disabled = there.count === 0;
    parts.there.setAttribute('aria-label', t('times.open', { count: there.count, stage: stage.name }));
    parts.there.addEventListener('click', () => this.#open(stage, there));
    setText(parts.thereMedian, formatDuration(there.median));
    parts.thereBar.style.setProperty('--share', String((there.median ?? 0) / longest));
    parts.thereBar.hidden = there.count === 0;
    return root;
  }

  /** Those that are there, since whenever. @param {{id: number, name: string}} stage @param {Span} there */
  #open(stage, { count }) {
    const { pipeline, owner } = this.filter.query;
    new ReportDeals(this.app, {
      title: stage.name, first: 'there', path: '/api/reports/funnel/deals', more: 'report.deals.latest',
      figures: [{ name: 'there', label: t('funnel.choice', { name: t('funnel.there'), count }), count, minor: null }],
      query: { from: '1970-01-01', to: todayIn(this.app.store.session.workspace.timeZone), pipeline, owner, currency: null, stage: stage.id },
    }).open();
  }
}

/** `10,000+` where there are more than were measured. @param {Span} span */
function countText({ count, isExact }) {
  return count === 0 ? '–' : isExact ? formatNumber(count) : `${formatNumber(count)}+`;
}
