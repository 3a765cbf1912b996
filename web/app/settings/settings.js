// @ts-check
/** The settings: one section at a time, by the route. */
import { View, loadTemplates } from '../dom.js';
import { useWords } from '../i18n.js';
import { FieldSettings } from './field.js';
import { FieldsSettings } from './fields.js';
import { GroupSettings } from './group.js';
import { GroupsSettings } from './groups.js';
import { PipelineSettings } from './pipeline.js';
import { PipelinesSettings } from './pipelines.js';
import { ProfileSettings } from './profile.js';
import { SiteSettings } from './site.js';
import { SitesSettings } from './sites.js';
import { TeamSettings } from './team.js';
import { WorkspaceSettings } from './workspace.js';

await Promise.all([loadTemplates(import.meta.url), useWords('settings')]);

/** @param {HTMLElement} element @param {import('../app.js').App} app @returns {import('../app.js').Mounted} */
export function mountSettings(element, app) {
  const settings = new Settings(app);
  settings.connect(element);
  return { show: (path) => settings.show(path), disconnect: () => settings.disconnect() };
}

class Settings extends View {
  #app;
  #shown = '';
  /** @type {View|null} */
  #section = null;

  /** @param {import('../app.js').App} app */
  constructor(app) {
    super('settings');
    this.#app = app;
  }

  connected() {
    this.signal.addEventListener('abort', () => this.#section?.disconnect());
    let { role } = this.#app.store.me;
    this.#app.store.subscribe('session', () => {
      if (this.#app.store.me.role === role) return;
      // What one may change here is another.
      ({ role } = this.#app.store.me);
      this.#showLinks();
      this.#shown = '';
      this.show(this.#app.router.current.path.slice(1));
    }, this.signal);
    this.#showLinks();
  }

  #showLinks() {
    this.parts.groupsLink.hidden = this.#app.store.me.role !== 'owner';
  }

  /** @param {string[]} path such as `['sites', '3']` */
  show([asked = 'profile', id]) {
    const section = this.root.querySelector(`[data-section="${CSS.escape(asked)}"]`) ? asked : 'profile';
    const place = [section, id].join('/');
    if (this.#shown === place) return;
    const isFirst = this.#shown === '';
    this.#shown = place;
    this.#section?.disconnect();
    this.#section = this.#make(section, id);
    this.#section.connect(this.parts.main);
    this.root.scrollTop = 0;
    for (const link of this.root.querySelectorAll('[data-section]')) {
      if (link.getAttribute('data-section') === section) {
        this.#app.entitle(link.textContent?.trim() ?? '', this.#section.signal);
        link.setAttribute('aria-current', 'page');
        // On a phone the sections stand in a row that scrolls.
        link.scrollIntoView({ block: 'nearest', inline: 'nearest' });
      } else {
        link.removeAttribute('aria-current');
      }
    }
    // Whoever reads by ear is taken to what has changed.
    const heading = /** @type {HTMLElement|null} */ (this.#section.root.querySelector('h2'));
    if (isFirst || !heading) return;
    heading.tabIndex = -1;
    heading.focus();
  }

  /** @param {string} section @param {string|undefined} id @returns {View} */
  #make(section, id) {
    switch (section) {
      case 'sites': return id === undefined ? new SitesSettings(this.#app) : new SiteSettings(this.#app, id);
      case 'pipelines': return id === undefined ? new PipelinesSettings(this.#app) : new PipelineSettings(this.#app, id);
      case 'fields': return id === undefined ? new FieldsSettings(this.#app) : new FieldSettings(this.#app, id);
      case 'groups': return id === undefined ? new GroupsSettings(this.#app) : new GroupSettings(this.#app, id);
      case 'team': return new TeamSettings(this.#app);
      case 'workspace': return new WorkspaceSettings(this.#app);
      default: return new ProfileSettings(this.#app);
    }
  }
}
