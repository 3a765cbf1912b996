// @ts-check
/**
 * The page of tasks: one's own, somebody else's or everyone's, by how near they are. Whose they are stands in the address.
 */
import { agentsByName, may, watchersOf } from '../deals/rights.js';
import { View, loadTemplates, setText } from '../dom.js';
import { formatNumber, t, useWords } from '../i18n.js';
import { Answered } from '../records/answered.js';
import { TaskAbout } from './task-about.js';
import { TaskForm } from './task-form.js';
import { TaskRows } from './task-rows.js';

await Promise.all([
  loadTemplates(import.meta.url), loadTemplates(import.meta.url, './page-templates.html'), useWords('tasks'),
]);

const pageSize = 20;
/** As many of each group as the server answers at once. */
const most = 200;

/** @typedef {{group: string, tasks: any[], next: string|null, count: number, isExact: boolean}} Group */

/** @param {HTMLElement} element @param {import('../app.js').App} app @returns {import('../app.js').Mounted} */
export function mountTasks(element, app) {
  const page = new TasksPage(app);
  page.connect(element);
  return { show: () => page.show(), disconnect: () => page.disconnect() };
}

class TasksPage extends Answered {
  #rows;
  /** In the server's order; null before the first answer. @type {Group[]|null} */
  #groups = null;
  /** @type {Map<string, View>} */
  #sections = new Map();
  /** Of a new task. @type {TaskForm|null} */
  #form = null;
  #isLoading = false;
  #isStale = false;
  /** The groups of which more is wanted. @type {Set<string>} */
  #wanted = new Set();

