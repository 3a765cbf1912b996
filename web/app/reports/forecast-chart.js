// @ts-check
/**
 * The forecast drawn: for each period a bar of open value with its weighted part within it, a bar of what was won, and a mark
 * at what had been forecast. One walks through the periods by the arrow keys; each says its figures.
 */
import { formatMoney } from '../deals/money.js';
import { View, setText } from '../dom.js';
import { t } from '../i18n.js';
import { accuracy, axisTicks, formatCompact, formatShare, hasBegun, length } from './figures.js';
import { periodLabel, periodName } from './periods.js';
import { svg } from './svg.js';

const top = 12;
const foot = 44;
/** The least width of a period: as wide as a target should be (WCAG 2.5.8). */
const narrowest = 24;
const widestBar = 34;
/** As wide as a month with its year may be. */
const widestSecond = 72;

export class ForecastChart extends View {
  /** @type {import('./figures.js').Bucket[]} */
  #buckets = [];
  #currency = '';
  #today = '';
  /** @type {import('./periods.js').Unit} */
  #unit = 'month';
  /** The period that Tab goes to. */
  #current = -1;
  /** @type {SVGElement[]} */
  #columns = [];
  #open;

  /** @param {(bucket: import('./figures.js').Bucket) => void} open shows the deals behind a period */
  constructor(open) {
    super('forecast-chart');
    this.#open = open;
  }

