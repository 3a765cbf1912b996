// @ts-check
/** The forecast's figures as a table: what the chart is drawn from, for reading and for those who listen. */
import { formatMoney } from '../deals/money.js';
import { View, setText } from '../dom.js';
import { formatNumber, t } from '../i18n.js';
import { accuracy, ended, formatShare, hasBegun } from './figures.js';
import { periodName } from './periods.js';

/** @typedef {import('./figures.js').Bucket} Bucket */

export class ForecastTable extends View {
  #open;

  /** @param {(bucket: Bucket) => void} open shows the deals behind a period */
  constructor(open) {
    super('forecast-table');
    this.#open = open;
  }

  /**
   * @param {{buckets: Bucket[], total: Bucket, today: string, name: string}} what
   * @param {{isSeen: boolean}} options whether it stands in view, where one opens a period's deals from it
   */
  show({ buckets, total, today, name }, { isSeen }) {
    this.root.classList.toggle('visually-hidden', !isSeen);
    if (isSeen) this.root.setAttribute('tabindex', '0');
    else this.root.removeAttribute('tabindex');
    setText(this.parts.caption, name);
    this.parts.rows.replaceChildren(...buckets.map((bucket) => {
      const row = this.#row(bucket, hasBegun(bucket, today) ? accuracy(bucket) : null);
      row.root.classList.toggle('is-now', bucket.from <= today && today <= bucket.to);
      if (isSeen) {
        const button = document.createElement('button');
        button.type = 'button';
        button.className = 'link';
        button.textContent = periodName(bucket);
        button.addEventListener('click', () => this.#open(bucket));
        row.parts.period.append(button);
      } else {
        row.parts.period.textContent = periodName(bucket);
      }
      return row.root;
    }));
    const row = this.#row(total, accuracy(ended(buckets, today)));
    row.parts.period.textContent = t('forecast.total');
    this.parts.foot.replaceChildren(row.root);
  }

  /** @param {Bucket} bucket @param {number|null} share */
  #row({ currency, open, weighted, won, forecast }, share) {
    const row = new View('forecast-row');
    const { parts } = row;
    const money = (/** @type {{minor: string}} */ { minor }) => minor === '0' ? '–' : formatMoney({ minor, currency });
    setText(parts.count, open.count ? formatNumber(open.count) : '–');
    setText(parts.open, money(open));
    setText(parts.weighted, money(weighted));
    setText(parts.won, money(won));
    setText(parts.forecast, money(forecast));
    setText(parts.accuracy, formatShare(share));
    return row;
  }
}
