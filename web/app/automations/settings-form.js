// @ts-check
/** The settings of a step as a form: its fields follow from what is set, and everything that is typed is told at once. */
import { View, loadTemplates } from '../dom.js';
import { isFieldOf } from './faults.js';
import { makeField } from './setting-fields.js';

await loadTemplates(import.meta.url, './setting-templates.html');

/** @typedef {import('./setting-fields.js').Setting} Setting */
/** What cannot be read as a value stays as it was typed, by the name of the setting. @typedef {Record<string, any> & {typed?: Record<string, string>}} Values */

export class SettingsForm extends View {
  #api;
  #settingsOf;
  #onChange;
  /** @type {Map<string, import('./setting-fields.js').Field>} */
  #fields = new Map();
  #signature = '';
  /** @type {AbortController|null} */
  #drawn = null;
  /** @type {Values} */
  #values = {};

  /**
   * @param {import('../api.js').Api} api
   * @param {(values: Values) => Setting[]} settingsOf
   * @param {(changes: Record<string, any>, name: string) => void} onChange
   */
  constructor(api, settingsOf, onChange) {
    super('settings-form');
    this.#api = api;
    this.#settingsOf = settingsOf;
    this.#onChange = onChange;
  }

  connected() {
    this.signal.addEventListener('abort', () => this.#drawn?.abort());
  }

  /** @param {Values} values @param {(name: string) => string|null} faultOf in words */
  show(values, faultOf) {
    this.#values = values;
    const settings = this.#settingsOf(values);
    const signature = settings.map(({ name, type, options }) => `${name} ${type} ${type === 'choices' ? JSON.stringify(options) : ''}`).join('\n');
    if (signature !== this.#signature) this.#draw(settings, signature);
    for (const setting of settings) {
      const field = this.#fields.get(setting.name);
      field?.show(setting, values[setting.name], values.typed?.[setting.name]);
      field?.fault(faultOf(setting.name));
    }
  }

  /** @param {string} [name] of a problem; the first otherwise */
  focus(name) {
    const fields = [...this.#fields];
    const [, field] = fields.find(([setting]) => name !== undefined && isFieldOf(name, setting)) ?? fields[0] ?? [];
    field?.control.focus();
  }

  get isEmpty() {
    return this.#fields.size === 0;
  }

  /** @param {Setting[]} settings @param {string} signature */
  #draw(settings, signature) {
    const focused = [...this.#fields].find(([, { root }]) => root.contains(document.activeElement))?.[0];
    this.#drawn?.abort();
    const { signal } = (this.#drawn = new AbortController());
    this.#signature = signature;
    this.#fields = new Map(settings.map((setting) => [setting.name, makeField(setting, this.#api, (value, typed) => {
      this.#change(setting.name, value, typed);
    }, signal)]));
    this.root.replaceChildren(...[...this.#fields.values()].map(({ root }) => root));
    if (focused) this.#fields.get(focused)?.control.focus();
  }

  /** @param {string} name @param {any} value @param {string|undefined} typed */
  #change(name, value, typed) {
    const { [name]: _, ...others } = this.#values.typed ?? {};
    this.#onChange({ [name]: value, typed: typed === undefined ? others : { ...others, [name]: typed } }, name);
  }
}
