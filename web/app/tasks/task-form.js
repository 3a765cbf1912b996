// @ts-check
/** The form of a task: what, of which kind, when, by whom. */
import { View, setAttribute, setText } from '../dom.js';
import { errorText, t } from '../i18n.js';
import { todayIn } from './due.js';
import { instantOf, timeOf } from './instant.js';

/** The kinds that are offered, as they are stored. */
export const taskKinds = ['call', 'email', 'lunch', 'meeting'];

/** @param {string} kind what is one's own stands as it was written */
export function kindText(kind) {
  return taskKinds.includes(kind) ? t(`task.kind.${kind}`) : kind;
}

export class TaskForm extends View {
  #app;
  #task;
  #assignees;
  #save;
  #onEnd;

  /**
   * @param {import('../app.js').App} app @param {any} task null: a new one @param {any[]} assignees the agents who may do it
   * @param {(fields: Record<string, unknown>) => Promise<void>} save @param {() => void} onEnd
   */
  constructor(app, task, assignees, save, onEnd) {
    super('task-form');
    this.#app = app;
    this.#task = task;
    this.#assignees = assignees;
    this.#save = save;
    this.#onEnd = onEnd;
  }

  connected() {
    const { title, kind, kinds, on, at, assignee, cancel, submitText } = this.parts;
    const { me, session } = this.#app.store;
    kinds.replaceChildren(...taskKinds.map((each) => new Option(kindText(each))));
    const task = this.#task;
    const isKnown = !task || this.#assignees.some(({ id }) => id === task.assignee.id);
    assignee.replaceChildren(...(isKnown ? this.#assignees : [...this.#assignees, task.assignee])
      .map(({ id, name }) => new Option(id === me.id ? t('deal.owner.you', { name }) : name, String(id))));
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
    this.listen(cancel, 'click', () => this.#onEnd());
    this.listen(this.root, 'keydown', (event) => {
      if (event.key === 'Escape') this.#onEnd();
    });
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
    // A time of day without a day is today's.
    const day = on.value || (at.value ? todayIn(this.#app.store.session.workspace.timeZone) : '');
    const { timeZone } = this.#app.store.session.workspace;
    const typed = kind.value.trim();
    setAttribute(submit, 'aria-disabled', 'true');
    try {
      await this.#save({
        title: title.value.trim(),
        kind: taskKinds.find((each) => kindText(each) === typed) ?? (typed || taskKinds[0]),
        dueOn: day || null,
        dueAt: day && at.value ? instantOf(day, at.value, timeZone) : null,
        assigneeID: Number(assignee.value),
      });
      this.#onEnd();
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
