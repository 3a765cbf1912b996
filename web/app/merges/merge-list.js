// @ts-check
/** What has become part of a contact or an account: who merged it, when, and what it was. */
import { View, loadTemplates, setText } from '../dom.js';
import { formatDate, formatDateTime, formatList, t, useWords } from '../i18n.js';
import { mergeKinds } from './merge-kind.js';

await Promise.all([loadTemplates(import.meta.url), useWords('merges')]);

export class MergeList extends View {
  #app;
  #record;

  /** @param {import('../app.js').App} app @param {import('../notes/note-list.js').RecordRef} record a contact or an account */
  constructor(app, record) {
    super('merge-list');
    this.#app = app;
    this.#record = record;
  }

  connected() {
    const { kind, id } = this.#record;
    this.#app.store.subscribe(`${kind}:${id}:merges`, () => void this.#ask(), this.signal);
    this.#app.store.subscribe('startOver', () => void this.#ask(), this.signal);
    void this.#ask();
  }

  async #ask() {
    const { kind, id } = this.#record;
    try {
      this.#show(await this.#app.api.get(`/api/${kind}s/${id}/merges`, { signal: this.signal }));
    } catch {
      // What was merged long ago is not missed: whatever made this fail, the tasks and the notes beside it tell.
    }
  }

  /** @param {{merges: any[], aliases: string[]}} history */
  #show({ merges, aliases }) {
    this.root.hidden = merges.length === 0;
    this.parts.aliases.hidden = aliases.length === 0;
    setText(this.parts.aliases, t(`merge.aliases.${this.#record.kind}`, { names: formatList(aliases) }));
    this.parts.list.replaceChildren(...merges.map((merge) => this.#row(merge)));
  }

  /** @param {any} merge */
  #row({ record, replaced, agent, createdAt }) {
    const { root, parts } = new View('merge-record');
    setText(parts.name, record.name);
    const date = formatDate(createdAt);
    setText(parts.when, agent ? t('merge.by', { agent: agent.name, date }) : date);
    parts.when.title = formatDateTime(createdAt);
    parts.facts.append(...record.facts.map((/** @type {any} */ fact) => this.#fact(fact)));
    parts.replacedTitle.hidden = parts.replaced.hidden = replaced.length === 0;
    parts.replaced.append(...replaced.map((/** @type {any} */ fact) => this.#fact(fact)));
    return root;
  }

  /** @param {{field: string, title: string|null, text: string}} fact */
  #fact({ field, title, text }) {
    const { root, parts } = new View('merge-fact');
    const kind = mergeKinds[/** @type {"contact"|"account"} */ (this.#record.kind)];
    const known = kind.fields.find((each) => each.field === field)?.label;
    setText(parts.label, title ?? (known ? t(known) : t('contact.tags')));
    setText(parts.value, text);
    return root;
  }
}
