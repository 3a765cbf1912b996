// @ts-check
/** The frame of the signed-in page: the rail, the agent's menu, the connection's bar, and the page of the route. */
import { AgentMenu } from './agent-menu.js';
import { ConnectionBar } from './connection-bar.js';
import { Notifier } from './conversations/notifier.js';
import { isTyping, loadTemplates, setIcon, setText, View } from './dom.js';
import { formatNumber, t, useWords } from './i18n.js';
import { areSingleKeysOn } from './shortcuts.js';
import { loadStyles } from './styles.js';
import { showOverdueTasks } from './tasks/overdue-tasks.js';
import { whenBack } from './when-back.js';

// Before a language is chosen this only names them: they come with it.
await Promise.all([useWords('conversations'), useWords('crm')]);

/** The pages by the first part of the route. @type {Record<string, () => Promise<(element: HTMLElement, app: any) => import('./app.js').Mounted>>} */
const pages = {
  conversations: async () => {
    // The inbox asks for its templates when all of its modules are there: here at once.
    loadTemplates(import.meta.url, './conversations/templates.html').catch(() => {});
    return (await import('./conversations/inbox.js')).mountInbox;
  },
  pipelines: async () => (await import('./pipelines/pipeline-page.js')).mountPipelines,
  deals: async () => (await import('./deals/deal-page.js')).mountDeal,
  tasks: async () => (await import('./tasks/tasks-page.js')).mountTasks,
  contacts: async () => (await import('./contacts/contacts-page.js')).mountContacts,
  accounts: async () => (await import('./accounts/accounts-page.js')).mountAccounts,
  import: async () => (await import('./imports/imports.js')).mountImports,
  automations: async () => (await import('./automations/automations.js')).mountAutomations,
  reports: async () => (await import('./reports/reports.js')).mountReports,
  settings: async () => (await import('./settings/settings.js')).mountSettings,
};
const home = 'conversations';
/** @type {Record<string, string>} */
const titles = {
  conversations: 'nav.inbox', pipelines: 'nav.deals', deals: 'nav.deal', tasks: 'nav.tasks', contacts: 'nav.contacts',
  accounts: 'nav.accounts', automations: 'nav.automations', import: 'nav.import', reports: 'nav.reports', settings: 'nav.settings',
};

/** Loads what shows a route: its modules and their stylesheets. @param {import('./router.js').Route} route */
export async function bring({ path: [page = home] }) {
  const [mount] = await Promise.all([pages[page]?.(), page === home || loadStyles()]);
  return mount;
}

/** What stands where modules were to show something and could not be loaded. @param {unknown} error */
export function failure(error) {
  console.error(error);
  const { root, parts } = new View('page-failure');
  setText(parts.text, t('page.failed'));
  setIcon(parts.icon, 'wifi-off');
  parts.retry.addEventListener('click', () => location.reload());
  return root;
}

export class Frame extends View {
  #app;
  #page = '';
  /** The page's modules could not be loaded. */
  #hasFailed = false;
  /** What is shown is called so; empty: as its page is. */
  #name = '';
  /** @type {import('./app.js').Mounted|null} */
  #mounted = null;

  /** @param {import('./app.js').App} app */
  constructor(app) {
    super('frame');
    this.#app = app;
  }

