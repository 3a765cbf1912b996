// @ts-check
/**
 * The dialog that adds a contact or an account. Everything that is wrong is said at its field at once; when what is to be
 * added is there already, it is named, linked, and offered: using it fills in what it lacks of what was typed.
 */
import { newID } from '../api.js';
import { confirmDiscard } from '../discard-dialog.js';
import { View, loadTemplates, setAttribute, setText } from '../dom.js';
import { FieldInputs } from '../fields/field-inputs.js';
import { errorText, hasText, t } from '../i18n.js';
import { KeptText } from '../kept-text.js';

await loadTemplates(import.meta.url);

/**
 * @typedef {object} FormField
 * @property {string} name as the interface has it
 * @property {string} label a key
 * @property {"text"|"email"|"tel"|"url"} [type]
 * @property {number} maxLength
 * @property {boolean} [isRequired]
 * @property {boolean} [isWide]
 * @property {string} [placeholder] a key
 */

/**
 * @typedef {object} RecordFormOptions
 * @property {"contacts"|"accounts"} kind
 * @property {FormField[]} fields
 * @property {(HTMLElement)[]} [slots] further controls, below the fields
 * @property {Record<string, string>} [values] what is filled in
 * @property {() => Promise<Record<string, unknown>>} [more] the values of the further controls
 * @property {(record: any) => Promise<any>} [finish] what else belongs to it, once it is stored; where that fails all is sent again
 * @property {(existing: any) => string} describe who stands in the way
 * @property {(existing: any) => string} nameOf
 * @property {(record: any) => void} onAdded
 */

export class RecordForm extends View {
  #app;
  #options;
  /** @type {Map<string, {input: HTMLInputElement, error: HTMLElement}>} */
  #fields = new Map();
  #inputs;
  #isSaving = false;
  /** What was typed and neither added nor discarded. */
  #kept;
  /** What is filled in by itself. */
  #prefilled = '';
  #sent = { body: '', key: '' };
  /** @type {any} */
  #existing = null;

  /** @param {import('../app.js').App} app @param {RecordFormOptions} options */
  constructor(app, options) {
    super('record-form');
    this.#app = app;
    this.#options = options;
    setText(this.parts.title, t(`records.${options.kind}.add`));
    setText(this.parts.submitText, t(`records.${options.kind}.add`));
    for (const field of options.fields) this.#addField(field);
    this.parts.body.append(...(options.slots ?? []));
    this.#inputs = new FieldInputs(app.store, options.kind === 'contacts' ? 'contact' : 'account');
    this.#kept = new KeptText(app.store.me.id, `new.${options.kind}`);
  }

