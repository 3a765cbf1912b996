// @ts-check
/** One of several, saved when it is chosen. */
import { View, setAttribute, setText } from '../dom.js';
import { errorText } from '../i18n.js';

export class ChoiceField extends View {
  #save;
  #value = '';

  /** @param {string} label @param {(value: string) => Promise<void>} save a rejection takes the choice back and is said */
  constructor(label, save) {
    super('choice-field');
    this.#save = save;
    this.parts.select.setAttribute('aria-label', label);
  }

  connected() {
    const { select, error } = this.parts;
    this.listen(select, 'change', async () => {
      error.hidden = true;
      setAttribute(select, 'aria-invalid', null);
      try {
        await this.#save(select.value);
        this.#value = select.value;
      } catch (/** @type {any} */ failure) {
        select.value = this.#value;
        error.hidden = false;
        setAttribute(select, 'aria-invalid', 'true');
        setText(error, errorText(failure));
      }
    });
  }

  /** @param {{value: string, label: string}[]} choices @param {string} value */
  show(choices, value) {
    const { select } = this.parts;
    this.#value = value;
    const options = choices.map((choice) => new Option(choice.label, choice.value));
    const isSame = options.length === select.options.length
      && options.every((option, index) => option.value === select.options[index].value && option.text === select.options[index].text);
    if (!isSame) select.replaceChildren(...options);
    select.value = value;
  }
}
