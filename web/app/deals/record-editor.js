// @ts-check
/** A record picker that saves by itself: what is to be created is created first. */
import { View, setAttribute } from '../dom.js';
import { errorText } from '../i18n.js';
import { pickedID } from './picked-id.js';
import { RecordPicker, picked } from './record-picker.js';

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
      const { kind, path, mayBeEmpty, save } = this.#options;
      if (this.#picker.isUnresolved) throw { code: `deal.${kind.name}.unresolved` };
      if (!this.#picker.value && !mayBeEmpty) throw { code: `deal.${kind.name}.required` };
      await save(await pickedID(this.#app, kind, path, this.#picker), role.value.trim());
    } catch (error) {
      this.#fail(error);
    } finally {
      setAttribute(submit, 'aria-disabled', null);
    }
  }

  /** @param {any} error */
  #fail(error) {
    const code = String(Object.values(error?.fields ?? {})[0] ?? error?.code ?? '');
    this.#picker.setError(error && errorText({ code, details: error.details }), code.includes('email'));
  }
}
