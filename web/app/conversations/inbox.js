// @ts-check
/** The inbox: three panes, how they fold, and what the keyboard does in all of them. */
import { mountPanel } from '../contacts/panel.js';
import { isTyping, loadTemplates, setIcon, View, clone } from '../dom.js';
import { t } from '../i18n.js';
import { areSingleKeysOn, showShortcuts } from '../shortcuts.js';
import { ConversationList } from './conversation-list.js';
import { Splitter } from './splitter.js';
import { changeConversation, toggleCompleted } from './thread-head.js';
import { ThreadView } from './thread-view.js';

/** Narrower than this, the panel lies over the thread; matches conversations.css. */
const overlaid = matchMedia('(width < 70rem)');
/** What is left to the thread between two panes of the same size, in CSS pixels; matches conversations.css. */
const threadAtLeast = 380;

/** @param {HTMLElement} element @param {import('../app.js').App} app @returns {import('../app.js').Mounted} */
export function mountInbox(element, app) {
  const inbox = new Inbox(app);
  // The templates were loaded with this module.
  inbox.connect(element);
  return inbox;
}

class Inbox extends View {
  #app;
  /** @type {ConversationList|null} */
  #list = null;
  /** @type {ThreadView|null} */
  #thread = null;
  /** @type {import('../app.js').Mounted|null} */
  #panel = null;
  /** @type {number|null} */
  #id = null;

  /** @param {import('../app.js').App} app */
  constructor(app) {
    super('inbox');
    this.#app = app;
  }

  connected() {
    const { parts, root, signal } = this;
    const room = () => (overlaid.matches ? 0.32 * innerWidth : (root.clientWidth - threadAtLeast) / 2);
    new Splitter(parts.listSplitter, {
      name: 'list', target: root, smallest: 260, initial: 340, largest: 520, room, direction: 1,
    }, signal);
    new Splitter(parts.panelSplitter, {
      name: 'panel', target: root, smallest: 280, initial: 340, largest: 520, room, direction: -1,
    }, signal);
    this.#list = new ConversationList(this.#app);
    this.#list.connect(parts.list);
    this.#setPanel(!overlaid.matches && localStorage.getItem('parley.panel') !== 'closed', { keep: false });
    this.listen(overlaid, 'change', () => this.#setPanel(!overlaid.matches, { keep: false }));
    this.listen(document, 'keydown', (event) => this.#key(event));
    this.listen(root, 'posted', () => this.#thread?.posted());
    this.listen(parts.closePanel, 'click', () => this.#togglePanel());
    this.#panel = mountPanel(parts.panelHost, this.#app);
  }

  disconnect() {
    this.#thread?.disconnect();
    this.#list?.disconnect();
    this.#panel?.disconnect();
    super.disconnect();
  }

  /** @param {string[]} path the conversation's id, or nothing */
  show([part]) {
    const id = /^\d+$/.test(part ?? '') ? Number(part) : null;
    const message = Number(this.#app.router.current.query.get('message')) || null;
    if (id !== null && id === this.#id) {
      this.#thread?.showMessage(message);
      this.#showPane('thread');
      return;
    }
    this.#id = id;
    this.#thread?.disconnect();
    this.#thread = null;
    this.parts.thread.replaceChildren();
    this.#list?.select(id);
    this.root.dataset.selected = String(id !== null);
    if (id === null) this.#showNothing();
    else this.#open(id, message);
    this.#panel?.show?.(id === null ? [] : [String(id)]);
  }

  #showNothing() {
    const { root, parts } = clone('state');
    setIcon(parts.icon, 'message');
    parts.title.textContent = t('thread.none');
    parts.text.textContent = t('thread.noneText');
    this.parts.thread.append(root);
    this.#showPane('list');
  }

  /** @param {number} id @param {number|null} message */
  #open(id, message) {
    const { store } = this.#app;
    void store.panels.load(id);
    const thread = new ThreadView(this.#app, id, message);
    this.#thread = thread;
    thread.connect(this.parts.thread);
    thread.listen(thread.parts.back, 'click', () => this.#app.router.go('/conversations'));
    thread.listen(thread.parts.panelToggle, 'click', () => this.#togglePanel());
    this.#showPanelToggle();
    this.#showPane('thread');
    if (overlaid.matches) this.#setPanel(false, { keep: false });
  }

  /** Which pane a phone shows. @param {"list"|"thread"|"panel"} pane */
  #showPane(pane) {
    this.root.dataset.pane = pane;
  }

  get #isPanelOpen() {
    return this.root.dataset.panel === 'open';
  }

  #togglePanel() {
    const open = !this.#isPanelOpen;
    this.#setPanel(open, { keep: !overlaid.matches });
    if (open) this.parts.panel.focus();
    else this.#thread?.parts.panelToggle.focus();
  }

  /** @param {boolean} open @param {{keep: boolean}} options */
  #setPanel(open, { keep }) {
    this.root.dataset.panel = open ? 'open' : 'closed';
    if (keep) localStorage.setItem('parley.panel', open ? 'open' : 'closed');
    this.#showPanelToggle();
    if (this.#id !== null) this.#showPane(open && overlaid.matches ? 'panel' : 'thread');
  }

  #showPanelToggle() {
    this.#thread?.parts.panelToggle.setAttribute('aria-expanded', String(this.#isPanelOpen));
  }

  /** @param {KeyboardEvent} event */
  #key(event) {
    if (event.defaultPrevented || document.querySelector('dialog[open]')) return;
    if (event.key === 'F6') {
      event.preventDefault();
      this.#focusNextPane(event.shiftKey ? -1 : 1);
      return;
    }
    if (event.key === 'Escape') {
      this.#escape(event);
      return;
    }
    if (isTyping(event) || event.ctrlKey || event.metaKey || event.altKey || !areSingleKeysOn()) return;
    const actions = /** @type {Record<string, () => void>} */ ({
      j: () => this.#go(1),
      k: () => this.#go(-1),
      '/': () => this.#search(),
      r: () => this.#write('text'),
      n: () => this.#write('note'),
      e: () => this.#id !== null && void toggleCompleted(this.#app, this.#id),
      a: () => this.#id !== null && void changeConversation(this.#app, this.#id, { assigneeID: this.#app.store.me.id }),
      p: () => this.#id !== null && this.#togglePanel(),
      '?': () => showShortcuts(this.#app),
    });
    const action = actions[event.key.toLowerCase()];
    if (!action) return;
    event.preventDefault();
    action();
  }

  /** @param {KeyboardEvent} event */
  #escape(event) {
    if (document.querySelector(':popover-open')) return;
    if (overlaid.matches && this.#isPanelOpen) this.#togglePanel();
    else if (this.#list?.clearSearch()) event.preventDefault();
  }

  /** @param {1|-1} step */
  #go(step) {
    const id = this.#list?.neighbour(step);
    if (id) this.#app.router.go(`/conversations/${id}`);
  }

  #search() {
    if (this.root.dataset.pane !== 'list') this.#showPane('list');
    this.#list?.focusSearch();
  }

  /** @param {"text"|"note"} kind */
  #write(kind) {
    this.#thread?.composer?.setKind(kind);
    this.#thread?.composer?.focus();
  }

  /** @param {1|-1} step */
  #focusNextPane(step) {
    const panes = [this.parts.list, this.parts.thread, this.parts.panel].filter((pane) => pane.checkVisibility());
    const index = panes.findIndex((pane) => pane.contains(document.activeElement));
    panes.at((index + step + panes.length) % panes.length)?.focus();
  }
}

await loadTemplates(import.meta.url);
