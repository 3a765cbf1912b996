// @ts-check
/** The first start of a server: its workspace and its owner, made by whoever holds the token that it printed. */
import { errorText, t } from '../i18n.js';
import { fillTimeZones } from '../settings/choices.js';
import { DoorForm } from './door-form.js';
import { measure, shortestPassword } from './password.js';

const fields = /** @type {const} */ (['token', 'workspaceName', 'timeZone', 'name', 'email', 'password']);

/** @param {HTMLElement} element @param {import('../app.js').App} app @returns {import('../app.js').Mounted} */
export function mountSetup(element, app) {
  const view = new Setup(app);
  view.connect(element);
  return view;
}

class Setup extends DoorForm {
  /** @param {import('../app.js').App} app */
  constructor(app) {
    super('setup', app, fields);
  }

  connected() {
    super.connected();
    const { token, tokenField, timeZone, password, strength, strengthText, workspaceName } = this.parts;
    measure(password, strength, strengthText, this.signal);
    fillTimeZones(timeZone, Intl.DateTimeFormat().resolvedOptions().timeZone);
    token.value = tokenOfAddress();
    tokenField.hidden = token.value !== '';
    (token.value === '' ? token : workspaceName).focus();
  }

  async submit() {
    this.showFailure(null);
    if (!this.#isComplete()) return;
    const body = Object.fromEntries(fields.map((field) => {
      const { value } = this.parts[field];
      return [field, field === 'password' ? value : value.trim()];
    }));
    // The token has served: it must not stay in the address.
    await this.send('/api/setup', body, () => this.app.router.go('/conversations', { replace: true }));
  }

  /** Says all that is missing, and goes to the first of it. */
  #isComplete() {
    for (const field of fields) {
      const { value, validity } = this.parts[field];
      const isMissing = value.trim() === '';
      const isTooShort = field === 'password' && [...value].length < shortestPassword;
      const isFaulty = isMissing || isTooShort || (field === 'email' && !validity.valid);
      const reason = isMissing || isTooShort ? 'required' : 'invalid';
      this.setError(field, isFaulty ? t(`setup.${field}.${reason}`, { count: shortestPassword }) : null);
    }
    return this.focusFirstFault();
  }

  /** @param {any} error */
  refuse(error) {
    if (error.code === 'setup.token') {
      this.parts.tokenField.hidden = false;
      this.setError('token', errorText(error));
    }
    for (const [field, code] of Object.entries(error.fields ?? {})) {
      if (this.parts[field]) this.setError(field, errorText({ code }));
    }
    if (this.focusFirstFault()) this.showFailure(errorText(error));
  }
}

/** The token of the link that the server printed, `#/setup?token=TOKEN`: a fragment, so no proxy's log keeps it. */
function tokenOfAddress() {
  const [page, query = ''] = location.hash.replace(/^#\/?/, '').split('?');
  return page === 'setup' ? (new URLSearchParams(query).get('token') ?? '') : '';
}
