// @ts-check
/** The websites that carry the widget. */
import { View, setText } from '../dom.js';
import { errorText, t } from '../i18n.js';

export class SitesSettings extends View {
  #app;

  /** @param {import('../app.js').App} app */
  constructor(app) {
    super('settings-sites');
    this.#app = app;
  }

  connected() {
    this.parts.add.hidden = this.#app.store.me.role !== 'owner';
    this.parts.place.replaceChildren(new View('settings-loading').root);
    this.#app.store.subscribe('sites', () => void this.#load(), this.signal);
    void this.#load();
  }

  async #load() {
    const { signal } = this;
    try {
      const { sites } = await this.#app.api.get('/api/sites', { signal });
      const list = document.createElement('ul');
      list.append(...sites.map(row));
      this.parts.place.replaceChildren(list);
    } catch (/** @type {any} */ error) {
      if (signal.aborted) return;
      const { root, parts } = new View('settings-problem');
      setText(parts.text, errorText(error));
      parts.retry.addEventListener('click', () => void this.#load());
      this.parts.place.replaceChildren(root);
    }
  }
}

/** @param {any} site */
function row(site) {
  const { root, parts } = new View('site-row');
  parts.link.href = `#/settings/sites/${site.id}`;
  parts.dot.style.setProperty('--site', site.color);
  setText(parts.name, site.name);
  const hosts = site.origins.map((/** @type {string} */ origin) => origin.replace(/^https:\/\//, ''));
  setText(parts.origins, hosts.join(', ') || t('site.origins.none'));
  return root;
}
