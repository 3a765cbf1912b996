// @ts-check
/** The dialog “Add a New Deal”: opened from wherever a deal can begin, closed with nothing lost. */
import { toast } from '../announcer.js';
import { confirmDiscard } from '../discard-dialog.js';
import { View, loadTemplates } from '../dom.js';
import { t } from '../i18n.js';
import { DealForm } from './deal-form.js';
import { nothingPicked, picked } from './record-picker.js';

await loadTemplates(import.meta.url);

/**
 * What a conversation's panel knows of a deal that is begun there.
 * @param {number} conversationID
 * @param {{visitor: any, contact: any, account: any}} panel
 * @returns {import('./deal-form.js').DealOrigin}
 */
export function originOfConversation(conversationID, { visitor, contact, account }) {
  const isKnown = visitor.name !== '' || visitor.email !== '';
  const created = { name: visitor.name, email: visitor.email };
  return {
    key: `conversation-${conversationID}`,
    conversationID,
    contact: contact ? picked(contact)
      : isKnown ? { text: visitor.name || visitor.email, chosen: null, created } : nothingPicked,
    account: picked(account),
    pipelineID: null,
    requiresContact: true,
  };
}

export class AddDealDialog extends View {
  #app;
  #form;

  /** @param {import('../app.js').App} app @param {import('./deal-form.js').DealOrigin} origin */
  constructor(app, origin) {
    super('deal-dialog');
    this.#app = app;
    this.#form = new DealForm(app, origin, {
      onSaved: (answer) => this.#saved(answer),
      onCancel: () => void this.#leave(),
    });
  }

  /** Shows it; when it closes the focus goes back to where it was. */
  open() {
    this.connect(document.body);
    /** @type {HTMLDialogElement} */ (this.root).showModal();
    this.#form.focus();
  }

  /** Closes it without asking: what is typed stays in the draft. */
  close() {
    this.#dialog.close();
  }

  get #dialog() {
    return /** @type {HTMLDialogElement} */ (this.root);
  }

  connected() {
    this.#form.connect(this.root);
    this.signal.addEventListener('abort', () => this.#form.disconnect());
    this.listen(this.parts.close, 'click', () => void this.#leave());
    // Escape, and a phone's gesture back. A browser may close on a second one in spite of this: the draft is kept.
    this.listen(this.root, 'cancel', (event) => {
      if (event.target !== this.root) return;
      event.preventDefault();
      void this.#leave();
    });
    this.listen(this.root, 'close', (event) => {
      if (event.target === this.root) this.disconnect();
    });
    this.#app.router.subscribe(() => this.close(), this.signal);
  }

  async #leave() {
    if (this.#form.isSaving) return;
    if (this.#form.isChanged) {
      if (!await confirmDiscard(this.root, t('deal.discard.title'))) return;
      this.#form.discard();
    }
    this.#dialog.close();
  }

  /** @param {import('./deal-form.js').AddedDeal} answer */
  #saved({ deal, created }) {
    const { store, router } = this.#app;
    this.#dialog.close();
    // The event says it to every inbox; while this one's socket is down, the answer does.
    store.takeDeal(deal);
    store.panels.takeDeal(deal);
    const made = created.contact && created.account ? 'both' : created.contact ? 'contact' : created.account ? 'account' : 'none';
    const contact = deal.contact?.name || deal.contact?.email || '';
    const text = t(`deal.added.${made}`, { contact, account: deal.account?.name ?? '' });
    void toast(text, { action: { label: t('deal.open'), run: () => router.go(`/deals/${deal.id}`) } });
  }
}
