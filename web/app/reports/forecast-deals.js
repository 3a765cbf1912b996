// @ts-check
/** The deals behind a period of the forecast, in a dialog: those still open, those won, those that were expected. */
import { isAbort } from '../api.js';
import { formatMoney } from '../deals/money.js';
import { View, setText } from '../dom.js';
import { errorText, formatCalendarDate, formatNumber, t } from '../i18n.js';
import { periodName } from './periods.js';

/** As many as the server gives at once. */
const most = 50;
const figures = /** @type {const} */ (['open', 'won', 'forecast']);

export class ForecastDeals extends View {
  #app;
  #bucket;
  #filter;
  /** @type {'open'|'won'|'forecast'} */
  #figure;
  /** @type {AbortController|null} */
  #load = null;

  /**
   * @param {import('../app.js').App} app @param {import('./figures.js').Bucket} bucket
   * @param {{pipeline: string, owner: string}} filter what else narrows the report
   */
  constructor(app, bucket, filter) {
    super('forecast-deals');
    this.#app = app;
    this.#bucket = bucket;
    this.#filter = filter;
    this.#figure = bucket.open.count || !bucket.won.count ? 'open' : 'won';
  }

  open() {
    const dialog = /** @type {HTMLDialogElement} */ (this.root);
    this.connect(document.body);
    dialog.showModal();
  }

  connected() {
    const dialog = /** @type {HTMLDialogElement} */ (this.root);
    this.listen(dialog, 'close', () => this.disconnect());
    this.listen(dialog, 'click', (event) => {
      if (event.target === dialog || event.target.closest('a')) dialog.close();
    });
    this.listen(this.parts.close, 'click', () => dialog.close());
    this.listen(this.parts.retry, 'click', () => void this.#ask());
    this.signal.addEventListener('abort', () => this.#load?.abort());
    setText(this.parts.title, periodName(this.#bucket));
    for (const figure of figures) {
      const button = this.parts[figure];
      setText(button, t(`forecast.deals.${figure}`, { count: this.#bucket[figure].count }));
      this.listen(button, 'click', () => {
        this.#figure = figure;
        void this.#ask();
      });
    }
    void this.#ask();
  }

  async #ask() {
    const { list, empty, failure, loading, more } = this.parts;
    for (const figure of figures) this.parts[figure].setAttribute('aria-pressed', String(figure === this.#figure));
    const { count, minor } = this.#bucket[this.#figure];
    setText(this.parts.sum, formatMoney({ minor, currency: this.#bucket.currency }));
    list.replaceChildren();
    for (const part of [empty, failure, more]) part.hidden = true;
    loading.hidden = false;
    this.#load?.abort();
    const controller = (this.#load = new AbortController());
    const { from, to, currency } = this.#bucket;
    const query = { from, to, currency, figure: this.#figure, limit: most, pipeline: this.#filter.pipeline || null, owner: this.#filter.owner || null };
    try {
      const { deals } = await this.#app.api.get('/api/reports/forecast/deals', { query, signal: controller.signal });
      loading.hidden = true;
      list.replaceChildren(...deals.map((/** @type {any} */ deal) => row(deal)));
      empty.hidden = deals.length > 0;
      more.hidden = deals.length === 0 || count <= deals.length;
      setText(more, t('forecast.deals.more', { count: count - deals.length, shown: formatNumber(deals.length) }));
    } catch (/** @type {any} */ error) {
      if (isAbort(error)) return;
      loading.hidden = true;
      failure.hidden = false;
      setText(this.parts.failureText, errorText(error));
    }
  }
}

/** @param {any} deal */
function row(deal) {
  const { root, parts } = new View('forecast-deal');
  parts.link.setAttribute('href', `#/deals/${deal.id}`);
  setText(parts.title, deal.title);
  const who = deal.account?.name ?? deal.contact?.name ?? '';
  setText(parts.detail, [who, deal.stage.name, deal.owner.name].filter(Boolean).join(' · '));
  setText(parts.value, formatMoney(deal.value));
  setText(parts.when, deal.forecastedCloseOn ? formatCalendarDate(deal.forecastedCloseOn) : t('deal.close.none'));
  parts.status.dataset.status = deal.overdue ? 'overdue' : deal.status;
  setText(parts.status, t(deal.overdue ? 'forecast.deal.overdue' : `deal.status.${deal.status}`));
  return root;
}
