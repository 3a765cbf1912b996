// @ts-check
/** The search over all messages, names and addresses: asked when the typing pauses, paged downwards. */
import { isAbort } from '../api.js';

const pause = 220;
const pageSize = 50;

export class Search {
  /** Conversations, the best hit first. @type {number[]} */
  ids = [];
  isLoading = false;
  /** @type {any} */
  error = null;
  /** Called whenever anything here changes. */
  onChange = () => {};

  #query = '';
  /** @type {string|null} */
  #next = null;
  /** @type {Map<number, any>} */
  #hits = new Map();
  /** @type {AbortController|null} */
  #controller = null;
  /** @type {ReturnType<typeof setTimeout>|undefined} */
  #timer;
  #store;

  /** @param {import('../store.js').Store} store */
  constructor(store) {
    this.#store = store;
  }

  get isActive() {
    return this.#query !== '';
  }

  get hasMore() {
    return this.#next !== null;
  }

  /** Where the search hit a conversation: `{field, messageNumber, parts}`. @param {number} id */
  hit(id) {
    return this.#hits.get(id) ?? null;
  }

  /** @param {string} text @param {{again?: boolean}} [options] */
  ask(text, { again = false } = {}) {
    const query = text.trim();
    if (query === this.#query && !again) {
      this.onChange();
      return;
    }
    const wasActive = this.isActive;
    clearTimeout(this.#timer);
    this.#controller?.abort();
    this.#query = query;
    this.error = null;
    this.#next = null;
    if (!query) {
      this.clear();
      this.onChange();
      return;
    }
    // While one types on, the results so far stay; the first ones replace the list.
    if (!wasActive) this.#reset();
    this.isLoading = true;
    this.#timer = setTimeout(() => void this.#load(null), pause);
    this.onChange();
  }

  clear() {
    clearTimeout(this.#timer);
    this.#controller?.abort();
    this.#query = '';
    this.isLoading = false;
    this.#reset();
  }

  #reset() {
    this.ids = [];
    this.#hits.clear();
    this.#next = null;
  }

  /** The next page, or the first one again after an error. */
  loadMore() {
    if (this.isLoading || (this.#next === null && !this.error)) return;
    void this.#load(this.#next);
  }

  /** @param {string|null} before */
  async #load(before) {
    const controller = new AbortController();
    this.#controller = controller;
    this.isLoading = true;
    this.error = null;
    this.onChange();
    const asOf = this.#store.sequence;
    try {
      const { results, next } = await this.#store.api.get('/api/conversations/search', {
        query: { q: this.#query, before, limit: pageSize }, signal: controller.signal,
      });
      if (before === null) this.#reset();
      for (const { conversation, hit } of results) {
        this.#store.mergeConversation(conversation, asOf);
        if (!this.#hits.has(conversation.id)) this.ids.push(conversation.id);
        this.#hits.set(conversation.id, hit);
      }
      this.#next = next;
    } catch (error) {
      if (isAbort(error)) return;
      if (before === null) this.#reset();
      this.error = error;
    }
    this.isLoading = false;
    this.onChange();
  }
}
