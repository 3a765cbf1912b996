// @ts-check
/**
 * The saved views of a page: which one is open, whether it has been changed since, and what can be done with it. The address
 * holds the view, `saved=ID`, beside the filters that are shown: so a link shows the same to whoever opens it.
 */
import { newID } from '../api.js';
import { toast } from '../announcer.js';
import { askToDelete } from '../deals/delete-dialog.js';
import { View, loadTemplates, setAttribute, setText } from '../dom.js';
import { errorText, t, useWords } from '../i18n.js';
import { askViewName } from './view-dialog.js';

await Promise.all([loadTemplates(import.meta.url), useWords('views')]);

/**
 * @typedef {object} ViewedPage
 * @property {"deals"|"contacts"|"accounts"} kind
 * @property {() => string} path without a query, such as `/contacts`
 * @property {() => string[]} columns that are shown; none: the usual ones
 * @property {(columns: string[]) => void} showColumns
 */

export class ViewPicker extends View {
  #app;
  #page;
  /** @type {any[]} */
  #views = [];
  #hasLoaded = false;

  /** @param {import('../app.js').App} app @param {ViewedPage} page */
  constructor(app, page) {
    super('view-picker');
    this.#app = app;
    this.#page = page;
  }

  connected() {
    const { parts } = this;
    this.listen(parts.menu, 'toggle', (event) => {
      setAttribute(parts.open, 'aria-expanded', String(event.newState === 'open'));
      if (event.newState === 'open') this.#stand();
    });
    parts.open.popoverTargetElement = parts.menu;
    this.listen(parts.all, 'click', () => this.#go(null));
    this.listen(parts.save, 'click', () => void this.#change({ query: this.#query, columns: this.#page.columns() }, 'view.saved'));
    this.listen(parts.reset, 'click', () => this.#go(this.#current));
    for (const button of [parts.saveAs, parts.saveNew]) this.listen(button, 'click', () => void this.#saveAs());
    this.listen(parts.rename, 'click', () => void this.#rename());
    this.listen(parts.begin, 'click', () => void this.#change({ isDefault: !this.#current.isDefault }, this.#current.isDefault ? 'view.begin.off' : 'view.begin.on'));
    this.listen(parts.remove, 'click', () => void this.#remove());
    this.listen(parts.menu, 'keydown', (event) => this.#walk(event));
    this.#app.router.subscribe(() => this.show(), this.signal);
    this.listen(window, 'hashchange', () => this.#open());
    for (const key of ['views', 'startOver']) this.#app.store.subscribe(key, () => void this.#load(), this.signal);
    void this.#load();
  }

  async #load() {
    const isFirst = !this.#hasLoaded;
    try {
      const { views } = await this.#app.api.get('/api/views', { signal: this.signal });
      this.#views = views.filter((/** @type {any} */ { kind }) => kind === this.#page.kind);
      this.#hasLoaded = true;
    } catch {
      // The page works without its views; the next event or the next start asks again.
      return;
    }
    if (isFirst) this.#begin();
    this.show();
  }

  /** A page that is opened by its name alone begins with the agent's own view of it, and a link to a view alone shows that. */
  #begin() {
    if (this.#app.router.current.query.size > 0) return this.#open();
    const wanted = this.#views.find(({ isDefault }) => isDefault);
    if (wanted) this.#go(wanted, true);
  }

  /** A link to a view alone shows it, also while the page is there already: what the page itself asks for is no change of this kind. */
  #open() {
    if (this.#app.router.current.query.size === 1 && this.#current) this.#go(this.#current, true);
  }

  get #current() {
    const id = this.#app.router.current.query.get('saved');
    return this.#views.find((view) => String(view.id) === id) ?? null;
  }

  /** What is shown now, as a view has it. */
  get #query() {
    return canonical(this.#app.router.current.query);
  }

  get #isChanged() {
    const view = this.#current;
    if (!view) return false;
    const isOther = canonical(new URLSearchParams(view.query)) !== this.#query;
    return isOther || JSON.stringify(view.columns) !== JSON.stringify(this.#page.columns());
  }

  show() {
    if (!this.#hasLoaded) return;
    const { name, changed, save, reset, saveAs, saveNew, own, begin, rename, remove, beginText, all } = this.parts;
    const view = this.#current;
    const isChanged = this.#isChanged;
    const mayChange = view !== null && this.#mayChange(view);
    setText(name, view?.name ?? t(`view.all.${this.#page.kind}`));
    setText(all, t(`view.all.${this.#page.kind}`));
    changed.hidden = !isChanged;
    save.hidden = !(isChanged && mayChange);
    reset.hidden = !isChanged;
    saveAs.hidden = !(isChanged && !mayChange) && !(view === null && this.#query !== '');
    setText(saveNew, t('view.saveAs'));
    own.hidden = view === null;
    rename.hidden = remove.hidden = !mayChange;
    setText(beginText, t(view?.isDefault ? 'view.begin.stop' : 'view.begin'));
    begin.hidden = view === null;
    this.#list();
  }

  /** @param {any} view */
  #mayChange({ agent }) {
    const { me } = this.#app.store;
    return agent.id === me.id || me.role === 'owner';
  }

  #list() {
    const { mine, shared, mineTitle, sharedTitle, all } = this.parts;
    const current = this.#current;
    const isMine = (/** @type {any} */ { isShared }) => !isShared;
    const fill = (/** @type {HTMLElement} */ list, /** @type {any[]} */ views) => list.replaceChildren(...views.map((view) => {
      const { root, parts } = new View('view-item');
      setText(parts.name, view.name);
      parts.star.hidden = !view.isDefault;
      setText(parts.by, view.isShared && view.agent.id !== this.#app.store.me.id ? view.agent.name : '');
      setAttribute(parts.open, 'aria-current', view === current ? 'true' : null);
      parts.open.addEventListener('click', () => this.#go(view));
      return root;
    }));
    fill(mine, this.#views.filter(isMine));
    fill(shared, this.#views.filter((view) => !isMine(view)));
    mineTitle.hidden = mine.childElementCount === 0;
    sharedTitle.hidden = shared.childElementCount === 0;
    setAttribute(all, 'aria-current', current ? null : 'true');
  }

  #stand() {
    const { menu, open } = this.parts;
    const from = open.getBoundingClientRect();
    const { width } = menu.getBoundingClientRect();
    menu.style.setProperty('left', `${Math.max(8, Math.min(from.left, innerWidth - width - 8))}px`);
    menu.style.setProperty('top', `${from.bottom + 6}px`);
    (menu.querySelector('[aria-current]') ?? menu.querySelector('button'))?.focus();
  }

  /** @param {KeyboardEvent} event */
  #walk(event) {
    if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return;
    event.preventDefault();
    const buttons = [...this.parts.menu.querySelectorAll('button')].filter((button) => button.offsetParent !== null);
    const index = buttons.indexOf(document.activeElement) + (event.key === 'ArrowDown' ? 1 : -1);
    buttons[(index + buttons.length) % buttons.length].focus();
  }

  #closeMenu() {
    if (this.parts.menu.matches(':popover-open')) this.parts.menu.hidePopover();
  }

  /** Shows a view, or everything. @param {any} view @param {boolean} [isQuiet] it is no step of the history */
  #go(view, isQuiet = false) {
    this.#closeMenu();
    const params = new URLSearchParams(view?.query ?? '');
    if (view) params.set('saved', String(view.id));
    this.#page.showColumns(view?.columns ?? []);
    const query = params.toString().replaceAll('+', '%20');
    this.#app.router.go(`${this.#page.path()}${query ? `?${query}` : ''}`, { replace: isQuiet });
    this.show();
  }

  /** @param {Record<string, unknown>} changes @param {string} done a key */
  async #change(changes, done) {
    this.#closeMenu();
    const view = this.#current;
    if (!view) return;
    try {
      this.#take(await this.#app.api.patch(`/api/views/${view.id}`, changes));
      void toast(t(done, { name: view.name }));
    } catch (error) {
      this.#fail(error);
    }
  }

  /** @param {any} view as it is now */
  #take(view) {
    const others = this.#views.filter(({ id }) => id !== view.id)
      .map((each) => view.isDefault ? { ...each, isDefault: false } : each);
    this.#views = [...others, view].sort((a, b) => a.name.localeCompare(b.name));
    this.show();
  }

  async #saveAs() {
    this.#closeMenu();
    const key = newID();
    const draft = { kind: this.#page.kind, query: this.#query, columns: this.#page.columns() };
    await askViewName({
      title: t('view.saveAs.title'), name: '', isShared: false,
      save: async (named) => {
        const view = await this.#app.api.post('/api/views', { ...draft, ...named }, { idempotencyKey: key });
        this.#take(view);
        this.#go(view);
        void toast(t('view.saved', { name: view.name }));
      },
    });
  }

  async #rename() {
    this.#closeMenu();
    const { id, name, isShared } = this.#current;
    await askViewName({
      title: t('view.rename.title'), name, isShared,
      save: async (named) => this.#take(await this.#app.api.patch(`/api/views/${id}`, named)),
    });
  }

  async #remove() {
    this.#closeMenu();
    const view = this.#current;
    if (!await askToDelete(t('view.delete.title', { name: view.name }), t(view.isShared ? 'view.delete.shared' : 'view.delete.own'))) return;
    try {
      await this.#app.api.delete(`/api/views/${view.id}`);
      this.#views = this.#views.filter(({ id }) => id !== view.id);
      this.#go(null);
    } catch (error) {
      this.#fail(error);
    }
  }

  /** @param {any} error */
  #fail(error) {
    const code = Object.values(error.fields ?? {})[0] ?? error.code;
    void toast(errorText({ ...error, code: String(code) }), { urgent: true });
  }
}

/** A query in one order, without the view itself. @param {URLSearchParams} query */
function canonical(query) {
  const params = new URLSearchParams([...query].filter(([name, value]) => name !== 'saved' && value !== ''));
  params.sort();
  return params.toString().replaceAll('+', '%20');
}
