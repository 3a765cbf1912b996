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
    // Of a hundred rows one looks at the whole date of one or two.
    const { time } = parts;
    time.addEventListener('pointerenter', () => (time.title = formatDateTime(Date.parse(time.dateTime))));
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
    this.#showHit(conversation, hit);
    const page = pageName(conversation.pageURL, conversation.pageTitle);
    setText(parts.page, page);
    parts.pageIcon.toggleAttribute('hidden', !page);
    this.#showAssignee(conversation.assigneeID);
  }

  /** The name and the last line; of a search, what was found in the one or the other.
   * @param {Record<string, any>} conversation @param {any} hit */
  #showHit(conversation, hit) {
    const { name, text } = this.#parts;
    const [person, address] = hit?.field === 'person' ? splitPerson(hit.parts) : [[], []];
    if (isHit(person)) showParts(name, person);
    else showText(name, personName(conversation));
    const line = isHit(address) ? address : hit?.field === 'message' ? hit.parts : null;
    if (line) showParts(text, withShortLead(line));
    else showText(text, this.#lastLine(conversation));
  }

  /** The time alone. @param {Record<string, any>} conversation @param {number} now */
  tick({ lastAt }, now) {
    const { time } = this.#parts;
    setText(time, formatAgo(lastAt, now));
    setAttribute(time, 'datetime', new Date(lastAt).toISOString());
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

/** @typedef {{text: string, match: boolean}} Part of a hit */

/** Characters before a hit that leave it in view, in the narrowest list. */
const longestLead = 16;

/** @param {Part[]} parts */
function isHit(parts) {
  return parts.some(({ match }) => match);
}

/** A person's hit reads “name · address”: the two stand on lines of their own. @param {Part[]} parts @returns {[Part[], Part[]]} */
function splitPerson(parts) {
  const separator = ' · ';
  const index = parts.findLastIndex(({ text }) => text.includes(separator));
  if (index < 0) return [parts, []];
  const { text, match } = parts[index];
  const at = text.lastIndexOf(separator);
  return [
    [...parts.slice(0, index), { text: text.slice(0, at), match }],
    [{ text: text.slice(at + separator.length), match }, ...parts.slice(index + 1)].filter((part) => part.text !== ''),
  ];
}

/** Shortens what stands before the first match, so that the one line shows it. @param {Part[]} parts @returns {Part[]} */
function withShortLead(parts) {
  const [first, ...rest] = parts;
  if (!first || first.match || first.text.length <= longestLead) return parts;
  const tail = first.text.slice(-longestLead);
  const word = tail.indexOf(' ');
  return [{ text: `…${tail.slice(word < longestLead - 1 ? word + 1 : 0)}`, match: false }, ...rest];
}

/** Text alone: the marks of an earlier hit in the same words go. @param {Element} element @param {string} text */
function showText(element, text) {
  if (element.firstElementChild) element.replaceChildren(text);
  else setText(element, text);
}

/** @param {Element} element @param {Part[]} parts */
function showParts(element, parts) {
  element.replaceChildren(...parts.map(({ text, match }) => {
    if (!match) return text;
    const mark = document.createElement('mark');
    mark.textContent = text;
    return mark;
  }));
}
