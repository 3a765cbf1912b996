// @ts-check
/** The middle pane: one conversation's head, its messages, and the composer. */
import { announce } from '../announcer.js';
import { clone, setIcon, setText, View } from '../dom.js';
import { errorText, formatList, t } from '../i18n.js';
import { Composer } from './composer.js';
import { entriesOf } from './entries.js';
import { personName } from './names.js';
import { ReadMark } from './read-mark.js';
import { ThreadHead } from './thread-head.js';
import { ThreadScroll } from './thread-scroll.js';

export class ThreadView extends View {
  #app;
  #store;
  #thread;
  /** @type {ThreadScroll} */
  #scroll = /** @type {any} */ (null);
  /** @type {ReadMark} */
  #readMark = /** @type {any} */ (null);
  /** The number after which a divider says “New”; null: none. @type {number|null} */
  #newAfter = null;
  /** Messages that came while the end was out of view. */
  #unseen = 0;
  /** The last message that was shown, so that only newer ones are announced. */
  #announced = 0;
  /** A message to be shown once loaded: a search's hit. @type {number|null} */
  #target;
  #isPlaced = false;

  /** @param {import('../app.js').App} app @param {number} id @param {number|null} target a message's number */
  constructor(app, id, target) {
    super('thread');
    this.id = id;
    this.#app = app;
    this.#store = app.store;
    this.#thread = app.store.threads.get(id);
    this.#target = target;
  }

