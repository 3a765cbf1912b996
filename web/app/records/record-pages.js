// @ts-check
/** A long list of contacts or accounts: loaded page by page as it is scrolled, and kept true by events. */
import { isAbort } from '../api.js';

const pageSize = 50;
/** Typing is asked for when it pauses. In milliseconds. */
const pause = 200;

/**
 * What the server is asked: filters by their parameters, none of them empty.
 * @typedef {import('../api.js').Query & {sort: string}} RecordQuery
 */

/** What this page itself can tell of a record that comes by an event. */
const judged = ['sort', 'tag', 'account'];

export class RecordPages {
  /** @type {number[]} */
  ids = [];
  /** How many there are in all, and whether that was counted to the end. */
  count = 0;
  isExact = true;
  isLoading = false;
  /** @type {any} */
  error = null;
  /** Called whenever anything here changes. */
  onChange = () => {};

  /** @type {Map<number, any>} */
  #records = new Map();
  /** @type {RecordQuery} */
  #query = { sort: 'name' };
  /** @type {string|null} */
  #next = null;
  #hasLoaded = false;
  /** @type {AbortController|null} */
  #controller = null;
  /** @type {ReturnType<typeof setTimeout>|undefined} */
  #timer;
  #api;
  #kind;

  /** @param {import('../api.js').Api} api @param {"contacts"|"accounts"} kind */
  constructor(api, kind) {
    this.#api = api;
    this.#kind = kind;
  }

  /** @param {number} id */
  get(id) {
    return this.#records.get(id);
  }

  get query() {
    return this.#query;
  }

  get hasLoaded() {
    return this.#hasLoaded;
  }

  get isFiltered() {
    return Object.keys(this.#query).some((name) => name !== 'sort');
  }

  /** What stands there stays until the answer replaces it. @param {RecordQuery} query @param {{soon?: boolean}} [options] */
  ask(query, { soon = false } = {}) {
    this.cancel();
    this.#query = query;
    this.isLoading = true;
    this.onChange();
    this.#timer = setTimeout(() => void this.#load(null), soon ? pause : 0);
  }

  again() {
    this.ask(this.#query);
  }

  cancel() {
    clearTimeout(this.#timer);
    this.#controller?.abort();
  }

  loadMore() {
    if (this.isLoading || this.#next === null || this.error) return;
    void this.#load(this.#next);
  }

  /** @param {string|null} before */
  async #load(before) {
    const controller = (this.#controller = new AbortController());
    this.isLoading = true;
    this.error = null;
    this.onChange();
    try {
      const answer = await this.#api.get(`/api/${this.#kind}/list`, {
        query: { ...this.#query, before, limit: pageSize },
        signal: controller.signal,
      });
      if (before === null) {
        this.ids = [];
        this.#records.clear();
      }
      for (const record of answer[this.#kind]) {
        if (!this.#records.has(record.id)) this.ids.push(record.id);
        this.#records.set(record.id, record);
      }
      this.count = answer.count;
      this.isExact = answer.isExact;
      this.#next = answer.next;
      this.#hasLoaded = true;
      // A filter that is seldom met has short pages: they go on by themselves.
      if (answer.next !== null && answer[this.#kind].length < pageSize / 2 && this.ids.length < pageSize) {
        await this.#load(answer.next);
        return;
      }
    } catch (error) {
      if (isAbort(error)) return;
      this.error = error;
    }
    this.isLoading = false;
    this.onChange();
  }

  /** A record that came or changed: it goes where it belongs, if that is in what is loaded. @param {any} record */
  take(record) {
    if (!this.#hasLoaded) return;
    const isKnown = this.#records.has(record.id);
    // Only the server knows what a search or most filters find, and who was active: what is found stays where it is, what is new is asked for.
    if (this.#query.sort === 'activity' || Object.keys(this.#query).some((name) => !judged.includes(name))) {
      if (isKnown) this.#records.set(record.id, record);
      else if (this.#next === null) this.ask(this.#query, { soon: true });
      this.onChange();
      return;
    }
    this.ids = this.ids.filter((id) => id !== record.id);
    this.#records.delete(record.id);
    if (this.#belongs(record)) {
      const place = this.ids.findIndex((id) => this.#precedes(record, this.#records.get(id)));
      if (place >= 0 || this.#next === null) {
        this.ids.splice(place < 0 ? this.ids.length : place, 0, record.id);
        this.#records.set(record.id, record);
      }
      if (!isKnown) this.count += 1;
    } else if (isKnown) {
      this.count -= 1;
    }
    this.onChange();
  }

  /** A record that is not there any more. @param {number} id */
  remove(id) {
    if (!this.#records.delete(id)) return;
    this.ids = this.ids.filter((each) => each !== id);
    this.count -= 1;
    this.onChange();
  }

  /** @param {any} record */
  #belongs({ tags, account }) {
    const wanted = this.#query;
    if (wanted.account && String(account?.id) !== wanted.account) return false;
    return (wanted.tag ?? []).every((/** @type {string} */ one) =>
      (tags ?? []).some((/** @type {string} */ tag) => folded(tag) === folded(one)));
  }

  /** @param {any} a @param {any} b */
  #precedes(a, b) {
    if (this.#query.sort === 'newest') return a.id > b.id;
    const [keyA, keyB] = [folded(a.name), folded(b.name)];
    return keyA === keyB ? a.id < b.id : keyA < keyB;
  }
}

/** As the server puts names in order: without case and accents. @param {string} text */
function folded(text) {
  return text.normalize('NFKD').replace(/\p{Mn}/gu, '').toLowerCase();
}
