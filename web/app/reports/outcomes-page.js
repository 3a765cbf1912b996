// @ts-check
/** What became of deals: won and lost, by owner and by reason. */
import { paintAvatar } from '../avatar.js';
import { formatMoney } from '../deals/money.js';
import { View, setText } from '../dom.js';
import { formatNumber, t } from '../i18n.js';
import { added, formatShare } from './figures.js';
import { ReportDeals } from './report-deals.js';
import { ReportPage } from './report-page.js';

/**
 * @typedef {import('./figures.js').Sum} Sum
 * @typedef {{currency: string, won: Sum, lost: Sum}} Outcome
 * @typedef {Outcome & {owner: {id: number, name: string}}} Share
 */

/** Where the reasons can be had as a file. */
const reasonsFile = { name: /** @type {const} */ ('outcomes'), title: '', empty: '', path: '/api/reports/outcomes/reasons' };

export class OutcomesPage extends ReportPage {
  #body;

  /** @param {import('../app.js').App} app @param {import('./report-filter.js').ReportFilter} filter */
  constructor(app, filter) {
    super(app, filter, { name: 'outcomes', title: 'outcomes.title', empty: 'outcomes.empty', path: '/api/reports/outcomes' });
    this.#body = new View('outcomes-body');
    this.parts.figures.append(this.#body.root);
  }

  /** What all owners come to, a currency each, those with most deals first. @returns {Outcome[]} */
  #totals() {
    /** @type {Map<string, Outcome>} */
    const totals = new Map();
    for (const { currency, won, lost } of this.data.owners) {
      const total = totals.get(currency);
      totals.set(currency, total ? { currency, won: added(total.won, won), lost: added(total.lost, lost) } : { currency, won, lost });
    }
    const weight = (/** @type {Outcome} */ { won, lost }) => won.count + lost.count;
    return [...totals.values()].sort((a, b) => weight(b) - weight(a));
  }

  sums() {
    return this.#totals().map(({ currency, won, lost }) => ({ currency, sum: won.count ? won : lost }));
  }

  /** @param {string} currency */
  fill(currency) {
    const total = this.#totals().find((each) => each.currency === currency);
    if (!total) return;
    const { parts } = this.#body;
    const money = (/** @type {{minor: string}} */ { minor }) => formatMoney({ minor, currency });
    setText(parts.won, money(total.won));
    setText(parts.wonDetail, t('report.deals', { count: total.won.count }));
    setText(parts.lost, money(total.lost));
    setText(parts.lostDetail, t('report.deals', { count: total.lost.count }));
    setText(parts.rate, formatShare(rate(total)));
    const shares = this.data.owners.filter((/** @type {Outcome} */ each) => each.currency === currency);
    parts.owners.replaceChildren(...shares.map((/** @type {Share} */ share) => {
      const { root, parts: cells } = new View('outcomes-owner');
      paintAvatar(cells.avatar, share.owner.name);
      setText(cells.name, share.owner.name);
      cells.name.addEventListener('click', () => this.#openOwner(share));
      setText(cells.wonDeals, formatNumber(share.won.count));
      setText(cells.won, money(share.won));
      setText(cells.lostDeals, formatNumber(share.lost.count));
      setText(cells.lost, money(share.lost));
      setText(cells.rate, formatShare(rate(share)));
      cells.bar.style.setProperty('--share', String(rate(share)));
      return root;
    }));
    this.#showReasons(currency, total.lost.count, money);
  }

  /** @param {string} currency @param {number} all @param {(sum: {minor: string}) => string} money */
  #showReasons(currency, all, money) {
    /** @type {(Sum & {reason: string, currency: string})[]} */
    const reasons = this.data.reasons.filter((/** @type {{currency: string}} */ each) => each.currency === currency);
    this.#body.parts.reasonsCard.hidden = reasons.length === 0;
    this.#body.parts.reasonsFile.href = this.filter.file(reasonsFile, currency);
    this.#body.parts.reasons.replaceChildren(...reasons.map((each) => {
      const { root, parts } = new View('outcomes-reason');
      setText(parts.name, each.reason || t('outcomes.noReason'));
      parts.name.classList.toggle('is-missing', !each.reason);
      parts.name.addEventListener('click', () => this.#openReason(each));
      setText(parts.count, t('report.deals', { count: each.count }));
      setText(parts.value, money(each));
      parts.bar.style.setProperty('--share', String(each.count / all));
      return root;
    }));
  }

  /** @param {Share} share */
  #openOwner({ owner, currency, won, lost }) {
    this.#open(owner.name, [figure('won', won), figure('lost', lost)], { owner: owner.id, currency });
  }

  /** @param {Sum & {reason: string, currency: string}} each */
  #openReason({ reason, currency, ...sum }) {
    this.#open(reason || t('outcomes.noReason'), [figure('lost', sum)], { owner: this.filter.query.owner, currency, reason });
  }

  /**
   * @param {string} title @param {import('./report-deals.js').Behind['figures']} figures those that there are, or the first
   * @param {import('./report-deals.js').Behind['query']} query
   */
  #open(title, figures, query) {
    const { from, to, pipeline } = this.filter.query;
    const held = figures.filter(({ count }) => count > 0);
    new ReportDeals(this.app, {
      title, figures: held, first: held[0].name, path: '/api/reports/outcomes/deals', query: { from, to, pipeline, ...query },
      more: 'report.deals.latest',
    }).open();
  }
}

/** @param {'won'|'lost'} name @param {Sum} sum */
function figure(name, sum) {
  return { name, label: t('funnel.choice', { name: t(`funnel.${name}`), count: sum.count }), ...sum };
}

/** How many of the deals that were closed were won. @param {Outcome} outcome */
function rate({ won, lost }) {
  return won.count / (won.count + lost.count);
}
