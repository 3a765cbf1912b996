// @ts-check
/** What holds for everybody: the workspace's name, time zone and currency. */
import { View } from '../dom.js';
import { t } from '../i18n.js';
import { fillCurrencies, fillTimeZones } from './choices.js';
import { SettingsForm } from './settings-form.js';

export class WorkspaceSettings extends View {
  #app;
  #form;

  /** @param {import('../app.js').App} app */
  constructor(app) {
    super('settings-workspace');
    this.#app = app;
    this.#form = new SettingsForm({
      template: 'workspace-form',
      key: `workspace ${app.store.me.id}`,
      isReadOnly: app.store.me.role !== 'owner',
      check: ({ name }) => name.trim() === '' ? { name: t('error.workspace.name.required') } : {},
      save: async ({ name, ...rest }) => {
        const workspace = await app.api.patch('/api/workspace', { name: name.trim(), ...rest });
        app.store.session.workspace = workspace;
        app.store.changed('workspace');
        return fieldsOf(workspace);
      },
    });
  }

  connected() {
    const { store } = this.#app;
    this.#form.connect(this.parts.form);
    if (store.me.role !== 'owner') this.parts.form.prepend(new View('settings-denied').root);
    this.signal.addEventListener('abort', () => this.#form.disconnect());
    const { timeZone, defaultCurrency } = store.session.workspace;
    const form = /** @type {HTMLFormElement} */ (this.#form.root);
    fillTimeZones(/** @type {any} */ (form.elements.namedItem('timeZone')), timeZone);
    fillCurrencies(/** @type {any} */ (form.elements.namedItem('defaultCurrency')), [defaultCurrency]);
    store.subscribe('workspace', () => this.#show(), this.signal);
    this.#show();
  }

  #show() {
    this.#form.show(fieldsOf(this.#app.store.session.workspace));
  }
}

/** @param {any} workspace @returns {Record<string, string>} */
function fieldsOf({ name, timeZone, defaultCurrency, weekStartsOn }) {
  return { name, timeZone, defaultCurrency, weekStartsOn };
}
