// @ts-check
/** The runs of an automation, newest first, by what became of them; beside them one of them step by step. */
import { isAbort } from '../api.js';
import { View, clone, setAttribute, setText } from '../dom.js';
import { errorText, formatNumber, t } from '../i18n.js';
import { stepsOf } from './flow.js';
import { flowOf } from './definition.js';
import { fillRunRow } from './run-row.js';
import { stepKinds } from './step-kinds.js';
import { RunView } from './run-view.js';

const statuses = ['', 'active', 'done', 'failed', 'stopped', 'refused'];
const pause = 500;

export class RunsPage extends View {
  #app;
  #automation;
  #status = '';
  /** @type {any[]} */
  #runs = [];
  /** @type {number|null} */
  #next = null;
  /** @type {RunView|null} */
  #run = null;
  #runID;
  /** @type {AbortController|null} */
  #load = null;
  /** @type {ReturnType<typeof setTimeout>|undefined} */
  #timer;

  /** @param {import('../app.js').App} app @param {any} automation @param {number|null} run the one that is open */
  constructor(app, automation, run) {
    super('runs');
    this.#app = app;
    this.#automation = automation;
    this.#runID = run;
  }

  connected() {
    const { parts } = this;
    const { id } = this.#automation;
    parts.flowLink.href = `#/automations/${id}`;
    parts.runsLink.href = `#/automations/${id}/runs`;
    parts.filter.append(...statuses.map((status) => {
      const button = document.createElement('button');
      button.type = 'button';
      button.className = 'segment';
      button.dataset.status = status;
      button.addEventListener('click', () => this.#filter(status));
      return button;
    }));
    this.#app.store.follow((event) => {
      if (event.type === 'automations.changed' && event.automationID === id) this.#loadSoon();
    }, this.signal);
    this.#app.store.subscribe('startOver', () => void this.#again(), this.signal);
    this.#app.store.subscribe('connection', () => {
      if (this.#app.connection.state === 'live') void this.#again();
    }, this.signal);
    this.signal.addEventListener('abort', () => {
      clearTimeout(this.#timer);
      this.#load?.abort();
      this.#run?.disconnect();
    });
    this.#showHead();
    this.#filter('');
    this.open(this.#runID);
  }

  /** Shows a run beside the list. @param {number|null} id */
  open(id) {
    this.#runID = id;
    this.parts.panes.dataset.shown = id === null ? 'list' : 'run';
    this.#run?.disconnect();
    this.#run = null;
    this.#mark();
    if (id === null) {
      this.parts.run.replaceChildren(clone('run-none').root);
      return;
    }
    this.parts.run.replaceChildren();
    this.#run = new RunView(
      this.#app, id, (stepID) => this.#titleOf(stepID), (stepID, kind, at) => this.#summaryOf(stepID, kind, at));
    this.#run.connect(this.parts.run);
  }

  #showHead() {
    const { name, counts } = this.#automation;
    setText(this.parts.title, name);
    this.#app.entitle(t('run.title', { name }), this.signal);
    for (const button of this.parts.filter.children) {
      const { status = '' } = button.dataset;
      const count = counts[status];
      const label = t(`run.filter.${status || 'all'}`);
      setText(button, count === undefined ? label : t('run.filter', { status: label, count: formatNumber(count) }));
      setAttribute(button, 'aria-pressed', String(status === this.#status));
    }
  }

  /** @param {string} status */
  #filter(status) {
    this.#status = status;
    this.#runs = [];
    this.#next = null;
    this.#showHead();
    this.parts.list.replaceChildren();
    void this.#page(null);
  }

  #loadSoon() {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.#again(), pause);
  }

  /** What happened meanwhile: the first page and the figures, anew. */
  async #again() {
    this.#run?.reload();
    await this.#page(null);
    try {
      this.#automation = await this.#app.api.get(`/api/automations/${this.#automation.id}`, { signal: this.signal });
      this.#showHead();
    } catch (error) {
      // The figures of before stand until the next event.
      if (!isAbort(error)) console.warn(error);
    }
  }

  /** @param {number|null} before null: the first page */
  async #page(before) {
    this.#load?.abort();
    const { signal } = (this.#load = new AbortController());
    if (this.#runs.length === 0) this.#below(new View('runs-loading').root);
    try {
      const { runs, next } = await this.#app.api.get(`/api/automations/${this.#automation.id}/runs`, {
        query: { status: this.#status || null, before }, signal,
      });
      // Of a first page that is loaded anew the later pages stay, if there are any still.
      const oldest = next === null ? 0 : runs.at(-1).id;
      const kept = before === null ? this.#runs.filter(({ id }) => id < oldest) : this.#runs;
      if (before !== null || kept.length === 0) this.#next = next;
      this.#runs = before === null ? [...runs, ...kept] : [...this.#runs, ...runs];
      this.#draw();
    } catch (/** @type {any} */ error) {
      if (isAbort(error)) return;
      const { root, parts } = clone('runs-failure');
      setText(parts.text, errorText(error));
      parts.retry.addEventListener('click', () => void this.#page(before));
      this.#below(root);
    }
  }

  #draw() {
    const { list } = this.parts;
    const focused = /** @type {HTMLElement|null} */ (document.activeElement?.closest('.run-row'))?.dataset.run;
    list.replaceChildren(...this.#runs.map((run) => {
      const { root, parts } = clone('run-row');
      parts.link.href = `#/automations/${this.#automation.id}/runs/${run.id}`;
      parts.link.dataset.run = String(run.id);
      fillRunRow(parts, run, (stepID) => this.#titleOf(stepID));
      return root;
    }));
    if (focused) list.querySelector(`[data-run="${focused}"]`)?.focus();
    this.#mark();
    if (this.#runs.length === 0) {
      const empty = clone('runs-empty');
      setText(empty.parts.title, t(this.#status ? 'run.none.status' : 'run.none'));
      setText(empty.parts.text, this.#status ? '' : t(this.#automation.enabled ? 'run.none.on' : 'run.none.off'));
      this.#below(empty.root);
    } else if (this.#next !== null) {
      const more = document.createElement('button');
      more.type = 'button';
      more.className = 'button button-quiet button-sm';
      more.textContent = t('list.more');
      more.addEventListener('click', () => void this.#page(this.#next));
      this.#below(more);
    } else {
      this.#below();
    }
  }

  /** @param {...Element} elements */
  #below(...elements) {
    this.parts.below.replaceChildren(...elements);
  }

  #mark() {
    for (const link of this.parts.list.querySelectorAll('.run-row')) {
      setAttribute(link, 'aria-current', Number(link.dataset.run) === this.#runID ? 'true' : null);
    }
  }

  /** @param {string|null} id */
  #step(id) {
    return [...stepsOf(flowOf(this.#automation.definition))].find(({ step }) => step.id === id)?.step;
  }

  /** What was saved since then says nothing about it. @param {string} id @param {string} kind @param {number} at */
  #summaryOf(id, kind, at) {
    const step = at < this.#automation.updatedAt ? undefined : this.#step(id);
    if (step?.kind !== kind) return '';
    const context = { store: this.#app.store, sites: [], titleOf: (/** @type {string} */ each) => this.#titleOf(each), targets: [], taskKinds: [] };
    return stepKinds.find((each) => each.kind === kind)?.summary(step, context) ?? '';
  }

  /** @param {string|null} id */
  #titleOf(id) {
    const step = this.#step(id);
    return step ? t(`automation.kind.${step.kind}`) : '';
  }
}
