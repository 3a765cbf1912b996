// @ts-check
/** Choices that several pages offer. */
import { currencyChoices } from '../deals/money.js';
import { currentLocale } from '../i18n.js';

/** Time zones by continent, with the offset that they have now. @param {HTMLSelectElement} element @param {string} selected */
export function fillTimeZones(element, selected) {
  const zones = new Set([...Intl.supportedValuesOf('timeZone'), 'UTC', selected]);
  /** @type {Map<string, HTMLElement[]>} */
  const groups = new Map();
  for (const zone of [...zones].sort()) {
    const [area, ...place] = zone.split('/');
    const name = (place.length > 0 ? place.join(', ') : zone).replaceAll('_', ' ');
    const option = new Option(`${name} (${offsetOf(zone)})`, zone, zone === selected, zone === selected);
    const group = place.length > 0 ? area : '';
    groups.set(group, [...(groups.get(group) ?? []), option]);
  }
  element.replaceChildren(...[...groups].flatMap(([area, options]) => {
    if (area === '') return options;
    const group = document.createElement('optgroup');
    group.label = area;
    group.append(...options);
    return [group];
  }));
}

/** `UTC+2` in the reader's language. @param {string} timeZone */
function offsetOf(timeZone) {
  const parts = new Intl.DateTimeFormat(currentLocale(), { timeZone, timeZoneName: 'shortOffset' }).formatToParts(Date.now());
  return parts.find(({ type }) => type === 'timeZoneName')?.value ?? '';
}

/**
 * Currencies by code and name, the usual ones first.
 * @param {HTMLSelectElement} element @param {string[]} preferred @param {{isNarrow?: boolean}} [options] narrow: by their codes alone
 */
export function fillCurrencies(element, preferred, { isNarrow = false } = {}) {
  const { common, others } = currencyChoices(preferred);
  const option = (/** @type {{code: string, name: string}} */ { code, name }) => new Option(isNarrow ? code : `${code} – ${name}`, code);
  element.replaceChildren(...common.map(option), document.createElement('hr'), ...others.map(option));
}
