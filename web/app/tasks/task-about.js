// @ts-check
/** What a task is about, asked for where the page does not say it: a deal, a contact or an account. */
import { accountKind } from '../accounts/account-kind.js';
import { contactKind } from '../contacts/contact-kind.js';
import { View, loadTemplates } from '../dom.js';
import { t, useWords } from '../i18n.js';
import { SuggestField } from '../records/suggest-field.js';

await Promise.all([loadTemplates(new URL('../records/', import.meta.url).href), useWords('tasks')]);

/** @typedef {'deal'|'contact'|'account'} RecordKind */

export class TaskAbout extends View {
  #app;
  #onChange;
  /** What was found, by its id. @type {Map<string, any>} */
  #found = new Map();
  /** @type {SuggestField|null} */
  #field = null;

  /** @param {import('../app.js').App} app @param {() => void} onChange */
  constructor(app, onChange) {
    super('task-about');
    this.#app = app;
    this.#onChange = onChange;
  }

  connected() {
    this.listen(this.parts.kind, 'change', () => this.#begin());
    this.signal.addEventListener('abort', () => this.#field?.disconnect());
    this.#begin();
  }

  focus() {
    this.#field?.parts.input.focus();
  }

  /** The record that was chosen. @returns {{kind: RecordKind, id: number, pipelineID: number|null}|null} */
  get value() {
    const record = this.#found.get(this.#field?.value ?? '');
    return record ? { kind: this.#kind, id: record.id, pipelineID: record.pipeline?.id ?? null } : null;
  }

  /** @returns {RecordKind} */
  get #kind() {
    return this.parts.kind.value;
  }

  #begin() {
    const kind = this.#kind;
    this.#field?.disconnect();
    this.#found.clear();
    this.#field = new SuggestField({
      name: 'record', label: `tasks.about.${kind}`, labelOf: async (value) => value,
      find: async (text, signal) => this.#choices(await this.#search(kind, text, signal)),
    }, this.#onChange);
    this.#field.connect(this.parts.slot);
    this.#onChange();
  }

  /** @param {RecordKind} kind @param {string} text @param {AbortSignal} signal @returns {Promise<{record: any, label: string}[]>} */
  async #search(kind, text, signal) {
    const { api } = this.#app;
    if (kind === 'deal') {
      const { deals } = await api.get('/api/deals', { query: { search: text || null, status: 'all', sort: 'newest', limit: 10 }, signal });
      return deals.map((/** @type {any} */ deal) =>
        ({ record: deal, label: [deal.title, deal.contact?.name || deal.account?.name].filter(Boolean).join(' · ') }));
    }
    const records = kind === 'contact' ? contactKind(api) : accountKind(api);
    return (await records.search(text, signal)).map((record) => {
      const { title, detail } = records.describe(record);
      return { record, label: [title, detail].filter(Boolean).join(' · ') };
    });
  }

  /** Two that are called alike are told apart by their numbers. @param {{record: any, label: string}[]} found */
  #choices(found) {
    /** @type {Set<string>} */
    const labels = new Set();
    return found.map(({ record, label }) => {
      const value = String(record.id);
      this.#found.set(value, record);
      const shown = labels.has(label) ? t('tasks.about.numbered', { label, number: value }) : label;
      labels.add(shown);
      return { value, label: shown };
    });
  }
}
