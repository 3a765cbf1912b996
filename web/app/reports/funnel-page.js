// @ts-check
/** How deals came through the stages of a pipeline: what became of those that entered each stage within the range. */
import { formatMoney } from '../deals/money.js';
import { View, setText } from '../dom.js';
import { formatNumber, t } from '../i18n.js';
import { added, formatShare, nothing } from './figures.js';
import { FunnelChart } from './funnel-chart.js';
import { rangeName } from './periods.js';
import { ReportDeals } from './report-deals.js';
import { ReportPage } from './report-page.js';
import { ShownAs } from './shown-as.js';

/**
 * @typedef {import('./figures.js').Sum} Sum
 * @typedef {{stageID: number, currency: string, entered: Sum, onward: Sum, back: Sum, away: Sum, won: Sum, lost: Sum, there: Sum}} Entry
 * @typedef {{id: number, name: string, color: string}} Stage
 * @typedef {{stage: Stage, entry: Entry, share: number|null}} Step `share`: of those that entered, how many went on or were won
 */

/** What became of them, in the order in which it is told. */
const fates = /** @type {const} */ (['onward', 'won', 'there', 'back', 'lost', 'away']);

export class FunnelPage extends ReportPage {
  #body;
  #chart;
  #shownAs;
  #currency = '';

  /** @param {import('../app.js').App} app @param {import('./report-filter.js').ReportFilter} filter */
  constructor(app, filter) {
    super(app, filter, { name: 'funnel', title: 'funnel.title', empty: 'funnel.empty', path: '/api/reports/funnel', needsPipeline: true });
    this.#body = new View('funnel-body');
    this.parts.figures.append(this.#body.root);
    this.#chart = new FunnelChart((step) => this.#open(step));
    this.#shownAs = new ShownAs(this.#body.parts, () => this.fill(this.#currency));
  }

  connected() {
    super.connected();
    this.#chart.connect(this.#body.parts.figure);
    this.#shownAs.listen(this.signal);
    this.signal.addEventListener('abort', () => this.#chart.disconnect());
  }

  /** @param {Step} step */
  #open({ stage, entry }) {
    const { from, to, pipeline, owner } = this.filter.query;
    const named = /** @type {const} */ (['entered', ...fates]).filter((name) => name === 'entered' || entry[name].count);
    new ReportDeals(this.app, {
      title: stage.name, first: 'entered', path: '/api/reports/funnel/deals', more: 'report.deals.latest',
      figures: named.map((name) => ({ name, label: t('funnel.choice', { name: t(`funnel.${name}`), count: entry[name].count }), ...entry[name] })),
      query: { from, to, pipeline, owner, currency: entry.currency, stage: stage.id },
    }).open();
  }

  sums() {
    /** @type {Map<string, Sum>} */
    const sums = new Map();
    for (const { currency, won, lost, there } of this.data.entries) {
      // Each deal ends in one of these, however many stages it went through.
      for (const sum of [won, lost, there]) sums.set(currency, added(sums.get(currency) ?? nothing, sum));
    }
    return [...sums].sort((a, b) => b[1].count - a[1].count).map(([currency, sum]) => ({ currency, sum }));
  }

  /** A step a stage, also for those that nothing entered. @param {string} currency @returns {Step[]} */
  #steps(currency) {
    return this.data.stages.map((/** @type {Stage} */ stage) => {
      const held = this.data.entries.find((/** @type {Entry} */ each) => each.stageID === stage.id && each.currency === currency);
      const entry = held ?? { stageID: stage.id, currency, entered: nothing, onward: nothing, back: nothing, away: nothing, won: nothing, lost: nothing, there: nothing };
      const share = entry.entered.count ? (entry.onward.count + entry.won.count) / entry.entered.count : null;
      return { stage, entry, share };
    });
  }

  /** @param {string} currency */
  fill(currency) {
    this.#currency = currency;
    const steps = this.#steps(currency);
    const { parts } = this.#body;
    for (const name of /** @type {const} */ (['won', 'lost', 'there'])) {
      const sum = steps.reduce((all, { entry }) => added(all, entry[name]), nothing);
      setText(parts[name], formatMoney({ minor: sum.minor, currency }));
      setText(parts[`${name}Detail`], t('report.deals', { count: sum.count }));
    }
    const [won, lost] = /** @type {const} */ (['won', 'lost']).map((name) => steps.reduce((count, { entry }) => count + entry[name].count, 0));
    setText(parts.rate, won + lost ? formatShare(won / (won + lost)) : '–');
    const name = t('funnel.figure', { range: rangeName(this.filter), currency });
    const way = this.#shownAs.show();
    this.#chart.root.hidden = way !== 'chart';
    this.#chart.show(steps, name);
    this.#showTable(steps, name, way === 'table');
  }

  /** @param {Step[]} steps @param {string} name @param {boolean} isSeen where one opens a stage's deals from it */
  #showTable(steps, name, isSeen) {
    const { table, caption, rows } = this.#body.parts;
    table.classList.toggle('visually-hidden', !isSeen);
    if (isSeen) table.setAttribute('tabindex', '0');
    else table.removeAttribute('tabindex');
    setText(caption, name);
    rows.replaceChildren(...steps.map((step) => {
      const { root, parts } = new View('funnel-row');
      if (isSeen) {
        const button = document.createElement('button');
        button.type = 'button';
        button.className = 'link';
        button.textContent = step.stage.name;
        button.addEventListener('click', () => this.#open(step));
        parts.stage.append(button);
      } else {
        parts.stage.textContent = step.stage.name;
      }
      for (const figure of /** @type {const} */ (['entered', ...fates])) {
        const { count } = step.entry[figure];
        setText(parts[figure], count ? formatNumber(count) : '–');
      }
      setText(parts.value, step.entry.entered.count ? formatMoney({ minor: step.entry.entered.minor, currency: step.entry.currency }) : '–');
      setText(parts.share, formatShare(step.share));
      return root;
    }));
  }
}