  connected() {
    new ConnectionBar(this.parts.connection, this.#app, this.signal);
    new AgentMenu(this.parts.menu, this.parts.agent, this.#app, this.signal);
    this.listen(this.parts.skip, 'click', (event) => {
      event.preventDefault();
      this.parts.main.focus();
    });
    this.notifier = new Notifier(this.#app, this.signal, () => this.#showUnread());
    whenBack(this.#app, () => this.#hasFailed, () => {
      this.#page = '';
      void this.#show(this.#app.router.current);
    }, this.signal);
    void this.#showBell();
    showOverdueTasks(this.#app, this.parts, this.signal);
    this.listen(document, 'keydown', (event) => this.#key(event));
    this.#app.store.subscribe('session', () => this.#showLinks(), this.signal);
    this.#showLinks();
    this.#app.router.subscribe((route) => this.#show(route), this.signal);
    void this.#show(this.#app.router.current);
  }

  /** A slash goes to the search of the page, as the inbox has it by itself. @param {KeyboardEvent} event */
  #key(event) {
    if (event.key !== '/' || this.#page === home || event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
    const search = /** @type {HTMLInputElement|null} */ (this.parts.main.querySelector('[role="search"] input[type="search"]'));
    if (!search || isTyping(event) || !areSingleKeysOn() || document.querySelector('dialog:modal')) return;
    event.preventDefault();
    search.focus();
    search.select();
  }

  /** Automations are for owners. */
  #showLinks() {
    this.parts.automations.hidden = this.#app.store.me.role !== 'owner';
  }

  /** What automations tell is loaded behind the page. */
  async #showBell() {
    const { signal } = this;
    const { bell, bellBadge, bellCount, bellText } = this.parts;
    try {
      const { Notifications } = await import('./notifications/notifications.js');
      if (signal.aborted) return;
      const notifications = new Notifications(this.#app, { button: bell, count: bellBadge, countText: bellCount, text: bellText });
      notifications.connect(this.root);
      signal.addEventListener('abort', () => notifications.disconnect());
    } catch (error) {
      // Without it the page does all else.
      console.warn(error);
    }
  }

  /** @param {string} name @param {AbortSignal} signal of what is shown */
  entitle(name, signal) {
    if (this.#name === name) return;
    this.#name = name;
    this.#showTitle();
    signal.addEventListener('abort', () => {
      if (this.#name === name) this.#name = '';
      this.#showTitle();
    });
  }

  #showTitle() {
    document.title = this.notifier?.title(this.#name || t(titles[this.#page] ?? 'nav.inbox')) ?? 'Parley';
  }

  #showUnread() {
    const notifier = /** @type {Notifier} */ (this.notifier);
    this.#showTitle();
    const { count, isExact } = notifier.unread;
    this.parts.unread.hidden = count === 0;
    setText(this.parts.unreadCount, isExact ? formatNumber(count) : '99+');
    setText(this.parts.unreadText, t(isExact ? 'nav.unread' : 'nav.unread.more', { count }));
  }

  disconnect() {
    this.#mounted?.disconnect();
    super.disconnect();
  }

  /** @param {import('./router.js').Route} route */
  async #show(route) {
    const { path: [page = home, ...rest] } = route;
    // Of the deals there is no list but the pipelines'.
    const instead = page === 'deals' && rest.length === 0 ? 'pipelines' : page in pages ? null : home;
    if (instead) {
      this.#app.router.go(`/${instead}`, { replace: true });
      return;
    }
    for (const link of this.root.querySelectorAll('[data-page]')) {
      if (link.getAttribute('data-page') === page || link.getAttribute('data-detail') === page) link.setAttribute('aria-current', 'page');
      else link.removeAttribute('aria-current');
    }
    if (this.#page === page) {
      this.#mounted?.show?.(rest);
      return;
    }
    const isFirst = this.#page === '';
    this.#page = page;
    this.#hasFailed = false;
    this.#showUnread();
    this.#mounted?.disconnect();
    this.#mounted = null;
    const { signal } = this;
    const { main } = this.parts;
    main.replaceChildren();
    this.root.dataset.page = page;
    try {
      const mount = await bring(route);
      if (signal.aborted || this.#page !== page) return;
      this.#mounted = mount(main, this.#app);
      this.#mounted.show?.(this.#app.router.current.path.slice(1));
      // What had the focus went with the page before: the keyboard goes on in this one, not at the document's beginning.
      if (!isFirst && document.activeElement === document.body) main.focus();
    } catch (error) {
      if (!signal.aborted && this.#page === page) this.#showFailure(page, error);
    }
  }

  /** The page's module could not be loaded. @param {string} page @param {unknown} error */
  #showFailure(page, error) {
    this.#hasFailed = true;
    this.parts.main.replaceChildren(failure(error));
    this.root.dataset.page = page;
  }
}
