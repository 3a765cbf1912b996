// @ts-check
/** The form of a task: what, of which kind, when, by whom. */
import { View, setAttribute, setText } from '../dom.js';
import { errorText, t } from '../i18n.js';
import { todayIn } from './due.js';
import { instantOf, timeOf } from './instant.js';
import { kindText, taskKinds } from './kinds.js';

/**
 * What a form is about, and what becomes of it.
 * @typedef {object} TaskFormOptions
 * @property {any[]} assignees the agents who may do it
 * @property {(fields: Record<string, unknown>) => Promise<void>} save
 * @property {() => void} onEnd
 * @property {import('./task-about.js').TaskAbout|null} [about] the field that asks for the record, where the page does not say it
 */

let number = 0;

export class TaskForm extends View {
  #app;
  #task;
  #options;

  /** @param {import('../app.js').App} app @param {any} task null: a new one @param {TaskFormOptions} options */
  constructor(app, task, options) {
    super('task-form');
    this.#app = app;
    this.#task = task;
    this.#options = options;
    // Several may stand in one page.
    number += 1;
    for (const element of this.root.querySelectorAll('[id]')) element.id += `-${number}`;
    for (const label of this.root.querySelectorAll('label')) label.htmlFor += `-${number}`;
    this.parts.title.setAttribute('aria-describedby', this.parts.error.id);
    this.parts.kind.setAttribute('list', this.parts.kinds.id);
    setAttribute(this.root, 'aria-label', t(task ? 'task.edit' : 'task.add'));
  }

  connected() {
    const { title, kind, on, at, assignee, cancel, submitText, aboutSlot } = this.parts;
    const { me, session } = this.#app.store;
    const task = this.#task;
    void this.#offerKinds();
    this.assignees = this.#options.assignees;
    this.#options.about?.connect(aboutSlot);
    this.signal.addEventListener('abort', () => this.#options.about?.disconnect());
    title.value = task?.title ?? '';
    kind.value = kindText(task?.kind ?? 'call');
    on.value = task?.dueOn ?? '';
    at.value = task?.dueAt ? timeOf(task.dueAt, session.workspace.timeZone) : '';
    assignee.value = String(task?.assignee.id ?? me.id);
    setText(submitText, task ? t('action.save') : t('task.add'));
    this.listen(this.root, 'submit', (event) => {
      event.preventDefault();
      void this.#submit();
    });
    this.listen(cancel, 'click', () => this.#options.onEnd());
    this.listen(this.root, 'keydown', (event) => {
      if (event.key === 'Escape') this.#options.onEnd();
    });
  }

  /** The usual kinds, and behind them those of one's own that were written before. */
  async #offerKinds() {
    const { kinds } = this.parts;
    const offer = (/** @type {string[]} */ names) => kinds.replaceChildren(...names.map((each) => new Option(kindText(each))));
    offer(taskKinds);
    try {
      const own = await this.#app.api.get('/api/tasks/kinds', { signal: this.signal });
      offer([...taskKinds, ...own.kinds]);
    } catch {
      // They are only a help: any kind may be typed.
    }
  }

  /** Those who may do it; whoever does it already stays. @param {any[]} assignees */
  set assignees(assignees) {
    const { assignee } = this.parts;
    const { me } = this.#app.store;
    const chosen = assignee.value;
    const task = this.#task;
    const isKnown = !task || assignees.some(({ id }) => id === task.assignee.id);
    assignee.replaceChildren(...(isKnown ? assignees : [...assignees, task.assignee])
      .map(({ id, name }) => new Option(id === me.id ? t('deal.owner.you', { name }) : name, String(id))));
    if (assignees.some(({ id }) => String(id) === chosen)) assignee.value = chosen;
  }

  focus() {
    this.parts.title.focus();
  }

  async #submit() {
    const { title, kind, on, at, assignee, submit } = this.parts;
    if (submit.getAttribute('aria-disabled') === 'true') return;
    if (title.value.trim() === '') {
      this.#fail({ code: 'task.title.required' });
      return;
    }
    if (this.#options.about && !this.#options.about.value) {
      this.#fail({ code: 'task.record.required' });
      this.#options.about.focus();
      return;
    }
    // A time of day without a day is today's.
    const day = on.value || (at.value ? todayIn(this.#app.store.session.workspace.timeZone) : '');
    const { timeZone } = this.#app.store.session.workspace;
    const typed = kind.value.trim();
    setAttribute(submit, 'aria-disabled', 'true');
    try {
      await this.#options.save({
        title: title.value.trim(),
        kind: taskKinds.find((each) => kindText(each) === typed) ?? (typed || taskKinds[0]),
        dueOn: day || null,
        dueAt: day && at.value ? instantOf(day, at.value, timeZone) : null,
        assigneeID: Number(assignee.value),
      });
      this.#options.onEnd();
    } catch (error) {
      this.#fail(error);
    } finally {
      setAttribute(submit, 'aria-disabled', null);
    }
  }

  /** @param {any} failure */
  #fail(failure) {
    const { error, title } = this.parts;
    error.hidden = false;
    setText(error, errorText({ code: String(Object.values(failure.fields ?? {})[0] ?? failure.code), details: failure.details }));
    title.focus();
  }
}
