// @ts-check
/**
 * The dialog in which two contacts or two accounts become one: the other one is chosen, then both stand side by side and one
 * says, field by field, whose value stays.
 */
import { isAbort } from '../api.js';
import { toast } from '../announcer.js';
import { View, loadTemplates, setAttribute, setText } from '../dom.js';
import { formatField } from '../fields/field-value.js';
import { errorText, formatList, t, useWords } from '../i18n.js';
import { mergeKinds } from './merge-kind.js';

await Promise.all([loadTemplates(import.meta.url), useWords('merges')]);

/** Typing is asked for when it pauses. In milliseconds. */
const pause = 200;

export class MergeDialog extends View {
  #app;
  #kind;
  #kept;
  /** @type {any} */
  #gone;
  #onMerged;
  #isSaving = false;
  /** @type {ReturnType<typeof setTimeout>|undefined} */
  #timer;
  /** @type {AbortController|null} */
  #load = null;

  /**
   * @param {import('../app.js').App} app @param {"contact"|"account"} kind
   * @param {any} kept the record that stays @param {any} [gone] the one that becomes part of it; asked for if it is not known
   * @param {() => void} [onMerged]
   */
  constructor(app, kind, kept, gone = null, onMerged = () => {}) {
    super('merge-dialog');
    this.#app = app;
    this.#kind = mergeKinds[kind];
    this.#kept = kept;
    this.#gone = gone;
    this.#onMerged = onMerged;
  }

  open() {
    this.connect(document.body);
    this.#dialog.showModal();
    this.#step();
  }

