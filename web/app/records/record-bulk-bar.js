// @ts-check
/** What is done with several contacts or accounts at once: those that are chosen, or all that a filter leaves. */
import { toast } from '../announcer.js';
import { askToDelete } from '../deals/delete-dialog.js';
import { agentsByName } from '../deals/rights.js';
import { View, setText } from '../dom.js';
import { errorText, formatList, formatNumber, t } from '../i18n.js';
import { MergeDialog } from '../merges/merge-dialog.js';
import { SuggestField } from './suggest-field.js';

/** As many as the server takes at once. */
const most = 500;
const namesShown = 3;

/**
 * What the bar acts on.
 * @typedef {object} Selection
 * @property {number[]} ids those that are chosen
 * @property {boolean} isAll all that the filter leaves, loaded or not
 * @property {number} count
 * @property {boolean} isExact
 * @property {Record<string, string>} query of the filter
 * @property {any[]} records those of the chosen that are loaded
 */

export class RecordBulkBar extends View {
  #app;
  #kind;
  #selection;
  #onDone;
  #account;
  #isStopped = false;

  /**
   * @param {import('../app.js').App} app @param {"contacts"|"accounts"} kind @param {() => Selection} selection
   * @param {import('./suggest-field.js').Suggest|null} account finds accounts @param {(action: "clear"|"all"|"done") => void} onDone
   */
  constructor(app, kind, selection, account, onDone) {
    super('record-bulk');
    this.#app = app;
    this.#kind = kind;
    this.#selection = selection;
    this.#onDone = onDone;
    this.#account = account && new SuggestField({ ...account, name: 'bulk-account', label: 'records.bulk.account' }, () => void this.#setAccount());
  }

