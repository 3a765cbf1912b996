// @ts-check
/** Which deals are looked at: kept in the page's address, asked of the server, and asked of a deal that comes by itself. */

/** What the address and the server know it by, in the order of the chips. */
export const filterNames = /** @type {const} */ ([
  'search', 'status', 'owner', 'valueFrom', 'valueTo', 'currency', 'closeFrom', 'closeTo', 'contact', 'account',
]);

/** @typedef {typeof filterNames[number]} FilterName */

export class DealFilter {
  /** @type {Partial<Record<FilterName, string>>} */
  #values = {};
  /** A deal bears all of them. @type {string[]} */
  tags = [];
  /** Conditions on fields of one's own: `field.ID`, `field.ID.from`, `field.ID.to`. @type {Record<string, string>} */
  fields = {};

  /**
   * @param {URLSearchParams|(Partial<Record<FilterName, string>> & {tags?: string[]})} source what is empty is left out
   * @param {Record<string, string>} [fields] conditions on fields of one's own, likewise
   */
  constructor(source, fields = {}) {
    for (const name of filterNames) {
      const value = (source instanceof URLSearchParams ? source.get(name) : source[name])?.trim();
      if (value && !(name === 'status' && value === 'open')) this.#values[name] = value;
    }
    const tags = source instanceof URLSearchParams ? source.getAll('tag') : source.tags ?? [];
    for (const tag of tags.map((each) => each.trim())) {
      if (tag && !this.tags.some((each) => sameTag(each, tag))) this.tags.push(tag);
    }
    for (const [name, value] of Object.entries(fields)) if (value) this.fields[name] = value;
  }

  /** @param {FilterName} name */
  get(name) {
    return this.#values[name] ?? (name === 'status' ? 'open' : '');
  }

  /** @param {FilterName} name */
  has(name) {
    return name in this.#values;
  }

  /** @param {Record<string, any>} changes an empty text takes one away; `tags` are all that there are to be */
  with(changes) {
    const fields = Object.fromEntries(Object.entries(changes).filter(([name]) => name.startsWith('field.')));
    return new DealFilter({ ...this.#values, tags: this.tags, ...changes }, { ...this.fields, ...fields });
  }

  /** As the server is asked. @returns {import('../api.js').Query} */
  get query() {
    return { status: 'open', ...this.#values, tag: this.tags, ...this.fields };
  }

  /** As the address shows it. @returns {[string, string][]} */
  get entries() {
    const own = filterNames.filter((name) => this.has(name)).map((name) => /** @type {[string, string]} */ ([name, this.get(name)]));
    const tags = this.tags.map((tag) => /** @type {[string, string]} */ (['tag', tag]));
    return [...own, ...tags, ...Object.entries(this.fields)];
  }

  /** Nothing but the status is asked for, and one status: then the columns' own totals hold. */
  get isPlain() {
    return this.get('status') !== 'all' && this.entries.every(([name]) => name === 'status');
  }

  get key() {
    return JSON.stringify(this.entries);
  }

  /** What only the server can tell. */
  get needsServer() {
    return this.has('search') || Object.keys(this.fields).length > 0;
  }

  /** Does it belong here? Of the text that is searched and of fields of one's own, only the server knows. @param {any} deal */
  matches(deal) {
    const status = this.get('status');
    if (status !== 'all' && deal.status !== status) return false;
    const is = (/** @type {FilterName} */ name, /** @type {unknown} */ value) => !this.has(name) || this.get(name) === String(value);
    const people = [deal.contact, ...deal.secondaryContacts].filter(Boolean);
    return is('owner', deal.owner.id) && is('currency', deal.value.currency) && is('account', deal.account?.id)
      && (!this.has('contact') || people.some(({ id }) => String(id) === this.get('contact')))
      && this.tags.every((wanted) => deal.tags.some((/** @type {string} */ tag) => sameTag(tag, wanted)))
      && this.#isWithin(deal.value.minor, 'valueFrom', 'valueTo')
      && this.#closesWithin(deal.forecastedCloseOn);
  }

  /** @param {number} value @param {FilterName} from @param {FilterName} to */
  #isWithin(value, from, to) {
    return (!this.has(from) || value >= Number(this.get(from))) && (!this.has(to) || value <= Number(this.get(to)));
  }

  /** Calendar dates stand in order as texts. @param {string|null} on */
  #closesWithin(on) {
    if (!this.has('closeFrom') && !this.has('closeTo')) return true;
    if (on === null) return false;
    return (!this.has('closeFrom') || on >= this.get('closeFrom')) && (!this.has('closeTo') || on <= this.get('closeTo'));
  }
}

/** @param {string} a @param {string} b */
function sameTag(a, b) {
  return a.normalize('NFKC').toLowerCase() === b.normalize('NFKC').toLowerCase();
}
