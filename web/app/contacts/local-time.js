// @ts-check
/** What time it is where a visitor is. */
import { currentLocale, formatTimeIn, t } from '../i18n.js';

/**
 * @param {string} timeZone an IANA name @param {number} now
 * @returns {{time: string, zone: string}|null} the time of day, and the place with the day if it is another one than here;
 *   null when the zone is unknown
 */
export function localTime(timeZone, now) {
  if (timeZone === '') return null;
  const time = formatTimeIn(now, timeZone);
  if (time === null) return null;
  const place = timeZone.slice(timeZone.lastIndexOf('/') + 1).replaceAll('_', ' ');
  const days = Math.round((dayIn(timeZone, now) - dayIn(undefined, now)) / 86_400_000);
  if (days === 0) return { time, zone: place };
  const day = new Intl.RelativeTimeFormat(currentLocale(), { numeric: 'auto' }).format(days, 'day');
  return { time, zone: t('panel.zoneAndDay', { place, day }) };
}

/** The calendar day in a zone, as its midnight in UTC. @param {string|undefined} timeZone @param {number} now */
function dayIn(timeZone, now) {
  const parts = new Intl.DateTimeFormat('en', { timeZone, year: 'numeric', month: 'numeric', day: 'numeric' }).formatToParts(now);
  const [year, month, day] = ['year', 'month', 'day'].map((type) => Number(parts.find((part) => part.type === type)?.value));
  return Date.UTC(year, month - 1, day);
}
