// @ts-check
/** Calls an agent who is not looking: the number of unread conversations in the title, a sound, a notification. */
import { t } from '../i18n.js';
import { personName } from './names.js';

/** Older than this, a message came by replay: it is shown as unread, but calls nobody. */
const freshFor = 60_000;

export class Notifier {
  #app;
  /** Made by the first gesture, since a browser lets no page sound before. @type {AudioContext|null} */
  #audio = null;

  /** @param {import('../app.js').App} app @param {AbortSignal} signal */
  constructor(app, signal) {
    this.#app = app;
    const allowSound = () => {
      this.#audio ??= new AudioContext();
      if (this.#audio.state === 'suspended') void this.#audio.resume();
    };
    addEventListener('pointerdown', allowSound, { signal, once: true });
    addEventListener('keydown', allowSound, { signal, once: true });
    signal.addEventListener('abort', () => void this.#audio?.close());
  }

  /** How many open conversations of this agent, or of nobody, hold something unread. */
  get unread() {
    const { store } = this.#app;
    let count = 0;
    for (const conversation of store.conversations.values()) {
      if (conversation.status === 'open' && this.#concernsMe(conversation) && store.isUnread(conversation)) count += 1;
    }
    return count;
  }

  /** @param {any} conversation */
  #concernsMe({ assigneeID }) {
    return assigneeID === null || assigneeID === this.#app.store.me.id;
  }

  /** A live event, after it was applied. @param {any} event */
  receive({ type, message, conversation }) {
    if (type !== 'message.added' || message.author !== 'visitor' || message.kind !== 'text') return;
    if (!this.#concernsMe(conversation) || Date.now() - message.createdAt > freshFor) return;
    const { path } = this.#app.router.current;
    const isOpen = path[0] === 'conversations' && path[1] === String(conversation.id);
    if (document.hasFocus() && isOpen) return;
    const { sound, notifications } = this.#app.store.preferences;
    if (sound) this.#chime();
    if (notifications && !document.hasFocus()) this.#notify(message, conversation);
  }

  /** Two soft notes, a fourth apart. */
  #chime() {
    const audio = this.#audio;
    if (!audio || audio.state !== 'running') return;
    for (const [index, frequency] of [659.25, 880].entries()) {
      const start = audio.currentTime + index * 0.11;
      const gain = audio.createGain();
      gain.gain.setValueAtTime(0, start);
      gain.gain.linearRampToValueAtTime(0.12, start + 0.012);
      gain.gain.exponentialRampToValueAtTime(0.0001, start + 0.38);
      const tone = audio.createOscillator();
      tone.frequency.value = frequency;
      tone.connect(gain).connect(audio.destination);
      tone.start(start);
      tone.stop(start + 0.4);
    }
  }

  /** @param {any} message @param {any} conversation */
  #notify(message, conversation) {
    if (!('Notification' in window) || Notification.permission !== 'granted') return;
    let notification;
    try {
      // One a conversation: a later one takes the place of the earlier.
      notification = new Notification(personName(conversation), {
        body: message.text.slice(0, 200), tag: `parley-${conversation.id}`, icon: '/favicon.svg',
      });
    } catch (error) {
      // Chrome on Android has the name, but notifies from service workers only.
      if (error instanceof TypeError) return;
      throw error;
    }
    notification.addEventListener('click', () => {
      window.focus();
      this.#app.router.go(`/conversations/${conversation.id}`);
      notification.close();
    });
  }

  /** The title of the page, with what waits. @param {string} name of the page */
  title(name) {
    const { unread } = this;
    const title = `${name} · Parley`;
    return unread ? t('title.unread', { count: unread, title }) : title;
  }
}