  connected() {
    const { parts, signal, id } = this;
    new ThreadHead(this.#app, id, parts, signal);
    this.composer = new Composer(this.#app, id);
    this.composer.connect(this.root);
    signal.addEventListener('abort', () => this.composer?.disconnect());
    this.#scroll = new ThreadScroll(parts, this.#store, signal, {
      onMove: () => this.#moved(),
      onEarlier: () => void this.#thread.loadEarlier(),
      onLater: () => void this.#thread.loadLater(),
    });
    this.#readMark = new ReadMark(this.#app, id, () => this.#scroll.lastNumberInView, signal);

    this.listen(parts.jump, 'click', () => void this.#jump());
    this.listen(parts.entries, 'click', (event) => this.#clicked(event));
    this.listen(window, 'focus', () => this.#readMark.update());
    this.listen(window, 'blur', () => this.#render());
    for (const key of [`thread:${id}`, `outbox:${id}`, `conversation:${id}`, 'agents']) {
      this.#store.subscribe(key, () => this.#render(), signal);
    }
    this.#store.subscribe(`typing:${id}`, () => this.#showTyping(), signal);
    this.#store.subscribe('startOver', () => this.#startOver(), signal);
    this.#store.subscribe('connection', () => this.#connected(), signal);
    // Midnight passes: “Today” becomes “Yesterday”.
    const clock = setInterval(() => this.#render(), 60_000);
    signal.addEventListener('abort', () => clearInterval(clock));
    this.#load();
    this.#showTyping();
  }

  #load() {
    const thread = this.#thread;
    if (this.#target !== null) {
      if (!thread.covers(this.#target)) void thread.loadAround(this.#target);
    } else if (!thread.isLoaded || thread.hasLater) {
      void thread.loadLatest();
    }
    this.#render();
  }

  /** Shows the message of another hit in the same conversation. @param {number|null} number */
  showMessage(number) {
    if (number === null) return;
    this.#target = number;
    this.#isPlaced = false;
    this.#load();
  }

  #startOver() {
    // What is read stays in view: the page around it is loaded anew, unless that is the end.
    const number = this.#scroll.isAtEnd ? null : this.#scroll.lastNumberInView;
    this.#thread = this.#store.threads.get(this.id);
    if (number) void this.#thread.loadAround(number);
    else void this.#thread.loadLatest();
    void this.#store.panels.load(this.id);
  }

  #connected() {
    if (this.#app.connection.state !== 'live') return;
    if (this.#thread.error) this.#retry();
    this.#readMark.update({ again: true });
  }

  #retry() {
    const thread = this.#thread;
    if (!thread.isLoaded || this.#target !== null) this.#load();
    else if (this.#scroll.isAtEnd) void thread.loadLater();
    else void thread.loadEarlier();
  }

  #render() {
    const conversation = this.#store.conversations.get(this.id);
    const thread = this.#thread;
    this.#showState(conversation);
    if (!conversation || !thread.isLoaded) return;
    this.#follow(conversation);
    const entries = entriesOf({
      messages: thread.messages, drafts: thread.hasLater ? [] : this.#app.outbox.of(this.id), me: this.#store.me.id,
      newAfter: this.#newAfter, visitorSeenNumber: conversation.visitorSeenNumber,
    });
    this.#scroll.show(entries, conversation, thread);
    if (!this.#isPlaced) this.#place();
    this.#showJump();
    this.#readMark.update();
  }

  /** Where a thread begins to be read: at the hit of a search, at what is new, else at its end. */
  #place() {
    if (this.#target !== null) {
      // Until its page has come, another stretch of the thread may stand here.
      if (!this.#thread.covers(this.#target) || !this.#scroll.reveal(this.#target)) return;
      this.#target = null;
    } else if (!this.#scroll.revealDivider()) {
      this.#scroll.toEnd();
    }
    this.#isPlaced = true;
  }

  /** Keeps account of what has come since. @param {any} conversation */
  #follow(conversation) {
    const { lastNumber, messages, hasLater } = this.#thread;
    if (!this.#isPlaced) {
      this.#newAfter ??= this.#store.isUnread(conversation) && this.#target === null ? conversation.readNumber : null;
      this.#announced = lastNumber;
      return;
    }
    if (lastNumber <= this.#announced || hasLater) return;
    const fresh = messages.filter(({ number, kind }) => number > this.#announced && (kind === 'text' || kind === 'note'));
    this.#announced = lastNumber;
    for (const message of fresh) this.#arrived(message, conversation);
  }

  /** @param {any} message @param {any} conversation */
  #arrived(message, conversation) {
    if (message.agentID === this.#store.me.id) {
      this.#newAfter = null;
      return;
    }
    const isLookedAt = document.hasFocus() && this.#scroll.isAtEnd;
    if (message.author === 'visitor' && !isLookedAt) this.#newAfter ??= message.number - 1;
    if (!this.#scroll.isAtEnd) this.#unseen += 1;
    const name = message.author === 'visitor' ? personName(conversation) : this.#store.agentName(message.agentID);
    announce(t(message.kind === 'note' ? 'thread.announceNote' : 'thread.announce', { name, text: message.text }));
  }

  #moved() {
    if (this.#scroll.isAtEnd) this.#unseen = 0;
    this.#showJump();
    this.#readMark.update();
  }

  #showJump() {
    const { jump, jumpText } = this.parts;
    const isFar = this.#thread.hasLater || this.#scroll.isFarFromEnd;
    jump.hidden = !this.#thread.isLoaded || !isFar;
    setText(jumpText, this.#unseen ? t('thread.jumpNew', { count: this.#unseen }) : t('thread.jump'));
    jump.dataset.fresh = String(this.#unseen > 0);
  }

  async #jump() {
    if (this.#thread.hasLater) {
      await this.#thread.loadLatest();
      this.#render();
      this.#scroll.toEnd();
    } else {
      this.#scroll.toEnd({ smooth: true });
    }
    this.composer?.focus();
  }

  /** The agent has posted: the end comes into view. */
  posted() {
    this.#newAfter = null;
    if (this.#thread.hasLater) void this.#jump();
    else this.#scroll.stickToEnd();
    this.#render();
  }

  /** @param {MouseEvent} event */
  #clicked(event) {
    const button = /** @type {HTMLElement} */ (event.target).closest('button');
    if (button?.dataset.retry) this.#app.outbox.retry(button.dataset.retry);
    if (button?.dataset.discard) {
      this.#app.outbox.remove(button.dataset.discard);
      this.composer?.focus();
    }
  }

  #showTyping() {
    const { typing, typingText } = this.parts;
    const conversation = this.#store.conversations.get(this.id);
    const names = this.#store.presence.typing(this.id).map((who) =>
      who === 'visitor' ? (conversation ? personName(conversation) : '') : this.#store.agentName(Number(who)));
    const stick = this.#scroll?.isAtEnd;
    typing.hidden = names.length === 0;
    if (names.length) setText(typingText, t('thread.typing', { count: names.length, names: formatList(names) }));
    if (stick) this.#scroll.toEnd();
  }

  /** Loading, empty, failed. @param {any} conversation */
  #showState(conversation) {
    const { state, scroller } = this.parts;
    const thread = this.#thread;
    this.root.dataset.known = String(Boolean(conversation));
    const isShown = conversation && (thread.isLoaded || (this.#isPlaced && !thread.error));
    const kind = isShown ? '' : thread.error ? 'error' : 'loading';
    state.hidden = kind === '';
    scroller.toggleAttribute('inert', kind !== '');
    if (state.dataset.kind === kind) return;
    state.dataset.kind = kind;
    if (kind === 'loading') state.replaceChildren(clone('thread-skeleton').root);
    if (kind !== 'error') return;
    const { root, parts } = clone('state');
    const isGone = thread.error.code === 'not.found';
    setIcon(parts.icon, isGone ? 'inbox' : 'wifi-off');
    parts.title.textContent = t(isGone ? 'thread.gone' : 'thread.failed');
    parts.text.textContent = isGone ? t('thread.goneText') : errorText(thread.error);
    parts.action.hidden = isGone;
    parts.action.textContent = t('action.retry');
    parts.action.addEventListener('click', () => this.#load());
    state.replaceChildren(root);
  }
}
