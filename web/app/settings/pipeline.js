// @ts-check
/** One pipeline: its name, currency and the way deals find their owner; its stages; and its end. */
import { toast } from '../announcer.js';
import { View, loadTemplates, setText } from '../dom.js';
import { errorText, t } from '../i18n.js';
import { fillCurrencies } from './choices.js';
import { askWhereTo } from './move-dialog.js';
import { SettingsForm } from './settings-form.js';
import { PipelineRights } from './pipeline-rights.js';
import { StagesEditor } from './stages-editor.js';

await loadTemplates(import.meta.url, './pipeline-templates.html');

export class PipelineSettings extends View {
  #app;
  /** null: a new one @type {number|null} */
  #id;
  #form;
  /** @type {StagesEditor|null} */
  #stages = null;
  /** @type {PipelineRights|null} */
  #rights = null;

  /** @param {import('../app.js').App} app @param {string} id `new`, or a pipeline's */
  constructor(app, id) {
    super('settings-pipeline');
    this.#app = app;
    this.#id = id === 'new' ? null : Number(id);
    this.#form = new SettingsForm({
      template: 'pipeline-form',
      key: `pipeline ${id}`,
      saveText: this.#id === null ? 'pipeline.add' : undefined,
      isReadOnly: !this.#isOwner,
      check: ({ name }) => name.trim() === '' ? { name: t('error.pipeline.name.required') } : {},
      save: (values) => this.#save(values),
    });
  }

  get #isOwner() {
    return this.#app.store.me.role === 'owner';
  }

  get #pipeline() {
    return this.#app.store.session.pipelines.find((/** @type {any} */ { id }) => id === this.#id);
  }

  connected() {
    const { store, router } = this.#app;
    if (this.#id !== null && !this.#pipeline) {
      router.go('/settings/pipelines', { replace: true });
      return;
    }
    this.#form.connect(this.parts.form);
    if (!this.#isOwner) this.parts.form.prepend(new View('settings-denied').root);
    const controls = /** @type {HTMLFormElement} */ (this.#form.root).elements;
    fillCurrencies(/** @type {any} */ (controls.namedItem('currency')), [store.session.workspace.defaultCurrency]);
    this.signal.addEventListener('abort', () => {
      this.#form.disconnect();
      this.#stages?.disconnect();
      this.#rights?.disconnect();
    });
    store.subscribe('pipelines', () => this.#show(), this.signal);
    this.listen(this.parts.remove, 'click', () => void this.#remove());
    this.#show();
  }

  #show() {
    const pipeline = this.#pipeline;
    const { heading, danger, stages } = this.parts;
    if (this.#id !== null && !pipeline) {
      this.#app.router.go('/settings/pipelines', { replace: true });
      return;
    }
    setText(heading, pipeline?.name ?? t('pipeline.new'));
    danger.hidden = !pipeline || !this.#isOwner;
    this.#form.show(fieldsOf(pipeline ?? {
      name: '', currency: this.#app.store.session.workspace.defaultCurrency, assignment: 'manual',
    }));
    if (!pipeline) return;
    if (!this.#stages) {
      this.#stages = new StagesEditor(this.#app, pipeline.id, !this.#isOwner);
      this.#stages.connect(stages);
    }
    this.#stages.show(pipeline.stages);
    if (this.#isOwner && !this.#rights) {
      this.#rights = new PipelineRights(this.#app, pipeline.id);
      this.#rights.connect(stages);
    }
  }

  /** @param {Record<string, string>} values */
  async #save({ name, currency, assignment }) {
    const { api, store, router } = this.#app;
    const body = { name: name.trim(), currency, assignment };
    if (this.#id !== null) {
      const pipeline = await api.patch(`/api/pipelines/${this.#id}`, body);
      await store.loadPipelines();
      return fieldsOf(pipeline);
    }
    const pipeline = await api.post('/api/pipelines', body);
    await store.loadPipelines();
    queueMicrotask(() => router.go(`/settings/pipelines/${pipeline.id}`, { replace: true }));
    return fieldsOf(pipeline);
  }

  /** With deals in it, one says where they go. */
  async #remove() {
    const { api, store, router } = this.#app;
    const pipeline = this.#pipeline;
    const others = store.session.pipelines.filter((/** @type {any} */ { id }) => id !== this.#id);
    const text = { title: t('pipeline.delete.title'), text: t('pipeline.delete.text', { name: pipeline.name }) };
    const path = `/api/pipelines/${this.#id}`;
    try {
      if (await askWhereTo({ ...text, pipelines: null }) === null) return;
      await api.delete(path);
    } catch (/** @type {any} */ error) {
      if (error.code !== 'pipeline.not-empty') {
        void toast(errorText(error), { urgent: true });
        return;
      }
      const moveTo = await askWhereTo({
        title: text.title, text: t('pipeline.delete.deals', { count: error.details.deals, name: pipeline.name }), pipelines: others,
      });
      if (moveTo === null || !await this.#removeTo(path, moveTo)) return;
    }
    await store.loadPipelines();
    void toast(t('pipeline.deleted', { name: pipeline.name }));
    router.go('/settings/pipelines', { replace: true });
  }

  /** @param {string} path @param {number} moveTo */
  async #removeTo(path, moveTo) {
    try {
      await this.#app.api.delete(path, { query: { moveTo } });
      return true;
    } catch (/** @type {any} */ error) {
      void toast(errorText(error), { urgent: true });
      return false;
    }
  }
}

/** @param {any} pipeline @returns {Record<string, string>} */
function fieldsOf({ name, currency, assignment }) {
  return { name, currency, assignment };
}
