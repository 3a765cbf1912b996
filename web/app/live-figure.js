// @ts-check
/** A figure that the server reckons: asked for at first, and again whenever something says that it may be another. */
import { whenBack } from './when-back.js';

export class LiveFigure {
  #app;
  #path;
  #take;
  #signal;
  #calm;
  #isAsking = false;
  #isStale = false;
  #hasFailed = false;

  /**
   * @param {import('./app.js').App} app @param {string} path @param {(answer: any) => void} take @param {AbortSignal} signal
   * @param {number} [calm] milliseconds between two questions, at least
   */
  constructor(app, path, take, signal, calm = 0) {
    this.#app = app;
    this.#path = path;
    this.#take = take;
    this.#signal = signal;
    this.#calm = calm;
    app.store.subscribe('startOver', () => void this.ask(), signal);
    whenBack(app, () => this.#hasFailed, () => void this.ask(), signal);
    void this.ask();
  }

  /** One question at a time: what changes meanwhile is asked for afterwards, once. */
  async ask() {
    this.#isStale = true;
    if (this.#isAsking) return;
    this.#isAsking = true;
    while (this.#isStale && !this.#signal.aborted) {
      this.#isStale = false;
      try {
        this.#take(await this.#app.api.get(this.#path, { signal: this.#signal }));
        this.#hasFailed = false;
      } catch (error) {
        if (this.#signal.aborted) return;
        // What is shown stays; it is asked for again when the connection is back.
        console.warn(error);
        this.#hasFailed = true;
      }
      if (this.#calm) await new Promise((resolve) => setTimeout(resolve, this.#calm));
    }
    this.#isAsking = false;
  }
}