  /** @param {import('../app.js').App} app */
  constructor(app) {
    super('tasks-page', app);
    this.#rows = new TaskRows(app, {
      namesRecord: true,
      isFixed: ({ pipelineID }) => pipelineID !== null && !may(app.store, 'edit', pipelineID),
      assignees: ({ pipelineID }) => this.#assignees(pipelineID),
      // Where it belongs now, only the server knows.
      saved: (saved) => {
        this.#replace(saved);
        void this.#load();
      },
      remove: (task) => void this.#remove(task),
      fail: (error) => this.fail(error),
    }, this.parts.add);
  }

  connected() {
    const { add, assignee, retry } = this.parts;
    const { store } = this.app;
    this.listen(add, 'click', () => this.#add());
    this.listen(assignee, 'change', () => this.app.router.go(`/tasks${assignee.value ? `?assignee=${assignee.value}` : ''}`));
    this.listen(retry, 'click', () => void this.#load());
    for (const key of ['tasks', 'startOver', 'workspace', 'pipelines']) store.subscribe(key, () => void this.#load(), this.signal);
    store.subscribe('agents', () => this.#offerAssignees(), this.signal);
    store.follow((event) => this.#receive(event), this.signal);
    this.signal.addEventListener('abort', () => {
      this.#form?.disconnect();
      this.#rows.disconnect();
    });
    this.#offerAssignees();
  }

  /** Whose tasks: empty for one's own, `all`, or an agent's id. */
  get #whose() {
    return this.app.router.current.query.get('assignee') ?? '';
  }

  /** Shows what the address says. */
  show() {
    this.parts.assignee.value = this.#whose;
    if (this.parts.assignee.selectedIndex < 0) this.app.router.go('/tasks', { replace: true });
    this.#groups = null;
    this.#wanted.clear();
    this.#show();
    void this.#load();
  }

  #offerAssignees() {
    const { me } = this.app.store;
    const others = agentsByName(this.app.store).filter(({ id }) => id !== me.id);
    this.parts.assignee.replaceChildren(
      new Option(t('tasks.mine'), ''), new Option(t('tasks.all'), 'all'), ...others.map(({ id, name }) => new Option(name, String(id))));
    this.parts.assignee.value = this.#whose;
  }

  get #query() {
    const whose = this.#whose;
    return whose === 'all' ? {} : { assignee: whose || this.app.store.me.id };
  }

  async #load() {
    this.#isStale = true;
    await this.#work();
  }

  /** One question at a time: what is wanted meanwhile is asked for afterwards, once. */
  async #work() {
    if (this.#isLoading) return;
    this.#isLoading = true;
    while (this.root.isConnected && (this.#isStale || this.#wanted.size > 0)) {
      this.parts.busy.hidden = this.#groups === null;
      if (this.#isStale) await this.#askAll();
      else await this.#askMore();
      if (!this.root.isConnected) return;
      this.parts.busy.hidden = true;
      this.#show();
    }
    this.#isLoading = false;
  }

  /** As many of each group as are shown already. */
  async #askAll() {
    this.#isStale = false;
    const limit = Math.min(most, Math.max(pageSize, ...(this.#groups ?? []).map(({ tasks }) => tasks.length)));
    const whose = this.#whose;
    await this.ask('/api/tasks', { ...this.#query, limit }, ({ groups }) => {
      if (whose === this.#whose) {
        this.#groups = groups;
        // It may have been asked for again by itself, once the network was back.
        this.#show();
      } else {
        this.#isStale = true;
      }
    });
  }

  /** The next page of a group. */
  async #askMore() {
    const [group] = this.#wanted;
    this.#wanted.delete(group);
    const known = this.#groups?.find((each) => each.group === group);
    if (!known || known.next === null) return;
    await this.ask('/api/tasks', { ...this.#query, group, before: known.next, limit: pageSize }, ({ groups: [more] }) => {
      known.tasks = [...known.tasks, ...more.tasks];
      known.next = more.next;
    });
  }

  /** What is about a deal may be called otherwise now; a deal that came into sight brings its tasks. @param {any} event */
  #receive({ type, deal }) {
    if (type !== 'deal.changed' && type !== 'deal.added') return;
    let isKnown = false;
    for (const task of this.#tasks) {
      if (task.record.kind !== 'deal' || task.record.id !== deal.id) continue;
      isKnown = true;
      this.#replace({ ...task, pipelineID: deal.pipeline.id, record: { ...task.record, name: deal.title } });
    }
    if (!isKnown && deal.nextTask) void this.#load();
  }

  get #tasks() {
    return (this.#groups ?? []).flatMap(({ tasks }) => tasks);
  }

  /** @param {any} task */
  #replace(task) {
    for (const group of this.#groups ?? []) group.tasks = group.tasks.map((each) => each.id === task.id ? task : each);
    this.#show();
  }

  #show() {
    const { groups, empty, skeletons, failure, status } = this.parts;
    const known = this.#groups ?? [];
    skeletons.hidden = this.#groups !== null || !failure.hidden;
    empty.hidden = this.#groups === null || known.some(({ tasks, next }) => tasks.length > 0 || next !== null);
    /** @type {[HTMLElement, any[]][]} */
    const lists = [];
    for (const group of known) {
      const section = this.#section(group.group);
      const { title, count, rows, more } = section.parts;
      section.root.hidden = group.tasks.length === 0 && group.next === null;
      setText(title, t(`tasks.group.${group.group}`));
      const isCounted = group.group !== 'done';
      setText(count, isCounted ? `${formatNumber(group.count)}${group.isExact ? '' : '+'}` : '');
      more.hidden = group.next === null;
      setText(more, t('tasks.more'));
      more.setAttribute('aria-label', t('tasks.more.of', { group: t(`tasks.group.${group.group}`) }));
      lists.push([rows, group.tasks]);
    }
    for (const [group, section] of this.#sections) if (!known.some((each) => each.group === group)) section.root.hidden = true;
    this.#rows.show(lists);
    if (this.#groups) setText(status, t('tasks.status', { count: known.reduce((sum, { group, count }) => group === 'done' ? sum : sum + count, 0) }));
    groups.hidden = known.length === 0;
  }

  /** @param {string} group */
  #section(group) {
    let section = this.#sections.get(group);
    if (!section) {
      this.#sections.set(group, (section = new View('tasks-group')));
      const { root, parts } = section;
      root.dataset.group = group;
      parts.title.id = `tasks-${group}`;
      root.setAttribute('aria-labelledby', parts.title.id);
      this.listen(parts.more, 'click', () => {
        this.#wanted.add(group);
        void this.#work();
      });
      this.parts.groups.append(root);
    }
    return section;
  }

  /** Those who may see what a task is about. @param {number|null} pipelineID */
  #assignees(pipelineID) {
    return pipelineID === null ? agentsByName(this.app.store) : watchersOf(this.app.store, pipelineID);
  }

  #add() {
    if (this.#form) {
      this.#form.focus();
      return;
    }
    const about = new TaskAbout(this.app, () => {
      if (this.#form) this.#form.assignees = this.#assignees(about.value?.pipelineID ?? null);
    });
    const form = (this.#form = new TaskForm(this.app, null, {
      assignees: this.#assignees(null),
      about,
      save: async (fields) => {
        if (about.value) await this.app.api.post(`/api/${about.value.kind}s/${about.value.id}/tasks`, fields);
      },
      onEnd: () => {
        form.disconnect();
        this.#form = null;
        void this.#load();
        this.parts.add.focus();
      },
    }));
    form.connect(this.parts.slot);
    form.focus();
  }

  /** @param {any} task */
  async #remove(task) {
    if (!await this.delete(`/api/tasks/${task.id}`, t('task.delete.title'), t('task.delete.text', { title: task.title }))) return;
    for (const group of this.#groups ?? []) group.tasks = group.tasks.filter(({ id }) => id !== task.id);
    this.#show();
    this.parts.add.focus();
    void this.#load();
  }
}
