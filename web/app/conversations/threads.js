// @ts-check
/**
 * The loaded stretch of each conversation's messages: contiguous by number, bounded in length, growing at either end.
 * @typedef {Record<string, any>} Message as in the interface
 */

const pageSize = 50;
/** A stretch longer than this loses its far end, which is asked for again when one scrolls back to it. */
export const longestStretch = 400;
const keptThreads = 12;

export class Threads {
  /** @type {Map<number, Thread>} */
  #threads = new Map();
  #store;

  /** @param {import('../store.js').Store} store */
  constructor(store) {
    this.#store = store;
  }

  clear() {
    const ids = [...this.#threads.keys()];
    this.#threads.clear();
    for (const id of ids) this.#store.changed(`thread:${id}`);
  }

  /** @param {number} id @returns {Thread} */
  get(id) {
    const thread = this.#threads.get(id) ?? new Thread(this.#store, id);
    this.#threads.delete(id);
    this.#threads.set(id, thread);
    for (const [oldest] of this.#threads) {
      if (this.#threads.size <= keptThreads) break;
      this.#threads.delete(oldest);
    }
    return thread;
  }

  /** A new message, from an event. @param {Message} message */
  take(message) {
    this.#threads.get(message.conversationID)?.take(message);
  }
}

export class Thread {
  /** Ascending, without gaps. @type {Message[]} */
  messages = [];
  hasEarlier = false;
  hasLater = false;
  isLoaded = false;
  /** @type {"latest"|"earlier"|"later"|"around"|null} */
  loading = null;
  /** @type {any} */
  error = null;

  /** A load that waits for the one under way. @type {{what: "latest"|"around", query: Record<string, number>}|null} */
  #wanted = null;
  /** Messages that arrived while a page was under way. @type {Map<number, Message>} */
  #arrived = new Map();
  #store;

  /** @param {import('../store.js').Store} store @param {number} id */
  constructor(store, id) {
    this.#store = store;
    this.id = id;
  }

  get firstNumber() {
    return this.messages[0]?.number ?? 0;
  }

  get lastNumber() {
    return this.messages.at(-1)?.number ?? 0;
  }

  /** Is a message with this number loaded, if there is one? @param {number} number */
  covers(number) {
    if (!this.isLoaded) return false;
    return (number >= this.firstNumber || !this.hasEarlier) && (number <= this.lastNumber || !this.hasLater);
  }

  /** The latest page, in place of whatever is loaded. */
  loadLatest() {
    return this.#load('latest', {});
  }

  /** The page around a message, in place of whatever is loaded. @param {number} number */
  loadAround(number) {
    return this.#load('around', { around: number });
  }

  loadEarlier() {
    return this.hasEarlier ? this.#load('earlier', { before: this.firstNumber }) : Promise.resolve();
  }

  loadLater() {
    return this.hasLater ? this.#load('later', { after: this.lastNumber }) : Promise.resolve();
  }

  /** @param {"latest"|"earlier"|"later"|"around"} what @param {Record<string, number>} query */
  async #load(what, query) {
    if (this.loading) {
      // What takes the place of everything is wanted all the same, once the page under way is there.
      if (what === 'latest' || what === 'around') this.#wanted = { what, query };
      return;
    }
    this.loading = what;
    this.error = null;
    this.#arrived.clear();
    this.#store.changed(`thread:${this.id}`);
    try {
      const page = await this.#store.api.get(`/api/conversations/${this.id}/messages`, {
        query: { ...query, limit: pageSize },
      });
      this.#merge(what, page);
      this.isLoaded = true;
    } catch (error) {
      this.error = error;
    } finally {
      this.loading = null;
      this.#store.changed(`thread:${this.id}`);
    }
    for (const message of this.#arrived.values()) this.take(message);
    this.#arrived.clear();
    const wanted = this.#wanted;
    this.#wanted = null;
    if (wanted && !(wanted.what === what && wanted.query.around === query.around)) await this.#load(wanted.what, wanted.query);
  }

  /** @param {string} what @param {{messages: Message[], hasEarlier: boolean, hasLater: boolean}} page */
  #merge(what, { messages, hasEarlier, hasLater }) {
    if (what === 'earlier') {
      const first = this.firstNumber;
      this.messages = [...messages.filter(({ number }) => number < first), ...this.messages];
      this.hasEarlier = hasEarlier;
      if (this.messages.length > longestStretch) {
        this.messages.length = longestStretch;
        this.hasLater = true;
      }
    } else if (what === 'later') {
      const last = this.lastNumber;
      this.messages = [...this.messages, ...messages.filter(({ number }) => number > last)];
      this.hasLater = hasLater;
      this.#trimStart();
    } else {
      this.messages = messages;
      this.hasEarlier = hasEarlier;
      this.hasLater = hasLater;
    }
  }

  #trimStart() {
    const excess = this.messages.length - longestStretch;
    if (excess <= 0) return;
    this.messages = this.messages.slice(excess);
    this.hasEarlier = true;
  }

  /** Appends the next message; one beyond it shows that there are later ones to ask for. @param {Message} message */
  take(message) {
    if (this.loading) this.#arrived.set(message.number, message);
    if (!this.isLoaded || message.number <= this.lastNumber) return;
    if (this.hasLater || message.number !== this.lastNumber + 1) {
      this.hasLater = true;
    } else {
      this.messages = [...this.messages, message];
      // With some slack: what is read now should not be taken from under the eyes for each new message.
      if (this.messages.length > 2 * longestStretch) this.#trimStart();
    }
    this.#store.changed(`thread:${this.id}`);
  }
}
