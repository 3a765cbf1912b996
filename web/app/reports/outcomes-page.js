// @ts-check
/** What became of deals: won and lost, by owner and by reason. */
import { isAbort } from '../api.js';
import { paintAvatar } from '../avatar.js';
import { formatMoney } from '../deals/money.js';
import { View, setText } from '../dom.js';
import { errorText, formatNumber, t } from '../i18n.js';
import { showCurrencies } from './currencies.js';
import { formatShare } from './figures.js';
import { rangeName } from './periods.js';
import { ReportForm } from './report-form.js';

/** Events come in bursts: the figures follow at most so often. */
const calm = 3000;
const changing = new Set(['deal.added', 'deal.changed', 'deal.removed', 'pipelines.changed']);

/** @typedef {{count: number, minor: string}} Sum @typedef {{currency: string, won: Sum, lost: Sum}} Outcome */

export class OutcomesPage extends View {
  #app;
  #filter;
  #form;
  /** @type {{owners: (Outcome & {owner: {id: number, name: string}})[], reasons: {reason: string, currency: string, count: number, minor: string}[]}|null} */
  #outcomes = null;
  /** @type {AbortController|null} */
  #load = null;
  /** @type {ReturnType<typeof setTimeout>|undefined} */
  #timer;

  /** @param {import('../app.js').App} app @param {import('./report-filter.js').ReportFilter} filter */
  constructor(app, filter) {
    super('outcomes-page');
    this.#app = app;
    this.#filter = filter;
    this.#form = new ReportForm(app, (changes) => app.router.go(this.#filter.route('outcomes', changes), { replace: true }));
  }

  connected() {
    const { store } = this.#app;
    this.#form.connect(this.parts.filter);
    this.#form.parts.unit.hidden = true;
    this.signal.addEventListener('abort', () => {
      this.#form.disconnect();
      this.#load?.abort();
      clearTimeout(this.#timer);
    });
    this.listen(this.parts.retry, 'click', () => void this.#ask());
    store.follow((event) => {
      if (changing.has(event.type)) this.#timer ??= setTimeout(() => void this.#ask(), calm);
    }, this.signal);
    for (const key of ['startOver', 'workspace']) store.subscribe(key, () => void this.#ask(), this.signal);
  }

  /** The route is another. @param {import('./report-filter.js').ReportFilter} filter */
  show(filter) {
    const before = this.#filter;
    this.#filter = filter;
    this.#form.show(filter);
    this.parts.toForecast.href = `#${filter.route('forecast')}`;
    this.parts.toOutcomes.href = `#${filter.route('outcomes')}`;
    this.parts.toOutcomes.setAttribute('aria-current', 'true');
    setText(this.parts.range, rangeName(filter));
    if (this.#outcomes && String(Object.values(before.query)) === String(Object.values(filter.query))) this.#render();
    else void this.#ask();
  }

  async #ask() {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#load?.abort();
    const controller = (this.#load = new AbortController());
    this.root.setAttribute('aria-busy', 'true');
    if (!this.#outcomes) this.#showState('loading');
    try {
      const { by, ...query } = this.#filter.query;
      this.#outcomes = await this.#app.api.get('/api/reports/outcomes', { query, signal: controller.signal });
      this.#render();
    } catch (/** @type {any} */ error) {
      if (isAbort(error) || controller.signal.aborted) return;
      this.#outcomes = null;
      setText(this.parts.failureText, errorText(error));
      this.#showState('failure');
    }
    this.root.removeAttribute('aria-busy');
  }

  /** @param {'loading'|'failure'|'empty'|'figures'} state */
  #showState(state) {
    for (const name of ['loading', 'failure', 'empty', 'figures']) this.parts[name].hidden = name !== state;
    this.parts.currencies.hidden = state !== 'figures';
  }

  /** What all owners come to, a currency each, those with most deals first. @returns {Outcome[]} */
  #totals() {
    /** @type {Map<string, Outcome>} */
    const totals = new Map();
    for (const { currency, won, lost } of this.#outcomes?.owners ?? []) {
      const total = totals.get(currency);
      totals.set(currency, total ? { currency, won: sum(total.won, won), lost: sum(total.lost, lost) } : { currency, won, lost });
    }
    const weight = (/** @type {Outcome} */ { won, lost }) => won.count + lost.count;
    return [...totals.values()].sort((a, b) => weight(b) - weight(a));
  }

  #render() {
    if (!this.#outcomes) return;
    const totals = this.#totals();
    if (totals.length === 0) {
      this.#showState('empty');
      return;
    }
    this.#showState('figures');
    const held = totals.map(({ currency }) => currency);
    const wished = [this.#filter.currency, this.#app.store.session.workspace.defaultCurrency, held[0]];
    const currency = wished.find((each) => held.includes(each)) ?? held[0];
    const sums = totals.map((total) => ({ currency: total.currency, sum: total.won.count ? total.won : total.lost }));
    showCurrencies(this.parts.currencies, sums, currency, (each) => this.#app.router.go(this.#filter.route('outcomes', { currency: each }), { replace: true }));
    const total = /** @type {Outcome} */ (totals.find((each) => each.currency === currency));
    const money = (/** @type {{minor: string}} */ { minor }) => formatMoney({ minor, currency });
    setText(this.parts.won, money(total.won));
    setText(this.parts.wonDetail, t('forecast.deals', { count: total.won.count }));
    setText(this.parts.lost, money(total.lost));
    setText(this.parts.lostDetail, t('forecast.deals', { count: total.lost.count }));
    setText(this.parts.rate, formatShare(rate(total)));
    this.parts.owners.replaceChildren(...this.#outcomes.owners.filter((each) => each.currency === currency).map((share) => {
      const { root, parts } = new View('outcomes-owner');
      paintAvatar(parts.avatar, share.owner.name);
      setText(parts.name, share.owner.name);
      setText(parts.wonDeals, formatNumber(share.won.count));
      setText(parts.won, money(share.won));
      setText(parts.lostDeals, formatNumber(share.lost.count));
      setText(parts.lost, money(share.lost));
      setText(parts.rate, formatShare(rate(share)));
      parts.bar.style.setProperty('--share', String(rate(share)));
      return root;
    }));
    this.#showReasons(currency, total.lost.count, money);
  }

  /** @param {string} currency @param {number} all @param {(sum: {minor: string}) => string} money */
  #showReasons(currency, all, money) {
    const reasons = this.#outcomes?.reasons.filter((each) => each.currency === currency) ?? [];
    this.parts.reasonsCard.hidden = reasons.length === 0;
    this.parts.reasons.replaceChildren(...reasons.map((each) => {
      const { root, parts } = new View('outcomes-reason');
      setText(parts.name, each.reason || t('outcomes.noReason'));
      parts.name.classList.toggle('is-missing', !each.reason);
      setText(parts.count, t('forecast.deals', { count: each.count }));
      setText(parts.value, money(each));
      parts.bar.style.setProperty('--share', String(each.count / all));
      return root;
    }));
  }
}

/** @param {Sum} a @param {Sum} b @returns {Sum} */
function sum(a, b) {
  return { count: a.count + b.count, minor: String(BigInt(a.minor) + BigInt(b.minor)) };
}

/** How many of the deals that were closed were won. @param {Outcome} outcome */
function rate({ won, lost }) {
  return won.count / (won.count + lost.count);
}
