// @ts-check
/**
 * Money as the interface carries it: integer minor units and an ISO 4217 code. No floating-point number takes part:
 * amounts go from text to minor units, and back to text, by their digits.
 */
import { currentLocale } from '../i18n.js';

/** `minor` as decimal digits where it is a sum. @typedef {{minor: number|string, currency: string}} Money */
/** @typedef {'required'|'invalid'|'negative'|'decimals'|'ambiguous'|'too-large'} AmountProblem */

/** The largest amount that the server takes, in minor units. */
const limit = 10 ** 15;

/**
 * How many decimals each currency counts in, by ISO 4217 list one without its funds. `Intl` cannot be asked: its tables
 * say how an amount is usually shown (no decimals for IQD, say), which is not how it is counted.
 */
const exponents = new Map(Object.entries({
  0: 'BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX VND VUV XAF XOF XPF',
  2: `AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BMD BND BOB BRL BSD BTN BWP BYN BZD CAD CDF CHF CNY COP CRC CUP CVE
    CZK DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GTQ GYD HKD HNL HTG HUF IDR ILS INR IRR JMD KES KGS KHR
    KPW KYD KZT LAK LBP LKR LRD LSL MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD PAB
    PEN PGK PHP PKR PLN QAR RON RSD RUB SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TOP TRY
    TTD TWD TZS UAH USD UYU UZS VES WST XCD XCG YER ZAR ZMW ZWG`,
  3: 'BHD IQD JOD KWD LYD OMR TND',
}).flatMap(([digits, codes]) => codes.split(/\s+/).map((code) => /** @type {const} */ ([code, Number(digits)]))));

/** Those that most deals are in stand first in a list. */
const common = ['USD', 'EUR', 'GBP', 'CAD', 'CHF', 'AUD', 'JPY', 'CNY', 'INR', 'BRL', 'MXN', 'SEK'];

/** The number of decimals in which a currency is counted. @param {string} currency */
export function exponent(currency) {
  return exponents.get(currency) ?? 2;
}

/**
 * An amount as the reader's language writes it. Decimals that are all zero are left out.
 * @param {Money} money
 */
export function formatMoney(money) {
  return new Intl.NumberFormat(currentLocale(), {
    style: 'currency', currency: money.currency, ...decimals(money.currency),
  }).format(decimalText(money));
}

/** An amount as one would type it: the language's own decimal sign, no currency. @param {Money} money */
export function editableAmount(money) {
  return new Intl.NumberFormat(currentLocale(), decimals(money.currency)).format(decimalText(money));
}

/** @param {string} currency @returns {Intl.NumberFormatOptions} */
function decimals(currency) {
  const digits = exponent(currency);
  return { minimumFractionDigits: digits, maximumFractionDigits: digits, trailingZeroDisplay: 'stripIfInteger' };
}

/** The exact decimal text, which `Intl` formats exactly. @param {Money} money @returns {any} */
function decimalText({ minor, currency }) {
  const digits = exponent(currency);
  if (digits === 0) return String(minor);
  const text = String(minor).padStart(digits + 1, '0');
  return `${text.slice(0, -digits)}.${text.slice(-digits)}`;
}

/**
 * Reads a typed amount. The language's own decimal style is understood, and another wherever it can mean only one
 * thing: `1,250.50`, `1 250,50` and `1250,5` are read in English and in French. What could be read in two ways (a French
 * `1.250`) is refused and never guessed.
 * @param {string} text @param {string} currency @param {string} [locale]
 * @returns {{minor: number, problem?: undefined}|{problem: AmountProblem}}
 */
