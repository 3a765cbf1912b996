// @ts-check
/** The head of a thread: who it is, whom it is assigned to, and whether it is completed. */
import { toast } from '../announcer.js';
import { setAttribute, setIcon, setText } from '../dom.js';
import { errorText, formatRelative, t } from '../i18n.js';
import { paintPerson, personName } from './names.js';

export class ThreadHead {
  #app;
  #store;
  #id;
  #parts;
  #agents = '';

  /** @param {import('../app.js').App} app @param {number} id @param {Record<string, any>} parts @param {AbortSignal} signal */
  constructor(app, id, parts, signal) {
    this.#app = app;
    this.#store = app.store;
    this.#id = id;
    this.#parts = parts;
    for (const key of [`conversation:${id}`, 'agents', 'presence']) this.#store.subscribe(key, () => this.#update(), signal);
    parts.assignee.addEventListener('change', () => {
      const value = Number(parts.assignee.value);
      void changeConversation(app, id, { assigneeID: value || null });
    }, { signal });
    parts.complete.addEventListener('click', () => void toggleCompleted(app, id), { signal });
    this.#update();
  }

  #update() {
    const conversation = this.#store.conversations.get(this.#id);
    const { avatar, name, status, assignee, complete, completeText, completeIcon } = this.#parts;
    complete.hidden = assignee.parentElement.hidden = !conversation;
    if (!conversation) return;
    const online = this.#store.presence.isVisitorOnline(conversation.visitorID);
    paintPerson(avatar, conversation, online);
    setText(name, personName(conversation));
    const since = formatRelative(conversation.lastAt);
    setText(status, online ? t('thread.online') : t('thread.lastActive', { since }));
    setAttribute(status, 'data-online', String(online));
    this.#showAssignee(conversation.assigneeID);
    const isOpen = conversation.status === 'open';
    setText(completeText, t(isOpen ? 'thread.complete' : 'thread.reopen'));
    setIcon(completeIcon, isOpen ? 'check' : 'reopen');
    complete.title = `${t(isOpen ? 'thread.complete' : 'thread.reopen')} (E)`;
  }

  /** @param {number|null} assigneeID */
  #showAssignee(assigneeID) {
    const { assignee } = this.#parts;
    const me = this.#store.me.id;
    const agents = [...this.#store.agents.values()];
    // Oneself first: that is whom one assigns to most.
    agents.sort((a, b) => Number(b.id === me) - Number(a.id === me) || a.name.localeCompare(b.name));
    const signature = JSON.stringify(agents.map(({ id, name }) => [id, name]));
    if (signature !== this.#agents) {
      this.#agents = signature;
      assignee.replaceChildren(new Option(t('thread.unassigned'), '0'),
        ...agents.map(({ id, name }) => new Option(name, String(id))));
    }
    assignee.value = String(assigneeID ?? 0);
  }
}

/** @param {import('../app.js').App} app @param {number} id */
export function toggleCompleted(app, id) {
  const status = app.store.conversations.get(id)?.status === 'open' ? 'completed' : 'open';
  return changeConversation(app, id, { status });
}

/** Changes it here at once, and says so when the server will not.
 * @param {import('../app.js').App} app @param {number} id @param {Record<string, unknown>} changes */
export async function changeConversation(app, id, changes) {
  const { store, api, router } = app;
  const asOf = store.sequence;
  try {
    const conversation = await api.patch(`/api/conversations/${id}`, changes);
    store.mergeConversation(conversation, asOf);
    if (changes.status === 'completed') {
      void toast(t('thread.completed'), {
        action: { label: t('thread.undo'), run: () => void changeConversation(app, id, { status: 'open' }) },
      });
    }
  } catch (error) {
    const { code, details } = /** @type {import('../api.js').ApiError} */ (error);
    const other = code === 'conversation.other-open' ? details.conversationID : null;
    void toast(errorText({ code, details }), {
      urgent: true,
      action: other ? { label: t('thread.showOther'), run: () => router.go(`/conversations/${other}`) } : undefined,
    });
    store.changed(`conversation:${id}`);
  }
}
