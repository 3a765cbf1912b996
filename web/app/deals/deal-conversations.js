// @ts-check
/** The conversations of a deal, one of them beside it: the one that the deal came from, and those that were added. */
import { toast } from '../announcer.js';
import { isAbort } from '../api.js';
import { personName } from '../conversations/names.js';
import { SideThread } from '../conversations/side-thread.js';
import { View, loadTemplates, setText } from '../dom.js';
import { errorText, formatDate, t } from '../i18n.js';
import { conversationsOf } from '../panels.js';
import { linkConversation, unlinkConversation } from './link-conversation.js';
import { may } from './rights.js';

await loadTemplates(import.meta.url);

export class DealConversations extends View {
  #app;
  #onChoose;
  /** @type {any} */
  #deal = null;
  /** The one that is shown. */
  #id = 0;
  /** The ids whose names are known or asked for. */
  #asked = '';
  /** @type {SideThread|null} */
  #thread = null;

  /** @param {import('../app.js').App} app @param {(id: number) => void} onChoose which of them is shown now */
  constructor(app, onChoose) {
    super('deal-conversations');
    this.#app = app;
    this.#onChoose = onChoose;
  }

  connected() {
    const { choice, remove } = this.parts;
    this.listen(choice, 'change', () => this.#choose(Number(choice.value)));
    this.listen(remove, 'click', () => void this.#remove());
    this.#app.store.subscribe('conversations', () => this.#render(), this.signal);
    this.signal.addEventListener('abort', () => this.#thread?.disconnect());
  }

  /** @param {any} deal one with a conversation at least */
  show(deal) {
    this.#deal = deal;
    const ids = conversationsOf(deal);
    void this.#ask(ids);
    // The one that came last is what one comes for; the one that is read stays.
    if (!ids.includes(this.#id)) this.#choose(ids[ids.length - 1]);
    this.#render();
  }

  /** @param {number} id */
  #choose(id) {
    if (this.#id === id) return;
    this.#id = id;
    this.#thread?.disconnect();
    this.#thread = new SideThread(this.#app, id);
    this.#thread.connect(this.root);
    this.#onChoose(id);
    this.#render();
  }

  /** Whose conversations they are: the thread beside the deal loads its own only. @param {number[]} ids */
  async #ask(ids) {
    const asked = ids.join();
    if (ids.length < 2 || this.#asked === asked) return;
    this.#asked = asked;
    const { api, store } = this.#app;
    const asOf = store.sequence;
    try {
      const answer = await api.get(`/api/deals/${this.#deal.id}/conversations`, { signal: this.signal });
      for (const conversation of answer.conversations) store.mergeConversation(conversation, asOf);
    } catch (error) {
      if (isAbort(error)) return;
      // Without their names they are told apart by their numbers; the next change of the deal asks again.
      this.#asked = '';
    }
  }

  #render() {
    const { bar, choice, remove } = this.parts;
    const ids = conversationsOf(this.#deal);
    const isAdded = this.#id !== this.#deal.conversationID;
    bar.hidden = ids.length < 2 && !isAdded;
    remove.hidden = !isAdded || !may(this.#app.store, 'edit', this.#deal.pipeline.id);
    const labels = ids.map((id, index) => this.#label(id, index));
    if (choice.dataset.labels !== labels.join('\n')) {
      choice.dataset.labels = labels.join('\n');
      choice.replaceChildren(...ids.map((id, index) => new Option(labels[index], String(id))));
    }
    choice.value = String(this.#id);
    setText(this.parts.count, t('deal.conversations.count', { count: ids.length }));
  }

  /** @param {number} id @param {number} index */
  #label(id, index) {
    const conversation = this.#app.store.conversations.get(id);
    if (!conversation) return t('deal.conversations.number', { number: index + 1 });
    return t('deal.conversations.label', { name: personName(conversation), date: formatDate(conversation.createdAt) });
  }

  async #remove() {
    const id = this.#id;
    const deal = this.#deal;
    try {
      await unlinkConversation(this.#app, id, deal.id);
      void toast(t('deal.unlinked', { title: deal.title }), {
        action: { label: t('action.undo'), run: () => void linkConversation(this.#app, id, deal) },
      });
    } catch (/** @type {any} */ error) {
      void toast(errorText(error), { urgent: true });
    }
  }
}
