// @ts-check
/** When a task is due, as one says it. */
import { currentLocale, formatCalendarDate, formatTimeIn } from '../i18n.js';

/** Today's calendar date in a time zone. @param {string} timeZone @param {number} [now] */
export function todayIn(timeZone, now = Date.now()) {
  return new Intl.DateTimeFormat('en-CA', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' }).format(now);
}

/**
 * “today”, “tomorrow at 14:00”, “12 Nov 2026”; nothing without a date.
 * @param {{dueOn: string|null, dueAt: number|null}} task @param {string} timeZone the workspace's, which decides what today is
 */
export function formatDue({ dueOn, dueAt }, timeZone) {
  const on = dueOn ?? (dueAt === null ? null : todayIn(timeZone, dueAt));
  if (on === null) return '';
  const day = formatDueDay(on, timeZone);
  const time = dueAt === null ? null : formatTimeIn(dueAt, timeZone);
  return time === null ? day : `${day}, ${time}`;
}

/** @param {string} on @param {string} timeZone */
function formatDueDay(on, timeZone) {
  const today = todayIn(timeZone);
  const days = Math.round((Date.parse(on) - Date.parse(today)) / 86_400_000);
  if (Math.abs(days) <= 1) return new Intl.RelativeTimeFormat(currentLocale(), { numeric: 'auto' }).format(days, 'day');
  return formatShortDate(on);
}

/** A calendar date, without the year while it is this one. @param {string} on `YYYY-MM-DD` */
export function formatShortDate(on) {
  const [year, month, day] = on.split('-').map(Number);
  if (year !== new Date().getFullYear()) return formatCalendarDate(on);
  const format = new Intl.DateTimeFormat(currentLocale(), { day: 'numeric', month: 'short', timeZone: 'UTC' });
  return format.format(Date.UTC(year, month - 1, day));
}
