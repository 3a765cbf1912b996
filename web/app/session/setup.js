// @ts-check
/** The first start of a server: its workspace and its owner, made by whoever holds the token that it printed. */
import { View, loadTemplates, setAttribute, setText } from '../dom.js';
import { errorText, t, useWords } from '../i18n.js';
import { fillTimeZones } from '../settings/choices.js';
import { loadStyles } from '../styles.js';
import { measure, revealWith, shortestPassword } from './password.js';

await Promise.all([loadTemplates(import.meta.url), useWords('session'), loadStyles('session')]);

const fields = /** @type {const} */ (['token', 'workspaceName', 'timeZone', 'name', 'email', 'password']);

/** @param {HTMLElement} element @param {import('../app.js').App} app @returns {import('../app.js').Mounted} */
export function mountSetup(element, app) {
  const view = new Setup(app);
  view.connect(element);
  return view;
}

class Setup extends View {
  #app;
  #isSending = false;

  /** @param {import('../app.js').App} app */
  constructor(app) {
    super('setup');
    this.#app = app;
  }

  connected() {
    const { form, token, tokenField, timeZone, password, toggle, strength, strengthText, workspaceName } = this.parts;
    revealWith(password, toggle, this.signal);
    measure(password, strength, strengthText, this.signal);
    fillTimeZones(timeZone, Intl.DateTimeFormat().resolvedOptions().timeZone);
    token.value = tokenOfAddress();
    tokenField.hidden = token.value !== '';
    this.listen(form, 'submit', (event) => {
      event.preventDefault();
      void this.#submit();
    });
    for (const field of fields) this.listen(this.parts[field], 'input', () => this.#setError(field, null));
    (token.value === '' ? token : workspaceName).focus();
  }

  async #submit() {
    if (this.#isSending) return;
    this.#showFailure(null);
    if (!this.#isComplete()) return;
    const body = Object.fromEntries(fields.map((field) => {
      const { value } = this.parts[field];
      return [field, field === 'password' ? value : value.trim()];
    }));
    this.#setSending(true);
    try {
      const session = await this.#app.api.post('/api/setup', body);
      // The token has served: it must not stay in the address.
      this.#app.router.go('/conversations', { replace: true });
      await this.#app.enter(session);
    } catch (error) {
      this.#setSending(false);
      this.#refuse(error);
    }
  }

  /** Says all that is missing, and goes to the first of it. */
  #isComplete() {
    for (const field of fields) {
      const { value, validity } = this.parts[field];
      const isMissing = value.trim() === '';
      const isTooShort = field === 'password' && [...value].length < shortestPassword;
      const isFaulty = isMissing || isTooShort || (field === 'email' && !validity.valid);
      const reason = isMissing || isTooShort ? 'required' : 'invalid';
      this.#setError(field, isFaulty ? t(`setup.${field}.${reason}`, { count: shortestPassword }) : null);
    }
    return this.#focusFirstFault();
  }

  #focusFirstFault() {
    const faulty = fields.map((field) => this.parts[field]).find((input) => input.getAttribute('aria-invalid'));
    faulty?.focus();
    return faulty === undefined;
  }

  /** @param {any} error */
  #refuse(error) {
    if (error.code === 'setup.token') {
      this.parts.tokenField.hidden = false;
      this.#setError('token', errorText(error));
    }
    for (const [field, code] of Object.entries(error.fields ?? {})) {
      if (this.parts[field]) this.#setError(field, errorText({ code }));
    }
    if (this.#focusFirstFault()) this.#showFailure(errorText(error));
  }

  /** @param {boolean} isSending */
  #setSending(isSending) {
    this.#isSending = isSending;
    setAttribute(this.parts.submit, 'aria-disabled', isSending ? 'true' : null);
    this.parts.busy.hidden = !isSending;
  }

  /** @param {string} field @param {string|null} text */
  #setError(field, text) {
    const error = this.parts[`${field}Error`];
    error.hidden = text === null;
    setText(error, text ?? '');
    setAttribute(this.parts[field], 'aria-invalid', text === null ? null : 'true');
  }

  /** @param {string|null} text */
  #showFailure(text) {
    this.parts.failure.hidden = text === null;
    setText(this.parts.failureText, text ?? '');
  }
}

/** The token of the link that the server printed, `#/setup?token=TOKEN`: a fragment, so no proxy's log keeps it. */
function tokenOfAddress() {
  const [page, query = ''] = location.hash.replace(/^#\/?/, '').split('?');
  return page === 'setup' ? (new URLSearchParams(query).get('token') ?? '') : '';
}