  /** @param {FormField} field */
  #addField({ name, label, type = 'text', maxLength, isRequired, isWide, placeholder }) {
    const { root, parts } = new View('record-form-field');
    const { input, error } = parts;
    setText(parts.label, t(label));
    parts.label.htmlFor = input.id = `new-${name}`;
    parts.label.classList.toggle('field-required', isRequired === true);
    // What is no address by the browser is judged by the server, which says it at the field.
    input.type = type;
    input.maxLength = maxLength;
    input.name = name;
    if (isRequired) input.setAttribute('aria-required', 'true');
    if (placeholder) input.placeholder = t(placeholder);
    input.value = this.#options.values?.[name] ?? '';
    error.id = `new-${name}-error`;
    input.setAttribute('aria-describedby', error.id);
    root.classList.toggle('record-form-wide', isWide === true);
    this.parts.body.append(root);
    this.#fields.set(name, { input, error });
  }

  open() {
    this.connect(document.body);
    this.#dialog.showModal();
    [...this.#fields.values()].find(({ input }) => input.value === '')?.input.focus();
  }

  get #dialog() {
    return /** @type {HTMLDialogElement} */ (this.root);
  }

  connected() {
    const { parts } = this;
    this.#inputs.connect(parts.body);
    this.signal.addEventListener('abort', () => this.#inputs.disconnect());
    this.#prefilled = this.#typed;
    this.#restore();
    for (const button of [parts.close, parts.cancel]) this.listen(button, 'click', () => void this.#leave());
    // Escape, and a phone's gesture back.
    this.listen(this.root, 'cancel', (event) => {
      if (event.target !== this.root) return;
      event.preventDefault();
      void this.#leave();
    });
    this.listen(parts.form, 'input', () => this.#keep());
    this.listen(parts.startOver, 'click', () => this.#startOver());
    this.listen(parts.form, 'submit', (event) => {
      event.preventDefault();
      void this.#submit();
    });
    for (const [name, { input }] of this.#fields) {
      this.listen(input, 'input', () => {
        this.#showFault(name, null);
        this.#showExisting(null);
      });
    }
    this.listen(parts.use, 'click', () => void this.#use());
    this.listen(parts.existingLink, 'click', () => this.#dialog.close());
    this.listen(this.root, 'close', (event) => {
      if (event.target === this.root) this.disconnect();
    });
    this.#app.router.subscribe(() => this.#dialog.close(), this.signal);
  }

  /** As it stands in the fields, half typed perhaps. What is chosen beside them is chosen anew. */
  get #typed() {
    const own = [...this.#fields].map(([name, { input }]) => [name, input.value]);
    return JSON.stringify({ own: Object.fromEntries(own), fields: this.#inputs.state });
  }

  #keep() {
    const typed = this.#typed;
    this.#kept.text = typed === this.#prefilled ? '' : typed;
  }

  /** Shows what was typed before and left by another page or a reload. */
  #restore() {
    const { text } = this.#kept;
    this.parts.restored.hidden = text === '';
    if (text !== '') this.#fill(text);
  }

  #startOver() {
    this.#kept.text = '';
    this.parts.restored.hidden = true;
    this.#fill(this.#prefilled);
    [...this.#fields.values()][0].input.focus();
  }

  /** @param {string} text as `#typed` has it */
  #fill(text) {
    const { own, fields } = JSON.parse(text);
    for (const [name, { input }] of this.#fields) input.value = own[name] ?? '';
    this.#inputs.state = fields;
  }

  async #leave() {
    if (this.#isSaving) return;
    if (this.#typed !== this.#prefilled) {
      if (!await confirmDiscard(this.root, t(`records.${this.#options.kind}.discard`))) return;
      this.#kept.text = '';
    }
    this.#dialog.close();
  }

  /** What was typed, without what is empty. */
  get #values() {
    /** @type {Record<string, string>} */
    const values = {};
    for (const [name, { input }] of this.#fields) if (input.value.trim()) values[name] = input.value.trim();
    return values;
  }

  async #submit() {
    if (this.#isSaving) return;
    const { entries: fields, faults } = this.#inputs.read();
    this.#inputs.showFaults(faults);
    if (Object.keys(faults).length) {
      this.#inputs.faulty[0].focus();
      return;
    }
    this.#setSaving(true);
    this.#showFailure(null);
    try {
      const body = { ...this.#values, ...await this.#options.more?.(), fields };
      const text = JSON.stringify(body);
      // Sent again after a lost answer, it is the same request.
      if (this.#sent.body !== text) this.#sent = { body: text, key: newID() };
      const record = await this.#app.api.post(`/api/${this.#options.kind}`, body, { idempotencyKey: this.#sent.key });
      this.#done(await this.#finish(record));
    } catch (/** @type {any} */ error) {
      if (this.root.isConnected) this.#refuse(error);
    } finally {
      this.#setSaving(false);
    }
  }

  /** @param {any} record */
  async #finish(record) {
    return await this.#options.finish?.(record) ?? record;
  }

  /** @param {any} record */
  #done(record) {
    this.#kept.text = '';
    this.#dialog.close();
    this.#options.onAdded(record);
  }

  /** @param {any} error */
  #refuse(error) {
    const { existing } = error.details ?? {};
    const faults = Object.entries(error.fields ?? {});
    if (existing) {
      this.#showExisting(existing);
      return;
    }
    for (const [name, code] of faults) this.#showFault(name, code);
    this.#inputs.showFaults(error.fields ?? {});
    const first = faults.map(([name]) => this.#fields.get(name)?.input).find(Boolean) ?? this.#inputs.faulty[0];
    if (first) first.focus();
    else this.#showFailure({ ...error, code: faults[0]?.[1] ?? error.code });
  }

  /** @param {any} existing */
  #showExisting(existing) {
    const { existing: notice, existingText, existingLink, use } = this.parts;
    this.#existing = existing;
    notice.hidden = existing === null;
    if (existing === null) return;
    const name = this.#options.nameOf(existing);
    setText(existingText, this.#options.describe(existing));
    existingLink.href = `#/${this.#options.kind}/${existing.id}`;
    setText(existingLink, t('records.existing.open', { name }));
    setText(use, t('contact.existing.use', { name }));
    use.focus();
  }

  /** Gives the one that is there what it lacks of what was typed. */
  async #use() {
    if (this.#isSaving) return;
    const existing = this.#existing;
    this.#setSaving(true);
    try {
      const typed = { ...this.#values, ...await this.#options.more?.() };
      /** @type {Record<string, any>} */
      const lacking = Object.fromEntries(Object.entries(typed).filter(([name]) => isLacking(existing, name)));
      const { entries } = this.#inputs.read();
      const fields = Object.fromEntries(Object.entries(entries).filter(([id]) => existing.fields[id] === undefined));
      if (Object.keys(fields).length) lacking.fields = fields;
      const record = Object.keys(lacking).length === 0 ? existing
        : await this.#app.api.patch(`/api/${this.#options.kind}/${existing.id}`, lacking);
      this.#done(await this.#finish(record));
    } catch (/** @type {any} */ error) {
      if (this.root.isConnected) this.#refuse(error);
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

  /** @param {string} name @param {any} code */
  #showFault(name, code) {
    const field = this.#fields.get(name);
    if (!field) return;
    field.error.hidden = code === null;
    setAttribute(field.input, 'aria-invalid', code === null ? null : 'true');
    if (code !== null) setText(field.error, hasText(`error.${code}`) ? t(`error.${code}`) : t('error.request.invalid'));
  }

  /** @param {any} error */
  #showFailure(error) {
    this.parts.failure.hidden = error === null;
    if (error !== null) setText(this.parts.failureText, errorText(error));
  }
}

/** @param {any} record @param {string} name of a field as it is changed */
function isLacking(record, name) {
  if (name === 'accountID') return record.account === null;
  if (name === 'ownerID') return record.owner === null;
  const value = record[name];
  return Array.isArray(value) ? value.length === 0 : value === '';
}
