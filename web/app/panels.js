// @ts-check
/**
 * The right-hand panel's data by conversation (`Panel` of the interface), loaded on demand and kept true by events.
 * @typedef {{data: any, loading: boolean, error: any, loadedAt?: number}} PanelState
 */

/** How many panels are kept; the oldest asked for is forgotten first. */
const kept = 30;
const dealsShown = 20;
/** The thread and the panel ask for the same, one a moment after the other: once is enough. In milliseconds. */
const fresh = 2000;

/** The conversation that a deal came from, then those that were added to it. @param {any} deal @returns {number[]} */
export function conversationsOf({ conversationID, linkedConversationIDs }) {
  return [...new Set(conversationID === null ? linkedConversationIDs : [conversationID, ...linkedConversationIDs])];
}

export class Panels {
  /** @type {Map<number, PanelState>} */
  #panels = new Map();
  /** conversation → the load under way @type {Map<number, Promise<void>>} */
  #loads = new Map();
  #store;

  /** @param {import('./store.js').Store} store */
  constructor(store) {
    this.#store = store;
  }

  clear() {
    const ids = [...this.#panels.keys()];
    this.#panels.clear();
    for (const id of ids) this.#store.changed(`panel:${id}`);
  }

  /** What is known now; `data` is null until loaded. @param {number} id @returns {PanelState} */
  get(id) {
    return this.#panels.get(id) ?? { data: null, loading: this.#loads.has(id), error: null };
  }

  /** Loads or reloads; what is shown stays meanwhile. The outcome is in `get`, told under `panel:ID`. @param {number} id */
  load(id) {
    if (Date.now() - (this.get(id).loadedAt ?? 0) < fresh) return Promise.resolve();
    let load = this.#loads.get(id);
    if (!load) {
      load = this.#load(id).finally(() => this.#loads.delete(id));
      this.#loads.set(id, load);
    }
    return load;
  }

  /** Many records have changed: what is loaded stays until it is asked for again. */
  outdate() {
    this.#update(() => null);
    for (const [id, state] of this.#panels) this.#panels.set(id, { ...state, loadedAt: 0 });
  }

  /** What is loaded is known to be out of date. @param {number} id */
  #reload(id) {
    queueMicrotask(() => {
      const { data } = this.get(id);
      this.#set(id, { data, loading: false, error: null });
      void this.load(id);
    });
  }

  /** @param {number} id @param {boolean} [again] */
  async #load(id, again = true) {
    const asOf = this.#store.sequence;
    this.#set(id, { data: this.get(id).data, loading: true, error: null });
    try {
      const { conversation, panel } = await this.#store.api.get(`/api/conversations/${id}`);
      this.#store.mergeConversation(conversation, asOf);
      this.#store.presence.takeVisitor(panel.visitor.id, panel.visitor.online);
      for (const deal of panel.deals) this.#store.takeDeal(deal);
      this.#set(id, { data: panel, loading: false, error: null, loadedAt: Date.now() });
      // An event between the snapshot and its arrival may not be in it, and had no panel to go to.
      if (this.#touchedSince.delete(id) && again) await this.#load(id, false);
    } catch (error) {
      this.#set(id, { data: this.get(id).data, loading: false, error });
    }
  }

  /** Panels under way that an event would have changed. @type {Set<number>} */
  #touchedSince = new Set();

  /** @param {number} id @param {PanelState} state */
  #set(id, state) {
    this.#panels.delete(id);
    this.#panels.set(id, state);
    for (const [oldest] of this.#panels) {
      if (this.#panels.size <= kept) break;
      this.#panels.delete(oldest);
    }
    this.#store.changed(`panel:${id}`);
  }

  /** Changes each loaded panel for which `change` answers new data; marks those under way.
   * @param {(data: any, id: number) => any} change null: not concerned */
  #update(change) {
    for (const [id, state] of this.#panels) {
      if (state.loading) this.#touchedSince.add(id);
      const data = state.data && change(state.data, id);
      if (!data) continue;
      this.#panels.set(id, { ...state, data });
      this.#store.changed(`panel:${id}`);
    }
  }

  /** @param {any} visitor */
  takeVisitor(visitor) {
    this.#update((data, id) => {
      if (data.visitor.id !== visitor.id) return null;
      // The link to a contact brings the account and the deals with it: those are asked for.
      if (data.visitor.contactID !== visitor.contactID) this.#reload(id);
      return { ...data, visitor };
    });
  }

  /** @param {any} contact */
  takeContact(contact) {
    this.#update((data, id) => {
      if (data.visitor.contactID !== contact.id && data.contact?.id !== contact.id) return null;
      if (data.contact && data.contact.account?.id !== contact.account?.id) this.#reload(id);
      return { ...data, contact };
    });
  }

  /** @param {any} account */
  takeAccount(account) {
    this.#update((data) => data.account?.id === account.id || data.contact?.account?.id === account.id
      ? { ...data, account } : null);
  }

  /** A contact or an account that is part of another now, or gone: what showed it is asked for anew.
   * @param {{kind: string, id: number}} record */
  dropRecord({ kind, id: recordID }) {
    this.#update((data, id) => {
      const shown = kind === 'contact' ? [data.contact?.id, data.visitor.contactID] : [data.account?.id, data.contact?.account?.id];
      if (shown.includes(recordID)) this.#reload(id);
      return null;
    });
  }

  /** @param {any} deal */
  takeDeal(deal) {
    this.#update((data, id) => {
      const concerned = conversationsOf(deal).includes(id) || (deal.contact && deal.contact.id === data.contact?.id);
      if (!concerned) return null;
      if (data.deals.some((/** @type {any} */ each) => each.id === deal.id)) {
        return { ...data, deals: data.deals.map((/** @type {any} */ each) => each.id === deal.id ? deal : each) };
      }
      return { ...data, deals: [deal, ...data.deals].slice(0, dealsShown), dealsTotal: data.dealsTotal + 1 };
    });
  }

  /** @param {number} dealID */
  removeDeal(dealID) {
    this.#update((data) => {
      const deals = data.deals.filter((/** @type {any} */ each) => each.id !== dealID);
      return deals.length < data.deals.length ? { ...data, deals, dealsTotal: data.dealsTotal - 1 } : null;
    });
  }

  /** @param {any} conversation */
  takeConversation(conversation) {
    this.#update((data) => {
      if (!data.previous.some((/** @type {any} */ each) => each.id === conversation.id)) return null;
      const previous = data.previous.map((/** @type {any} */ each) =>
        each.id === conversation.id ? { ...each, ...conversation } : each);
      return { ...data, previous };
    });
  }
}
