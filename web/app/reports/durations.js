// @ts-check
/** How long something took, in the unit that suits it. */
import { formatNumber } from '../i18n.js';

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

/** “3.5 days”, “5 hours”, or a dash. @param {number|null} milliseconds */
export function formatDuration(milliseconds) {
  if (milliseconds === null) return '–';
  if (milliseconds < hour) return amount(Math.round(milliseconds / minute), 'minute', 0);
  if (milliseconds < day) return amount(milliseconds / hour, 'hour', 0);
  return amount(milliseconds / day, 'day', milliseconds < 10 * day ? 1 : 0);
}

/** @param {number} value @param {string} unit @param {number} digits */
function amount(value, unit, digits) {
  return formatNumber(value, { style: 'unit', unit, unitDisplay: 'long', maximumFractionDigits: digits });
}
