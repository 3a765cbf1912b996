// @ts-check
/**
 * The choices of a field: added, renamed, put in order and removed. They stand in the form's hidden control as JSON, so that they are
 * unsaved, kept, taken back and saved as the form's other values.
 */
import { announce } from '../announcer.js';
import { View, setAttribute } from '../dom.js';
import { formatNumber, t } from '../i18n.js';
import { dragToOrder, stepByKeys } from './drag-order.js';

/** @typedef {{id?: number, name: string}} Choice */

export class ChoicesEditor extends View {
  #control;
  #isReadOnly;
  /** What the rows show. */
  #shown = '';

  /** @param {HTMLInputElement} control @param {boolean} isReadOnly */
  constructor(control, isReadOnly) {
    super('choices-editor');
    this.#control = control;
    this.#isReadOnly = isReadOnly;
    this.parts.adding.hidden = isReadOnly;
  }

  connected() {
    const { name, add } = this.parts;
    this.listen(add, 'click', () => this.#add());
    this.listen(name, 'keydown', (event) => {
      if (event.key !== 'Enter') return;
      event.preventDefault();
      this.#add();
    });
  }

  /** @returns {Choice[]} */
  get #choices() {
    return JSON.parse(this.#control.value || '[]');
  }

  /** Takes what stands in the form, unless the rows have it already. */
  show() {
    if (this.#control.value === this.#shown) return;
    this.#shown = this.#control.value;
    const choices = this.#choices;
    this.parts.list.replaceChildren(...choices.map((choice, index) => this.#row(choice, index, choices.length)));
  }

  /** @param {Choice} choice @param {number} index @param {number} count */
  #row({ name }, index, count) {
    const { root, parts } = new View('choice-row');
    parts.name.value = name;
    parts.name.setAttribute('aria-label', t('fields.choice', { number: formatNumber(index + 1) }));
    for (const part of ['grip', 'up', 'down']) parts[part].setAttribute('aria-label', t(`fields.${part}`, { name }));
    parts.remove.setAttribute('aria-label', t('fields.choice.remove', { name }));
    setAttribute(parts.up, 'aria-disabled', index === 0 ? 'true' : null);
    setAttribute(parts.down, 'aria-disabled', index === count - 1 ? 'true' : null);
    root.dataset.index = String(index);
    if (this.#isReadOnly) {
      for (const control of root.querySelectorAll('input, button')) /** @type {any} */ (control).disabled = true;
      return root;
    }
    parts.name.addEventListener('input', () => this.#write(this.#choices.map((each, at) => at === index ? { ...each, name: parts.name.value } : each), true));
    parts.up.addEventListener('click', () => this.#step(index, -1, 'up'));
    parts.down.addEventListener('click', () => this.#step(index, 1, 'down'));
    parts.remove.addEventListener('click', () => {
      this.#write(this.#choices.filter((_, at) => at !== index));
      this.parts.name.focus();
    });
    stepByKeys(parts.grip, (step) => this.#step(index, step, 'grip'));
    dragToOrder(this.parts.list, root, parts.grip, {
      onDrop: () => this.#write([...this.parts.list.children].map((row) => this.#choices[Number(row.dataset.index)])),
      onCancel: () => this.#write(this.#choices),
    });
    return root;
  }

  /** @param {number} index @param {number} by @param {string} part that keeps the focus */
  #step(index, by, part) {
    const choices = this.#choices;
    const to = index + by;
    if (to < 0 || to >= choices.length) return;
    choices.splice(to, 0, ...choices.splice(index, 1));
    this.#write(choices);
    announce(t('fields.moved', { name: choices[to].name, place: formatNumber(to + 1), count: formatNumber(choices.length) }), { urgent: true });
    /** @type {HTMLElement|null} */ (this.parts.list.children[to]?.querySelector(`[data-part="${part}"]`))?.focus();
  }

  #add() {
    const { name } = this.parts;
    const text = name.value.trim();
    if (text !== '') {
      this.#write([...this.#choices, { name: text }]);
      name.value = '';
    }
    name.focus();
  }

  /** @param {Choice[]} choices @param {boolean} [isTyped] the rows show it already */
  #write(choices, isTyped = false) {
    const value = JSON.stringify(choices);
    const isSame = value === this.#control.value;
    this.#control.value = value;
    this.#shown = isTyped || isSame ? value : '';
    if (isSame) this.#shown = '';
    this.show();
    this.#control.dispatchEvent(new Event('input', { bubbles: true }));
  }
}
