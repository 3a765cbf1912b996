// @ts-check
/** Calls an agent who is not looking: the number of unread conversations, a sound, a notification. */
import { t } from '../i18n.js';
import { LiveFigure } from '../live-figure.js';
import { personName } from './names.js';

/** Older than this, a message came by replay: it is shown as unread, but calls nobody. */
const freshFor = 60_000;
/** Visitors write in bursts: the number follows at most so often. In milliseconds. */
const calm = 1000;

export class Notifier {
  /** How many open conversations of this agent, or of nobody, hold something unread: as the server counts them, up to 100. */
  unread = { count: 0, isExact: true };

  #app;
  #figure;
  /** Made by the first gesture, since a browser lets no page sound before. @type {AudioContext|null} */
  #audio = null;

  /** @param {import('../app.js').App} app @param {AbortSignal} signal @param {() => void} onUnread the number is another */
  constructor(app, signal, onUnread) {
    this.#app = app;
    this.#figure = new LiveFigure(app, '/api/conversations/unread', (unread) => {
      this.unread = unread;
      onUnread();
    }, signal, calm);
    app.store.follow((event) => {
      if (this.#mayCount(event)) void this.#figure.ask();
    }, signal);
    const allowSound = () => {
      this.#audio ??= new AudioContext();
      if (this.#audio.state === 'suspended') void this.#audio.resume();
    };
    addEventListener('pointerdown', allowSound, { signal, once: true });
    addEventListener('keydown', allowSound, { signal, once: true });
    signal.addEventListener('abort', () => void this.#audio?.close());
  }

  /** @param {any} event */
  #mayCount({ type, message, conversation }) {
    if (type === 'message.added') return message.kind === 'text' && this.#concernsMe(conversation);
    return type === 'conversation.changed' || type === 'conversation.read';
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
    const { count, isExact } = this.unread;
    const title = `${name} · Parley`;
    return count ? t('title.unread', { count: isExact ? count : '99+', title }) : title;
  }
}
