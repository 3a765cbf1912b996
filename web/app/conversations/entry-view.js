// @ts-check
/** One entry of a thread as an element; `fill` again when what it shows has changed. */
import { paintAvatar } from '../avatar.js';
import { clone, setIcon, setText } from '../dom.js';
import { errorText, formatDateTime, formatDay, formatTime, t } from '../i18n.js';
import { pageName, paintPerson, personName } from './names.js';
import { isEmojiOnly, showRichText } from './rich-text.js';

/** @typedef {import('./entries.js').Entry} Entry */

const templates = { day: 'entry-day', divider: 'entry-divider', status: 'entry-status', message: 'entry-message' };
const statusIcons = /** @type {Record<string, string>} */ ({
  assigned: 'user-check', unassigned: 'user', completed: 'check-circle', reopened: 'reopen', identified: 'mail',
  'deal-added': 'deal', 'deal-linked': 'link', 'deal-unlinked': 'link',
});
const stateIcons = { sending: 'clock', sent: 'check', seen: 'eye', refused: 'alert' };

export class EntryView {
  #parts;
  #signature = '';
  /** What the bubble was written from. @type {string|null} */
  #text = null;

  /** @param {Entry} entry @param {import('../store.js').Store} store */
  constructor(entry, store) {
    const isRun = entry.kind === 'pages';
    const { root, parts } = clone(isRun ? 'entry-pages' : templates[/** @type {keyof typeof templates} */ (entry.kind)]);
    this.root = root;
    this.#parts = parts;
    this.#store = store;
  }

  #store;

  /** @param {Entry} entry @param {any} conversation */
  fill(entry, conversation) {
    this.number = entry.number;
    const name = entry.kind === 'message' ? this.#authorName(entry.message, conversation) : '';
    const signature = JSON.stringify([entry.number, entry.starts, entry.state, entry.error, entry.pages?.length, name]);
    const dayText = entry.kind === 'day' ? formatDay(entry.at ?? 0) : '';
    if (signature + dayText === this.#signature) return;
    this.#signature = signature + dayText;
    switch (entry.kind) {
      case 'day':
        setText(this.#parts.text, dayText);
        break;
      case 'status':
        this.#fillStatus(entry.message);
        break;
      case 'pages':
        this.#fillPages(entry.pages ?? []);
        break;
      case 'message':
        this.#fillMessage(entry, conversation, name);
        break;
      case 'divider':
        break;
    }
  }

  /** @param {any} message @param {any} conversation */
  #authorName({ author, agentID }, conversation) {
    if (author === 'visitor') return personName(conversation);
    return agentID === this.#store.me.id ? t('thread.you') : this.#store.agentName(agentID);
  }

  /** @param {any} message */
  #fillStatus(message) {
    const { detail } = message;
    setIcon(this.#parts.icon, statusIcons[detail.status] ?? 'info');
    setText(this.#parts.text, this.#statusText(message));
    this.#showTime(message.createdAt);
  }

  /** @param {any} message */
  #statusText({ agentID, detail }) {
    const name = agentID === null ? '' : this.#store.agentName(agentID);
    const mine = agentID === this.#store.me.id;
    const by = mine ? 'you' : name ? 'agent' : 'system';
    switch (detail.status) {
      case 'assigned': {
        const to = this.#store.agentName(detail.assigneeID);
        if (detail.assigneeID === agentID) return t(`status.took.${by}`, { name });
        if (detail.assigneeID === this.#store.me.id) return t(`status.assignedYou.${by}`, { name });
        return t(`status.assigned.${by}`, { name, to });
      }
      case 'identified':
        return t('status.identified', { person: [detail.name, detail.email].filter(Boolean).join(' · ') });
      case 'deal-added':
      case 'deal-linked':
      case 'deal-unlinked': {
        const what = { 'deal-added': 'dealAdded', 'deal-linked': 'dealLinked', 'deal-unlinked': 'dealUnlinked' }[/** @type {"deal-added"} */ (detail.status)];
        // One that this agent may not see, or that is no more, has no title.
        return detail.title ? t(`status.${what}.${by}`, { name, title: detail.title }) : t(`status.${what}Unseen.${by}`, { name });
      }
      default:
        return t(`status.${detail.status}.${by}`, { name });
    }
  }

  /** @param {any[]} pages */
  #fillPages(pages) {
    const { text, list, time } = this.#parts;
    const last = pages[pages.length - 1];
    const name = pageName(last.detail.url, last.detail.title);
    setText(text, pages.length === 1 ? t('thread.viewedPage', { page: name })
      : t('thread.viewedPages', { count: pages.length, page: name }));
    this.root.dataset.single = String(pages.length === 1);
    setTime(time, last.createdAt);
    list.replaceChildren(...pages.map(({ detail, createdAt }) => {
      const { root, parts } = clone('page-view');
      setText(parts.title, pageName(detail.url, detail.title));
      setText(parts.url, detail.url.replace(/^https?:\/\//, ''));
      if (/^https?:\/\//i.test(detail.url)) parts.link.href = detail.url;
      setTime(parts.time, createdAt);
      return root;
    }));
  }

  /** @param {Entry} entry @param {any} conversation @param {string} name */
  #fillMessage({ message, starts, state, error }, conversation, name) {
    const parts = this.#parts;
    const { root } = this;
    root.dataset.author = message.author;
    root.dataset.kind = message.kind;
    root.dataset.mine = String(message.agentID === this.#store.me.id);
    root.dataset.starts = String(starts);
    root.dataset.state = state ?? '';
    parts.head.classList.toggle('visually-hidden', !starts);
    setText(parts.author, name);
    parts.note.hidden = message.kind !== 'note';
    this.#showTime(message.createdAt);
    parts.avatar.hidden = !starts;
    if (message.author === 'visitor') paintPerson(parts.avatar, conversation, null);
    else paintAvatar(parts.avatar, this.#store.agentName(message.agentID));
    if (this.#text !== message.text) {
      this.#text = message.text;
      showRichText(parts.bubble, message.text);
      parts.bubble.classList.toggle('bubble-emoji', message.kind === 'text' && isEmojiOnly(message.text));
    }
    this.#showState(state ?? null, error ?? null, message);
  }

  /** @param {Entry["state"] & any} state @param {string|null} error @param {any} message */
  #showState(state, error, message) {
    const { foot, stateIcon, state: text, retry, discard } = this.#parts;
    foot.hidden = state === null;
    const refused = state === 'refused';
    retry.hidden = !refused;
    discard.hidden = !refused;
    if (refused) {
      retry.dataset.retry = message.clientID;
      discard.dataset.discard = message.clientID;
    }
    if (state === null) return;
    setIcon(stateIcon, stateIcons[/** @type {keyof typeof stateIcons} */ (state)]);
    setText(text, refused ? `${t('thread.refused')} ${errorText({ code: error ?? '' })}` : t(`thread.${state}`));
  }

  /** @param {number} at */
  #showTime(at) {
    setTime(this.#parts.time, at);
  }
}

/** @param {HTMLTimeElement} element @param {number} at */
function setTime(element, at) {
  element.dateTime = new Date(at).toISOString();
  element.title = formatDateTime(at);
  setText(element, formatTime(at));
}
