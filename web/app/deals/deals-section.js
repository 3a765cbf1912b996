// @ts-check
/** The panel's deals: those of the person, newest first, and the button that adds one. */
import { toast } from '../announcer.js';
import { View, loadTemplates, setText } from '../dom.js';
import { errorText, formatNumber, t } from '../i18n.js';
import { DealCard } from './deal-card.js';
import { may, openPipelines } from './rights.js';

await loadTemplates(import.meta.url);

/** The dialogs, loaded when somebody is about to open one. */
const dialogs = () => Promise.all([import('./choose-deal.js'), import('./add-deal.js')]);

export class DealsSection extends View {
  #app;
  /** @type {number|null} */
  #conversationID = null;
  /** @type {any} */
  #panel = null;
  /** Kept by deal, so that the focus stays on a card that changes. @type {Map<number, DealCard>} */
  #cards = new Map();

  /** @param {import('../app.js').App} app */
  constructor(app) {
    super('deals-section');
    this.#app = app;
  }

  connected() {
    this.listen(this.parts.add, 'click', () => {
      if (this.#conversationID !== null) void this.#begin(this.#conversationID, this.#panel);
    });
    for (const type of ['pointerenter', 'focus']) this.listen(this.parts.add, type, () => dialogs().catch(() => {}));
    this.#app.store.subscribe('pipelines', () => {
      if (this.#conversationID !== null) this.show(this.#conversationID, this.#panel);
    }, this.signal);
  }

  /** An open deal with the same person is shown first. @param {number} conversationID @param {any} panel */
  async #begin(conversationID, panel) {
    const { signal } = this;
    const loaded = await dialogs().catch((error) => {
      console.warn(error);
      void toast(errorText({ code: 'network.unreachable' }), { urgent: true });
    });
    if (!loaded) return;
    const [{ ChooseDealDialog, offeredDeals }, { AddDealDialog, originOfConversation }] = loaded;
    const deals = await offeredDeals(this.#app, conversationID, panel);
    if (signal.aborted || this.#conversationID !== conversationID) return;
    const create = openPipelines(this.#app.store).length === 0 ? null
      : () => this.#open(new AddDealDialog(this.#app, originOfConversation(conversationID, panel)));
    if (deals.length === 0 && create) {
      create();
      return;
    }
    const { contact, visitor } = panel;
    const name = contact?.name || visitor.name || contact?.email || visitor.email;
    this.#open(new ChooseDealDialog(this.#app, conversationID, deals, name, create));
  }

  /** The session may end under it: then the dialog goes, and its draft stays. @param {{open: () => void, close: () => void}} dialog */
  #open(dialog) {
    dialog.open();
    this.signal.addEventListener('abort', () => dialog.close());
  }

  /** @param {number} conversationID @param {any} panel */
  show(conversationID, panel) {
    const isSame = this.#conversationID === conversationID;
    this.#conversationID = conversationID;
    this.#panel = panel;
    const { list, empty, total, more, add } = this.parts;
    const { store } = this.#app;
    const isBlind = store.session.pipelines.length === 0;
    add.hidden = openPipelines(store).length === 0 && !panel.deals.some((/** @type {any} */ { pipeline }) => may(store, 'edit', pipeline.id));
    const before = this.#cards;
    this.#cards = new Map(panel.deals.map((/** @type {any} */ deal) => {
      const card = before.get(deal.id) ?? new DealCard(deal);
      card.update(deal);
      // One that comes while the panel is looked at makes itself seen.
      if (!before.has(deal.id)) card.root.classList.toggle('is-new', isSame);
      return [deal.id, card];
    }));
    // What stands right is not touched: a card that is moved loses the focus.
    let place = list.firstElementChild;
    for (const { root } of this.#cards.values()) {
      if (root === place) place = place.nextElementSibling;
      else list.insertBefore(root, place);
    }
    while (place) {
      const next = place.nextElementSibling;
      place.remove();
      place = next;
    }
    empty.hidden = panel.deals.length > 0;
    setText(empty, t(isBlind ? 'deal.noPipeline' : 'deal.none'));
    total.hidden = panel.dealsTotal === 0;
    setText(total, formatNumber(panel.dealsTotal));
    more.hidden = panel.dealsTotal <= panel.deals.length;
    setText(more, t('panel.more', { count: panel.dealsTotal - panel.deals.length }));
  }
}
