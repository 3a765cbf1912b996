// @ts-check
/** What the team does about a contact or an account: its tasks, its notes, what has become part of it, and what else is done. */
import { View } from '../dom.js';
import { MergeList } from '../merges/merge-list.js';
import { NoteList } from '../notes/note-list.js';
import { TaskList } from '../tasks/task-list.js';

export class Activity extends View {
  #tasks;
  #notes;
  #merges;
  #more;

  /** @param {import('../app.js').App} app @param {import('../notes/note-list.js').RecordRef} record @param {View|null} [more] */
  constructor(app, record, more = null) {
    super('record-activity');
    this.#tasks = new TaskList(app, record);
    this.#notes = new NoteList(app, record);
    this.#merges = new MergeList(app, record);
    this.#more = more;
  }

  connected() {
    this.#tasks.connect(this.parts.tasks);
    this.#notes.connect(this.parts.notes);
    this.#merges.connect(this.parts.merges);
    this.#more?.connect(this.root);
    this.signal.addEventListener('abort', () => {
      this.#tasks.disconnect();
      this.#notes.disconnect();
      this.#merges.disconnect();
      this.#more?.disconnect();
    });
  }
}
