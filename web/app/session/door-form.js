// @ts-check
/** A form at the door, where nobody has signed in yet: its fields with what is wrong at each, what has failed, and the wait. */
import { View, loadTemplates, setAttribute, setText } from '../dom.js';
import { useWords } from '../i18n.js';
import { loadStyles } from '../styles.js';
import { revealWith } from './password.js';

await Promise.all([loadTemplates(import.meta.url), useWords('session'), loadStyles('session')]);

export class DoorForm extends View {
  app;
  #fields;
  #isSending = false;

  /**
   * @param {string} template @param {import('../app.js').App} app
   * @param {readonly string[]} fields the parts that are asked for, each with one called `…Error`
   */
  constructor(template, app, fields) {
    super(template);
    this.app = app;
    this.#fields = fields;
  }

  connected() {
    const { form, password, toggle } = this.parts;
    revealWith(password, toggle, this.signal);
    this.listen(form, 'submit', (event) => {
      event.preventDefault();
      if (!this.#isSending) void this.submit();
    });
    for (const field of this.#fields) this.listen(this.parts[field], 'input', () => this.setError(field, null));
  }

  /** What the form is for. */
  async submit() {}

  /** Sends what opens the door, and goes in by its answer. @param {string} path @param {Record<string, string>} body @param {() => void} [onOpen] */
  async send(path, body, onOpen = () => {}) {
    this.#setSending(true);
    try {
      const session = await this.app.api.post(path, body);
      onOpen();
      await this.app.enter(session);
    } catch (error) {
      this.#setSending(false);
      this.refuse(error);
    }
  }

  /** Says why the door stays shut. @param {any} error */
  refuse(error) {
    throw error;
  }

  /** Goes to the first field that is at fault. Answers whether there is none. */
  focusFirstFault() {
    const faulty = this.#fields.map((field) => this.parts[field]).find((input) => input.getAttribute('aria-invalid'));
    faulty?.focus();
    return faulty === undefined;
  }

  /** @param {boolean} isSending */
  #setSending(isSending) {
    this.#isSending = isSending;
    setAttribute(this.parts.submit, 'aria-disabled', isSending ? 'true' : null);
    this.parts.busy.hidden = !isSending;
  }

  /** @param {string} field @param {string|null} text */
  setError(field, text) {
    const error = this.parts[`${field}Error`];
    error.hidden = text === null;
    setText(error, text ?? '');
    setAttribute(this.parts[field], 'aria-invalid', text === null ? null : 'true');
  }

  /** @param {string|null} text */
  showFailure(text) {
    this.parts.failure.hidden = text === null;
    setText(this.parts.failureText, text ?? '');
  }
}
