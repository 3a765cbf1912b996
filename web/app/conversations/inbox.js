// @ts-check
/** The inbox: three panes, how they fold, and what the keyboard does in all of them. */
import { isTyping, loadTemplates, setIcon, View, clone } from '../dom.js';
import { failure } from '../frame.js';
import { t } from '../i18n.js';
import { areSingleKeysOn, showShortcuts } from '../shortcuts.js';
import { ConversationList } from './conversation-list.js';
import { Splitter } from './splitter.js';

/** Narrower than this, the panel lies over the thread; matches conversations.css. */
const overlaid = matchMedia('(width < 70rem)');
/** What is left to the thread between two panes of the same size, in CSS pixels; matches conversations.css. */
const threadAtLeast = 380;

/** What an open conversation needs beside the list: on its way while the list is shown. */
const modules = {
  thread: () => import('./thread-view.js'),
  head: () => import('./thread-head.js'),
  panel: () => import('../contacts/panel.js'),
};

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
  /** @type {import('./thread-view.js').ThreadView|null} */
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
    void this.#mountPanel();
  }

  async #mountPanel() {
    const { signal } = this;
    try {
      const { mountPanel } = await modules.panel();
      if (signal.aborted) return;
      this.#panel = mountPanel(this.parts.panelHost, this.#app);
      this.#showInPanel();
    } catch (error) {
      if (!signal.aborted) this.parts.panelHost.append(failure(error));
    }
  }

  #showInPanel() {
    this.#panel?.show?.(this.#id === null ? [] : [String(this.#id)]);
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
    if (id !== null && id === this.#id) {
      this.#thread?.showMessage(this.#message);
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
    else void this.#open(id);
    this.#showInPanel();
  }

  #showNothing() {
    const { root, parts } = clone('state');
    setIcon(parts.icon, 'message');
    parts.title.textContent = t('thread.none');
    parts.text.textContent = t('thread.noneText');
    this.parts.thread.append(root);
    this.#showPane('list');
  }

  /** The message that the address names. */
  get #message() {
    return Number(this.#app.router.current.query.get('message')) || null;
  }

  /** @param {number} id */
  async #open(id) {
    const { signal } = this;
    void this.#app.store.panels.load(id);
    this.#showPane('thread');
    if (overlaid.matches) this.#setPanel(false, { keep: false });
    try {
      const { ThreadView } = await modules.thread();
      if (signal.aborted || this.#id !== id) return;
      const thread = new ThreadView(this.#app, id, this.#message);
      this.#thread = thread;
      thread.connect(this.parts.thread);
      thread.listen(thread.parts.back, 'click', () => this.#app.router.go('/conversations'));
      thread.listen(thread.parts.panelToggle, 'click', () => this.#togglePanel());
      this.#showPanelToggle();
    } catch (error) {
      if (!signal.aborted && this.#id === id) this.parts.thread.replaceChildren(failure(error));
    }
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
      e: () => this.#change(({ toggleCompleted }, id) => toggleCompleted(this.#app, id)),
      a: () => this.#change(({ changeConversation }, id) => changeConversation(this.#app, id, { assigneeID: this.#app.store.me.id })),
      p: () => this.#id !== null && this.#togglePanel(),
      '?': () => showShortcuts(this.#app),
    });
    const action = actions[event.key.toLowerCase()];
    if (!action) return;
    event.preventDefault();
    action();
  }

  /** To the conversation that is open, by the module of the thread's head, which came with it.
   * @param {(head: typeof import('./thread-head.js'), id: number) => void} change */
  async #change(change) {
    const id = this.#id;
    if (id !== null && this.#thread) change(await modules.head(), id);
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
// Not awaited: whoever opens a conversation waits for what is still missing.
for (const bring of Object.values(modules)) bring().catch(() => {});
