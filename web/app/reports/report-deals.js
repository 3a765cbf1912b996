// @ts-check
/** The deals behind the figures of a report, in a dialog, one figure at a time. */
import { isAbort } from '../api.js';
import { formatMoney } from '../deals/money.js';
import { View, setText } from '../dom.js';
import { errorText, formatCalendarDate, formatNumber, t } from '../i18n.js';

/** As many as the server gives at once. */
const most = 50;

/**
 * @typedef {object} Behind
 * @property {string} title
 * @property {{name: string, label: string, count: number, minor: string|null}[]} figures `minor`: null where the deals are of several currencies
 * @property {string} first the name of the figure to begin with
 * @property {string} path
 * @property {Record<string, string|number|null> & {currency: string|null}} query
 * @property {string} more the text that tells which ones are shown where there are more
 */

export class ReportDeals extends View {
  #app;
  #behind;
  #figure;
  /** @type {Map<string, HTMLElement>} */
  #choices = new Map();
  /** @type {AbortController|null} */
  #load = null;

  /** @param {import('../app.js').App} app @param {Behind} behind */
  constructor(app, behind) {
    super('report-deals');
    this.#app = app;
    this.#behind = behind;
    this.#figure = behind.first;
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
    setText(this.parts.title, this.#behind.title);
    for (const { name, label } of this.#behind.figures) {
      const button = document.createElement('button');
      button.type = 'button';
      button.className = 'segment';
      button.textContent = label;
      this.#choices.set(name, button);
      this.parts.figures.append(button);
      this.listen(button, 'click', () => {
        this.#figure = name;
        void this.#ask();
      });
    }
    void this.#ask();
  }

  async #ask() {
    const { list, empty, failure, loading, more } = this.parts;
    for (const [name, button] of this.#choices) button.setAttribute('aria-pressed', String(name === this.#figure));
    const { path, query, figures } = this.#behind;
    const { count, minor } = figures.find((each) => each.name === this.#figure) ?? figures[0];
    setText(this.parts.sum, minor !== null && query.currency ? formatMoney({ minor, currency: query.currency }) : '');
    list.replaceChildren();
    for (const part of [empty, failure, more]) part.hidden = true;
    loading.hidden = false;
    this.#load?.abort();
    const controller = (this.#load = new AbortController());
    try {
      const { deals } = await this.#app.api.get(path, { query: { ...query, figure: this.#figure, limit: most }, signal: controller.signal });
      loading.hidden = true;
      list.replaceChildren(...deals.map((/** @type {any} */ deal) => row(deal)));
      empty.hidden = deals.length > 0;
      more.hidden = deals.length < most || count <= deals.length;
      setText(more, t(this.#behind.more, { count: count - deals.length, shown: formatNumber(deals.length) }));
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
  const { root, parts } = new View('report-deal');
  parts.link.setAttribute('href', `#/deals/${deal.id}`);
  setText(parts.title, deal.title);
  const who = deal.account?.name ?? deal.contact?.name ?? '';
  setText(parts.detail, [who, deal.stage.name, deal.owner.name].filter(Boolean).join(' · '));
  setText(parts.value, formatMoney(deal.value));
  setText(parts.when, deal.forecastedCloseOn ? formatCalendarDate(deal.forecastedCloseOn) : t('deal.close.none'));
  parts.status.dataset.status = deal.overdue ? 'overdue' : deal.status;
  setText(parts.status, t(deal.overdue ? 'report.deal.overdue' : `deal.status.${deal.status}`));
  return root;
}
