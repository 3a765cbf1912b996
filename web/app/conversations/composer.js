// @ts-check
/** Where an agent writes: a reply to the visitor, or a note that only the team sees. */
import { setText, View } from '../dom.js';
import { formatNumber, t } from '../i18n.js';
import { readDraft, writeDraft } from './drafts.js';
import { changeConversation } from './thread-head.js';

/** Characters; the server refuses more. */
const longest = 10_000;
const limitShownFrom = 9500;
/** “Typing” is said again at most this often, and ends this long after the last key. */
const typingEvery = 3000;
const typingEnds = 5000;

export class Composer extends View {
  #app;
  #id;
  /** @type {"text"|"note"} */
  #kind = 'text';
  #typingSaidAt = 0;
  /** @type {ReturnType<typeof setTimeout>|undefined} */
  #typingTimer;

  /** @param {import('../app.js').App} app @param {number} id */
  constructor(app, id) {
    super('composer');
    this.#app = app;
    this.#id = id;
  }

  connected() {
    const { parts, signal } = this;
    const { store } = this.#app;
    const draft = readDraft(store.me.id, this.#id);
    parts.text.value = draft.text;
    this.setKind(draft.kind);
    this.listen(this.root, 'submit', (event) => {
      event.preventDefault();
      this.#send();
    });
    this.listen(parts.text, 'input', () => this.#edited());
    this.listen(parts.text, 'keydown', (event) => this.#key(event));
    this.listen(parts.text, 'blur', () => this.#stopTyping());
    for (const button of this.root.querySelectorAll('.composer-kind')) {
      this.listen(button, 'click', () => {
        this.setKind(button.getAttribute('data-kind') === 'note' ? 'note' : 'text');
        this.focus();
      });
    }
    this.listen(parts.reopen, 'click', () => void changeConversation(this.#app, this.#id, { status: 'open' }));
    store.subscribe('session', () => this.#showHint(), signal);
    store.subscribe(`conversation:${this.#id}`, () => this.#showNotice(), signal);
    signal.addEventListener('abort', () => this.#stopTyping());
    this.#showNotice();
    this.#grow();
  }

  focus() {
    this.parts.text.focus();
  }

  /** @param {"text"|"note"} kind */
  setKind(kind) {
    this.#kind = kind;
    this.root.dataset.kind = kind;
    for (const button of this.root.querySelectorAll('.composer-kind')) {
      button.setAttribute('aria-pressed', String(button.getAttribute('data-kind') === kind));
    }
    const { text, sendText } = this.parts;
    text.placeholder = t(kind === 'note' ? 'composer.notePlaceholder' : 'composer.placeholder');
    text.setAttribute('aria-label', t(kind === 'note' ? 'composer.noteLabel' : 'composer.label'));
    setText(sendText, t(kind === 'note' ? 'composer.addNote' : 'composer.send'));
    if (kind === 'note') this.#stopTyping();
    this.#saveDraft();
    this.#showHint();
    this.#showLimit();
  }

  #showHint() {
    const { sendWith } = this.#app.store.preferences;
    setText(this.parts.hint, t(sendWith === 'enter' ? 'composer.hintEnter' : 'composer.hintCtrlEnter'));
  }

  #showNotice() {
    this.parts.notice.hidden = this.#app.store.conversations.get(this.#id)?.status !== 'completed';
  }

  #edited() {
    this.#saveDraft();
    this.#showLimit();
    this.#grow();
    if (this.#kind === 'note') return;
    if (this.parts.text.value.trim() === '') this.#stopTyping();
    else this.#sayTyping();
  }

  #saveDraft() {
    writeDraft(this.#app.store.me.id, this.#id, { kind: this.#kind, text: this.parts.text.value });
  }

  #showLimit() {
    const { text, limit, send } = this.parts;
    const length = [...text.value].length;
    limit.hidden = length < limitShownFrom;
    limit.dataset.over = String(length > longest);
    if (!limit.hidden) setText(limit, t('composer.limit', { left: formatNumber(longest - length) }));
    send.disabled = text.value.trim() === '' || length > longest;
  }

  /** Where the browser does not grow the field by itself. */
  #grow() {
    if (CSS.supports('field-sizing', 'content')) return;
    const { text } = this.parts;
    text.style.setProperty('block-size', 'auto');
    text.style.setProperty('block-size', `${text.scrollHeight + 2}px`);
  }

  /** @param {KeyboardEvent} event */
  #key(event) {
    if (event.key === 'Escape') {
      this.parts.text.blur();
      return;
    }
    // While an input method composes, Enter chooses a word.
    if (event.key !== 'Enter' || event.isComposing || event.keyCode === 229) return;
    if (event.shiftKey || event.altKey) return;
    const withCtrl = event.ctrlKey || event.metaKey;
    if (this.#app.store.preferences.sendWith === 'enter' || withCtrl) {
      event.preventDefault();
      this.#send();
    }
  }

  #send() {
    const { text } = this.parts;
    const value = text.value.trim();
    if (value === '' || [...value].length > longest) return;
    this.#app.outbox.post(this.#id, this.#kind, value);
    text.value = '';
    this.#stopTyping();
    // The next message is a reply again: a note is the exception.
    this.setKind('text');
    this.#grow();
    this.focus();
    this.root.dispatchEvent(new CustomEvent('posted', { bubbles: true }));
  }

  #sayTyping() {
    clearTimeout(this.#typingTimer);
    this.#typingTimer = setTimeout(() => this.#stopTyping(), typingEnds);
    const now = Date.now();
    if (now - this.#typingSaidAt < typingEvery) return;
    this.#typingSaidAt = now;
    this.#app.connection.send({ type: 'typing', conversationID: this.#id, on: true });
  }

  #stopTyping() {
    clearTimeout(this.#typingTimer);
    if (this.#typingSaidAt === 0) return;
    this.#typingSaidAt = 0;
    this.#app.connection.send({ type: 'typing', conversationID: this.#id, on: false });
  }
}
