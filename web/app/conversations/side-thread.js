// @ts-check
/** A conversation beside something else: read and answered there, as in the inbox. */
import { View, loadTemplates } from '../dom.js';
import { ThreadView } from './thread-view.js';

await loadTemplates(import.meta.url);

export class SideThread extends View {
  #app;
  #id;
  /** @type {ThreadView|null} */
  #thread = null;

  /** @param {import('../app.js').App} app @param {number} id */
  constructor(app, id) {
    super('side-thread');
    this.#app = app;
    this.#id = id;
  }

  connected() {
    void this.#app.store.panels.load(this.#id);
    const thread = (this.#thread = new ThreadView(this.#app, this.#id, null));
    thread.connect(this.root);
    // There is neither a list to go back to nor a panel to open.
    thread.parts.back.remove();
    thread.parts.panelToggle.remove();
    this.listen(this.root, 'posted', () => this.#thread?.posted());
    this.signal.addEventListener('abort', () => thread.disconnect());
  }
}
