// @ts-check
/** Signing in. */
import { setAttribute, setText } from '../dom.js';
import { errorText, t } from '../i18n.js';
import { DoorForm } from './door-form.js';

/** @param {HTMLElement} element @param {import('../app.js').App} app @returns {import('../app.js').Mounted} */
export function mountSignIn(element, app) {
  const view = new SignIn(app);
  view.connect(element);
  return view;
}

class SignIn extends DoorForm {
  /** When the server takes the next attempt, while it refuses them. @type {number} */
  #notBefore = 0;
  /** @type {ReturnType<typeof setInterval>|undefined} */
  #countdown;

  /** @param {import('../app.js').App} app */
  constructor(app) {
    super('sign-in', app, ['email', 'password']);
  }

  connected() {
    super.connected();
    this.signal.addEventListener('abort', () => clearInterval(this.#countdown));
    this.parts.email.focus();
  }

  async submit() {
    if (Date.now() < this.#notBefore) return;
    const { email, password } = this.parts;
    const isEmail = email.value.trim() !== '' && email.validity.valid;
    this.setError('email', isEmail ? null : t(email.value.trim() === '' ? 'signIn.email.required' : 'signIn.email.invalid'));
    this.setError('password', password.value === '' ? t('signIn.password.required') : null);
    this.showFailure(null);
    if (this.focusFirstFault()) await this.send('/api/session', { email: email.value.trim(), password: password.value });
  }

  /** @param {any} error */
  refuse(error) {
    const { password } = this.parts;
    if (error.code === 'session.throttled') {
      this.#wait(Number(error.details.retryAfter) || 30);
      return;
    }
    this.showFailure(errorText(error));
    if (error.code === 'session.credentials') {
      password.focus();
      password.select();
    }
  }

  /** Too many attempts: says when the next is taken, and counts down on the button. @param {number} seconds */
  #wait(seconds) {
    this.#notBefore = Date.now() + seconds * 1000;
    this.showFailure(t('error.session.throttled'));
    const tick = () => {
      const left = Math.ceil((this.#notBefore - Date.now()) / 1000);
      const { submit, submitText } = this.parts;
      setAttribute(submit, 'aria-disabled', left > 0 ? 'true' : null);
      setText(submitText, left > 0 ? t('signIn.wait', { time: clock(left) }) : t('signIn.submit'));
      if (left > 0) return;
      clearInterval(this.#countdown);
      this.showFailure(null);
    };
    clearInterval(this.#countdown);
    this.#countdown = setInterval(tick, 1000);
    tick();
  }
}

/** `1:05` @param {number} seconds */
function clock(seconds) {
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
}
