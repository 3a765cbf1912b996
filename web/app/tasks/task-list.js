// @ts-check
/** The tasks of a record: the open ones by their date, those that are done folded away. */
import { isAbort } from '../api.js';
import { toast } from '../announcer.js';
import { askToDelete } from '../deals/delete-dialog.js';
import { watchersOf } from '../deals/rights.js';
import { View, loadTemplates, setText } from '../dom.js';
import { errorText, formatDate, t } from '../i18n.js';
import { formatDue } from './due.js';
import { TaskForm, kindText } from './task-form.js';

await loadTemplates(import.meta.url);

export class TaskList extends View {
  #app;
  #record;
  /** @type {any[]} */
  #tasks = [];
  /** @type {TaskForm|null} */
  #form = null;
  #isFixed = false;

  /** @param {import('../app.js').App} app @param {import('../notes/note-list.js').RecordRef} record */
  constructor(app, record) {
    super('task-list');
    this.#app = app;
    this.#record = record;
  }

  connected() {
    this.listen(this.parts.add, 'click', () => this.#edit(null));
    this.listen(this.parts.retry, 'click', () => void this.#load());
    const { kind, id } = this.#record;
    this.#app.store.subscribe(`${kind}:${id}:tasks`, () => void this.#load(), this.signal);
    this.signal.addEventListener('abort', () => this.#form?.disconnect());
    void this.#load();
  }

  /** Whether the tasks may only be read, but for one's own, which one may tick off. @param {boolean} isFixed */
  fix(isFixed) {
    if (this.#isFixed === isFixed) return;
    this.#isFixed = isFixed;
    this.#show();
  }

  get #path() {
    return `/api/${this.#record.kind}s/${this.#record.id}/tasks`;
  }

  /** How often it was asked: an answer that a later question has overtaken is out of date. */
  #asked = 0;

  async #load() {
    const { failure, failureText } = this.parts;
    const asked = ++this.#asked;
    try {
      const { tasks } = await this.#app.api.get(this.#path, { signal: this.signal });
      if (asked !== this.#asked) return;
      this.#tasks = tasks;
      failure.hidden = true;
      this.#show();
    } catch (error) {
      if (isAbort(error) || !this.root.isConnected || asked !== this.#asked) return;
      failure.hidden = false;
      setText(failureText, errorText(/** @type {any} */ (error)));
    }
  }

  #show() {
    const { open, done, doneList, doneText, add, none } = this.parts;
    add.hidden = this.#isFixed || this.#form !== null;
    none.hidden = !this.#isFixed || this.#tasks.length > 0;
    const isDone = (/** @type {any} */ task) => task.doneAt !== null;
    // What is being written stays until it is saved.
    if (this.#form || open.querySelector('form')) return;
    open.replaceChildren(...this.#tasks.filter((task) => !isDone(task)).map((task) => this.#row(task)));
    const finished = this.#tasks.filter(isDone);
    done.hidden = finished.length === 0;
    setText(doneText, t('task.done', { count: finished.length }));
    doneList.replaceChildren(...finished.map((task) => this.#row(task)));
  }

  /** @param {any} task */
  #row(task) {
    const { root, parts } = new View('task');
    const isDone = task.doneAt !== null;
    root.classList.toggle('is-overdue', task.overdue);
    root.classList.toggle('is-done', isDone);
    parts.check.checked = isDone;
    parts.check.setAttribute('aria-label', t(isDone ? 'task.reopen' : 'task.finish', { title: task.title }));
    setText(parts.title, task.title);
    setText(parts.kind, kindText(task.kind));
    const due = formatDue(task, this.#app.store.session.workspace.timeZone);
    setText(parts.due, isDone ? t('task.doneOn', { date: formatDate(task.doneAt) }) : due);
    parts.due.hidden = parts.due.textContent === '';
    parts.late.hidden = !task.overdue;
    setText(parts.assignee, task.assignee.name);
    parts.outcome.hidden = !isDone || task.outcome === '';
    setText(parts.outcome, task.outcome);
    parts.check.addEventListener('change', () => {
      if (isDone) void this.#change(task, { done: false });
      else this.#finish(task, root, parts);
    });
    const isOwn = task.assignee.id === this.#app.store.me.id;
    parts.check.disabled = this.#isFixed && !isOwn;
    parts.edit.hidden = isDone || this.#isFixed;
    parts.remove.hidden = this.#isFixed;
    parts.edit.addEventListener('click', () => this.#edit(task, root));
    parts.remove.addEventListener('click', () => void this.#remove(task));
    return root;
  }

  /** Asks how it went, before it is done. @param {any} task @param {HTMLElement} root @param {Record<string, any>} parts */
  #finish(task, root, parts) {
    const { root: form, parts: fields } = new View('task-outcome');
    const end = () => {
      form.remove();
      parts.check.checked = false;
      parts.check.focus();
    };
    fields.cancel.addEventListener('click', end);
    form.addEventListener('keydown', (event) => {
      if (event.key === 'Escape') end();
    });
    form.addEventListener('submit', (event) => {
      event.preventDefault();
      form.remove();
      void this.#change(task, { done: true, outcome: fields.outcome.value.trim() });
    });
    root.append(form);
    fields.outcome.focus();
  }

  /** Those who may see the record, by name. */
  get #assignees() {
    const { store } = this.#app;
    const { kind, id } = this.#record;
    if (kind === 'deal') return watchersOf(store, store.deals.get(id)?.pipeline.id ?? null);
    return [...store.agents.values()].sort((a, b) => a.name.localeCompare(b.name));
  }

  /** @param {any} task null: a new one @param {HTMLElement} [row] in whose place the form stands */
  #edit(task, row) {
    this.#form?.disconnect();
    const form = (this.#form = new TaskForm(this.#app, task, this.#assignees, async (fields) => {
      const saved = task ? await this.#app.api.patch(`/api/tasks/${task.id}`, fields) : await this.#app.api.post(this.#path, fields);
      this.#tasks = [...this.#tasks.filter(({ id }) => id !== saved.id), saved];
    }, () => {
      form.disconnect();
      this.#form = null;
      this.parts.add.hidden = this.#isFixed;
      this.#show();
      void this.#load();
      this.parts.add.focus();
    }));
    this.parts.add.hidden = true;
    form.connect(row ?? this.parts.slot);
    if (row) row.replaceChildren(form.root);
    form.focus();
  }

  /** @param {any} task @param {Record<string, unknown>} changes */
  async #change(task, changes) {
    try {
      const saved = await this.#app.api.patch(`/api/tasks/${task.id}`, changes);
      this.#tasks = this.#tasks.map((each) => each.id === task.id ? saved : each);
    } catch (error) {
      this.#fail(error);
    }
    this.#show();
  }

  /** @param {any} task */
  async #remove(task) {
    if (!await askToDelete(t('task.delete.title'), t('task.delete.text', { title: task.title }))) return;
    try {
      await this.#app.api.delete(`/api/tasks/${task.id}`);
      this.#tasks = this.#tasks.filter(({ id }) => id !== task.id);
      this.#show();
      this.parts.add.focus();
    } catch (error) {
      this.#fail(error);
    }
  }

  /** @param {any} error */
  #fail(error) {
    void toast(errorText({ code: String(Object.values(error.fields ?? {})[0] ?? error.code), details: error.details }), { urgent: true });
  }
}