export function parseAmount(text, currency, locale = currentLocale()) {
  let rest = text.normalize('NFKC').replace(/[\s'’]/g, '').replace(/[−–]/g, '-');
  for (const sign of currencySigns(currency, locale)) rest = rest.replace(sign, '');
  if (rest === '') return { problem: text.trim() === '' ? 'required' : 'invalid' };
  if (/^-[\d.,]+$/.test(rest)) return { problem: 'negative' };
  if (!/^[\d.,]*\d[\d.,]*$/.test(rest)) return { problem: 'invalid' };
  const parts = splitDecimal(rest, locale);
  if ('problem' in parts) return parts;
  const digits = exponent(currency);
  const fraction = parts.fraction.replace(/0+$/, '');
  if (fraction.length > digits) return { problem: 'decimals' };
  const minor = Number(`${parts.whole}${fraction.padEnd(digits, '0')}`);
  return minor <= limit ? { minor } : { problem: 'too-large' };
}

/**
 * Where the decimals begin.
 * @param {string} text digits, points and commas @param {string} locale
 * @returns {{whole: string, fraction: string}|{problem: AmountProblem}}
 */
export function splitDecimal(text, locale) {
  const last = Math.max(text.lastIndexOf('.'), text.lastIndexOf(','));
  if (last < 0) return { whole: text, fraction: '' };
  const sign = text[last];
  const other = sign === '.' ? ',' : '.';
  const before = text.slice(0, last);
  const after = text.slice(last + 1);
  if (before.includes(sign)) {
    return isGrouped(text, sign) ? { whole: text.replaceAll(sign, ''), fraction: '' } : { problem: 'invalid' };
  }
  if (before.includes(other)) {
    return isGrouped(before, other) ? { whole: before.replaceAll(other, ''), fraction: after } : { problem: 'invalid' };
  }
  const { decimal, group } = separators(locale);
  // The language's other sign, once, with three digits behind it: thousands where the language groups by it.
  const mayBeThousands = after.length === 3 && /^[1-9]\d{0,2}$/.test(before);
  if (sign === decimal || !mayBeThousands) return { whole: before, fraction: after };
  return sign === group ? { whole: before + after, fraction: '' } : { problem: 'ambiguous' };
}

/** Is it `1,234,567` or, as in India, `12,34,567`? @param {string} text @param {string} sign */
function isGrouped(text, sign) {
  const [first, ...rest] = text.split(sign);
  const last = rest.pop() ?? '';
  return /^\d{1,3}$/.test(first) && rest.every((group) => /^\d{2,3}$/.test(group)) && /^\d{3}$/.test(last);
}

/** @param {string} locale */
function separators(locale) {
  const parts = new Intl.NumberFormat(locale, { useGrouping: 'always' }).formatToParts(12345.6);
  const sign = (/** @type {string} */ type) => parts.find((part) => part.type === type)?.value;
  return { decimal: sign('decimal'), group: sign('group') };
}

/** What one may write beside an amount: `US$`, `$` and `USD`, the longest first. @param {string} currency @param {string} locale */
function currencySigns(currency, locale) {
  return /** @type {const} */ (['symbol', 'narrowSymbol', 'code'])
    .map((currencyDisplay) => new Intl.NumberFormat(locale, { style: 'currency', currency, currencyDisplay })
      .formatToParts(0).find(({ type }) => type === 'currency')?.value.replace(/\s/g, '') ?? '')
    .filter((sign) => sign !== '')
    .sort((a, b) => b.length - a.length);
}

/**
 * The currencies to choose from, named in the reader's language: the usual ones, led by `preferred`, then the others by name.
 * @param {string[]} preferred
 * @returns {{common: {code: string, name: string}[], others: {code: string, name: string}[]}}
 */
export function currencyChoices(preferred) {
  const locale = currentLocale();
  const names = new Intl.DisplayNames(locale, { type: 'currency' });
  const choice = (/** @type {string} */ code) => ({ code, name: names.of(code) ?? code });
  const leading = [...new Set([...preferred, ...common])];
  const { compare } = new Intl.Collator(locale);
  const others = [...exponents.keys()].filter((code) => !leading.includes(code)).map(choice)
    .sort((a, b) => compare(a.name, b.name));
  return { common: leading.map(choice), others };
}
