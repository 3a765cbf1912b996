// @ts-check
/** What can be done with a contact or an account as a whole, and the hint that there may be another one of it. */
import { toast } from '../announcer.js';
import { askToDelete } from '../deals/delete-dialog.js';
import { View, loadTemplates, setText } from '../dom.js';
import { errorText, t, useWords } from '../i18n.js';
import { MergeDialog, reasonText } from './merge-dialog.js';
import { mergeKinds } from './merge-kind.js';

await Promise.all([loadTemplates(import.meta.url), useWords('merges')]);

export class RecordActions extends View {
  #app;
  #kind;
  #record;
  #notice = new View('duplicate-notice');
  #slot;
  /** @type {any} */
  #duplicate = null;
  /** What duplicates were looked for by. */
  #looked = '';

  /**
   * @param {import('../app.js').App} app @param {"contact"|"account"} kind @param {() => any} record as it is now
   * @param {HTMLElement} slot where the hint stands
   */
  constructor(app, kind, record, slot) {
    super('record-actions');
    this.#app = app;
    this.#kind = mergeKinds[kind];
    this.#record = record;
    this.#slot = slot;
  }

  connected() {
    const { merge, remove } = this.parts;
    remove.hidden = this.#app.store.me.role !== 'owner';
    this.listen(merge, 'click', () => this.#merge(null));
    this.listen(remove, 'click', () => void this.#remove());
    this.#slot.append(this.#notice.root);
    this.#notice.parts.compare.addEventListener('click', () => this.#merge(this.#duplicate), { signal: this.signal });
    this.#app.store.follow((event) => this.#receive(event), this.signal);
  }

  /** Looks for another one of it, whenever what it would be found by has changed. */
  async show() {
    const record = this.#record();
    const key = JSON.stringify(this.#kind.fields.map(({ value }) => value(record)));
    if (key === this.#looked) return;
    this.#looked = key;
    try {
      const { duplicates } = await this.#app.api.get(`/api/${this.#kind.name}s/${record.id}/duplicates`, { signal: this.signal });
      this.#hint(duplicates[0] ?? null);
    } catch {
      // A hint that cannot be had is none; whoever looks for a duplicate has the button.
    }
  }

  /** @param {{record: any, reasons: string[]}|null} duplicate */
  #hint(duplicate) {
    this.#duplicate = duplicate?.record ?? null;
    this.#notice.root.hidden = duplicate === null;
    if (!duplicate) return;
    const { nameOf, detailOf, name } = this.#kind;
    const detail = detailOf(duplicate.record);
    const other = detail ? t('merge.other', { name: nameOf(duplicate.record), detail }) : nameOf(duplicate.record);
    setText(this.#notice.parts.text, t(`merge.hint.${name}`, { other, reasons: reasonText(duplicate.reasons) }));
  }

  /** The one that the hint names is not there any more. @param {any} event */
  #receive({ type, record }) {
    if (type !== 'record.merged' && type !== 'record.removed') return;
    if (record.kind !== this.#kind.name || record.id !== this.#duplicate?.id) return;
    this.#looked = '';
    this.#hint(null);
    void this.show();
  }

  /** @param {any} other */
  #merge(other) {
    new MergeDialog(this.#app, this.#kind.name, this.#record(), other).open();
  }

  async #remove() {
    const record = this.#record();
    const { name, nameOf } = this.#kind;
    if (!await askToDelete(t('merge.delete.title', { name: nameOf(record) }), t(`merge.delete.${name}`))) return;
    try {
      await this.#app.api.delete(`/api/${name}s/${record.id}`);
      this.#app.router.go(`/${name}s`);
      void toast(t('merge.deleted', { name: nameOf(record) }));
    } catch (/** @type {any} */ error) {
      void toast(errorText(error), { urgent: true });
    }
  }
}
