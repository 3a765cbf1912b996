// @ts-check
import { formatNumber } from '../i18n.js';

/** “12 MB” @param {number} octets */
export function formatSize(octets) {
  const units = /** @type {const} */ (['byte', 'kilobyte', 'megabyte']);
  const step = octets < 1024 ? 0 : octets < 1024 * 1024 ? 1 : 2;
  const value = octets / 1024 ** step;
  return formatNumber(value, { style: 'unit', unit: units[step], unitDisplay: step === 0 ? 'long' : 'short', maximumFractionDigits: value < 10 && step > 0 ? 1 : 0 });
}
