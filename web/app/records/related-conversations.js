// @ts-check
/** The conversations with a contact, or with the contacts of an account; each opens. */
import { isAbort } from '../api.js';
import { personName } from '../conversations/names.js';
import { View, setText } from '../dom.js';
import { errorText, formatAgo, formatDateTime, t } from '../i18n.js';
import { whenBack } from '../when-back.js';

export class RelatedConversations extends View {
  #app;
  #path;
  #showsPerson;
  /** @type {Map<number, any>} */
  #conversations = new Map();
  /** @type {number|null} */
  #next = null;
  /** @type {AbortController|null} */
  #load = null;

  /**
   * @param {import('../app.js').App} app
   * @param {string} path such as `/api/contacts/4/conversations`
   * @param {{showsPerson?: boolean}} [options]
   */
  constructor(app, path, { showsPerson = false } = {}) {
    super('related-conversations');
    this.#app = app;
    this.#path = path;
    this.#showsPerson = showsPerson;
    this.root.setAttribute('aria-label', t('records.conversations'));
  }

  connected() {
    this.listen(this.parts.more, 'click', () => void this.#page(this.#next));
    this.listen(this.parts.retry, 'click', () => void this.#page(null));
    this.#app.store.follow((event) => this.#receive(event), this.signal);
    this.#app.store.subscribe('startOver', () => void this.#page(null), this.signal);
    whenBack(this.#app, () => !this.parts.failure.hidden, () => void this.#page(null), this.signal);
    this.signal.addEventListener('abort', () => this.#load?.abort());
    void this.#page(null);
  }

  /** @param {number|null} before */
  async #page(before) {
    this.#load?.abort();
    const controller = (this.#load = new AbortController());
    this.parts.failure.hidden = true;
    try {
      const { conversations, next } = await this.#app.api.get(this.#path, { query: { before }, signal: controller.signal });
      if (before === null) this.#conversations.clear();
      for (const conversation of conversations) this.#conversations.set(conversation.id, conversation);
      this.#next = next;
    } catch (error) {
      if (isAbort(error)) return;
      this.parts.failure.hidden = false;
      setText(this.parts.failureText, errorText(/** @type {any} */ (error)));
    }
    this.#load = null;
    this.#render();
  }

  /** Whose a conversation is the event does not say: those that are known are kept true. What was merged brings its own.
   * @param {any} event */
  #receive({ type, record, into, conversation }) {
    if (type === 'record.merged' && this.#path.startsWith(`/api/${record.kind}s/${into}/`)) void this.#page(null);
    if (!conversation || !this.#conversations.has(conversation.id)) return;
    this.#conversations.set(conversation.id, conversation);
    this.#render();
  }

  #render() {
    const { list, loading, empty, more, failure } = this.parts;
    loading.hidden = true;
    empty.hidden = this.#conversations.size > 0 || !failure.hidden;
    more.hidden = this.#next === null;
    const focused = document.activeElement instanceof HTMLAnchorElement && list.contains(document.activeElement)
      ? document.activeElement.getAttribute('href') : null;
    list.replaceChildren(...[...this.#conversations.values()].map((conversation) => this.#row(conversation)));
    if (focused) list.querySelector(`[href="${focused}"]`)?.focus();
  }

  /** @param {any} conversation */
  #row(conversation) {
    const { root, parts } = new View('related-conversation');
    parts.link.href = `#/conversations/${conversation.id}`;
    setText(parts.text, conversation.lastText || t('panel.noMessage'));
    setText(parts.person, this.#showsPerson ? personName(conversation) : '');
    parts.person.hidden = !this.#showsPerson;
    setText(parts.status, t(`panel.status.${conversation.status}`));
    const assignee = this.#app.store.agentName(conversation.assigneeID);
    setText(parts.assignee, assignee);
    setText(parts.time, formatAgo(conversation.lastAt));
    parts.time.dateTime = new Date(conversation.lastAt).toISOString();
    parts.time.title = formatDateTime(conversation.lastAt);
    return root;
  }
}
