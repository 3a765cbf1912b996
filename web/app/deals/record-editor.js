// @ts-check
/** A record picker that saves by itself: what is to be created is created first. */
import { newID } from '../api.js';
import { View, setAttribute } from '../dom.js';
import { errorText } from '../i18n.js';
import { RecordPicker, picked } from './record-picker.js';
import { splitName } from './title-tags.js';

/**
 * @typedef {object} RecordEditorOptions
 * @property {import('./record-picker.js').RecordKind} kind
 * @property {string} path where such records are made
 * @property {any} [picked] the record that is there
 * @property {boolean} [mayBeEmpty]
 * @property {boolean} [asksForRole]
 * @property {(id: number|null, role: string) => Promise<void>} save
 * @property {() => void} onCancel
 */

export class RecordEditor extends View {
  #app;
  #options;
  #picker;

  /** @param {import('../app.js').App} app @param {RecordEditorOptions} options */
  constructor(app, options) {
    super('record-editor');
    this.#app = app;
    this.#options = options;
    this.#picker = new RecordPicker(options.kind, () => this.#fail(null), !options.mayBeEmpty);
    this.parts.roleField.hidden = !options.asksForRole;
  }

  connected() {
    this.#picker.connect(this.parts.slot);
    this.#picker.state = picked(this.#options.picked ?? null);
    this.signal.addEventListener('abort', () => this.#picker.disconnect());
    this.listen(this.root, 'submit', (event) => {
      event.preventDefault();
      void this.#submit();
    });
    this.listen(this.parts.cancel, 'click', () => this.#options.onCancel());
    this.listen(this.root, 'keydown', (event) => {
      if (event.key === 'Escape' && !event.defaultPrevented) this.#options.onCancel();
    });
  }

  focus() {
    /** @type {HTMLElement|null} */ (this.root.querySelector('input'))?.focus();
  }

  async #submit() {
    const { submit, role } = this.parts;
    if (submit.getAttribute('aria-disabled') === 'true') return;
    setAttribute(submit, 'aria-disabled', 'true');
    try {
      await this.#picker.settle();
      const { name } = this.#options.kind;
      if (this.#picker.isUnresolved) throw { code: `deal.${name}.unresolved` };
      if (!this.#picker.value && !this.#options.mayBeEmpty) throw { code: `deal.${name}.required` };
      await this.#options.save(await this.#id(), role.value.trim());
    } catch (error) {
      this.#fail(error);
    } finally {
      setAttribute(submit, 'aria-disabled', null);
    }
  }

  /** The id of what is picked; created if need be. An address that belongs to somebody by then is that person. */
  async #id() {
    const { value } = this.#picker;
    if (value === null) return null;
    if ('id' in value) return value.id;
    const { name, email } = value.new;
    if (this.#options.kind.asksForEmail && email === '') throw { code: 'deal.contact.email-required' };
    try {
      const body = this.#options.kind.asksForEmail ? { email, ...splitName(name) } : { name };
      return (await this.#app.api.post(this.#options.path, body, { idempotencyKey: newID() })).id;
    } catch (/** @type {any} */ error) {
      if (error.details?.existing) return error.details.existing.id;
      throw error;
    }
  }

  /** @param {any} error */
  #fail(error) {
    const code = String(Object.values(error?.fields ?? {})[0] ?? error?.code ?? '');
    this.#picker.setError(error && errorText({ code, details: error.details }), code.includes('email'));
  }
}
