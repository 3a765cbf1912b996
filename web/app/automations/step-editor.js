// @ts-check
/** The settings of the step or trigger that is open, beside the flow. */
import { View, clone, icon, setIcon, setText } from '../dom.js';
import { t } from '../i18n.js';
import { ConditionForm } from './condition-form.js';
import { SettingsForm } from './settings-form.js';

/** @typedef {import('./trigger-kinds.js').Kind} Kind */
/** @typedef {import('./trigger-kinds.js').Context} Context */

export class StepEditor extends View {
  #kind;
  #form;
  #values = {};

  /**
   * @param {import('../api.js').Api} api @param {Kind} kind @param {() => Context} context
   * @param {object} outcome
   * @param {(changes: Record<string, any>, name: string) => void} outcome.onChange
   * @param {() => void} outcome.onClose
   * @param {{icon: string, text: string, run: () => void}[]} outcome.actions
   * @param {string} outcome.tone of its card
   */
  constructor(api, kind, context, { onChange, onClose, actions, tone }) {
    super('step-settings');
    this.#kind = kind;
    const change = (/** @type {any} */ changes, /** @type {string} */ name) => {
      onChange(kind.stored ? kind.stored(changes, this.#values, context()) : changes, name);
    };
    this.#form = kind.kind === 'condition' ? new ConditionForm(api, context, change)
      : new SettingsForm(api, (values) => kind.settings(values, context()), change);
    const { icon: mark, title, about, close, foot } = this.parts;
    this.root.dataset.tone = tone;
    setIcon(mark, kind.icon);
    setText(title, t(`automation.kind.${kind.kind}`));
    setText(about, t(`automation.about.${kind.kind}`));
    close.addEventListener('click', onClose);
    foot.append(...actions.map(({ icon: name, text, run }) => {
      const button = document.createElement('button');
      button.type = 'button';
      button.className = 'button button-sm';
      button.append(icon(name, 'icon icon-sm'), text);
      button.addEventListener('click', run);
      return button;
    }));
  }

  connected() {
    this.#form.connect(this.parts.slot);
    this.signal.addEventListener('abort', () => this.#form.disconnect());
  }

  /** @param {any} values @param {(name: string) => string|null} faultOf @param {string|null} general */
  show(values, faultOf, general) {
    this.#values = values;
    this.#form.show(this.#kind.shown?.(values) ?? values, faultOf);
    this.parts.general.hidden = general === null;
    setText(this.parts.general, general ?? '');
  }

  /** @param {string} [field] of a problem; the first setting otherwise */
  focus(field) {
    if (this.#form instanceof SettingsForm && this.#form.isEmpty) this.parts.title.focus();
    else this.#form.focus(field);
  }
}

/**
 * The same as a dialog, whose settings are kept with *Save*: “Add a Deal”.
 * @param {import('../api.js').Api} api @param {Kind} kind @param {() => Context} context @param {any} values
 * @param {(name: string) => string|null} faultOf @param {(values: any) => void} onChange while one edits @param {AbortSignal} signal closes it
 * @returns {Promise<any>} the settings as saved, or null
 */
export function askForStep(api, kind, context, values, faultOf, onChange, signal) {
  const { root, parts } = clone('step-dialog');
  const dialog = /** @type {HTMLDialogElement} */ (root);
  let current = values;
  /** Once a setting is changed, what was wrong with it may be no more. @type {Set<string>} */
  const changed = new Set();
  const form = new SettingsForm(api, (each) => kind.settings(each, context()), (changes, name) => {
    current = { ...current, ...kind.stored ? kind.stored(changes, current, context()) : changes };
    changed.add(name);
    onChange(current);
    show();
  });
  const show = () => form.show(current, (name) => changed.has(name) ? null : faultOf(name));
  setText(parts.title, t(`automation.dialog.${kind.kind}`));
  setText(parts.about, t(`automation.about.${kind.kind}`));
  return new Promise((resolve) => {
    const close = () => dialog.close();
    parts.close.addEventListener('click', close);
    parts.cancel.addEventListener('click', close);
    parts.form.addEventListener('submit', (/** @type {Event} */ event) => {
      event.preventDefault();
      dialog.close('save');
    });
    signal.addEventListener('abort', close);
    dialog.addEventListener('close', (event) => {
      if (event.target !== dialog) return;
      signal.removeEventListener('abort', close);
      form.disconnect();
      dialog.remove();
      resolve(dialog.returnValue === 'save' ? current : null);
    });
    document.body.append(dialog);
    form.connect(parts.slot);
    show();
    dialog.showModal();
    form.focus();
  });
}
