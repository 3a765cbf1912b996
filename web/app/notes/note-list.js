// @ts-check
/** The notes on a record: written, read, mended and deleted where they stand. */
import { paintAvatar } from '../avatar.js';
import { showRichText } from '../conversations/rich-text.js';
import { View, loadTemplates, setAttribute, setText } from '../dom.js';
import { formatDateTime, formatRelative, t } from '../i18n.js';
import { KeptText } from '../kept-text.js';
import { Answered } from '../records/answered.js';

await loadTemplates(import.meta.url);

/** @typedef {{kind: "deal"|"contact"|"account", id: number}} RecordRef */

export class NoteList extends Answered {
  #record;
  /** @type {any[]} */
  #notes = [];
  /** @type {string|number|null} */
  #next = null;
  #isFixed = false;
  #kept;

  /** @param {import('../app.js').App} app @param {RecordRef} record */
  constructor(app, record) {
    super('note-list', app);
    this.#record = record;
    this.#kept = new KeptText(app.store.me.id, `note.${record.kind}.${record.id}`);
  }

  connected() {
    const { form, text, more, retry } = this.parts;
    this.listen(form, 'submit', (event) => {
      event.preventDefault();
      void this.#add();
    });
    text.value = this.#kept.text;
    this.listen(text, 'input', () => (this.#kept.text = text.value));
    this.listen(text, 'keydown', (event) => {
      if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) form.requestSubmit();
    });
    this.listen(more, 'click', () => void this.#load(this.#next));
    this.listen(retry, 'click', () => void this.#load(null));
    const { kind, id } = this.#record;
    this.app.store.subscribe(`${kind}:${id}:notes`, () => void this.#load(null), this.signal);
    void this.#load(null);
  }

  /** Whether the notes may only be read. @param {boolean} isFixed */
  fix(isFixed) {
    this.parts.form.hidden = isFixed;
    if (this.#isFixed === isFixed) return;
    this.#isFixed = isFixed;
    this.#show();
  }

  get #path() {
    return `/api/${this.#record.kind}s/${this.#record.id}/notes`;
  }

  /** @param {string|number|null} before null: the newest */
  async #load(before) {
    await this.ask(this.#path, { before }, ({ notes, next }) => {
      this.#notes = before === null ? notes : [...this.#notes, ...notes];
      this.#next = next ?? null;
      this.#show();
    });
  }

  async #add() {
    const { text, submit } = this.parts;
    const written = text.value.trim();
    if (written === '' || submit.getAttribute('aria-disabled') === 'true') return;
    setAttribute(submit, 'aria-disabled', 'true');
    try {
      const note = await this.app.api.post(this.#path, { text: written });
      text.value = this.#kept.text = '';
      this.#notes = [note, ...this.#notes.filter(({ id }) => id !== note.id)];
      this.#show();
    } catch (error) {
      this.fail(error);
    } finally {
      setAttribute(submit, 'aria-disabled', null);
    }
  }

  /** A note that is being mended stays as it is. */
  #show() {
    const { list, more, none } = this.parts;
    none.hidden = !this.#isFixed || this.#notes.length > 0;
    const editing = new Map([...list.children].filter((item) => item.querySelector('form')).map((item) => [item.dataset.note, item]));
    list.replaceChildren(...this.#notes.map((note) => editing.get(String(note.id)) ?? this.#row(note)));
    more.hidden = this.#next === null;
  }

  /** @param {any} note */
  #row(note) {
    const { root, parts } = new View('note');
    root.dataset.note = String(note.id);
    const name = note.agent?.name ?? t('change.automation');
    paintAvatar(parts.avatar, name);
    setText(parts.author, name);
    setText(parts.time, formatRelative(note.createdAt));
    parts.time.dateTime = new Date(note.createdAt).toISOString();
    parts.time.title = formatDateTime(note.createdAt);
    parts.edited.hidden = note.updatedAt === note.createdAt;
    showRichText(parts.text, note.text);
    const { me } = this.app.store;
    parts.tools.hidden = this.#isFixed || note.agent?.id !== me.id && me.role !== 'owner';
    parts.edit.addEventListener('click', () => this.#edit(note, root, parts));
    parts.remove.addEventListener('click', () => void this.#remove(note));
    return root;
  }

  /** @param {any} note @param {HTMLElement} root @param {Record<string, any>} parts */
  #edit(note, root, parts) {
    const { root: form, parts: fields } = new View('note-form');
    fields.text.value = note.text;
    const end = () => {
      const row = this.#row(this.#notes.find(({ id }) => id === note.id) ?? note);
      root.replaceWith(row);
      /** @type {HTMLElement|null} */ (row.querySelector('button'))?.focus();
    };
    fields.cancel.addEventListener('click', end);
    form.addEventListener('keydown', (event) => {
      // What was changed is not thrown away by a key: for that there is the button.
      if (event.key === 'Escape' && fields.text.value === note.text) end();
    });
    form.addEventListener('submit', async (event) => {
      event.preventDefault();
      const text = fields.text.value.trim();
      if (text === '') return;
      try {
        const saved = await this.app.api.patch(`/api/notes/${note.id}`, { text });
        this.#notes = this.#notes.map((each) => each.id === note.id ? saved : each);
        end();
      } catch (error) {
        this.fail(error);
      }
    });
    parts.text.replaceWith(form);
    parts.tools.hidden = true;
    fields.text.focus();
  }

  /** @param {any} note */
  async #remove(note) {
    if (!await this.delete(`/api/notes/${note.id}`, t('note.delete.title'), t('note.delete.text'))) return;
    this.#notes = this.#notes.filter(({ id }) => id !== note.id);
    this.#show();
    this.parts.text.focus();
  }
}
