// @ts-check
/** Signing in. */
import { View, loadTemplates, setAttribute, setText } from '../dom.js';
import { errorText, t, useWords } from '../i18n.js';
import { loadStyles } from '../styles.js';
import { revealWith } from './password.js';

await Promise.all([loadTemplates(import.meta.url), useWords('session'), loadStyles('session')]);

/** @param {HTMLElement} element @param {import('../app.js').App} app @returns {import('../app.js').Mounted} */
export function mountSignIn(element, app) {
  const view = new SignIn(app);
  view.connect(element);
  return view;
}

class SignIn extends View {
  #app;
  #isSending = false;
  /** When the server takes the next attempt, while it refuses them. @type {number} */
  #notBefore = 0;
  /** @type {ReturnType<typeof setInterval>|undefined} */
  #countdown;

  /** @param {import('../app.js').App} app */
  constructor(app) {
    super('sign-in');
    this.#app = app;
  }

  connected() {
    const { form, email, password, toggle } = this.parts;
    revealWith(password, toggle, this.signal);
    this.listen(form, 'submit', (event) => {
      event.preventDefault();
      void this.#submit();
    });
    for (const field of ['email', 'password']) this.listen(this.parts[field], 'input', () => this.#setError(field, null));
    this.signal.addEventListener('abort', () => clearInterval(this.#countdown));
    email.focus();
  }

  async #submit() {
    if (this.#isSending || Date.now() < this.#notBefore) return;
    const { email, password } = this.parts;
    const isEmail = email.value.trim() !== '' && email.validity.valid;
    this.#setError('email', isEmail ? null : t(email.value.trim() === '' ? 'signIn.email.required' : 'signIn.email.invalid'));
    this.#setError('password', password.value === '' ? t('signIn.password.required') : null);
    this.#showFailure(null);
    const faulty = [email, password].find((input) => input.getAttribute('aria-invalid'));
    if (faulty) {
      faulty.focus();
      return;
    }
    this.#setSending(true);
    try {
      const session = await this.#app.api.post('/api/session', { email: email.value.trim(), password: password.value });
      await this.#app.enter(session);
    } catch (/** @type {any} */ error) {
      this.#setSending(false);
      this.#refuse(error);
    }
  }

  /** @param {any} error */
  #refuse(error) {
    const { password } = this.parts;
    if (error.code === 'session.throttled') {
      this.#wait(Number(error.details.retryAfter) || 30);
      return;
    }
    this.#showFailure(errorText(error));
    if (error.code === 'session.credentials') {
      password.focus();
      password.select();
    }
  }

  /** Too many attempts: says when the next is taken, and counts down on the button. @param {number} seconds */
  #wait(seconds) {
    this.#notBefore = Date.now() + seconds * 1000;
    this.#showFailure(t('error.session.throttled'));
    const tick = () => {
      const left = Math.ceil((this.#notBefore - Date.now()) / 1000);
      const { submit, submitText } = this.parts;
      setAttribute(submit, 'aria-disabled', left > 0 ? 'true' : null);
      setText(submitText, left > 0 ? t('signIn.wait', { time: clock(left) }) : t('signIn.submit'));
      if (left > 0) return;
      clearInterval(this.#countdown);
      this.#showFailure(null);
    };
    clearInterval(this.#countdown);
    this.#countdown = setInterval(tick, 1000);
    tick();
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

/** `1:05` @param {number} seconds */
function clock(seconds) {
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
}
