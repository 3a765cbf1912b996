// @ts-check
/** One's own name, preferences and password. */
import { toast } from '../announcer.js';
import { View, setText } from '../dom.js';
import { t } from '../i18n.js';
import { measure, revealWith, shortestPassword } from '../session/password.js';
import { SettingsForm } from './settings-form.js';

export class ProfileSettings extends View {
  #app;
  #name;
  #password;

  /** @param {import('../app.js').App} app */
  constructor(app) {
    super('settings-profile');
    this.#app = app;
    this.#name = new SettingsForm({
      template: 'settings-name',
      key: `profile ${app.store.me.id}`,
      check: ({ name }) => name.trim() === '' ? { name: t('error.agent.name.required') } : {},
      save: async ({ name }) => {
        const agent = await app.api.patch('/api/session/agent', { name: name.trim() });
        return { name: agent.name };
      },
    });
    this.#password = new SettingsForm({
      template: 'settings-password',
      saveText: 'settings.password.change',
      savedText: 'settings.password.changed',
      check: checkPassword,
      save: (values) => app.api.put('/api/session/password', values),
      fieldOf: { 'session.credentials': { field: 'current', text: 'settings.password.current.wrong' } },
    });
  }

  connected() {
    const { store } = this.#app;
    const { parts } = this.#password;
    this.#name.connect(this.parts.name);
    this.#password.connect(this.parts.password);
    revealWith(parts.password, parts.toggle, this.signal);
    this.#password.onChange = measure(parts.password, parts.strength, parts.strengthText, this.signal);
    parts.username.value = store.me.email;
    this.signal.addEventListener('abort', () => {
      this.#name.disconnect();
      this.#password.disconnect();
    });
    store.subscribe('session', () => this.#render(), this.signal);
    this.listen(this.parts.preferences, 'change', (event) => void this.#changePreference(event.target));
    this.#render();
  }

  #render() {
    const { me, preferences } = this.#app.store;
    this.#name.show({ name: me.name });
    setText(this.#name.parts.email, me.email);
    for (const control of this.parts.preferences.querySelectorAll('[name]')) {
      if (control.type === 'checkbox') control.checked = preferences[control.name] && isPossible(control.name);
      else control.value = preferences[control.name];
    }
  }

  /** @param {HTMLInputElement} control */
  async #changePreference(control) {
    const value = control.type === 'checkbox' ? control.checked : control.value;
    if (control.name === 'notifications' && value && !(await mayNotify())) {
      control.checked = false;
      void toast(t('menu.notificationsDenied'));
      return;
    }
    await this.#app.setPreferences({ [control.name]: value });
  }
}

/** @param {Record<string, string>} values @returns {Record<string, string>} */
function checkPassword({ current, password }) {
  /** @type {Record<string, string>} */
  const errors = {};
  if (current === '') errors.current = t('settings.password.current.required');
  if ([...password].length < shortestPassword) errors.password = t('setup.password.required', { count: shortestPassword });
  return errors;
}

/** A notification also needs this browser's leave. @param {string} name */
function isPossible(name) {
  return name !== 'notifications' || ('Notification' in window && Notification.permission === 'granted');
}

/** Asks the browser, which only a click may do. */
async function mayNotify() {
  return 'Notification' in window && await Notification.requestPermission() === 'granted';
}
