// @ts-check
/** The automations that a contact went through, on their profile. */
import { isAbort } from '../api.js';
import { View, clone, loadTemplates, setText } from '../dom.js';
import { errorText, useWords } from '../i18n.js';
import { whenBack } from '../when-back.js';
import { fillRunRow } from './run-row.js';

await Promise.all([loadTemplates(import.meta.url), useWords('automations')]);

export class ContactRuns extends View {
  #app;
  #contactID;
  /** @type {any[]} */
  #runs = [];
  /** @type {number|null} */
  #next = null;

  /** @param {import('../app.js').App} app @param {number} contactID */
  constructor(app, contactID) {
    super('contact-runs');
    this.#app = app;
    this.#contactID = contactID;
  }

  connected() {
    this.listen(this.parts.more, 'click', () => void this.#load(this.#next));
    this.listen(this.parts.retry, 'click', () => void this.#load(null));
    whenBack(this.#app, () => !this.parts.failure.hidden, () => void this.#load(null), this.signal);
    void this.#load(null);
  }

  /** @param {number|null} before null: the newest */
  async #load(before) {
    const { failure, failureText, empty, more, list } = this.parts;
    try {
      const { runs, next } = await this.#app.api.get(`/api/contacts/${this.#contactID}/runs`, { query: { before, limit: 10 }, signal: this.signal });
      this.#runs = before === null ? runs : [...this.#runs, ...runs];
      this.#next = next;
      failure.hidden = true;
    } catch (/** @type {any} */ error) {
      if (isAbort(error)) return;
      failure.hidden = false;
      setText(failureText, errorText(error));
    }
    empty.hidden = this.#runs.length > 0 || !failure.hidden;
    more.hidden = this.#next === null;
    list.replaceChildren(...this.#runs.map((run) => {
      const { root, parts } = clone('run-row');
      fillRunRow(parts, run, () => run.automationName);
      setText(parts.name, run.automationName);
      // Only owners may look into it.
      if (this.#app.store.me.role === 'owner') parts.link.href = `#/automations/${run.automationID}/runs/${run.id}`;
      return root;
    }));
  }
}
