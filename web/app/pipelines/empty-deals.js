// @ts-check
/** What is said where a pipeline shows no deals: why, and what can be done about it. */
import { View, setIcon, setText } from '../dom.js';
import { t } from '../i18n.js';
import { mayImportDeals } from '../deals/rights.js';

export class EmptyDeals extends View {
  #app;
  #onAdd;
  #onClear;

  /** @param {import('../app.js').App} app @param {{onAdd: () => void, onClear: () => void}} callbacks */
  constructor(app, { onAdd, onClear }) {
    super('deals-empty');
    this.#app = app;
    this.#onAdd = onAdd;
    this.#onClear = onClear;
  }

  connected() {
    this.listen(this.parts.add, 'click', this.#onAdd);
    this.listen(this.parts.clear, 'click', this.#onClear);
  }

  /** @param {any} pipeline @param {boolean} isFiltered */
  show(pipeline, isFiltered) {
    const { icon, title, text, add, importing, clear } = this.parts;
    const mayAdd = pipeline.rights.includes('add');
    setIcon(icon, isFiltered ? 'search' : 'board');
    setText(title, isFiltered ? t('table.empty') : t('pipelines.empty', { pipeline: pipeline.name }));
    setText(text, t(isFiltered ? 'records.none.text' : mayAdd ? 'pipelines.empty.text' : 'pipelines.empty.viewOnly'));
    add.hidden = isFiltered || !mayAdd;
    importing.hidden = isFiltered || !mayImportDeals(this.#app.store);
    clear.hidden = !isFiltered;
  }
}
