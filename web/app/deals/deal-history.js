// @ts-check
/** What changed of a deal, newest first, a page at a time. */
import { paintAvatar } from '../avatar.js';
import { View, setText } from '../dom.js';
import { formatDateTime, formatRelative, t } from '../i18n.js';
import { Answered } from '../records/answered.js';
import { changeWords } from './change-words.js';

const pageSize = 15;

export class DealHistory extends Answered {
  #dealID;
  /** @type {any[]} */
  #changes = [];
  /** @type {number|null} */
  #next = null;

  /** @param {import('../app.js').App} app @param {number} dealID */
  constructor(app, dealID) {
    super('deal-history', app);
    this.#dealID = dealID;
  }

  connected() {
    this.listen(this.parts.more, 'click', () => void this.#load(this.#next));
    this.listen(this.parts.retry, 'click', () => void this.#load(null));
    this.app.store.subscribe(`deal:${this.#dealID}:changes`, () => void this.#load(null), this.signal);
    void this.#load(null);
  }

  /** @param {number|null} before null: from the newest */
  async #load(before) {
    await this.ask(`/api/deals/${this.#dealID}/changes`, { before, limit: pageSize }, ({ changes, next }) => {
      this.#changes = before === null ? changes : [...this.#changes, ...changes];
      this.#next = next;
      this.#show();
    });
  }

  #show() {
    const { list, more } = this.parts;
    const me = this.app.store.me.id;
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
