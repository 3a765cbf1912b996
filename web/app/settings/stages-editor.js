// @ts-check
/** The stages of a pipeline: each a row whose fields save as they change; put in order by drag, by keys, or by the buttons. */
import { announce, toast } from '../announcer.js';
import { View, arrange, setAttribute, setText } from '../dom.js';
import { errorText, formatNumber, t } from '../i18n.js';
import { dragToOrder, stepByKeys } from './drag-order.js';
import { askWhereTo } from './move-dialog.js';

const colors = ['#64748b', '#0ea5e9', '#8b5cf6', '#d97706', '#16a34a', '#db2777', '#0d9488', '#dc2626'];

export class StagesEditor extends View {
  #app;
  #pipelineID;
  #isReadOnly;
  /** @type {any[]} */
  #stages = [];
  /** @type {Map<number, View>} */
  #rows = new Map();

  /** @param {import('../app.js').App} app @param {number} pipelineID @param {boolean} isReadOnly */
  constructor(app, pipelineID, isReadOnly) {
    super('stages-editor');
    this.#app = app;
    this.#pipelineID = pipelineID;
    this.#isReadOnly = isReadOnly;
  }

  connected() {
    const { form, name } = this.parts;
    form.hidden = this.#isReadOnly;
    this.listen(form, 'submit', (event) => {
      event.preventDefault();
      const text = name.value.trim();
      if (text === '') name.focus();
      else void this.#add(text);
    });
  }

