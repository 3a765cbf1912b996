// @ts-check
/** The right-hand panel of a conversation: loads what is known, and follows what happens. */
import { View, loadTemplates, setText } from '../dom.js';
import { errorText } from '../i18n.js';
import { whenBack } from '../when-back.js';
import { Person } from './person.js';

await loadTemplates(import.meta.url);

/**
 * @param {HTMLElement} element @param {import('../app.js').App} app
 * @returns {import('../app.js').Mounted} `show([conversationID])`, or `show([])` when none is open
 */
export function mountPanel(element, app) {
  const panel = new Panel(app);
  panel.connect(element);
  return {
    show: ([id]) => panel.show(id === undefined ? null : Number(id)),
    disconnect: () => panel.disconnect(),
  };
}

class Panel extends View {
  #app;
  /** @type {number|null} */
  #id = null;
  /** The view that stands in the panel, with what it shows. @type {{kind: string, view: View}|null} */
  #shown = null;
  /** What is subscribed to for the conversation that is open. @type {AbortController|null} */
  #subscription = null;

  /** @param {import('../app.js').App} app */
  constructor(app) {
    super('panel');
    this.#app = app;
  }

  connected() {
    for (const key of ['startOver', 'imported']) this.#app.store.subscribe(key, () => this.#load(), this.signal);
    whenBack(this.#app, () => this.#id !== null && this.#app.store.panels.get(this.#id).error, () => this.#load(), this.signal);
    this.signal.addEventListener('abort', () => {
      this.#subscription?.abort();
      this.#shown?.view.disconnect();
    });
    this.#render();
  }

  /** @param {number|null} id */
  show(id) {
    if (this.#id === id) return;
    this.#id = id;
    this.#subscription?.abort();
    if (id !== null) {
      this.#subscription = new AbortController();
      this.#app.store.subscribe(`panel:${id}`, () => this.#render(), this.#subscription.signal);
    }
    this.#load();
    this.#render();
    this.root.scrollTop = 0;
  }

  #load() {
    if (this.#id !== null) void this.#app.store.panels.load(this.#id);
  }

  #render() {
    const id = this.#id;
    if (id === null) {
      this.#stand('empty', () => new View('panel-empty'));
      return;
    }
    const { data, error } = this.#app.store.panels.get(id);
    // While it is loaded anew, what is there stays, with whatever is being typed in it.
    if (!data && this.#shown?.kind === `person ${id}`) return;
    if (data) {
      const person = /** @type {Person} */ (this.#stand(`person ${id}`, () => new Person(this.#app, id)));
      person.show(data);
    } else if (error) {
      const { text, retry } = this.#stand(`failure ${id}`, () => new Failure(() => this.#load())).parts;
      setText(text, errorText(error));
      // What is gone does not come by asking again.
      retry.hidden = error.code === 'not.found';
    } else {
      this.#stand('loading', () => new View('panel-loading'));
    }
  }

  /** Has a view stand in the panel, unless it does already. @param {string} kind @param {() => View} make */
  #stand(kind, make) {
    if (this.#shown?.kind === kind) return this.#shown.view;
    this.#shown?.view.disconnect();
    const view = make();
    this.#shown = { kind, view };
    view.connect(this.root);
    return view;
  }
}

class Failure extends View {
  #retry;

  /** @param {() => void} retry */
  constructor(retry) {
    super('panel-failure');
    this.#retry = retry;
  }

  connected() {
    this.listen(this.parts.retry, 'click', this.#retry);
  }
}
