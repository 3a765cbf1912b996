// @ts-check
/** Days as `YYYY-MM-DD` and the ranges that one usually asks for. No time of day takes part. */
import { currentLocale, formatCalendarDate } from '../i18n.js';

/** @typedef {{from: string, to: string}} Range @typedef {'day'|'week'|'month'} Unit */

/** The usual ranges, each with the unit that suits it. */
export const presets = /** @type {const} */ (['around', 'month', 'quarter', 'year', 'last12']);

/** The day that it is in a time zone. @param {string} timeZone @param {number} [now] */
export function todayIn(timeZone, now = Date.now()) {
  // Canada's English writes the days as ISO 8601 does.
  return new Intl.DateTimeFormat('en-CA', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' }).format(now);
}

/** @param {string} preset @param {string} today @returns {Range & {by: Unit}} */
export function presetRange(preset, today) {
  const [year, month] = today.split('-').map(Number);
  switch (preset) {
    case 'month':
      return { ...months(year, month, 1), by: 'week' };
    case 'quarter':
      return { ...months(year, month - (month - 1) % 3, 3), by: 'week' };
    case 'year':
      return { ...months(year, 1, 12), by: 'month' };
    case 'last12':
      return { ...months(year, month - 11, 12), by: 'month' };
    default:
      return { ...months(year, month - 3, 9), by: 'month' };
  }
}

/** From the first day of a month on. @param {number} year @param {number} month may lie outside 1…12 @param {number} count @returns {Range} */
function months(year, month, count) {
  return { from: iso(Date.UTC(year, month - 1, 1)), to: iso(Date.UTC(year, month - 1 + count, 0)) };
}

/** @param {number} at */
function iso(at) {
  return new Date(at).toISOString().slice(0, 10);
}

/** @param {string} on */
function moment(on) {
  return Date.parse(`${on}T00:00:00Z`);
}

/** @param {string} text */
export function isDay(text) {
  return /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(moment(text)) && iso(moment(text)) === text;
}

/** Does the period hold the whole of a month? @param {Range} period */
function isWholeMonth({ from, to }) {
  return from.endsWith('-01') && from.slice(0, 7) === to.slice(0, 7) && iso(moment(to) + 86_400_000).endsWith('-01');
}

/** @param {Intl.DateTimeFormatOptions} options */
function formatter(options) {
  return new Intl.DateTimeFormat(currentLocale(), { ...options, timeZone: 'UTC' });
}

/** The period in words, whole: “November 2026”, “23 – 29 November 2026”. @param {Range} period */
export function periodName(period) {
  if (isWholeMonth(period)) return capitalized(formatter({ month: 'long', year: 'numeric' }).format(moment(period.from)));
  if (period.from === period.to) return formatCalendarDate(period.from);
  return formatter({ day: 'numeric', month: 'short', year: 'numeric' }).formatRange(moment(period.from), moment(period.to));
}

/**
 * Two lines beneath a bar: `Nov` and, where the year begins, `2026`; `23` and the month where it begins.
 * @param {Range} period @param {Range|undefined} before @param {Unit} unit @returns {[string, string]}
 */
export function periodLabel(period, before, unit) {
  const at = moment(period.from);
  if (unit === 'month') {
    const year = period.from.slice(0, 4);
    return [formatter({ month: 'short' }).format(at), before?.from.slice(0, 4) === year ? '' : year];
  }
  const isNewMonth = before?.from.slice(0, 7) !== period.from.slice(0, 7);
  if (!isNewMonth) return [formatter({ day: 'numeric' }).format(at), ''];
  const isNewYear = before?.from.slice(0, 4) !== period.from.slice(0, 4);
  return [formatter({ day: 'numeric' }).format(at), formatter({ month: 'short', year: isNewYear ? 'numeric' : undefined }).format(at)];
}

/** “1 September 2026 – 31 May 2027”. @param {Range} range */
export function rangeName({ from, to }) {
  return formatter({ dateStyle: 'long' }).formatRange(moment(from), moment(to));
}

/** @param {string} text */
function capitalized(text) {
  return text.charAt(0).toLocaleUpperCase(currentLocale()) + text.slice(1);
}