  /** A field that is being changed stays as it is. @param {any[]} stages */
  show(stages) {
    this.#stages = stages;
    const { list } = this.parts;
    this.#rows = new Map(stages.map(({ id }) => [id, this.#rows.get(id) ?? this.#makeRow(id)]));
    const rows = [...this.#rows.values()];
    arrange(list, rows.map(({ root }) => root));
    stages.forEach((stage, index) => this.#fill(rows[index].parts, stage, index));
  }

  /** @param {Record<string, any>} parts @param {any} stage @param {number} index */
  #fill(parts, stage, index) {
    const put = (/** @type {any} */ control, /** @type {string} */ value) => {
      if (control !== document.activeElement) control.value = value;
    };
    put(parts.name, stage.name);
    put(parts.color, stage.color);
    put(parts.probability, String(stage.probability));
    put(parts.rotting, stage.rottingDays === null ? '' : String(stage.rottingDays));
    put(parts.sort, stage.sort);
    const { name } = stage;
    for (const part of ['name', 'color', 'probability', 'rotting', 'sort']) {
      parts[part].setAttribute('aria-label', t('stage.of', { label: t(`stage.${part}`), name }));
    }
    for (const part of ['grip', 'up', 'down', 'remove']) {
      parts[part].setAttribute('aria-label', t(`stage.${part}`, { name }));
      parts[part].title = t(`stage.${part}`, { name });
    }
    setAttribute(parts.up, 'aria-disabled', index === 0 ? 'true' : null);
    setAttribute(parts.down, 'aria-disabled', index === this.#stages.length - 1 ? 'true' : null);
    parts.remove.hidden = this.#stages.length === 1 || this.#isReadOnly;
  }

  /** @param {number} id */
  #makeRow(id) {
    const row = new View('stage-row');
    const { parts } = row;
    row.root.dataset.stage = String(id);
    if (this.#isReadOnly) {
      for (const control of row.root.querySelectorAll('input, select, button')) /** @type {any} */ (control).disabled = true;
      return row;
    }
    const on = (/** @type {string} */ part, /** @type {() => Record<string, unknown>|null} */ read) => {
      parts[part].addEventListener('change', () => {
        const changes = read();
        if (changes) void this.#change(id, changes);
        else this.show(this.#stages);
      });
    };
    on('name', () => parts.name.value.trim() === '' ? null : { name: parts.name.value.trim() });
    on('color', () => ({ color: parts.color.value }));
    // A number that is required and missing is not valid either.
    on('probability', () => parts.probability.validity.valid ? { probability: Number(parts.probability.value) } : null);
    on('rotting', () => parts.rotting.validity.valid ? { rottingDays: Number(parts.rotting.value) || null } : null);
    on('sort', () => ({ sort: parts.sort.value }));
    parts.up.addEventListener('click', () => void this.#step(id, -1));
    parts.down.addEventListener('click', () => void this.#step(id, 1));
    parts.remove.addEventListener('click', () => void this.#remove(id));
    stepByKeys(parts.grip, (step) => void this.#step(id, step));
    this.#drag(row.root, parts.grip);
    return row;
  }

  /** The order is saved when the row is let go. @param {HTMLElement} row @param {HTMLElement} grip */
  #drag(row, grip) {
    dragToOrder(this.parts.list, row, grip, {
      onDrop: () => {
        if (this.#order.join() !== this.#stages.map(({ id }) => id).join()) void this.#saveOrder(this.#order);
      },
      onCancel: () => this.show(this.#stages),
    });
  }

  /** The ids as the rows stand. @returns {number[]} */
  get #order() {
    return [...this.parts.list.children].map((row) => Number(row.dataset.stage));
  }

  /** @param {number} id @param {number} by */
  async #step(id, by) {
    const order = this.#stages.map((stage) => stage.id);
    const index = order.indexOf(id);
    const to = index + by;
    if (to < 0 || to >= order.length) return;
    order.splice(to, 0, ...order.splice(index, 1));
    const stage = this.#stages[index];
    this.show(order.map((each) => this.#stages.find((one) => one.id === each)));
    announce(t('stage.moved', { name: stage.name, place: formatNumber(to + 1), count: formatNumber(order.length) }), { urgent: true });
    await this.#saveOrder(order);
  }

  /** @param {number[]} order */
  async #saveOrder(order) {
    await this.#save(() => this.#app.api.put(`/api/pipelines/${this.#pipelineID}/stages`, { order }));
  }

  /** @param {number} id @param {Record<string, unknown>} changes */
  async #change(id, changes) {
    await this.#save(() => this.#app.api.patch(`/api/stages/${id}`, changes));
  }

  /** @param {string} name */
  async #add(name) {
    const color = colors.find((each) => !this.#stages.some((stage) => stage.color.toLowerCase() === each)) ?? colors[0];
    const isSaved = await this.#save(() => this.#app.api.post(`/api/pipelines/${this.#pipelineID}/stages`, { name, color }));
    if (isSaved) this.parts.name.value = '';
    this.parts.name.focus();
  }

  /** With deals in it, one says where they go. @param {number} id */
  async #remove(id) {
    const stage = this.#stages.find((each) => each.id === id);
    const question = { title: t('stage.delete.title'), text: t('stage.delete.text', { name: stage.name }) };
    if (await askWhereTo({ ...question, pipelines: null }) === null) return;
    try {
      await this.#app.api.delete(`/api/stages/${id}`);
    } catch (/** @type {any} */ error) {
      if (error.code !== 'stage.not-empty') {
        void toast(errorText(error), { urgent: true });
        return;
      }
      const moveTo = await askWhereTo({
        title: question.title,
        text: t('stage.delete.deals', { count: error.details.deals, name: stage.name }),
        pipelines: this.#targets(id),
      });
      if (moveTo === null) return;
      await this.#save(() => this.#app.api.delete(`/api/stages/${id}`, { query: { moveTo } }));
    }
    await this.#app.store.loadPipelines();
    this.parts.name.focus();
  }

  /** Every other stage, this pipeline's first. @param {number} id */
  #targets(id) {
    const pipelines = /** @type {any[]} */ (this.#app.store.session.pipelines);
    return [...pipelines].sort((a, b) => Number(b.id === this.#pipelineID) - Number(a.id === this.#pipelineID))
      .map((pipeline) => ({ ...pipeline, stages: pipeline.stages.filter((/** @type {any} */ each) => each.id !== id) }))
      .filter(({ stages }) => stages.length > 0);
  }

  /** @param {() => Promise<unknown>} request @returns {Promise<boolean>} */
  async #save(request) {
    const { status } = this.parts;
    try {
      await request();
      setText(status, t('settings.saved'));
      return true;
    } catch (/** @type {any} */ error) {
      setText(status, '');
      const code = String(Object.values(error.fields ?? {})[0] ?? error.code);
      void toast(errorText({ code, details: error.details }), { urgent: true });
      this.show(this.#stages);
      return false;
    } finally {
      await this.#app.store.loadPipelines();
    }
  }
}
