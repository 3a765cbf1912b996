// @ts-check
/** The deals of a contact or an account, newest first, with the button that adds one to it. */
import { isAbort } from '../api.js';
import { AddDealDialog } from '../deals/add-deal.js';
import { DealCard } from '../deals/deal-card.js';
import { picked, nothingPicked } from '../deals/record-picker.js';
import { openPipelines } from '../deals/rights.js';
import { View, setText } from '../dom.js';
import { errorText, t } from '../i18n.js';
import { whenBack } from '../when-back.js';

/**
 * @typedef {object} DealParty
 * @property {"contact"|"account"} kind
 * @property {number} id
 * @property {() => any} record as it is now
 */

export class RelatedDeals extends View {
  #app;
  #party;
  /** @type {Map<number, DealCard>} */
  #cards = new Map();
  /** @type {number|null} */
  #next = null;
  /** What came while a page was under way, and is newer than it. @type {Map<number, any>} */
  #arrived = new Map();
  /** @type {AbortController|null} */
  #load = null;

  /** @param {import('../app.js').App} app @param {DealParty} party */
  constructor(app, party) {
    super('related-deals');
    this.#app = app;
    this.#party = party;
    this.root.setAttribute('aria-label', t('deal.deals'));
  }

  connected() {
    const { add, addFirst, more, retry } = this.parts;
    for (const button of [add, addFirst]) this.listen(button, 'click', () => this.#add());
    this.listen(more, 'click', () => void this.#page(this.#next));
    this.listen(retry, 'click', () => void this.#page(null));
    this.#app.store.follow((event) => this.#receive(event), this.signal);
    for (const key of ['startOver', 'imported']) this.#app.store.subscribe(key, () => void this.#page(null), this.signal);
    this.#app.store.subscribe('pipelines', () => this.#render(), this.signal);
    whenBack(this.#app, () => !this.parts.failure.hidden, () => void this.#page(null), this.signal);
    this.signal.addEventListener('abort', () => this.#load?.abort());
    void this.#page(null);
  }

  #add() {
    const record = this.#party.record();
    if (!record) return;
    const isContact = this.#party.kind === 'contact';
    new AddDealDialog(this.#app, {
      key: `${this.#party.kind}-${this.#party.id}`,
      conversationID: null,
      contact: isContact ? picked(record) : nothingPicked,
      account: picked(isContact ? record.account : record),
      pipelineID: null,
      origin: this.#party.kind,
      requiresContact: isContact,
    }).open();
  }

  /** @param {number|null} before */
  async #page(before) {
    this.#load?.abort();
    const controller = (this.#load = new AbortController());
    this.#arrived.clear();
    this.parts.failure.hidden = true;
    this.parts.loading.hidden = this.#cards.size > 0;
    try {
      const { deals, next } = await this.#app.api.get(`/api/${this.#party.kind}s/${this.#party.id}/deals`, {
        query: { before }, signal: controller.signal,
      });
      if (before === null) this.#cards.clear();
      this.#next = next;
      for (const deal of deals) this.#put(deal);
      for (const deal of this.#arrived.values()) this.#put(deal);
    } catch (error) {
      if (isAbort(error)) return;
      this.parts.failure.hidden = false;
      setText(this.parts.failureText, errorText(/** @type {any} */ (error)));
    }
    this.#load = null;
    this.#render();
  }

  /** @param {any} deal */
  #put(deal) {
    const card = this.#cards.get(deal.id) ?? new DealCard(deal);
    card.update(deal);
    this.#cards.set(deal.id, card);
    return card;
  }

  /** @param {any} event */
  #receive(event) {
    if (event.type === 'deal.removed') {
      this.#arrived.delete(event.dealID);
      if (this.#cards.delete(event.dealID)) this.#render();
    }
    const isMerge = event.type === 'record.merged' && event.record.kind === this.#party.kind && event.into === this.#party.id;
    if (isMerge) void this.#page(null);
    if (event.type !== 'deal.added' && event.type !== 'deal.changed') return;
    const { deal } = event;
    if (!this.#concerns(deal)) {
      this.#arrived.delete(deal.id);
      if (this.#cards.delete(deal.id)) this.#render();
      return;
    }
    this.#arrived.set(deal.id, deal);
    const isNew = !this.#cards.has(deal.id);
    const card = this.#put(deal);
    if (event.type === 'deal.added' && isNew) card.root.classList.add('is-new');
    this.#render();
  }

  /** @param {any} deal */
  #concerns({ contact, account, secondaryContacts }) {
    const { kind, id } = this.#party;
    if (kind === 'account') return account?.id === id;
    return contact?.id === id || secondaryContacts.some((/** @type {any} */ each) => each.id === id);
  }

  #render() {
    const { list, loading, empty, emptyText, more, failure, add, addFirst } = this.parts;
    const { store } = this.#app;
    add.hidden = addFirst.hidden = openPipelines(store).length === 0;
    setText(emptyText, t(store.session.pipelines.length === 0 ? 'deal.noPipeline' : 'records.deals.none'));
    const ids = [...this.#cards.keys()].sort((a, b) => b - a);
    const roots = ids.map((id) => /** @type {DealCard} */ (this.#cards.get(id)).root);
    if (roots.length !== list.childElementCount || roots.some((root, index) => list.children[index] !== root)) {
      list.replaceChildren(...roots);
    }
    loading.hidden = this.#load === null || roots.length > 0;
    empty.hidden = roots.length > 0 || !loading.hidden || !failure.hidden;
    more.hidden = this.#next === null;
  }
}
