// @ts-check
/** The agent's own menu: name, language, theme, sound, notifications, shortcuts, sign-out. */
import { toast } from './announcer.js';
import { paintAvatar } from './avatar.js';
import { setText } from './dom.js';
import { t } from './i18n.js';
import { showShortcuts } from './shortcuts.js';

export class AgentMenu {
  #menu;
  #button;
  #app;

  /**
   * @param {HTMLElement} menu the popover @param {HTMLElement} button what opens it
   * @param {import('./app.js').App} app @param {AbortSignal} signal
   */
  constructor(menu, button, app, signal) {
    this.#menu = menu;
    this.#button = button;
    this.#app = app;
    menu.addEventListener('change', (event) => this.#changed(/** @type {HTMLInputElement} */ (event.target)), { signal });
    menu.addEventListener('click', (event) => this.#clicked(event), { signal });
    app.store.subscribe('session', () => this.#update(), signal);
    this.#update();
  }

  #update() {
    const { me, preferences } = this.#app.store;
    paintAvatar(this.#part('avatar'), me.name);
    paintAvatar(/** @type {HTMLElement} */ (this.#button.querySelector('.avatar')), me.name);
    this.#button.setAttribute('aria-label', t('menu.open', { name: me.name }));
    setText(this.#part('name'), me.name);
    setText(this.#part('email'), me.email);
    for (const control of /** @type {NodeListOf<HTMLInputElement>} */ (this.#menu.querySelectorAll('[name]'))) {
      const value = preferences[control.name];
      if (control.type === 'checkbox') control.checked = value && this.#isPossible(control.name);
      else if (control.type === 'radio') control.checked = control.value === value;
      else control.value = value;
    }
  }

  /** A notification also needs this browser's leave. @param {string} name */
  #isPossible(name) {
    return name !== 'notifications' || ('Notification' in window && Notification.permission === 'granted');
  }

  /** @param {HTMLInputElement} control */
  async #changed(control) {
    const value = control.type === 'checkbox' ? control.checked : control.value;
    if (control.name === 'notifications' && value && !(await this.#mayNotify())) {
      control.checked = false;
      return;
    }
    await this.#app.setPreferences({ [control.name]: value });
  }

  /** Asks the browser, which only a click may do. */
  async #mayNotify() {
    if (!('Notification' in window)) return false;
    if (await Notification.requestPermission() === 'granted') return true;
    void toast(t('menu.notificationsDenied'));
    return false;
  }

  /** @param {Event} event */
  #clicked(event) {
    const action = /** @type {HTMLElement} */ (event.target).closest('[data-action]')?.getAttribute('data-action');
    if (!action) return;
    this.#menu.hidePopover();
    if (action === 'sign-out') void this.#app.signOut();
    else if (action === 'shortcuts') showShortcuts(this.#app);
  }

  /** @param {string} name @returns {HTMLElement} */
  #part(name) {
    return /** @type {HTMLElement} */ (this.#menu.querySelector(`.agent-${name}, [data-part="agent-${name}"]`));
  }
}
