// @ts-check
/**
 * Language: the catalogues of texts (`locales/LANGUAGE/AREA.json`, flat keys), and dates and numbers in the reader's own style.
 *
 * A text may hold `{name}` parameters. A text that depends on a number is an object of plural categories
 * (`{"one": "…", "other": "…"}`) chosen by the parameter `count`, which is also shown in the reader's digits.
 */

const languages = /** @type {const} */ (['en', 'fr']);

/** @typedef {Record<string, string|Record<string, string>>} Words */

/** The areas that the page speaks of so far. @type {Set<string>} */
const areas = new Set(['common']);
/** `LANGUAGE/AREA` → its texts, or their load under way @type {Map<string, Promise<Words>>} */
const catalogues = new Map();
/** The texts of all areas in the page's language. @type {Words} */
let texts = {};
/** Empty until a language has been chosen. */
let language = '';
/** The tag for `Intl`: the reader's own region when the browser names one. */
let locale = 'en';
/** @type {Map<string, any>} */
let formatters = new Map();

/**
 * Loads a language and makes it the page's: with the texts of every area that has been asked for.
 * @param {"auto"|"en"|"fr"|string|null} preference
 */
export async function useLanguage(preference) {
  const chosen = chooseLocale(preference);
  /** @type {Words[]} */
  let loaded = [];
  // An area may be asked for meanwhile.
  while (loaded.length < areas.size) {
    loaded = await Promise.all([...areas].map((area) => load(chosen.language, area)));
  }
  texts = Object.assign({}, ...loaded);
  ({ language, locale } = chosen);
  formatters = new Map();
  document.documentElement.lang = language;
}

/**
 * Has the texts of an area at hand, in this language and in each that is chosen later. To be awaited by the modules that
 * show them, as their templates are.
 * @param {string} area the name of its files under `locales/`
 */
export async function useWords(area) {
  areas.add(area);
  if (!language) return;
  const asked = language;
  const words = await load(asked, area);
  // In another language by now, the page has this area's texts with all the others.
  if (asked === language) Object.assign(texts, words);
}

/** @param {string} language @param {string} area @returns {Promise<Words>} */
function load(language, area) {
  const name = `${language}/${area}`;
  let words = catalogues.get(name);
  if (!words) {
    words = read(name);
    catalogues.set(name, words);
    words.catch(() => catalogues.delete(name));
  }
  return words;
}

/** @param {string} name @returns {Promise<Words>} */
async function read(name) {
  const response = await fetch(`/locales/${name}.json`);
  if (!response.ok) throw new Error(`locales: ${response.status}`);
  return response.json();
}

/** @param {string|null} preference */
function chooseLocale(preference) {
  const wished = navigator.languages ?? [navigator.language];
  const base = (/** @type {string} */ tag) => tag.toLowerCase().split('-')[0];
  const explicit = languages.find((each) => each === preference);
  const chosen = explicit ?? languages.find((each) => each === wished.map(base).find(isLanguage)) ?? 'en';
  return { language: chosen, locale: wished.find((tag) => base(tag) === chosen) ?? chosen };
}

/** @param {string} tag */
function isLanguage(tag) {
  return languages.some((each) => each === tag);
}

/** The page's language, `en` or `fr`. */
export function currentLanguage() {
  return language || 'en';
}

/** The tag that `Intl` formats for, such as `en-GB`. */
export function currentLocale() {
  return locale;
}

/** Is there a text of that key? @param {string} key */
export function hasText(key) {
  return key in texts;
}

/**
 * The text of a key. A missing key shows itself, so that it is seen and mended.
 * @param {string} key @param {Record<string, string|number>} [params]
 * @returns {string}
 */
export function t(key, params) {
  const entry = texts[key];
  if (entry === undefined) return key;
  let text = entry;
  if (typeof text !== 'string') {
    const category = formatter('plural', () => new Intl.PluralRules(locale)).select(Number(params?.count));
    text = text[category] ?? text.other;
  }
  if (!params) return text;
  return text.replace(/\{(\w+)\}/g, (whole, name) => {
    const value = params[name];
    return value === undefined ? whole : typeof value === 'number' ? formatNumber(value) : value;
  });
}

/**
 * The text for an error of `api.js` or the socket: by its code, else a general one.
 * @param {{code?: string, details?: Record<string, any>}} error
 */
export function errorText(error) {
  const key = `error.${error?.code}`;
  return hasText(key) ? t(key, error.details) : t('error.unknown');
}

/** @template T @param {string} key @param {() => T} make @returns {T} */
function formatter(key, make) {
  let found = formatters.get(key);
  if (!found) formatters.set(key, (found = make()));
  return found;
}

/** @param {string} name @param {Intl.DateTimeFormatOptions} options */
function dateFormatter(name, options) {
  return formatter(name, () => new Intl.DateTimeFormat(locale, options));
}

