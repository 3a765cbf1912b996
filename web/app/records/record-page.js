// @ts-check
/** The page of one contact or account: loads it, follows what happens to it, and shows it by the view that it is given. */
import { toast } from '../announcer.js';
import { isAbort } from '../api.js';
import { View, loadTemplates, setIcon, setText } from '../dom.js';
import { errorText, t } from '../i18n.js';
import { RecordActions } from '../merges/record-actions.js';
import { whenBack } from '../when-back.js';

await loadTemplates(import.meta.url);

/**
 * @typedef {object} PageKind
 * @property {"contact"|"account"} name
 * @property {(page: RecordPage) => View & {show: (record: any) => void}} make
 * @property {(record: any) => string} nameOf
 */

export class RecordPage extends View {
  #app;
  #kind;
  #id;
  /** @type {any} */
  #record = null;
  /** @type {(View & {show: (record: any) => void})|null} */
  #view = null;
  #actions;
  /** The number of the last event that changed the record. */
  #touched = 0;
  /** @type {AbortController|null} */
  #load = null;

  /** @param {import('../app.js').App} app @param {PageKind} kind @param {number} id */
  constructor(app, kind, id) {
    super('record-page');
    this.#app = app;
    this.#kind = kind;
    this.#id = id;
    this.#actions = new RecordActions(app, kind.name, () => this.#record, this.parts.hint);
    this.parts.back.href = app.router.recall(`${kind.name}s`);
    setText(this.parts.backText, t(`records.${kind.name}s.title`));
  }

  connected() {
    const { store } = this.#app;
    store.follow((event) => this.#receive(event), this.signal);
    for (const key of ['startOver', 'imported']) store.subscribe(key, () => void this.#ask(), this.signal);
    whenBack(this.#app, () => !this.#record, () => void this.#ask(), this.signal);
    this.signal.addEventListener('abort', () => {
      this.#load?.abort();
      this.#view?.disconnect();
      this.#actions.disconnect();
    });
    void this.#ask();
  }

  get id() {
    return this.#id;
  }

  get record() {
    return this.#record;
  }

  get view() {
    return this.#view;
  }

  async #ask() {
    this.#load?.abort();
    const controller = (this.#load = new AbortController());
    if (!this.#record) this.parts.body.replaceChildren(new View('record-loading').root);
    const asOf = this.#app.store.sequence ?? 0;
    try {
      const record = await this.#app.api.get(`/api/${this.#kind.name}s/${this.#id}`, { signal: controller.signal });
      if (this.#touched <= asOf) this.take(record);
    } catch (/** @type {any} */ error) {
      if (isAbort(error)) return;
      const { mergedInto } = error.details ?? {};
      if (mergedInto) this.#lead(mergedInto);
      else if (error.status === 404 || !this.#record) this.#showProblem(error);
    }
  }

  /** @param {any} event */
  #receive(event) {
    const { name } = this.#kind;
    if (event.type === `${name}.changed` && event[name].id === this.#id) {
      this.#touched = event.sequence;
      this.take(event[name]);
    } else if (event.type === 'account.changed' && this.#record?.account?.id === event.account.id) {
      this.take({ ...this.#record, account: { id: event.account.id, name: event.account.name } });
    } else if (event.record?.kind === name && event.record.id === this.#id) {
      if (event.type === 'record.merged') this.#lead(event.into);
      if (event.type === 'record.removed') this.#showProblem({ status: 404 });
    } else if (event.record?.kind === 'account' && event.record.id === this.#record?.account?.id && event.type.startsWith('record.')) {
      if (event.type !== 'record.changed') void this.#ask();
    }
  }

  /** To the record that this one has become part of. @param {number} id */
  #lead(id) {
    const [, , ...rest] = this.#app.router.current.path;
    this.#app.router.go(`/${[`${this.#kind.name}s`, id, ...rest].join('/')}`, { replace: true });
    void toast(t('merge.moved.here'));
  }

  /** Changes some of the record. The event says it to every page; while this one's socket is down, the answer does.
   * @param {Record<string, unknown>} changes */
  async save(changes) {
    this.take(await this.#app.api.patch(`/api/${this.#kind.name}s/${this.#id}`, changes));
  }

  /** Shows the record as it is now. @param {any} record */
  take(record) {
    this.#record = record;
    if (!this.#view) {
      this.#view = this.#kind.make(this);
      this.parts.body.replaceChildren();
      this.#view.connect(this.parts.body);
      this.#actions.connect(this.parts.actions);
    }
    this.#view.show(record);
    void this.#actions.show();
    this.#app.entitle(this.#kind.nameOf(record), this.signal);
  }

  /** @param {any} error */
  #showProblem(error) {
    this.#view?.disconnect();
    this.#view = null;
    this.#actions.disconnect();
    const isGone = error.status === 404;
    const { root, parts } = new View('record-problem');
    setIcon(parts.icon, isGone ? 'search' : 'wifi-off');
    setText(parts.title, t(isGone ? `${this.#kind.name}.notFound` : `${this.#kind.name}.failed`));
    setText(parts.text, isGone ? t('deal.notFound.text') : errorText(error));
    parts.retry.hidden = isGone;
    parts.retry.addEventListener('click', () => void this.#ask());
    this.parts.body.replaceChildren(root);
  }
}
