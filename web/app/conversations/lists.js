// @ts-check
/**
 * The conversation lists, one a filter: which conversations stand in it, newest activity first, paged downwards.
 *
 * A list knows every conversation of its filter whose activity is at or above its floor (the end of its last page), so an
 * event places a conversation exactly, and one that moves below the floor comes back with a later page.
 *
 * @typedef {"mine"|"unassigned"|"all"} Assignee
 * @typedef {"open"|"completed"} Status
 */

const pageSize = 100;

export class Lists {
  /** @type {Map<string, List>} */
  #lists = new Map();
  #store;

  /** @param {import('../store.js').Store} store */
  constructor(store) {
    this.#store = store;
  }

  clear() {
    this.#lists.clear();
    this.#store.changed('conversations');
  }

  /** @param {Assignee} assignee @param {Status} status @returns {List} */
  get(assignee, status) {
    const key = `${assignee}/${status}`;
    let list = this.#lists.get(key);
    if (!list) this.#lists.set(key, (list = new List(this.#store, assignee, status)));
    return list;
  }

  /** Puts a changed conversation where it belongs in every list. @param {any} conversation */
  place(conversation) {
    for (const list of this.#lists.values()) list.place(conversation);
  }
}

export class List {
  /** Newest activity first. @type {number[]} */
  ids = [];
  /** Has the first page arrived? */
  isLoaded = false;
  isLoading = false;
  /** @type {any} */
  error = null;

  /** Each id's activity when it was placed: activities are unique, so this is its place. @type {Map<number, number>} */
  #placed = new Map();
  /** Where the next page begins; null: the list is whole. @type {number|null} */
  #next = Infinity;
  #store;

  /** @param {import('../store.js').Store} store @param {Assignee} assignee @param {Status} status */
  constructor(store, assignee, status) {
    this.#store = store;
    this.assignee = assignee;
    this.status = status;
  }

  /** Are there further pages? */
  get hasMore() {
    return this.#next !== null;
  }

  /** @param {number} id */
  has(id) {
    return this.#placed.has(id);
  }

  /** Loads the next page, unless one is under way or the list is whole. */
  async loadMore() {
    if (this.isLoading || this.#next === null) return;
    this.isLoading = true;
    this.error = null;
    this.#store.changed('conversations');
    const asOf = this.#store.sequence;
    try {
      const { conversations, next } = await this.#store.api.get('/api/conversations', {
        query: {
          assignee: this.assignee, status: this.status, limit: pageSize,
          before: this.#next === Infinity ? null : this.#next,
        },
      });
      // The floor first: what the page holds is placed by `mergeConversation`, by its newest known state.
      this.#next = next;
      for (const conversation of conversations) {
        this.#store.mergeConversation(conversation, asOf);
        this.place(this.#store.conversations.get(conversation.id));
      }
      // What came by events while the page was under way, and was below the floor until now.
      for (const conversation of this.#store.conversations.values()) this.place(conversation);
      this.isLoaded = true;
    } catch (error) {
      this.error = error;
    } finally {
      this.isLoading = false;
      this.#store.changed('conversations');
    }
  }

  /** @param {any} conversation */
  place(conversation) {
    const { id, activity } = conversation;
    const placed = this.#placed.get(id);
    const belongs = this.#holds(conversation) && (this.#next === null || activity >= this.#next);
    if (belongs && placed === activity) return;
    if (placed !== undefined) {
      this.ids.splice(this.#position(placed), 1);
      this.#placed.delete(id);
    }
    if (belongs) {
      this.ids.splice(this.#position(activity), 0, id);
      this.#placed.set(id, activity);
    }
  }

  /** @param {any} conversation */
  #holds({ status, assigneeID }) {
    if (status !== this.status) return false;
    if (this.assignee === 'all') return true;
    return assigneeID === (this.assignee === 'mine' ? this.#store.me.id : null);
  }

  /** The index of the first id whose activity is at or below. @param {number} activity */
  #position(activity) {
    let low = 0;
    let high = this.ids.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.#placed.get(this.ids[middle]) ?? 0) > activity) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