  get #dialog() {
    return /** @type {HTMLDialogElement} */ (this.root);
  }

  connected() {
    const { parts } = this;
    setText(parts.title, t('merge.title', { name: this.#kind.nameOf(this.#kept) }));
    setText(parts.searchLabel, t(`merge.search.${this.#kind.name}`));
    for (const button of [parts.close, parts.cancel]) this.listen(button, 'click', () => this.#dialog.close());
    this.listen(parts.search, 'input', () => {
      clearTimeout(this.#timer);
      this.#timer = setTimeout(() => void this.#find(), pause);
    });
    this.listen(parts.search, 'keydown', (event) => {
      if (event.key !== 'ArrowDown') return;
      event.preventDefault();
      parts.list.querySelector('button')?.focus();
    });
    this.listen(parts.list, 'keydown', (event) => this.#walk(event));
    this.listen(parts.back, 'click', () => {
      this.#gone = null;
      this.#step();
    });
    this.listen(parts.swap, 'click', () => {
      [this.#kept, this.#gone] = [this.#gone, this.#kept];
      this.#step();
      parts.swap.focus();
    });
    this.listen(parts.form, 'submit', (event) => {
      event.preventDefault();
      if (this.#gone) void this.#submit();
    });
    this.listen(this.root, 'close', () => this.disconnect());
    this.signal.addEventListener('abort', () => {
      clearTimeout(this.#timer);
      this.#load?.abort();
    });
    this.#app.router.subscribe(() => this.#dialog.close(), this.signal);
  }

  /** Chooses the other one, or compares the two. */
  #step() {
    const { choose, compare, back, submit, swap, search } = this.parts;
    const isChosen = this.#gone !== null;
    choose.hidden = isChosen;
    compare.hidden = back.hidden = swap.hidden = submit.hidden = !isChosen;
    this.#fail(null);
    if (isChosen) {
      this.#compare();
    } else {
      search.focus();
      void this.#find();
    }
  }

  async #find() {
    this.#load?.abort();
    const controller = (this.#load = new AbortController());
    const { search, listTitle, none } = this.parts;
    const { name } = this.#kind;
    const text = search.value.trim();
    try {
      /** @type {{record: any, reasons: string[]}[]} */
      let found;
      if (text) {
        const answer = await this.#app.api.get(`/api/${name}s`, { query: { search: text }, signal: controller.signal });
        found = answer[`${name}s`].map((/** @type {any} */ record) => ({ record, reasons: [] }));
      } else {
        found = (await this.#app.api.get(`/api/${name}s/${this.#kept.id}/duplicates`, { signal: controller.signal })).duplicates;
      }
      found = found.filter(({ record }) => record.id !== this.#kept.id);
      setText(listTitle, t(text ? 'merge.found' : 'merge.likely'));
      listTitle.hidden = found.length === 0;
      none.hidden = found.length > 0;
      setText(none, t(text ? 'merge.none' : 'merge.noneLikely'));
      this.parts.list.replaceChildren(...found.map((each) => this.#candidate(each)));
    } catch (/** @type {any} */ error) {
      if (!isAbort(error)) this.#fail(error);
    }
  }

  /** @param {{record: any, reasons: string[]}} found */
  #candidate({ record, reasons }) {
    const { root, parts } = new View('merge-candidate');
    setText(parts.name, this.#kind.nameOf(record));
    setText(parts.detail, this.#kind.detailOf(record));
    setText(parts.reasons, reasonText(reasons));
    parts.reasons.hidden = reasons.length === 0;
    parts.choose.addEventListener('click', () => {
      this.#gone = record;
      this.#step();
      this.parts.submit.focus();
    });
    return root;
  }

  /** @param {KeyboardEvent} event */
  #walk(event) {
    if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return;
    event.preventDefault();
    const buttons = [...this.parts.list.querySelectorAll('button')];
    const index = buttons.indexOf(document.activeElement) + (event.key === 'ArrowDown' ? 1 : -1);
    if (index < 0) this.parts.search.focus();
    else buttons[Math.min(index, buttons.length - 1)]?.focus();
  }

  #compare() {
    const { intro, keptName, goneName, rows } = this.parts;
    const [kept, gone] = [this.#kept, this.#gone];
    setText(intro, t(`merge.intro.${this.#kind.name}`, { kept: this.#told(kept), gone: this.#told(gone) }));
    setText(keptName, this.#kind.nameOf(kept));
    setText(goneName, this.#kind.nameOf(gone));
    rows.replaceChildren(...this.#fields.map(({ field, label, value }) => {
      const values = { kept: value(kept), gone: value(gone) };
      return values.kept && values.gone && values.kept !== values.gone
        ? choiceRow(field, label, values) : plainRow(label, values.kept || values.gone);
    }).filter((row) => row !== null));
  }

  /** Two of the same name are told apart by their addresses. @param {any} record */
  #told(record) {
    const { nameOf } = this.#kind;
    return nameOf(this.#kept) === nameOf(this.#gone) ? record.email ?? nameOf(record) : nameOf(record);
  }

  get #fields() {
    const own = this.#app.store.fieldsOf(this.#kind.name).map((field) => ({
      field: `field.${field.id}`, label: field.name, value: (/** @type {any} */ record) => formatField(field, record.fields[field.id]),
    }));
    return [...this.#kind.fields.map(({ label, ...field }) => ({ ...field, label: t(label) })), ...own];
  }

  async #submit() {
    if (this.#isSaving) return;
    this.#setSaving(true);
    this.#fail(null);
    const { name, nameOf } = this.#kind;
    const [kept, gone, told] = [this.#kept, this.#gone, this.#told(this.#gone)];
    const take = [...new FormData(this.parts.form)].filter(([, side]) => side === 'gone').map(([field]) => field);
    try {
      const record = await this.#app.api.post(`/api/${name}s/${kept.id}/merge`, { with: gone.id, take });
      this.#dialog.close();
      this.#onMerged();
      void toast(t('merge.done', { gone: told, kept: nameOf(record) }));
      // With the tab that is open, as the event leads other pages there.
      const [page, id, ...rest] = this.#app.router.current.path;
      if (page === `${name}s` && Number(id) === gone.id) this.#app.router.go(`/${[page, kept.id, ...rest].join('/')}`, { replace: true });
    } catch (error) {
      if (this.root.isConnected) this.#fail(error);
    } finally {
      this.#setSaving(false);
    }
  }

  /** @param {boolean} isSaving */
  #setSaving(isSaving) {
    this.#isSaving = isSaving;
    this.parts.busy.hidden = !isSaving;
    setAttribute(this.parts.submit, 'aria-disabled', isSaving ? 'true' : null);
  }

  /** @param {any} error */
  #fail(error) {
    const { failure, failureText } = this.parts;
    failure.hidden = error === null;
    const code = Object.values(error?.fields ?? {})[0] ?? error?.code;
    if (error !== null) setText(failureText, errorText({ ...error, code: String(code) }));
  }
}

/** “same name and phone number” @param {string[]} reasons */
export function reasonText(reasons) {
  return t('merge.same', { what: formatList(reasons.map((reason) => t(`merge.reason.${reason}`))) });
}

/** @param {string} field @param {string} label @param {{kept: string, gone: string}} values */
function choiceRow(field, label, values) {
  const { root, parts } = new View('merge-choice');
  setText(parts.label, label);
  for (const side of /** @type {const} */ (['kept', 'gone'])) {
    const input = parts[`${side}Input`];
    input.name = field;
    input.checked = side === 'kept';
    setText(parts[`${side}Text`], values[side]);
  }
  return root;
}

/** Nothing to choose. @param {string} label @param {string} value */
function plainRow(label, value) {
  if (!value) return null;
  const { root, parts } = new View('merge-plain');
  setText(parts.label, label);
  setText(parts.value, value);
  return root;
}
