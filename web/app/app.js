// @ts-check
/**
 * The page's beginning: who is signed in, in which language and theme, and which view stands where.
 *
 * A view is mounted by a function of its module, `mount…(element, app)`, imported when it is first needed. It answers
 * `{show(path), disconnect()}`: `show` takes the rest of the route (`['7']` of `#/deals/7`), again whenever it changes.
 * `mountSignIn` and `mountSetup` call `app.enter(session)` with the session that they were answered.
 */
import { announce, toast } from './announcer.js';
import { Api, ApiError } from './api.js';
import { Connection } from './connection.js';
import { Outbox } from './conversations/outbox.js';
import { loadIcons, loadTemplates, translate } from './dom.js';
import { bring, Frame } from './frame.js';
import { errorText, t, useLanguage } from './i18n.js';
import { Router } from './router.js';
import { Store } from './store.js';

/** @typedef {{show?: (path: string[]) => void, disconnect: () => void}} Mounted */

export class App {
  api = new Api();
  router = new Router();
  store = new Store(this.api);
  outbox = new Outbox(this);
  connection = new Connection({
    path: '/api/live',
    after: () => this.store.sequence,
    onEvent: (event) => this.#receive(event),
    onState: (state) => this.#connectionChanged(state),
  });
  announce = announce;
  toast = toast;

  /** @type {{disconnect: () => void}|null} */
  #view = null;
  /** @type {Frame|null} */
  #frame = null;
  #element;

  /** @param {HTMLElement} element */
  constructor(element) {
    this.#element = element;
    this.api.onSignedOut = () => this.#leave();
  }

  async start() {
    applyTheme(localStorage.getItem('parley.theme'));
    try {
      const asked = this.api.get('/api/session');
      // Its failure is told below, when there are words for it; the page's own by the frame.
      asked.catch(() => {});
      bring(this.router.current).catch(() => {});
      await Promise.all([
        useLanguage(localStorage.getItem('parley.language')), loadTemplates(import.meta.url), loadIcons(),
      ]);
      const session = await asked;
      if (session) await this.enter(session);
      else await this.#showEntrance();
    } catch (error) {
      this.#showFailure(error);
    }
  }

  /** Shows the inbox to an agent who has signed in. @param {any} session the answer of `/api/session` */
  async enter(session) {
    this.store.begin(session);
    await this.#usePreferences(session.preferences);
    this.outbox.open();
    this.#showFrame();
    this.connection.start();
  }

  #showFrame() {
    this.#replaceView();
    const frame = new Frame(this);
    frame.connect(this.#element);
    this.#view = this.#frame = frame;
  }

  /** Names what is shown, in the window's title, until it goes. @param {string} name @param {AbortSignal} signal */
  entitle(name, signal) {
    this.#frame?.entitle(name, signal);
  }

  /** In another language; what had the focus is gone. */
  #showFrameAnew() {
    this.#showFrame();
    this.#frame?.parts.main.focus();
  }

  /** The sign-in, or the first set-up of a new server. */
  async #showEntrance() {
    const { needed } = await this.api.get('/api/setup');
    const mount = needed ? (await import('./session/setup.js')).mountSetup
      : (await import('./session/sign-in.js')).mountSignIn;
    this.#replaceView();
    this.#view = mount(this.#element, this);
    document.title = 'Parley';
  }

  /** @param {unknown} error */
  #showFailure(error) {
    this.#replaceView();
    const state = document.createElement('div');
    state.className = 'state page-state';
    const text = document.createElement('p');
    text.textContent = error instanceof ApiError ? errorText(error) : t('error.unknown');
    const retry = document.createElement('button');
    retry.className = 'button';
    retry.textContent = t('action.retry');
    retry.addEventListener('click', () => location.reload());
    state.append(text, retry);
    this.#element.append(state);
    console.error(error);
  }

  #replaceView() {
    this.#view?.disconnect();
    this.#view = this.#frame = null;
    this.#element.replaceChildren();
  }

  /** Saves some preferences, and has them take effect at once. @param {Record<string, unknown>} changes */
  async setPreferences(changes) {
    const before = this.store.preferences;
    this.store.takePreferences({ ...before, ...changes });
    try {
      const saved = this.api.patch('/api/session/preferences', changes);
      if (await this.#usePreferences(this.store.preferences)) this.#showFrameAnew();
      this.store.takePreferences(await saved);
    } catch (error) {
      this.store.takePreferences(before);
      if (await this.#usePreferences(before)) this.#showFrameAnew();
      void toast(errorText(/** @type {ApiError} */ (error)), { urgent: true });
    }
  }

  #language = '';

  /** Takes theme and language into use; answers whether the language is another than before.
   * @param {{language: string, theme: string}} preferences */
  async #usePreferences({ language, theme }) {
    localStorage.setItem('parley.theme', theme);
    localStorage.setItem('parley.language', language);
    applyTheme(theme);
    if (this.#language === language) return false;
    await useLanguage(language);
    translate(document.body);
    this.#language = language;
    return true;
  }

  async signOut() {
    try {
      await this.api.delete('/api/session');
    } catch (error) {
      if (!(error instanceof ApiError && error.status === 401)) {
        void toast(errorText(/** @type {ApiError} */ (error)), { urgent: true });
        return;
      }
    }
    this.#leave();
  }

  /** The session is over, by this page's wish or another's. */
  #leave() {
    if (!this.store.session) return;
    this.connection.stop('ended');
    this.#waiting = null;
    this.outbox.close();
    this.#replaceView();
    this.store = new Store(this.api);
    this.#showEntrance().catch((error) => this.#showFailure(error));
  }

  /** Events that wait until a start from the beginning has its session; null: none is under way. @type {any[]|null} */
  #waiting = null;

  /** @param {any} event */
  #receive(event) {
    if (this.#waiting && event.type !== 'session.ended') {
      this.#waiting.push(event);
      return;
    }
    switch (event.type) {
      case 'session.ended':
        this.#leave();
        break;
      case 'startOver':
        void this.#startOver();
        break;
      case 'access.changed':
        // Loaded anew by another such event already, perhaps.
        if (event.sequence > (this.store.sequence ?? 0)) void this.#startOver();
        break;
      default:
        this.outbox.receive(event);
        if (this.store.apply(event)) this.#frame?.notifier?.receive(event);
    }
  }

  /** The gap is too wide to replay: everything is loaded anew, beneath what the agent is doing. */
  async #startOver() {
    this.#waiting = [];
    try {
      const session = await this.api.get('/api/session');
      if (!session) {
        this.#leave();
        return;
      }
      const { path: [page, id] } = this.router.current;
      this.store.startOver(page === 'conversations' ? Number(id) : 0);
      this.store.begin(session);
      this.store.changed('startOver');
      const events = this.#waiting ?? [];
      this.#waiting = null;
      for (const event of events) this.#receive(event);
    } catch {
      this.#waiting = null;
      // Without the session nothing that follows would be true: the socket is opened again, and this with it.
      this.connection.stop();
      this.connection.start();
    }
  }

  /** @param {import('./connection.js').ConnectionState} state */
  #connectionChanged(state) {
    if (state === 'live') this.outbox.flush();
    this.store.changed('connection');
  }
}

/** @param {string|null} theme */
function applyTheme(theme) {
  const { dataset } = document.documentElement;
  if (theme === 'light' || theme === 'dark') dataset.theme = theme;
  else delete dataset.theme;
}

const app = new App(/** @type {HTMLElement} */ (document.getElementById('page')));
void app.start();
