// @ts-check
/** One row of the conversation list, or of the search's results. */
import { makeAvatar } from '../avatar.js';
import { clone, setAttribute, setText } from '../dom.js';
import { formatAgo, formatDateTime, t } from '../i18n.js';
import { pageName, paintPerson, personName } from './names.js';

export class ConversationRow {
  /** @param {import('../store.js').Store} store */
  constructor(store) {
    const { root, parts } = clone('conversation-row');
    this.root = root;
    this.link = /** @type {HTMLAnchorElement} */ (parts.link);
    this.#parts = parts;
    this.#store = store;
  }

  #parts;
  #store;
  #assigneeID = /** @type {number|null|undefined} */ (undefined);

  /**
   * @param {Record<string, any>} conversation
   * @param {{selected: boolean, size: number, gone?: boolean, hit?: any, now: number}} context `gone`: it stands in the list
   *   only because the list is held; `hit`: of a search
   */
  fill(conversation, { selected, size, gone = false, hit = null, now }) {
    const parts = this.#parts;
    const store = this.#store;
    const unread = store.isUnread(conversation);
    this.root.dataset.unread = String(unread);
    this.root.dataset.gone = String(gone);
    this.root.setAttribute('aria-setsize', String(size));
    setAttribute(this.link, 'aria-current', selected ? 'true' : null);
    const message = hit?.field === 'message' && hit.messageNumber ? `?message=${hit.messageNumber}` : '';
    setAttribute(this.link, 'href', `#/conversations/${conversation.id}${message}`);

    paintPerson(parts.avatar, conversation, store.presence.isVisitorOnline(conversation.visitorID));
    setText(parts.unreadText, unread ? t('list.unread') : '');
    this.tick(conversation, now);
    const hitsPerson = hit?.field === 'person';
    if (hitsPerson) showParts(parts.name, hit.parts);
    else setText(parts.name, personName(conversation));
    if (hit && !hitsPerson) showParts(parts.text, hit.parts);
    else setText(parts.text, this.#lastLine(conversation));
    const page = pageName(conversation.pageURL, conversation.pageTitle);
    setText(parts.page, page);
    parts.pageIcon.toggleAttribute('hidden', !page);
    this.#showAssignee(conversation.assigneeID);
  }

  /** The time alone. @param {Record<string, any>} conversation @param {number} now */
  tick({ lastAt }, now) {
    const { time } = this.#parts;
    setText(time, formatAgo(lastAt, now));
    const iso = new Date(lastAt).toISOString();
    if (time.dateTime !== iso) {
      time.dateTime = iso;
      time.title = formatDateTime(lastAt);
    }
  }

  /** @param {Record<string, any>} conversation */
  #lastLine({ lastText, lastAuthor, lastAgentID }) {
    if (!lastText) return t('list.noMessage');
    if (lastAuthor !== 'agent') return lastText;
    if (lastAgentID === this.#store.me.id) return t('list.youSaid', { text: lastText });
    const name = this.#store.agentName(lastAgentID).split(' ')[0];
    return name ? t('list.agentSaid', { name, text: lastText }) : lastText;
  }

  /** @param {number|null} assigneeID */
  #showAssignee(assigneeID) {
    if (this.#assigneeID === assigneeID) return;
    this.#assigneeID = assigneeID;
    const name = this.#store.agentName(assigneeID);
    const { assignee } = this.#parts;
    if (!name) {
      assignee.replaceChildren();
      return;
    }
    const text = document.createElement('span');
    text.className = 'visually-hidden';
    text.textContent = t('list.assignedTo', { name });
    const avatar = makeAvatar(name, { size: 'xs' });
    avatar.title = t('list.assignedTo', { name });
    assignee.replaceChildren(avatar, text);
  }
}

/** @param {Element} element @param {{text: string, match: boolean}[]} parts */
function showParts(element, parts) {
  element.replaceChildren(...parts.map(({ text, match }) => {
    if (!match) return text;
    const mark = document.createElement('mark');
    mark.textContent = text;
    return mark;
  }));
}
