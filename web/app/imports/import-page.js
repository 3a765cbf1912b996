// @ts-check
/** One import: what it waits for, what it does, what it did. Follows the server's events; nothing is asked twice. */
import { isAbort } from '../api.js';
import { View, setAttribute, setText } from '../dom.js';
import { errorText, formatDate, t } from '../i18n.js';
import { ImportCheck } from './import-check.js';
import { ImportFaults } from './import-faults.js';
import { ImportMapping } from './import-mapping.js';
import { ImportProgress } from './import-progress.js';
import { ImportReport } from './import-report.js';
import { ImportUpload } from './import-upload.js';
import { formatSize } from './sizes.js';

const steps = /** @type {const} */ (['file', 'columns', 'check', 'import']);

/** Which step a state belongs to. @type {Record<string, number>} */
const stepOf = {
  uploading: 0, reading: 0, failed: 0, mapping: 1, checking: 2, checked: 2, running: 3, done: 3, undoing: 3, undone: 3, cancelled: 3,
};

/** What shows the states. @type {Record<string, new (page: ImportPage) => View & {update: () => void}>} */
const views = {
  uploading: ImportUpload, reading: ImportProgress, failed: ImportReport, mapping: ImportMapping, checking: ImportProgress,
  checked: ImportCheck, running: ImportProgress, done: ImportReport, undoing: ImportProgress, undone: ImportReport,
  cancelled: ImportReport,
};

export class ImportPage extends View {
  /** @type {any} */
  one = null;
  /** @type {{line: number, cells: string[]}[]} */
  sample = [];
  /** @type {{field: string, name: string|null}[]} */
  fields = [];
  /** The columns are looked at again after a check. */
  isRevising = false;
  /** @type {(View & {update: () => void})|null} */
  #view = null;
  /** @type {unknown} */
  #shown = null;
  #sequence = 0;

  /** @param {import('../app.js').App} app @param {number} id */
  constructor(app, id) {
    super('import-page');
    this.app = app;
    this.id = id;
  }

  connected() {
    const { signal, app } = this;
    app.store.follow((event) => {
      if (event.type === 'import.changed' && event.import.id === this.id) this.take(event.import, event.sequence);
    }, signal);
    app.store.subscribe('startOver', () => void this.#load(), signal);
    app.store.subscribe('connection', () => {
      if (app.connection.state === 'live' && !this.one) void this.#load();
    }, signal);
    this.listen(this.parts.retry, 'click', () => void this.#load());
    signal.addEventListener('abort', () => this.#view?.disconnect());
    void this.#load();
  }

  async #load() {
    const { parts, signal } = this;
    const asOf = this.app.store.sequence ?? 0;
    try {
      const { import: one, sample, fields } = await this.app.api.get(`/api/imports/${this.id}`, { signal });
      this.sample = sample;
      this.fields = fields;
      parts.problem.hidden = true;
      this.take(one, asOf);
    } catch (error) {
      if (isAbort(error)) return;
      parts.loading.hidden = true;
      if (this.one) return;
      parts.problem.hidden = false;
      const isGone = /** @type {any} */ (error).code === 'not.found';
      setText(parts.problemText, isGone ? t('import.gone') : errorText(/** @type {any} */ (error)));
      parts.retry.hidden = isGone;
    }
  }

  /** @param {any} one @param {number} sequence as of when; what is older is left alone */
  take(one, sequence) {
    if (sequence < this.#sequence) return;
    this.#sequence = sequence;
    const before = this.one?.state;
    this.one = one;
    this.parts.loading.hidden = true;
    // What the columns may be is known once the file has been read.
    if (one.state === 'mapping' && before && before !== 'mapping' && this.sample.length === 0) {
      void this.#load();
      return;
    }
    if (before !== one.state) this.isRevising = false;
    this.render();
  }

  /** Asks the server to go on, and shows its answer. @param {string} action @param {unknown} [body] */
  async act(action, body) {
    const asOf = this.app.store.sequence ?? 0;
    const one = await this.app.api.post(`/api/imports/${this.id}/${action}`, body, { signal: this.signal });
    if ((this.app.store.sequence ?? 0) === asOf) this.take(one, asOf);
    return one;
  }

  render() {
    const { parts, one } = this;
    this.app.entitle(one.fileName, this.signal);
    setText(parts.title, one.fileName);
    setText(parts.detail, [
      t(`import.of.${one.kind}`), formatSize(one.size), one.rows ? t('import.rows', { count: one.rows }) : '', one.agent?.name,
      formatDate(one.createdAt),
    ].filter(Boolean).join(' · '));
    parts.back.href = `#/import?kind=${one.kind}`;
    const current = this.isRevising ? 1 : stepOf[one.state];
    for (const [index, name] of steps.entries()) {
      const step = parts[`step-${name}`];
      step.classList.toggle('is-done', index < current || one.state === 'done');
      setAttribute(step, 'aria-current', index === current ? 'step' : null);
    }
    parts.head.hidden = false;
    const make = this.isRevising ? ImportMapping : views[one.state];
    if (this.#shown === make) {
      this.#view?.update();
      return;
    }
    const hadFocus = this.parts.body.contains(document.activeElement);
    this.#view?.disconnect();
    this.#shown = make;
    this.#view = new make(this);
    this.#view.connect(parts.body);
    if (hadFocus || document.activeElement === document.body) parts.body.focus({ preventScroll: true });
  }

  /** @param {boolean} isRevising */
  revise(isRevising) {
    this.isRevising = isRevising;
    this.render();
  }

  faults() {
    return new ImportFaults(this.app, this.one);
  }
}