/** “Ada, Ben and Chloé”. @param {string[]} items */
export function formatList(items) {
  return formatter('list', () => new Intl.ListFormat(locale)).format(items);
}

/** @param {number} value @param {Intl.NumberFormatOptions} [options] */
export function formatNumber(value, options) {
  // Written alike in all our languages; the first use of `Intl` takes some 25 ms, before anything is shown.
  if (!options && Number.isInteger(value) && Math.abs(value) < 1000) return String(value);
  return formatter(`n${JSON.stringify(options)}`, () => new Intl.NumberFormat(locale, options)).format(value);
}

/** `14:05` or `2:05 PM`. @param {number} at milliseconds since 1970 */
export function formatTime(at) {
  return dateFormatter('time', { timeStyle: 'short' }).format(at);
}

/** `12 Nov 2026`. @param {number} at */
export function formatDate(at) {
  return dateFormatter('date', { dateStyle: 'medium' }).format(at);
}

/** Date and time, whole: for titles. @param {number} at */
export function formatDateTime(at) {
  return dateFormatter('full', { dateStyle: 'full', timeStyle: 'short' }).format(at);
}

/** A calendar date `YYYY-MM-DD`, in no time zone. @param {string} on */
export function formatCalendarDate(on) {
  const [year, month, day] = on.split('-').map(Number);
  return dateFormatter('calendar', { dateStyle: 'medium', timeZone: 'UTC' }).format(Date.UTC(year, month - 1, day));
}

/** The time of day in another time zone, or null when the zone is unknown. @param {number} at @param {string} timeZone */
export function formatTimeIn(at, timeZone) {
  try {
    return dateFormatter(`zone ${timeZone}`, { timeStyle: 'short', timeZone }).format(at);
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
}

/** @param {number} at */
function startOfDay(at) {
  return new Date(at).setHours(0, 0, 0, 0);
}

/** Whole calendar days from `at` to `now`. @param {number} at @param {number} now */
function daysBetween(at, now) {
  return Math.round((startOfDay(now) - startOfDay(at)) / 86_400_000);
}

/** The heading of a day in a thread: “Today”, “Yesterday”, “Monday”, “12 November 2025”.
 * @param {number} at @param {number} [now] */
export function formatDay(at, now = Date.now()) {
  const days = daysBetween(at, now);
  if (days === 0 || days === 1) {
    const words = formatter('days', () => new Intl.RelativeTimeFormat(locale, { numeric: 'auto' }));
    return capitalized(words.format(-days, 'day'));
  }
  if (days > 1 && days < 7) return capitalized(dateFormatter('weekday', { weekday: 'long' }).format(at));
  const sameYear = new Date(at).getFullYear() === new Date(now).getFullYear();
  const options = /** @type {Intl.DateTimeFormatOptions} */ ({ weekday: 'long', day: 'numeric', month: 'long' });
  return capitalized(
    sameYear ? dateFormatter('day', options).format(at)
      : dateFormatter('day-year', { ...options, year: 'numeric' }).format(at));
}

/** @param {string} text */
function capitalized(text) {
  return text.charAt(0).toLocaleUpperCase(locale) + text.slice(1);
}

/** Short, for lists: “now”, “5m”, “2h”, “Mon”, “12 Nov”, “12/11/2025”. @param {number} at @param {number} [now] */
export function formatAgo(at, now = Date.now()) {
  const minutes = Math.floor((now - at) / 60_000);
  if (minutes < 1) return t('time.now');
  if (minutes < 60) return t('time.minutes', { count: minutes });
  const days = daysBetween(at, now);
  if (days === 0 || minutes < 360) return t('time.hours', { count: Math.floor(minutes / 60) });
  if (days < 7) return dateFormatter('weekday-short', { weekday: 'short' }).format(at);
  const sameYear = new Date(at).getFullYear() === new Date(now).getFullYear();
  return sameYear ? dateFormatter('day-short', { day: 'numeric', month: 'short' }).format(at)
    : dateFormatter('numeric', { dateStyle: 'short' }).format(at);
}

/** Spoken: “5 minutes ago”. @param {number} at @param {number} [now] */
export function formatRelative(at, now = Date.now()) {
  const seconds = (at - now) / 1000;
  const words = formatter('relative', () => new Intl.RelativeTimeFormat(locale, { numeric: 'auto' }));
  for (const [unit, size] of /** @type {[Intl.RelativeTimeFormatUnit, number][]} */ ([
    ['year', 31_557_600], ['month', 2_629_800], ['week', 604_800], ['day', 86_400], ['hour', 3600], ['minute', 60],
  ])) {
    if (Math.abs(seconds) >= size) return words.format(Math.trunc(seconds / size), unit);
  }
  return words.format(0, 'second');
}
