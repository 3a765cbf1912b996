// @ts-check
/** What changed of a deal, newest first, a page at a time. */
import { isAbort } from '../api.js';
import { paintAvatar } from '../avatar.js';
import { View, setText } from '../dom.js';
import { errorText, formatDateTime, formatRelative, t } from '../i18n.js';
import { changeWords } from './change-words.js';

const pageSize = 15;

export class DealHistory extends View {
  #app;
  #dealID;
  /** @type {any[]} */
  #changes = [];
  /** @type {number|null} */
  #next = null;

  /** @param {import('../app.js').App} app @param {number} dealID */
  constructor(app, dealID) {
    super('deal-history');
    this.#app = app;
    this.#dealID = dealID;
  }

  connected() {
    this.listen(this.parts.more, 'click', () => void this.#load(this.#next));
    this.listen(this.parts.retry, 'click', () => void this.#load(null));
    this.#app.store.subscribe(`deal:${this.#dealID}:changes`, () => void this.#load(null), this.signal);
    void this.#load(null);
  }

  /** How often it was asked: an answer that a later question has overtaken is out of date. */
  #asked = 0;

  /** @param {number|null} before null: from the newest */
  async #load(before) {
    const { failure, failureText } = this.parts;
    const asked = ++this.#asked;
    try {
      const { changes, next } = await this.#app.api.get(`/api/deals/${this.#dealID}/changes`, {
        query: { before, limit: pageSize }, signal: this.signal,
      });
      if (asked !== this.#asked) return;
      this.#changes = before === null ? changes : [...this.#changes, ...changes];
      this.#next = next;
      failure.hidden = true;
      this.#show();
    } catch (error) {
      if (isAbort(error) || !this.root.isConnected || asked !== this.#asked) return;
      failure.hidden = false;
      setText(failureText, errorText(/** @type {any} */ (error)));
    }
  }

  #show() {
    const { list, more } = this.parts;
    const me = this.#app.store.me.id;
    list.replaceChildren(...this.#changes.map((change) => {
      const { root, parts } = new View('deal-change');
      paintAvatar(parts.avatar, change.automation?.name ?? change.agent?.name ?? t('change.automation'));
      setText(parts.text, changeWords(change, me));
      setText(parts.time, formatRelative(change.createdAt));
      parts.time.dateTime = new Date(change.createdAt).toISOString();
      parts.time.title = formatDateTime(change.createdAt);
      return root;
    }));
    more.hidden = this.#next === null;
  }
}
