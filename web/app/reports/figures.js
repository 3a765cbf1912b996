// @ts-check
/**
 * The figures of a forecast: exact sums as decimal digits, drawn and compared without rounding where they are shown.
 * @typedef {{count: number, minor: string}} Sum
 * @typedef {{from: string, to: string, currency: string, open: Sum, weighted: {minor: string}, won: Sum, forecast: Sum}} Bucket
 * @typedef {{today: string, periods: {from: string, to: string}[], buckets: Bucket[], totals: Bucket[], undated: {currency: string, count: number, minor: string}[]}} Forecast
 */
import { exponent } from '../deals/money.js';
import { currentLocale, formatNumber } from '../i18n.js';

/** @type {Sum} */
export const nothing = Object.freeze({ count: 0, minor: '0' });

/** @param {Sum} a @param {Sum} b @returns {Sum} */
export function added(a, b) {
  return { count: a.count + b.count, minor: String(BigInt(a.minor) + BigInt(b.minor)) };
}

/** What a period holds in a currency, zeros where it holds nothing.
 * @param {{from: string, to: string}} period @param {string} currency @returns {Bucket} */
export function emptyBucket({ from, to }, currency) {
  return { from, to, currency, open: nothing, weighted: nothing, won: nothing, forecast: nothing };
}

/** A bucket a period of one currency, in order. @param {Forecast} forecast @param {string} currency @returns {Bucket[]} */
export function series({ periods, buckets }, currency) {
  const held = new Map(buckets.filter((bucket) => bucket.currency === currency).map((bucket) => [bucket.from, bucket]));
  return periods.map((period) => held.get(period.from) ?? emptyBucket(period, currency));
}

/** Major units, for a length on the screen only. @param {{minor: string}} sum @param {string} currency */
export function length({ minor }, currency) {
  return Number(minor) / 10 ** exponent(currency);
}

/** Has the period begun, so that its accuracy can be spoken of? @param {{from: string}} bucket @param {string} today */
export function hasBegun({ from }, today) {
  return from <= today;
}

/**
 * What was won against what was forecast, in thousandths; null where nothing was forecast.
 * @param {{won: Sum, forecast: Sum}} figures
 */
export function accuracy({ won, forecast }) {
  const expected = BigInt(forecast.minor);
  return expected === 0n ? null : Number(BigInt(won.minor) * 1000n / expected) / 1000;
}

/** `82%`, or a dash. @param {number|null} share */
export function formatShare(share) {
  return share === null ? '–' : formatNumber(share, { style: 'percent', maximumFractionDigits: 0 });
}

/** Of all that has ended by today: what was won in it, and forecast for it. @param {Bucket[]} buckets @param {string} today */
export function ended(buckets, today) {
  let won = 0n;
  let forecast = 0n;
  for (const bucket of buckets) {
    if (bucket.to >= today) continue;
    won += BigInt(bucket.won.minor);
    forecast += BigInt(bucket.forecast.minor);
  }
  return { won: { count: 0, minor: String(won) }, forecast: { count: 0, minor: String(forecast) } };
}

/** `$12K`, for an axis. @param {number} amount major units @param {string} currency */
export function formatCompact(amount, currency) {
  return new Intl.NumberFormat(currentLocale(), {
    style: 'currency', currency, currencyDisplay: 'narrowSymbol', notation: 'compact', maximumFractionDigits: 1, minimumFractionDigits: 0,
  }).format(amount);
}

/** About four round steps from 0 to what holds the greatest amount. @param {number} most */
export function axisTicks(most) {
  if (!(most > 0)) return [0, 1];
  const rough = most / 4;
  const magnitude = 10 ** Math.floor(Math.log10(rough));
  const step = /** @type {number} */ ([1, 2, 2.5, 5, 10].find((each) => each * magnitude >= rough)) * magnitude;
  const count = Math.ceil(most / step);
  return Array.from({ length: count + 1 }, (_, index) => index * step);
}
