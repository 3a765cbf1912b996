// @ts-check
/** The quiet bar that says that the socket is down, once it has been so for a moment. */
import { announce } from './announcer.js';
import { setText } from './dom.js';
import { t } from './i18n.js';

const patience = 1500;

export class ConnectionBar {
  #element;
  #app;
  /** @type {ReturnType<typeof setTimeout>|undefined} */
  #timer;

  /** @param {HTMLElement} element @param {import('./app.js').App} app @param {AbortSignal} signal */
  constructor(element, app, signal) {
    this.#element = element;
    this.#app = app;
    app.store.subscribe('connection', () => this.#update(), signal);
    addEventListener('online', () => this.#update(), { signal });
    addEventListener('offline', () => this.#update(), { signal });
    element.querySelector('button')?.addEventListener('click', () => app.connection.retryNow(), { signal });
    signal.addEventListener('abort', () => clearTimeout(this.#timer));
    this.#update();
  }

  #update() {
    const { state } = this.#app.connection;
    if (state === 'live' || state === 'idle' || state === 'ended') {
      clearTimeout(this.#timer);
      this.#timer = undefined;
      if (!this.#element.hidden) announce(t('connection.back'));
      this.#element.hidden = true;
      return;
    }
    const text = this.#element.querySelector('span');
    if (text) setText(text, t(navigator.onLine ? 'connection.reconnecting' : 'connection.offline'));
    this.#timer ??= setTimeout(() => {
      this.#element.hidden = false;
      announce(text?.textContent ?? '');
    }, navigator.onLine ? patience : 0);
  }
}
