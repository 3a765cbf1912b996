// @ts-check
/** Before a new deal is begun in a conversation: the open deals that there are with this person, to which it can be added. */
import { View, clone, loadTemplates, setAttribute, setText } from '../dom.js';
import { t } from '../i18n.js';
import { conversationsOf } from '../panels.js';
import { DealCard } from './deal-card.js';
import { may } from './rights.js';
import { addToDeal, linkErrorText } from './link-conversation.js';

await loadTemplates(import.meta.url);

/**
 * The open deals that are offered, of those that one may edit; none when all of them belong to the conversation already, as its panel shows.
 * @param {import('../app.js').App} app @param {number} conversationID @param {any} panel @returns {Promise<any[]>}
 */
export async function offeredDeals({ api, store }, conversationID, { deals, dealsTotal, contact }) {
  const isOpen = (/** @type {any} */ { status }) => status === 'open';
  let open = deals.filter(isOpen);
  if (contact && dealsTotal > deals.length) {
    try {
      ({ deals: open } = await api.get('/api/deals', { query: { contact: contact.id, status: 'open', limit: 20 } }));
    } catch {
      // Those that the panel knows are the newest: they are offered, and a new deal is never kept waiting.
    }
  }
  open = open.filter((/** @type {any} */ { pipeline }) => may(store, 'edit', pipeline.id));
  return open.some((/** @type {any} */ deal) => !conversationsOf(deal).includes(conversationID)) ? open : [];
}

export class ChooseDealDialog extends View {
  #app;
  #conversationID;
  #deals;
  #onNew;
  #isSaving = false;

  /**
   * @param {import('../app.js').App} app @param {number} conversationID @param {any[]} deals @param {string} name of the person
   * @param {(() => void)|null} onNew null: there is no pipeline that one may add to
   */
  constructor(app, conversationID, deals, name, onNew) {
    super('choose-deal');
    this.#app = app;
    this.#conversationID = conversationID;
    this.#deals = deals;
    this.#onNew = onNew;
    setText(this.parts.text, t('deal.choose.text', { count: deals.length, name }));
  }

  open() {
    this.connect(document.body);
    this.#dialog.showModal();
  }

  close() {
    this.#dialog.close();
  }

  get #dialog() {
    return /** @type {HTMLDialogElement} */ (this.root);
  }

  connected() {
    const { list, close, create } = this.parts;
    list.replaceChildren(...this.#deals.map((deal) => this.#row(deal)));
    this.listen(close, 'click', () => this.close());
    create.hidden = this.#onNew === null;
    this.listen(create, 'click', () => {
      this.close();
      this.#onNew?.();
    });
    this.listen(this.root, 'close', () => this.disconnect());
    this.#app.router.subscribe(() => this.close(), this.signal);
  }

  /** @param {any} deal */
  #row(deal) {
    const { root, parts } = clone('choose-deal-row');
    parts.card.append(new DealCard(deal).root);
    const isHere = conversationsOf(deal).includes(this.#conversationID);
    parts.add.hidden = isHere;
    parts.here.hidden = !isHere;
    setAttribute(parts.add, 'aria-label', t('deal.choose.add.to', { title: deal.title }));
    this.listen(parts.add, 'click', () => void this.#add(deal));
    return root;
  }

  /** @param {any} deal */
  async #add(deal) {
    if (this.#isSaving) return;
    this.#isSaving = true;
    this.parts.failure.hidden = true;
    try {
      await addToDeal(this.#app, this.#conversationID, deal);
      this.close();
    } catch (/** @type {any} */ error) {
      if (!this.root.isConnected) return;
      this.parts.failure.hidden = false;
      setText(this.parts.failureText, linkErrorText(error));
    } finally {
      this.#isSaving = false;
    }
  }
}