  connected() {
    const { parts } = this;
    parts.tag.hidden = this.#kind !== 'contacts';
    parts.owner.hidden = this.#kind !== 'accounts';
    parts.remove.hidden = this.#app.store.me.role !== 'owner';
    this.#account?.connect(parts.account);
    this.#fillOwners();
    this.listen(parts.owner, 'change', () => void this.#change({ ownerID: parts.owner.value === '0' ? null : Number(parts.owner.value) }));
    this.listen(parts.tag, 'submit', (event) => {
      event.preventDefault();
      const tag = parts.tag.elements.tag.value.trim();
      const what = event.submitter?.value ?? 'addTag';
      if (tag !== '') void this.#change({ [what]: tag });
      else parts.tag.elements.tag.focus();
    });
    this.listen(parts.tag, 'focusin', () => void this.#suggestTags(), { once: true });
    this.listen(parts.merge, 'click', () => {
      const [kept, gone] = this.#selection().records;
      new MergeDialog(this.#app, this.#kind === 'contacts' ? 'contact' : 'account', kept, gone).open();
    });
    this.listen(parts.remove, 'click', () => void this.#remove());
    this.listen(parts.clear, 'click', () => this.#onDone('clear'));
    this.listen(parts.all, 'click', () => this.#onDone('all'));
    this.listen(parts.stop, 'click', () => {
      this.#isStopped = true;
    });
    this.signal.addEventListener('abort', () => {
      this.#isStopped = true;
      this.#account?.disconnect();
    });
  }

  #fillOwners() {
    const agents = agentsByName(this.#app.store);
    this.parts.owner.replaceChildren(new Option(t('records.bulk.owner'), ''), new Option(t('account.owner.none'), '0'),
      ...agents.map(({ id, name }) => new Option(name, String(id))));
  }

  async #suggestTags() {
    try {
      const { tags } = await this.#app.api.get('/api/tags', { signal: this.signal });
      this.parts.tags.replaceChildren(...tags.map((/** @type {string} */ tag) => new Option(tag)));
    } catch {
      // One may still type a tag.
    }
  }

  show() {
    const { ids, isAll, count, isExact, records } = this.#selection();
    const { count: text, merge, all, owner } = this.parts;
    const isEmpty = !isAll && ids.length === 0;
    this.root.hidden = isEmpty;
    if (isEmpty) return;
    const more = { count: formatNumber(count) };
    setText(text, isAll ? t(isExact ? 'records.bulk.all' : 'records.bulk.allMore', more) : t('records.bulk.selected', { count: ids.length }));
    merge.hidden = isAll || ids.length !== 2 || records.length !== 2;
    all.hidden = isAll || ids.length >= count;
    setText(all, t(isExact ? 'records.bulk.chooseAll' : 'records.bulk.chooseAllMore', more));
    owner.value = '';
  }

  async #setAccount() {
    const value = this.#account?.value;
    if (!value) return;
    await this.#change({ accountID: Number(value) });
    await this.#account?.set('');
  }

  async #remove() {
    const { ids, isAll, count } = this.#selection();
    const number = isAll ? count : ids.length;
    const isSure = await askToDelete(t(`records.bulk.delete.${this.#kind}`, { count: number }),
      t(`merge.delete.${this.#kind === 'contacts' ? 'contact' : 'account'}`));
    if (isSure) await this.#change({ delete: true });
  }

  /** @param {Record<string, unknown>} change */
  async #change(change) {
    const outcome = { changed: /** @type {number[]} */ ([]), skipped: /** @type {any[]} */ ([]), seen: 0 };
    const { actions, progress, stop } = this.parts;
    this.#isStopped = false;
    actions.inert = true;
    progress.hidden = false;
    try {
      for await (const answer of this.#batches(change)) {
        outcome.changed.push(...answer.changed);
        outcome.skipped.push(...answer.skipped);
        outcome.seen += answer.seen;
        stop.hidden = false;
        setText(this.parts.progressText, t('records.bulk.progress', { count: outcome.seen }));
        if (this.#isStopped) break;
      }
      this.#tell(outcome, change);
      this.parts.tag.reset();
      this.#onDone('done');
    } catch (/** @type {any} */ error) {
      if (!this.root.isConnected) return;
      const code = Object.values(error.fields ?? {})[0] ?? error.code;
      void toast(errorText({ ...error, code: String(code) }), { urgent: true });
      this.show();
    } finally {
      actions.inert = false;
      progress.hidden = stop.hidden = true;
    }
  }

  /** One answer after the other, each of a transaction of its own. @param {Record<string, unknown>} change */
  async *#batches(change) {
    const { ids, isAll, query } = this.#selection();
    const path = `/api/${this.#kind}/bulk`;
    if (!isAll) {
      for (let start = 0; start < ids.length; start += most) {
        yield await this.#app.api.post(path, { ids: ids.slice(start, start + most), change });
      }
      return;
    }
    let after = null;
    do {
      const answer = await this.#app.api.post(path, { all: true, after, change }, { query });
      after = answer.next;
      yield answer;
    } while (after !== null);
  }

  /** @param {{changed: number[], skipped: any[]}} outcome @param {Record<string, unknown>} change */
  #tell({ changed, skipped }, change) {
    let text = t(change.delete ? 'records.bulk.deleted' : 'records.bulk.changed', { count: changed.length });
    if (skipped.length > 0) {
      const named = skipped.map(({ name }) => name).filter(Boolean).slice(0, namesShown);
      text += ` ${t('records.bulk.skipped', { count: skipped.length })}`;
      if (named.length > 0) text += ` ${formatList(named)}.`;
    }
    const tag = change.addTag ?? change.removeTag;
    // What was so before is not among the changed, so the opposite change undoes it.
    const undo = tag && changed.length > 0 && changed.length <= most;
    void toast(text, undo ? { action: { label: t('action.undo'), run: () => void this.#undo(changed, change) } } : {});
  }

  /** @param {number[]} ids @param {Record<string, unknown>} change */
  async #undo(ids, { addTag, removeTag }) {
    try {
      const change = addTag ? { removeTag: addTag } : { addTag: removeTag };
      const { changed } = await this.#app.api.post('/api/contacts/bulk', { ids, change });
      void toast(t('records.bulk.undone', { count: changed.length }));
    } catch (/** @type {any} */ error) {
      void toast(errorText(error), { urgent: true });
    }
  }
}
