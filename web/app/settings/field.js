// @ts-check
/** One field of one's own: its name, its type, its choices, and its end. */
import { toast } from '../announcer.js';
import { View, loadTemplates, setText } from '../dom.js';
import { errorText, t, useWords } from '../i18n.js';
import { ChoicesEditor } from './choices-editor.js';
import { fieldKinds } from './fields.js';
import { askWhereTo } from './move-dialog.js';
import { SettingsForm } from './settings-form.js';
import { takenName } from './taken.js';

await Promise.all([loadTemplates(import.meta.url, './field-templates.html'), useWords('fields')]);

export class FieldSettings extends View {
  #app;
  /** null: a new one @type {number|null} */
  #id;
  #kind;
  #form;
  #choices;

  /** @param {import('../app.js').App} app @param {string} id `new-KIND`, or a field's */
  constructor(app, id) {
    super('settings-field');
    this.#app = app;
    this.#kind = fieldKinds.find((kind) => id === `new-${kind}`);
    this.#id = this.#kind ? null : Number(id);
    this.#form = new SettingsForm({
      template: 'field-form',
      key: `field ${id}`,
      saveText: this.#id === null ? 'fields.add' : undefined,
      isReadOnly: !this.#isOwner,
      check: (values) => this.#check(values),
      save: (values) => this.#save(values),
      explain: (error) => takenName(error, 'fields'),
    });
    this.#choices = new ChoicesEditor(this.#form.parts.choices, !this.#isOwner);
    this.#form.onChange = () => this.#showChoices();
  }

  get #isOwner() {
    return this.#app.store.me.role === 'owner';
  }

  get #field() {
    return this.#app.store.session.fields.find((/** @type {any} */ { id }) => id === this.#id);
  }

  connected() {
    if (this.#id !== null && !this.#field) {
      this.#leave();
      return;
    }
    const { form } = this.parts;
    this.#form.connect(form);
    this.#choices.connect(this.#form.parts.choicesSlot);
    if (!this.#isOwner) form.prepend(new View('settings-denied').root);
    this.signal.addEventListener('abort', () => {
      this.#form.disconnect();
      this.#choices.disconnect();
    });
    this.#app.store.subscribe('fields', () => this.#show(), this.signal);
    this.listen(this.parts.remove, 'click', () => void this.#remove());
    this.#show();
  }

  #leave() {
    this.#app.router.go('/settings/fields', { replace: true });
  }

  #show() {
    const field = this.#field;
    if (this.#id !== null && !field) {
      this.#leave();
      return;
    }
    const { heading, danger } = this.parts;
    setText(heading, field?.name ?? t(`fields.new.${this.#kind}`));
    danger.hidden = !field || !this.#isOwner;
    const { type } = this.#form.parts;
    type.disabled = field !== undefined || !this.#isOwner;
    if (field) type.value = field.type;
    this.#form.show(field ? valuesOf(field) : { name: '', type: 'text', choices: '[]' });
    this.#showChoices();
  }

  get #type() {
    return this.#field?.type ?? this.#form.parts.type.value;
  }

  get #hasChoices() {
    return this.#type === 'choice' || this.#type === 'choices';
  }

  #showChoices() {
    this.#form.parts.choicesField.hidden = !this.#hasChoices;
    this.#choices.show();
  }

  /** @param {Record<string, string>} values @returns {Record<string, string>} */
  #check({ name, choices }) {
    /** @type {Record<string, string>} */
    const faults = {};
    if (name.trim() === '') faults.name = t('error.field.name.required');
    if (this.#hasChoices && choices === '[]') faults.choices = t('error.field.choices.required');
    return faults;
  }

  /** @param {Record<string, string>} values */
  async #save({ name, choices }) {
    const { api, store, router } = this.#app;
    const body = { name: name.trim(), ...this.#hasChoices ? { choices: JSON.parse(choices) } : {} };
    if (this.#id !== null) {
      const field = await this.#change(body);
      await store.loadFields();
      return valuesOf(field);
    }
    const field = await api.post('/api/fields', { ...body, kind: this.#kind, type: this.#type });
    await store.loadFields();
    void toast(t('fields.added', { name: field.name }));
    queueMicrotask(() => router.go('/settings/fields', { replace: true }));
    return { name: '', type: 'text', choices: '[]' };
  }

  /** Choices that records have go only when one has said so. @param {Record<string, unknown>} body @returns {Promise<any>} */
  async #change(body) {
    const path = `/api/fields/${this.#id}`;
    try {
      return await this.#app.api.patch(path, body);
    } catch (/** @type {any} */ error) {
      if (error.code !== 'field.in-use') throw error;
      const text = t('fields.choice.delete.values', { count: error.details.records });
      if (await askWhereTo({ title: t('fields.choice.delete.title'), text, pipelines: null }) === null) throw error;
      return this.#app.api.patch(path, { ...body, removeValues: true });
    }
  }

  /** Says first how many records have a value in it. */
  async #remove() {
    const { api, store } = this.#app;
    const { name } = this.#field;
    const path = `/api/fields/${this.#id}`;
    const title = t('fields.delete.title');
    try {
      if (await askWhereTo({ title, text: t('fields.delete.hint'), pipelines: null }) === null) return;
      await api.delete(path);
    } catch (/** @type {any} */ error) {
      const isRefused = error.code === 'field.in-use';
      if (!isRefused) void toast(errorText(error), { urgent: true });
      if (!isRefused || !await this.#removeWithValues(path, title, t('fields.delete.values', { count: error.details.records, name }))) return;
    }
    await store.loadFields();
    void toast(t('fields.deleted', { name }));
  }

  /** @param {string} path @param {string} title @param {string} text */
  async #removeWithValues(path, title, text) {
    if (await askWhereTo({ title, text, pipelines: null }) === null) return false;
    try {
      await this.#app.api.delete(path, { query: { removeValues: true } });
      return true;
    } catch (/** @type {any} */ error) {
      void toast(errorText(error), { urgent: true });
      return false;
    }
  }
}

/** @param {any} field @returns {Record<string, string>} */
function valuesOf({ name, type, choices }) {
  return { name, type, choices: JSON.stringify(choices) };
}
