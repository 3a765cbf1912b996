// @ts-check
/** What is done to all selected deals at once. */
import { toast } from '../announcer.js';
import { askLostReason } from '../deals/lost-dialog.js';
import { watchersOf } from '../deals/rights.js';
import { setText } from '../dom.js';
import { errorText, t } from '../i18n.js';

/** The server takes so many at once. */
const most = 500;

export class BulkBar {
  #app;
  #pipeline;
  #parts;
  #selected;
  #onDone;

  /**
   * @param {import('../app.js').App} app @param {any} pipeline @param {Record<string, any>} parts of the table
   * @param {() => number[]} selected @param {(isChanged: boolean) => void} onDone
   */
  constructor(app, pipeline, parts, selected, onDone) {
    this.#app = app;
    this.#pipeline = pipeline;
    this.#parts = parts;
    this.#selected = selected;
    this.#onDone = onDone;
  }

  /** @param {AbortSignal} signal */
  connect(signal) {
    const { bulkOwner, bulkStage, bulkStatus, bulkTag, bulkTags, bulkClear } = this.#parts;
    const { id: pipelineID, rights } = this.#pipeline;
    const agents = watchersOf(this.#app.store, pipelineID);
    bulkOwner.hidden = !rights.includes('reassign');
    bulkStage.hidden = bulkStatus.hidden = bulkTag.hidden = !rights.includes('edit');
    bulkOwner.replaceChildren(new Option(t('bulk.owner'), ''), ...agents.map(({ id, name }) => new Option(name, String(id))));
    bulkStage.replaceChildren(new Option(t('bulk.stage'), ''),
      ...this.#pipeline.stages.map((/** @type {any} */ { id, name }) => new Option(name, String(id))));
    bulkOwner.addEventListener('change', () => void this.#change({ ownerID: Number(bulkOwner.value) }), { signal });
    bulkStage.addEventListener('change', () => void this.#change({ stageID: Number(bulkStage.value) }), { signal });
    bulkStatus.addEventListener('change', () => void this.#close(bulkStatus.value), { signal });
    bulkTag.addEventListener('submit', (/** @type {SubmitEvent} */ event) => {
      event.preventDefault();
      const tag = bulkTag.elements.tag.value.trim();
      const what = /** @type {HTMLButtonElement|null} */ (event.submitter)?.value ?? 'addTag';
      if (tag !== '') void this.#change({ [what]: tag });
      else bulkTag.elements.tag.focus();
    }, { signal });
    bulkTag.addEventListener('focusin', async () => {
      try {
        const { tags } = await this.#app.api.get('/api/tags', { signal });
        bulkTags.replaceChildren(...tags.map((/** @type {string} */ tag) => new Option(tag)));
      } catch {
        // One may still type a tag.
      }
    }, { signal, once: true });
    bulkClear.addEventListener('click', () => this.#onDone(false), { signal });
  }

  /** @param {number} count */
  show(count) {
    const { bulk, bulkCount, bulkOwner, bulkStage, bulkStatus } = this.#parts;
    bulk.hidden = count === 0;
    setText(bulkCount, t('bulk.selected', { count }));
    for (const select of [bulkOwner, bulkStage, bulkStatus]) select.value = '';
  }

  /** @param {string} status */
  async #close(status) {
    if (status !== 'lost') {
      await this.#change({ status });
      return;
    }
    const reason = await askLostReason({ title: t('bulk.selected', { count: this.#selected().length }) });
    if (reason === null) this.#parts.bulkStatus.value = '';
    else await this.#change({ status, lostReason: reason });
  }

  /** @param {Record<string, unknown>} change */
  async #change(change) {
    const ids = this.#selected();
    const { bulk } = this.#parts;
    bulk.inert = true;
    let count = 0;
    let skipped = 0;
    try {
      for (let start = 0; start < ids.length; start += most) {
        const answer = await this.#app.api.post('/api/deals/bulk', { ids: ids.slice(start, start + most), change });
        count += answer.changed;
        skipped += answer.skipped.length;
      }
      const text = t('bulk.changed', { count });
      void toast(skipped > 0 ? `${text} ${t('bulk.skipped', { count: skipped })}` : text);
      this.#parts.bulkTag.reset();
      this.#onDone(true);
    } catch (/** @type {any} */ error) {
      const code = Object.values(error.fields ?? {})[0] ?? error.code;
      // What the requests before it have changed is said too.
      const done = count > 0 ? `${t('bulk.changed', { count })} ` : '';
      void toast(done + errorText({ code, details: error.details }), { urgent: true });
      this.show(ids.length);
    } finally {
      bulk.inert = false;
    }
  }
}
