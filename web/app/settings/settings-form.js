// @ts-check
/**
 * A form of the settings: says what is unsaved, keeps it while one looks elsewhere, saves, and says what is wrong beside
 * each field. A value that changes underneath is taken over, unless it is being changed here.
 */
import { View, clone, setAttribute, setText } from '../dom.js';
import { errorText, t } from '../i18n.js';

/** What is typed and not yet saved, by form, for as long as the page lives. @type {Map<string, Record<string, string>>} */
const unsaved = new Map();

/**
 * @typedef {object} SettingsFormOptions
 * @property {string} template
 * @property {string} [key] names what is unsaved, and whose it is; without it (passwords) nothing is kept
 * @property {string} [saveText] a key, where the button does more than save
 * @property {string} [savedText] a key
 * @property {boolean} [isReadOnly]
 * @property {(values: Record<string, string>) => Record<string, string>} [check] field → text of what is wrong
 * @property {(values: Record<string, string>) => Promise<Record<string, string>|void>} save answers what was stored
 * @property {(error: any) => Record<string, string|Node>} [explain] what an error says at the fields, where its codes say too little
 * @property {Record<string, {field: string, text: string}>} [fieldOf] error code → the field to show it at, and the key to say it by
 */

export class SettingsForm extends View {
  #options;
  /** @type {Record<string, string>} */
  #stored = {};
  #foot = clone('settings-foot').parts;
  #isSaving = false;
  /** Nothing was changed since the last save. */
  #isSaved = false;

  /** @param {SettingsFormOptions} options */
  constructor(options) {
    super(options.template);
    this.#options = options;
  }

  connected() {
    const { isReadOnly = false, saveText } = this.#options;
    if (isReadOnly) {
      for (const control of this.#controls) control.disabled = true;
      return;
    }
    this.root.append(this.#foot.save.parentElement);
    if (saveText) setText(this.#foot.saveText, t(saveText));
    this.listen(this.root, 'input', (event) => this.#changed(event.target.name));
    this.listen(this.#foot.revert, 'click', () => this.#revert());
    this.listen(this.root, 'submit', (event) => {
      event.preventDefault();
      void this.#submit();
    });
  }

  /** Takes what is stored now. @param {Record<string, string>} values */
  show(values) {
    const before = this.#stored;
    const typed = this.#options.key ? unsaved.get(this.#options.key) : undefined;
    const current = this.values;
    this.#stored = values;
    for (const [name, value] of Object.entries(values)) {
      const isBeingChanged = name in before && current[name] !== before[name];
      this.#write(name, isBeingChanged ? current[name] : typed?.[name] ?? value);
    }
    this.#renderState();
    this.onChange();
  }

  /** Called when what stands in the form changes. */
  onChange() {}

  /** What stands in the form, by the names of its controls. @returns {Record<string, string>} */
  get values() {
    // What is disabled has no entry in FormData.
    if (this.#options.isReadOnly) return this.#stored;
    return Object.fromEntries([...new FormData(this.#form)].map(([name, value]) => [name, String(value)]));
  }

  get #form() {
    return /** @type {HTMLFormElement} */ (this.root);
  }

  /** @returns {(HTMLInputElement|HTMLSelectElement|HTMLTextAreaElement)[]} */
  get #controls() {
    return /** @type {any} */ ([...this.root.querySelectorAll('[name]')]);
  }

  /** @param {string} name @param {string} value */
  #write(name, value) {
    const control = /** @type {any} */ (this.#form.elements.namedItem(name));
    if (control && control.value !== value) control.value = value;
  }

  get #changes() {
    const { values } = this;
    return Object.fromEntries(Object.entries(values).filter(([name, value]) => value !== (this.#stored[name] ?? '')));
  }

  /** @param {string} name */
  #changed(name) {
    this.#setError(name, null);
    this.#foot.failure.hidden = true;
    this.#isSaved = false;
    this.#keep();
    this.#renderState();
    this.onChange();
  }

  #keep() {
    const { key } = this.#options;
    if (!key) return;
    const changes = this.#changes;
    if (Object.keys(changes).length > 0) unsaved.set(key, changes);
    else unsaved.delete(key);
  }

  #revert() {
    for (const [name, value] of Object.entries(this.#stored)) this.#write(name, value);
    for (const { name } of this.#controls) this.#setError(name, null);
    this.#keep();
    this.#renderState();
    this.onChange();
    this.#controls[0].focus();
  }

  #renderState() {
    const { key, savedText = 'settings.saved' } = this.#options;
    const isChanged = Object.keys(this.#changes).length > 0;
    const { revert, status } = this.#foot;
    revert.hidden = !isChanged || !key;
    setText(status, isChanged && key ? t('settings.unsaved') : this.#isSaved ? t(savedText) : '');
    status.classList.toggle('is-saved', this.#isSaved);
  }

  async #submit() {
    if (this.#isSaving) return;
    const { check, save } = this.#options;
    const { values } = this;
    if (!this.#showErrors(check?.(values) ?? {})) return;
    this.#setSaving(true);
    try {
      const stored = await save(values);
      if (this.#options.key) unsaved.delete(this.#options.key);
      this.#stored = stored ?? {};
      // What was typed while it was being saved stays.
      for (const [name, value] of Object.entries(values)) {
        if (this.values[name] === value) this.#write(name, this.#stored[name] ?? this.#defaultOf(name));
      }
      this.#isSaved = true;
      this.#renderState();
      this.onChange();
    } catch (error) {
      this.#refuse(error);
    } finally {
      this.#setSaving(false);
    }
  }

  /** @param {string} name */
  #defaultOf(name) {
    const control = /** @type {any} */ (this.#form.elements.namedItem(name));
    return control instanceof HTMLSelectElement ? control.options[0].value : '';
  }

  /** @param {any} error */
  #refuse(error) {
    const { fieldOf = {}, explain } = this.#options;
    const place = fieldOf[error.code];
    const texts = place ? { [place.field]: t(place.text) } : Object.fromEntries(
      Object.entries(/** @type {Record<string, string>} */ (error.fields ?? {}))
        .filter(([field]) => this.root.querySelector(`[data-error="${field}"]`))
        .map(([field, code]) => [field, errorText({ code, details: error.details })]));
    if (!this.#showErrors({ ...texts, ...explain?.(error) })) return;
    this.#foot.failure.hidden = false;
    setText(this.#foot.failure, errorText(error));
  }

  /** Shows each field's error and goes to the first; answers whether there is none. @param {Record<string, string|Node>} texts */
  #showErrors(texts) {
    for (const { name } of this.#controls) this.#setError(name, texts[name] ?? null);
    const faulty = this.#controls.find(({ name }) => texts[name]);
    faulty?.focus();
    return faulty === undefined;
  }

  /** @param {string} name @param {string|Node|null} text */
  #setError(name, text) {
    const error = /** @type {HTMLElement|null} */ (this.root.querySelector(`[data-error="${name}"]`));
    if (!error) return;
    error.hidden = text === null;
    error.replaceChildren(text ?? '');
    const control = this.#controls.find((each) => each.name === name);
    if (control) setAttribute(control, 'aria-invalid', text === null ? null : 'true');
  }

  /** @param {boolean} isSaving */
  #setSaving(isSaving) {
    this.#isSaving = isSaving;
    setAttribute(this.#foot.save, 'aria-disabled', isSaving ? 'true' : null);
    this.#foot.busy.hidden = !isSaving;
  }
}
