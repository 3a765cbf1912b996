// @ts-check
/** The tests of a condition: any number, of which all or any must hold. */
import { View, clone, setText } from '../dom.js';
import { t } from '../i18n.js';
import { begun, testSettings } from './condition-tests.js';
import { SettingsForm } from './settings-form.js';

/** @typedef {import('./condition-tests.js').Test} Test */

export class ConditionForm extends View {
  #api;
  #context;
  #onChange;
  /** @type {{match: string, tests: any[]}} */
  #values = { match: 'all', tests: [] };
  /** @type {{form: SettingsForm, element: HTMLElement, remove: HTMLElement}[]} */
  #rows = [];

  /**
   * @param {import('../api.js').Api} api @param {() => import('./trigger-kinds.js').Context} context
   * @param {(changes: Record<string, any>, name: string) => void} onChange
   */
  constructor(api, context, onChange) {
    super('condition-form');
    this.#api = api;
    this.#context = context;
    this.#onChange = onChange;
  }

  connected() {
    const { match, add } = this.parts;
    this.listen(match, 'change', () => this.#onChange({ match: match.value }, 'match'));
    this.listen(add, 'click', () => {
      this.#onChange({ tests: [...this.#values.tests, begun('contact.tag', this.#context())] }, '');
      this.#rows[this.#rows.length - 1]?.form.focus();
    });
    this.signal.addEventListener('abort', () => {
      for (const { form } of this.#rows) form.disconnect();
    });
  }

  /** @param {any} values @param {(name: string) => string|null} faultOf */
  show(values, faultOf) {
    this.#values = values;
    this.parts.match.value = values.match;
    this.parts.matchField.hidden = values.tests.length < 2;
    while (this.#rows.length > values.tests.length) {
      const row = this.#rows.pop();
      row?.form.disconnect();
      row?.element.remove();
    }
    while (this.#rows.length < values.tests.length) this.#addRow(this.#rows.length);
    for (const [index, test] of values.tests.entries()) {
      const { form, remove } = this.#rows[index];
      remove.hidden = values.tests.length === 1;
      form.show(test, (name) => faultOf(`tests.${index}.${name}`));
    }
    const fault = faultOf('tests');
    this.parts.error.hidden = fault === null;
    setText(this.parts.error, fault ?? '');
  }

  /** @param {string} [field] of a problem: `tests.1.value` */
  focus(field) {
    const [, index, name] = /^tests\.(\d+)\.(\w+)$/.exec(field ?? '') ?? [];
    (this.#rows[Number(index ?? 0)] ?? this.#rows[0])?.form.focus(name);
  }

  /** @param {number} index */
  #addRow(index) {
    const { root, parts } = clone('condition-test');
    root.setAttribute('aria-label', t('automation.test.number', { number: index + 1 }));
    const form = new SettingsForm(this.#api, (test) => testSettings(/** @type {Test} */ (test), this.#context()), (changes, name) => {
      this.#change(index, changes, name);
    });
    form.connect(parts.slot);
    parts.remove.addEventListener('click', () => {
      this.#onChange({ tests: this.#values.tests.filter((_, each) => each !== index) }, '');
      this.parts.add.focus();
    });
    this.parts.tests.append(root);
    this.#rows.push({ form, element: root, remove: parts.remove });
  }

  /** @param {number} index @param {any} changes @param {string} name */
  #change(index, changes, name) {
    const tests = this.#values.tests.map((test, each) => {
      if (each !== index) return test;
      // Another subject compares otherwise, and with something else.
      if (name === 'subject') return begun(changes.subject, this.#context());
      const changed = { ...test, ...changes };
      if (name === 'is' && changed.is.startsWith('exists')) delete changed.value;
      else if (name === 'is' && changed.value === undefined) changed.value = begun(test.subject, this.#context()).value ?? '';
      return changed;
    });
    this.#onChange({ tests }, `${index} ${name}`);
  }
}