  connected() {
    const { plot } = this.parts;
    let width = 0;
    const observer = new ResizeObserver(([{ contentRect }]) => {
      if (Math.abs(contentRect.width - width) < 1) return;
      width = contentRect.width;
      this.#draw();
    });
    observer.observe(plot);
    this.signal.addEventListener('abort', () => observer.disconnect());
    this.listen(plot, 'keydown', (event) => this.#pressed(event));
    for (const type of ['pointerover', 'focusin']) this.listen(plot, type, (event) => this.#point(event.target));
    this.listen(plot, 'pointerleave', () => this.#unpoint());
    this.listen(plot, 'focusout', () => this.#unpoint());
    this.listen(plot, 'click', (event) => {
      const index = this.#indexOf(event.target);
      if (index < 0) return;
      this.#makeCurrent(index);
      this.#open(this.#buckets[index]);
    });
  }

  /** @param {{buckets: import('./figures.js').Bucket[], currency: string, today: string, unit: import('./periods.js').Unit, name: string}} what */
  show({ buckets, currency, today, unit, name }) {
    const isOther = buckets.length !== this.#buckets.length || buckets[0]?.from !== this.#buckets[0]?.from;
    this.#buckets = buckets;
    this.#currency = currency;
    this.#today = today;
    this.#unit = unit;
    const now = buckets.findIndex(({ from, to }) => from <= today && today <= to);
    if (isOther) this.#current = Math.max(0, now);
    this.parts.plot.setAttribute('aria-label', name);
    this.#draw();
    if (isOther) this.#reveal(now);
  }

  #draw() {
    const { plot, axis, scroll } = this.parts;
    const hadFocus = plot.contains(document.activeElement);
    const buckets = this.#buckets;
    const height = scroll.clientHeight;
    const available = scroll.clientWidth;
    if (!buckets.length || height === 0 || available === 0) return;
    const step = Math.max(narrowest, available / buckets.length);
    const width = step * buckets.length;
    const base = height - foot;
    const amounts = buckets.flatMap((bucket) => [bucket.open, bucket.won, bucket.forecast].map((sum) => length(sum, this.#currency)));
    const ticks = axisTicks(Math.max(...amounts));
    const most = ticks[ticks.length - 1];
    const y = (/** @type {number} */ amount) => base - (base - top) * amount / most;

    const lines = svg('g', { class: 'chart-lines', 'aria-hidden': 'true' },
      ticks.map((tick) => svg('line', { x1: 0, x2: width, y1: y(tick), y2: y(tick), class: tick === 0 ? 'chart-base' : 'chart-line' })));
    this.#columns = buckets.map((bucket, index) => this.#column(bucket, index, step, base, y));
    plot.replaceChildren(lines, ...this.#columns);
    plot.setAttribute('width', String(width));
    plot.setAttribute('height', String(height));
    axis.replaceChildren(...ticks.map((tick) => svg('text', { x: '100%', y: y(tick) + 4, 'text-anchor': 'end' }, [formatCompact(tick, this.#currency)])));
    axis.setAttribute('height', String(height));
    if (hadFocus) this.#columns[this.#current]?.focus({ preventScroll: true });
    this.#unpoint();
  }

  /**
   * @param {import('./figures.js').Bucket} bucket @param {number} index @param {number} step @param {number} base
   * @param {(amount: number) => number} y
   */
  #column(bucket, index, step, base, y) {
    const left = index * step;
    const bar = Math.min(widestBar, Math.max(5, step * 0.32));
    const gap = Math.min(4, step * 0.06);
    const middle = left + step / 2;
    const isNow = bucket.from <= this.#today && this.#today <= bucket.to;
    const parts = [svg('rect', { class: 'chart-ground', x: left + 1, y: 2, width: step - 2, height: base + foot - 4, rx: 6 })];
    const add = (/** @type {{minor: string}} */ sum, /** @type {number} */ x, /** @type {string} */ kind) => {
      if (sum.minor === '0') return;
      // The least amount still shows that there is one.
      const height = Math.max(2, base - y(length(sum, this.#currency)));
      parts.push(svg('path', { class: `chart-bar chart-${kind}`, d: barPath(x, base - height, bar, height) }));
    };
    // A bar that has no other beside it stands in the middle.
    const isAlone = bucket.open.minor === '0' || bucket.won.minor === '0';
    const [expected, achieved] = isAlone ? [middle - bar / 2, middle - bar / 2] : [middle - bar - gap / 2, middle + gap / 2];
    add(bucket.open, expected, 'open');
    add(bucket.weighted, expected, 'weighted');
    add(bucket.won, achieved, 'won');
    if (hasBegun(bucket, this.#today) && bucket.forecast.minor !== '0') {
      const mark = y(length(bucket.forecast, this.#currency));
      const reach = (isAlone ? bar / 2 : bar + gap / 2) + Math.min(6, step * 0.08);
      parts.push(svg('path', { class: 'chart-mark', d: `M${middle - reach} ${mark}H${middle + reach}` }));
    }
    const [label, second] = periodLabel(bucket, this.#buckets[index - 1], this.#unit);
    // Where the periods stand close, every other one is named.
    const stride = Math.ceil((this.#unit === 'month' ? 40 : 24) / step);
    if (index % stride === 0) {
      parts.push(svg('text', { class: `chart-label${isNow ? ' is-now' : ''}`, x: middle, y: base + 18, 'text-anchor': 'middle' }, [label]));
    }
    // The first may be wider than its period, which nothing but the edge stands beside.
    const [x, anchor] = index === 0 && step < widestSecond ? [left, 'start'] : [middle, 'middle'];
    if (second) parts.push(svg('text', { class: 'chart-label chart-label-second', x, y: base + 34, 'text-anchor': anchor }, [second]));
    return svg('g', {
      class: 'chart-column', role: 'button', tabindex: index === this.#current ? '0' : '-1', 'data-index': String(index),
      'aria-haspopup': 'dialog', 'aria-label': this.#words(bucket),
    }, parts);
  }

  /** All that a period says, for those who listen. @param {import('./figures.js').Bucket} bucket */
  #words(bucket) {
    const money = (/** @type {{minor: string}} */ { minor }) => formatMoney({ minor, currency: bucket.currency });
    const words = [
      t('forecast.column.open', { count: bucket.open.count, value: money(bucket.open), weighted: money(bucket.weighted) }),
      t('forecast.column.won', { count: bucket.won.count, value: money(bucket.won) }),
    ];
    if (hasBegun(bucket, this.#today)) {
      words.push(t('forecast.column.forecast', { value: money(bucket.forecast), share: formatShare(accuracy(bucket)) }));
    }
    return `${periodName(bucket)}: ${words.join(' ')}`;
  }

  /** @param {any} target */
  #indexOf(target) {
    const column = target.closest?.('.chart-column');
    return column ? Number(column.getAttribute('data-index')) : -1;
  }

  /** @param {number} index */
  #makeCurrent(index) {
    this.#columns[this.#current]?.setAttribute('tabindex', '-1');
    this.#current = index;
    this.#columns[index]?.setAttribute('tabindex', '0');
  }

  /** @param {KeyboardEvent} event */
  #pressed(event) {
    const last = this.#columns.length - 1;
    const isRightToLeft = getComputedStyle(this.root).direction === 'rtl';
    const ahead = isRightToLeft ? 'ArrowLeft' : 'ArrowRight';
    const back = isRightToLeft ? 'ArrowRight' : 'ArrowLeft';
    /** @type {Record<string, number>} */
    const moves = { [ahead]: Math.min(last, this.#current + 1), [back]: Math.max(0, this.#current - 1), Home: 0, End: last };
    if (event.key in moves) {
      event.preventDefault();
      this.#makeCurrent(moves[event.key]);
      this.#columns[this.#current]?.focus({ preventScroll: true });
      this.#reveal(this.#current);
    } else if (event.key === 'Enter' || event.key === ' ') {
      event.preventDefault();
      this.#open(this.#buckets[this.#current]);
    } else if (event.key === 'Escape') {
      this.#unpoint();
    }
  }

  /** Scrolls a period into the middle of what can be seen. @param {number} index */
  #reveal(index) {
    const { scroll } = this.parts;
    if (index < 0 || scroll.scrollWidth <= scroll.clientWidth) return;
    const step = scroll.scrollWidth / this.#buckets.length;
    scroll.scrollLeft = (index + 0.5) * step - scroll.clientWidth / 2;
  }

  /** Shows the figures of the period that is pointed at. @param {any} target */
  #point(target) {
    const index = this.#indexOf(target);
    if (index < 0) return;
    const bucket = this.#buckets[index];
    const { tip, plot, scroll, chart } = this.parts;
    for (const column of this.#columns) column.classList.toggle('is-pointed', column === this.#columns[index]);
    const money = (/** @type {{minor: string}} */ { minor }) => formatMoney({ minor, currency: this.#currency });
    setText(this.parts.tipName, periodName(bucket));
    setText(this.parts.tipOpen, money(bucket.open));
    setText(this.parts.tipWeighted, money(bucket.weighted));
    setText(this.parts.tipWon, money(bucket.won));
    setText(this.parts.tipForecast, money(bucket.forecast));
    setText(this.parts.tipAccuracy, formatShare(accuracy(bucket)));
    for (const element of this.root.querySelectorAll('[data-begun]')) {
      /** @type {HTMLElement} */ (element).hidden = !hasBegun(bucket, this.#today);
    }
    tip.hidden = false;
    // Beside the column, on the side where there is room.
    const step = Number(plot.getAttribute('width')) / this.#buckets.length;
    const room = chart.clientWidth;
    const edge = scroll.offsetLeft - scroll.scrollLeft + index * step;
    const left = edge + step + tip.offsetWidth + 8 <= room ? edge + step + 4 : edge - tip.offsetWidth - 4;
    tip.style.setProperty('--tip-left', `${Math.max(0, Math.min(left, room - tip.offsetWidth))}px`);
  }

  #unpoint() {
    this.parts.tip.hidden = true;
    for (const column of this.#columns) column.classList.remove('is-pointed');
    // Who is at the keyboard keeps the figures of where they are.
    const focused = document.activeElement;
    if (focused && this.parts.plot.contains(focused) && focused.matches(':focus-visible')) this.#point(focused);
  }
}

/** A bar with a rounded head. @param {number} x @param {number} y @param {number} width @param {number} height */
function barPath(x, y, width, height) {
  const r = Math.min(4, width / 2, height);
  return `M${x} ${y + height}v${r - height}q0 ${-r} ${r} ${-r}h${width - 2 * r}q${r} 0 ${r} ${r}v${height - r}z`;
}
