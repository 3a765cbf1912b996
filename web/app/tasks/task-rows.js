// @ts-check
/** The rows of tasks in one list or several: kept while they stay, so that what is being written and the focus are not lost. */
import { arrange } from '../dom.js';
import { TaskRow } from './task-row.js';

export class TaskRows {
  #app;
  #owner;
  /** Where the focus goes when no task is left where it was. */
  #fallback;
  /** @type {Map<number, TaskRow>} */
  #rows = new Map();

  /** @param {import('../app.js').App} app @param {import('./task-row.js').TaskOwner} owner @param {HTMLElement} fallback */
  constructor(app, owner, fallback) {
    this.#app = app;
    this.#owner = owner;
    this.#fallback = fallback;
  }

  /** @param {[HTMLElement, any[]][]} lists each with its tasks */
  show(lists) {
    const row = [...this.#rows.values()].find(({ root }) => root.contains(document.activeElement))?.root;
    const list = row?.parentElement;
    const index = list && row ? [...list.children].indexOf(row) : -1;
    const shown = new Set(lists.flatMap(([, tasks]) => tasks.map(({ id }) => id)));
    for (const [id, each] of this.#rows) {
      if (shown.has(id)) continue;
      each.disconnect();
      this.#rows.delete(id);
    }
    for (const [element, tasks] of lists) arrange(element, tasks.map((task) => this.#row(task)));
    // A task that has gone elsewhere leaves the focus where the work goes on.
    if (row && list && row.parentElement !== list) this.#focus(list.children[index] ?? list.lastElementChild);
  }

  disconnect() {
    for (const row of this.#rows.values()) row.disconnect();
    this.#rows.clear();
  }

  /** @param {any} task */
  #row(task) {
    let row = this.#rows.get(task.id);
    if (row) {
      row.show(task);
    } else {
      this.#rows.set(task.id, (row = new TaskRow(this.#app, task, this.#owner)));
      row.connect();
    }
    return row.root;
  }

  /** @param {Element|null} row */
  #focus(row) {
    (/** @type {HTMLElement|null|undefined} */ (row?.querySelector('.task-check')) ?? this.#fallback).focus();
  }
}
