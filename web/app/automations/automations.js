// @ts-check
/** The pages of automations: the list, the builder of one, and its runs. The route says which. */
import { View, loadTemplates, setIcon, setText } from '../dom.js';
import { errorText, t, useWords } from '../i18n.js';
import { AutomationList } from './automation-list.js';
import { Builder } from './builder.js';
import { RunsPage } from './runs-page.js';

await Promise.all([loadTemplates(import.meta.url), useWords('automations'), useWords('crm')]);

/** @param {HTMLElement} element @param {import('../app.js').App} app @returns {import('../app.js').Mounted} */
export function mountAutomations(element, app) {
  const pages = new AutomationPages(element, app);
  return { show: (path) => void pages.show(path), disconnect: () => pages.disconnect() };
}

class AutomationPages {
  #element;
  #app;
  #shown = '';
  /** @type {View|null} */
  #view = null;
  /** @type {AbortController|null} */
  #load = null;
  #over = new AbortController();

  /** @param {HTMLElement} element @param {import('../app.js').App} app */
  constructor(element, app) {
    this.#element = element;
    this.#app = app;
    let { role } = app.store.me;
    app.store.subscribe('session', () => {
      if (app.store.me.role === role) return;
      ({ role } = app.store.me);
      this.#shown = '';
      void this.show(app.router.current.path.slice(1));
    }, this.#over.signal);
  }

  /** @param {string[]} path `[]`, `[ID]`, `[ID, "runs"]` or `[ID, "runs", RUN]` */
  async show([id, part, run]) {
    const shown = id === undefined ? 'list' : `${part === 'runs' ? 'runs' : 'builder'} ${id}`;
    if (this.#app.store.me.role !== 'owner') {
      this.#showProblem('lock', t('automation.denied'), t('automation.denied.text'), null);
    } else if (shown === this.#shown) {
      if (this.#view instanceof RunsPage) this.#view.open(run ? Number(run) : null);
    } else if (id === undefined) {
      this.#stand(shown, new AutomationList(this.#app));
    } else {
      await this.#open(shown, Number(id), run ? Number(run) : null);
    }
  }

  disconnect() {
    this.#over.abort();
    this.#leave();
  }

  #leave() {
    this.#load?.abort();
    this.#view?.disconnect();
    this.#view = null;
  }

  /** @param {string} shown @param {number} id @param {number|null} run */
  async #open(shown, id, run) {
    const { api } = this.#app;
    this.#stand(shown, new View('builder-loading'));
    const { signal } = (this.#load = new AbortController());
    let loaded;
    try {
      loaded = await Promise.all(['automations/' + id, 'sites', 'tasks/kinds'].map((path) => api.get(`/api/${path}`, { signal })));
    } catch (/** @type {any} */ error) {
      if (signal.aborted) return;
      const isGone = error.status === 404;
      this.#showProblem(isGone ? 'search' : 'wifi-off', t(isGone ? 'automation.notFound' : 'automation.failed.one'),
        isGone ? t('automation.notFound.text') : errorText(error), isGone ? null : () => void this.#open(shown, id, run));
      return;
    }
    if (signal.aborted) return;
    const [automation, { sites }, { kinds: taskKinds }] = loaded;
    this.#stand(shown, shown.startsWith('runs') ? new RunsPage(this.#app, automation, run) : new Builder(this.#app, automation, { sites, taskKinds }));
  }

  /** @param {string} shown @param {View} view */
  #stand(shown, view) {
    this.#leave();
    this.#shown = shown;
    this.#view = view;
    view.connect(this.#element);
  }

  /** @param {string} icon @param {string} title @param {string} text @param {(() => void)|null} retry */
  #showProblem(icon, title, text, retry) {
    const view = new View('automation-problem');
    setIcon(view.parts.icon, icon);
    setText(view.parts.title, title);
    setText(view.parts.text, text);
    view.parts.retry.hidden = retry === null;
    view.parts.back.hidden = this.#app.store.me.role !== 'owner';
    if (retry) view.parts.retry.addEventListener('click', retry);
    this.#stand('', view);
  }
}
