// @ts-check
/** The tasks of a record: the open ones by their date, those that are done folded away. */
import { agentsByName, watchersOf } from '../deals/rights.js';
import { loadTemplates, setText } from '../dom.js';
import { t } from '../i18n.js';
import { Answered } from '../records/answered.js';
import { TaskForm } from './task-form.js';
import { TaskRows } from './task-rows.js';

await loadTemplates(import.meta.url);

export class TaskList extends Answered {
  #record;
  #rows;
  /** @type {any[]} */
  #tasks = [];
  /** Of a new task. @type {TaskForm|null} */
  #form = null;
  #isFixed = false;

  /** @param {import('../app.js').App} app @param {import('../notes/note-list.js').RecordRef} record */
  constructor(app, record) {
    super('task-list', app);
    this.#record = record;
    this.#rows = new TaskRows(app, {
      namesRecord: false,
      isFixed: () => this.#isFixed,
      assignees: () => this.#assignees,
      saved: (saved) => this.#take([...this.#tasks.filter(({ id }) => id !== saved.id), saved]),
      remove: (task) => void this.#remove(task),
      fail: (error) => this.fail(error),
    }, this.parts.add);
  }

  connected() {
    this.listen(this.parts.add, 'click', () => this.#add());
    this.listen(this.parts.retry, 'click', () => void this.#load());
    const { kind, id } = this.#record;
    this.app.store.subscribe(`${kind}:${id}:tasks`, () => void this.#load(), this.signal);
    this.signal.addEventListener('abort', () => {
      this.#form?.disconnect();
      this.#rows.disconnect();
    });
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

  /** Those who may see the record, by name. */
  get #assignees() {
    const { store } = this.app;
    const { kind, id } = this.#record;
    return kind === 'deal' ? watchersOf(store, store.deals.get(id)?.pipeline.id ?? null) : agentsByName(store);
  }

  async #load() {
    await this.ask(this.#path, {}, ({ tasks }) => this.#take(tasks));
  }

  /** @param {any[]} tasks */
  #take(tasks) {
    this.#tasks = tasks;
    this.#show();
  }

  #show() {
    const { open, done, doneList, doneText, add, none } = this.parts;
    add.hidden = this.#isFixed || this.#form !== null;
    none.hidden = !this.#isFixed || this.#tasks.length > 0;
    const isDone = (/** @type {any} */ task) => task.doneAt !== null;
    const finished = this.#tasks.filter(isDone);
    done.hidden = finished.length === 0;
    setText(doneText, t('task.done', { count: finished.length }));
    this.#rows.show([[open, this.#tasks.filter((task) => !isDone(task))], [doneList, finished]]);
  }

  #add() {
    const form = (this.#form = new TaskForm(this.app, null, {
      assignees: this.#assignees,
      save: async (fields) => {
        const saved = await this.app.api.post(this.#path, fields);
        this.#tasks = [...this.#tasks.filter(({ id }) => id !== saved.id), saved];
      },
      onEnd: () => {
        form.disconnect();
        this.#form = null;
        this.#show();
        void this.#load();
        this.parts.add.focus();
      },
    }));
    this.#show();
    form.connect(this.parts.slot);
    form.focus();
  }

  /** @param {any} task */
  async #remove(task) {
    if (!await this.delete(`/api/tasks/${task.id}`, t('task.delete.title'), t('task.delete.text', { title: task.title }))) return;
    this.#take(this.#tasks.filter(({ id }) => id !== task.id));
    this.parts.add.focus();
  }
}
