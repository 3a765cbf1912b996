// @ts-check
/** A task in a list: what, when and by whom; it is ticked off, with how it went, and edited where it stands. */
import { View, setIcon, setText } from '../dom.js';
import { formatDate, t } from '../i18n.js';
import { formatDue } from './due.js';
import { kindText } from './kinds.js';
import { TaskForm } from './task-form.js';

/** The icons of what a task is about. @type {Record<string, string>} */
const recordIcons = { deal: 'deal', contact: 'user', account: 'building' };

/**
 * What a list does for its rows.
 * @typedef {object} TaskOwner
 * @property {boolean} namesRecord whether its rows say what they are about
 * @property {(task: any) => boolean} isFixed whether one may only read it, and tick it off where it is one's own
 * @property {(task: any) => any[]} assignees the agents who may do it
 * @property {(saved: any) => void} saved it was changed
 * @property {(task: any) => void} remove
 * @property {(error: any) => void} fail
 */

export class TaskRow extends View {
  task;
  #app;
  #owner;
  /** @type {TaskForm|null} */
  #form = null;

  /** @param {import('../app.js').App} app @param {any} task @param {TaskOwner} owner */
  constructor(app, task, owner) {
    super('task');
    this.#app = app;
    this.#owner = owner;
    this.task = task;
    this.root.dataset.task = String(task.id);
  }

  connected() {
    const { check, edit, remove } = this.parts;
    this.listen(check, 'change', () => {
      if (this.#isDone) void this.#change({ done: false });
      else this.#finish();
    });
    this.listen(edit, 'click', () => this.#edit());
    this.listen(remove, 'click', () => this.#owner.remove(this.task));
    this.signal.addEventListener('abort', () => this.#form?.disconnect());
    this.show(this.task);
  }

  /** Whether something is being written in it, which stays until it is saved. */
  get isBusy() {
    return this.root.querySelector('form') !== null;
  }

  get #isDone() {
    return this.task.doneAt !== null;
  }

  /** @param {any} task */
  show(task) {
    this.task = task;
    if (this.isBusy) return;
    const { check, title, kind, due, late, assignee, outcome, edit, remove, record, recordLink, recordIcon, recordName } = this.parts;
    const isDone = this.#isDone;
    const isFixed = this.#owner.isFixed(task);
    this.root.classList.toggle('is-overdue', task.overdue);
    this.root.classList.toggle('is-done', isDone);
    check.checked = isDone;
    check.setAttribute('aria-label', t(isDone ? 'task.reopen' : 'task.finish', { title: task.title }));
    check.disabled = isFixed && task.assignee.id !== this.#app.store.me.id;
    setText(title, task.title);
    setText(kind, kindText(task.kind));
    const when = formatDue(task, this.#app.store.session.workspace.timeZone);
    setText(due, isDone ? t('task.doneOn', { date: formatDate(task.doneAt) }) : when);
    due.hidden = due.textContent === '';
    late.hidden = !task.overdue;
    setText(assignee, task.assignee.name);
    outcome.hidden = !isDone || task.outcome === '';
    setText(outcome, task.outcome);
    edit.hidden = isDone || isFixed;
    remove.hidden = isFixed;
    record.hidden = !this.#owner.namesRecord;
    recordLink.href = `#/${task.record.kind}s/${task.record.id}`;
    setIcon(recordIcon, recordIcons[task.record.kind]);
    setText(recordName, task.record.name);
  }

  /** Asks how it went, before it is done. */
  #finish() {
    const { root: form, parts: fields } = new View('task-outcome');
    const { check } = this.parts;
    const end = () => {
      form.remove();
      this.show(this.task);
      check.focus();
    };
    fields.cancel.addEventListener('click', end);
    form.addEventListener('keydown', (event) => {
      if (event.key === 'Escape') end();
    });
    form.addEventListener('submit', (event) => {
      event.preventDefault();
      form.remove();
      check.focus();
      void this.#change({ done: true, outcome: fields.outcome.value.trim() });
    });
    this.root.append(form);
    fields.outcome.focus();
  }

  #edit() {
    const { task } = this;
    const content = [...this.root.children];
    const form = (this.#form = new TaskForm(this.#app, task, {
      assignees: this.#owner.assignees(task),
      save: async (fields) => this.#owner.saved(await this.#app.api.patch(`/api/tasks/${task.id}`, fields)),
      onEnd: () => {
        form.disconnect();
        this.#form = null;
        this.root.replaceChildren(...content);
        this.show(this.task);
        this.parts.edit.focus();
      },
    }));
    this.root.replaceChildren();
    form.connect(this.root);
    form.focus();
  }

  /** @param {Record<string, unknown>} changes */
  async #change(changes) {
    try {
      this.#owner.saved(await this.#app.api.patch(`/api/tasks/${this.task.id}`, changes));
    } catch (error) {
      this.#owner.fail(error);
      this.show(this.task);
    }
  }
}
