// @ts-check
/** The pipelines of the workspace. */
import { View, loadTemplates, setText } from '../dom.js';
import { formatList } from '../i18n.js';

await loadTemplates(import.meta.url, './pipeline-templates.html');

export class PipelinesSettings extends View {
  #app;

  /** @param {import('../app.js').App} app */
  constructor(app) {
    super('settings-pipelines');
    this.#app = app;
  }

  connected() {
    this.parts.add.hidden = this.#app.store.me.role !== 'owner';
    this.#app.store.subscribe('pipelines', () => this.#show(), this.signal);
    this.#show();
  }

  #show() {
    this.parts.list.replaceChildren(...this.#app.store.session.pipelines.map((/** @type {any} */ pipeline) => {
      const { root, parts } = new View('pipeline-row');
      parts.link.href = `#/settings/pipelines/${pipeline.id}`;
      setText(parts.name, pipeline.name);
      setText(parts.stages, formatList(pipeline.stages.map((/** @type {any} */ { name }) => name)));
      setText(parts.currency, pipeline.currency);
      const dots = pipeline.stages.slice(0, 6).map((/** @type {any} */ { color }) => {
        const dot = document.createElement('i');
        dot.style.setProperty('--stage', color);
        return dot;
      });
      parts.dots.replaceChildren(...dots);
      return root;
    }));
  }
}
