// @ts-check
/**
 * A value that is edited where it stands: a click or Enter makes it a field, Enter or leaving it saves, Escape takes it
 * back. What could not be saved stays in the field, with the reason below it.
 */
import { toast } from '../announcer.js';
import { View, loadTemplates, setAttribute, setText } from '../dom.js';
import { errorText, t } from '../i18n.js';

/**
 * @typedef {object} EditableOptions
 * @property {string} label what the value is
 * @property {string} placeholder shown while there is none
 * @property {"text"|"email"|"tel"} [type]
 * @property {number} maxLength
 * @property {string} [className]
 * @property {(value: string) => string} [format] how a value reads while it is not edited
 * @property {"text"|"decimal"} [inputMode]
 * @property {string} [list] id of a datalist
 * @property {(value: string) => Promise<void>} save
 * @property {(error: any, end: () => void) => string|Node|null} [explain] a better text for some errors, which may hold a link
 *   and offer a way out that ends the editing
 */

await loadTemplates(import.meta.url);

let count = 0;

export class Editable extends View {
  #options;
  #value = '';
  #isSaving = false;
  /** What belongs to another record; to save it again before it is typed anew would say the same. @type {string|null} */
  #taken = null;

  /** @param {EditableOptions} options */
  constructor(options) {
    super('editable');
    this.#options = options;
    const { input, error } = this.parts;
    if (options.className) this.root.classList.add(options.className);
    input.type = options.type ?? 'text';
    input.maxLength = options.maxLength;
    input.placeholder = options.placeholder;
    if (options.inputMode) input.inputMode = options.inputMode;
    if (options.list) input.setAttribute('list', options.list);
    input.setAttribute('aria-label', options.label);
    error.id = `editable-error-${++count}`;
    input.setAttribute('aria-describedby', error.id);
  }

  connected() {
    const { show, form, input } = this.parts;
    this.listen(show, 'click', () => this.#edit());
    this.listen(form, 'submit', (event) => {
      event.preventDefault();
      void this.#save(true);
    });
    this.listen(input, 'blur', () => void this.#save(false));
    this.listen(input, 'input', () => this.#showError(null));
    this.listen(input, 'keydown', (event) => {
      if (event.key !== 'Escape') return;
      event.stopPropagation();
      event.preventDefault();
      if (!this.#isSaving) this.#end(true);
    });
  }

  /** Another conversation is opened in the middle of it: what was typed is saved all the same. */
  disconnect() {
    if (this.#isEditing && !this.#isSaving && this.#typed !== this.#value && this.#typed !== this.#taken) {
      const value = this.#typed;
      this.#options.save(value).catch((error) => this.#reportLoss(value, error));
    }
    super.disconnect();
  }

  /** Whether it may only be read. @param {boolean} isFixed */
  fix(isFixed) {
    const { show } = this.parts;
    if (show.disabled === isFixed) return;
    show.disabled = isFixed;
    if (isFixed && this.#isEditing) this.#end(false);
    this.show(this.#value);
  }

  /** The stored value. It does not disturb what is being typed. @param {string} value */
  show(value) {
    this.#value = value;
    const { show, text } = this.parts;
    const shown = value && (this.#options.format?.(value) ?? value);
    setText(text, shown || this.#options.placeholder);
    show.classList.toggle('is-empty', shown === '');
    const label = t(show.disabled ? 'panel.value' : 'panel.edit', { label: this.#options.label, value: shown });
    show.setAttribute('aria-label', shown ? label : this.#options.placeholder);
  }

  get #isEditing() {
    return !this.parts.form.hidden;
  }

  get #typed() {
    return this.parts.input.value.trim();
  }

  #edit() {
    const { show, form, input } = this.parts;
    input.value = this.#value;
    show.hidden = true;
    form.hidden = false;
    input.focus();
    input.select();
  }

  /** @param {boolean} keepFocus */
  async #save(keepFocus) {
    if (!this.#isEditing || this.#isSaving) return;
    if (this.#typed === this.#value) {
      this.#end(keepFocus);
      return;
    }
    // The way to what it belongs to, and the offer to use that, stay below it while they are pressed.
    if (!keepFocus && this.#typed === this.#taken) return;
    this.#setSaving(true);
    const value = this.#typed;
    try {
      await this.#options.save(value);
      this.show(value);
      this.#setSaving(false);
      this.#end(keepFocus || this.root.contains(document.activeElement));
    } catch (error) {
      this.#setSaving(false);
      if (!this.root.isConnected) return this.#reportLoss(value, error);
      this.#showError(error);
      if (/** @type {any} */ (error).details?.existing) this.#taken = value;
      if (keepFocus) this.parts.input.focus();
    }
  }

  /** @param {boolean} isSaving */
  #setSaving(isSaving) {
    this.#isSaving = isSaving;
    this.parts.busy.hidden = !isSaving;
    this.parts.input.readOnly = isSaving;
  }

  /** @param {boolean} keepFocus */
  #end(keepFocus) {
    const { show, form, input } = this.parts;
    // The focus leaves the field below, which saves what differs.
    input.value = this.#value;
    this.#showError(null);
    show.hidden = false;
    if (keepFocus) show.focus();
    form.hidden = true;
  }

  /** @param {any} failure */
  #showError(failure) {
    const { error, input } = this.parts;
    this.#taken = null;
    error.hidden = failure === null;
    setAttribute(input, 'aria-invalid', failure === null ? null : 'true');
    if (failure === null) return;
    error.replaceChildren(this.#reason(failure));
  }

  /** There is no field any more to say it beside. @param {string} value @param {any} failure */
  #reportLoss(value, failure) {
    const reason = this.#reason(failure);
    const text = typeof reason === 'string' ? reason : reason.textContent ?? '';
    void toast(t('panel.notSaved', { value, reason: text }), { urgent: true });
  }

  /** @param {any} failure @returns {string|Node} */
  #reason(failure) {
    const code = Object.values(failure.fields ?? {})[0] ?? failure.code;
    return this.#options.explain?.(failure, () => this.#end(true)) ?? errorText({ code, details: failure.details });
  }
}
