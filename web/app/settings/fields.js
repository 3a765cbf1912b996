// @ts-check
/** The fields of one's own: those of deals, of contacts and of accounts, each kind in its order. */
import { announce, toast } from '../announcer.js';
import { View, arrange, loadTemplates, setAttribute, setText } from '../dom.js';
import { errorText, formatList, formatNumber, t, useWords } from '../i18n.js';
import { dragToOrder, stepByKeys } from './drag-order.js';

await Promise.all([loadTemplates(import.meta.url, './field-templates.html'), useWords('fields')]);

export const fieldKinds = /** @type {const} */ (['deal', 'contact', 'account']);

export class FieldsSettings extends View {
  #app;
  #lists;

  /** @param {import('../app.js').App} app */
  constructor(app) {
    super('settings-fields');
    this.#app = app;
    this.#lists = fieldKinds.map((kind) => new FieldList(app, kind));
  }

  connected() {
    for (const list of this.#lists) list.connect(this.root);
    this.signal.addEventListener('abort', () => {
      for (const list of this.#lists) list.disconnect();
    });
  }
}

class FieldList extends View {
  #app;
  #kind;
  /** @type {Map<number, View>} */
  #rows = new Map();

  /** @param {import('../app.js').App} app @param {typeof fieldKinds[number]} kind */
  constructor(app, kind) {
    super('field-list');
    this.#app = app;
    this.#kind = kind;
    const { title, list, add, none } = this.parts;
    title.id = `fields-of-${kind}`;
    this.root.setAttribute('aria-labelledby', title.id);
    list.setAttribute('aria-labelledby', title.id);
    setText(title, t(`fields.kind.${kind}`));
    setText(none, t(`fields.none.${kind}`));
    add.href = `#/settings/fields/new-${kind}`;
    add.setAttribute('aria-label', t(`fields.add.${kind}`));
    add.hidden = !this.#isOwner;
  }

  get #isOwner() {
    return this.#app.store.me.role === 'owner';
  }

  /** @returns {import('../fields/field-value.js').Field[]} */
  get #fields() {
    return this.#app.store.fieldsOf(this.#kind);
  }

  connected() {
    this.#app.store.subscribe('fields', () => this.#show(this.#fields), this.signal);
    this.#show(this.#fields);
  }

  /** @param {import('../fields/field-value.js').Field[]} fields */
  #show(fields) {
    const { list, none } = this.parts;
    none.hidden = fields.length > 0;
    list.hidden = fields.length === 0;
    this.#rows = new Map(fields.map(({ id }) => [id, this.#rows.get(id) ?? this.#makeRow(id)]));
    const rows = [...this.#rows.values()];
    arrange(list, rows.map(({ root }) => root));
    fields.forEach((field, index) => this.#fill(rows[index].parts, field, index, fields.length));
  }

  /** @param {Record<string, any>} parts @param {import('../fields/field-value.js').Field} field @param {number} index @param {number} count */
  #fill(parts, { id, name, type, choices }, index, count) {
    parts.link.href = `#/settings/fields/${id}`;
    setText(parts.name, name);
    setText(parts.type, t(`fields.type.${type}`));
    setText(parts.choices, formatList(choices.slice(0, 6).map((choice) => choice.name)) + (choices.length > 6 ? '…' : ''));
    for (const part of ['grip', 'up', 'down']) {
      parts[part].setAttribute('aria-label', t(`fields.${part}`, { name }));
      parts[part].title = t(`fields.${part}`, { name });
    }
    setAttribute(parts.up, 'aria-disabled', index === 0 ? 'true' : null);
    setAttribute(parts.down, 'aria-disabled', index === count - 1 ? 'true' : null);
  }

  /** @param {number} id */
  #makeRow(id) {
    const row = new View('field-row');
    const { parts } = row;
    row.root.dataset.field = String(id);
    for (const part of ['grip', 'up', 'down']) parts[part].hidden = !this.#isOwner;
    parts.up.addEventListener('click', () => void this.#step(id, -1));
    parts.down.addEventListener('click', () => void this.#step(id, 1));
    stepByKeys(parts.grip, (step) => void this.#step(id, step));
    dragToOrder(this.parts.list, row.root, parts.grip, {
      onDrop: () => void this.#save(this.#order),
      onCancel: () => this.#show(this.#fields),
    });
    return row;
  }

  /** The ids as the rows stand. @returns {number[]} */
  get #order() {
    return [...this.parts.list.children].map((row) => Number(row.dataset.field));
  }

  /** @param {number} id @param {number} by */
  async #step(id, by) {
    const order = this.#order;
    const index = order.indexOf(id);
    const to = index + by;
    if (to < 0 || to >= order.length) return;
    order.splice(to, 0, ...order.splice(index, 1));
    const fields = new Map(this.#fields.map((field) => [field.id, field]));
    const shown = order.map((each) => /** @type {any} */ (fields.get(each)));
    this.#show(shown);
    announce(t('fields.moved', { name: shown[to].name, place: formatNumber(to + 1), count: formatNumber(order.length) }), { urgent: true });
    await this.#save(order);
  }

  /** @param {number[]} order */
  async #save(order) {
    const { api, store } = this.#app;
    if (order.join() === this.#fields.map(({ id }) => id).join()) return;
    try {
      store.session.fields = (await api.put('/api/fields', { kind: this.#kind, order })).fields;
      store.changed('fields');
    } catch (/** @type {any} */ error) {
      void toast(errorText({ code: Object.values(error.fields ?? {})[0] ?? error.code }), { urgent: true });
      await store.loadFields();
      this.#show(this.#fields);
    }
  }
}
