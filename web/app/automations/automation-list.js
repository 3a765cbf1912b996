// @ts-check
/** The automations of the workspace: what each does, whether it is on, and how its runs go; and recipes to begin from. */
import { toast } from '../announcer.js';
import { isAbort, newID } from '../api.js';
import { askToDelete } from '../deals/delete-dialog.js';
import { View, clone, icon, setIcon, setText } from '../dom.js';
import { errorText, formatNumber, formatRelative, t } from '../i18n.js';
import { recipes } from './recipes.js';
import { openStepMenu } from './step-menu.js';
import { confirmSwitch } from './switch-dialog.js';

const pause = 500;
const figures = /** @type {const} */ (['active', 'done', 'failed']);

export class AutomationList extends View {
  #app;
  /** @type {any[]|null} */
  #automations = null;
  /** @type {ReturnType<typeof setTimeout>|undefined} */
  #timer;
  #isCreating = false;

  /** @param {import('../app.js').App} app */
  constructor(app) {
    super('automations');
    this.#app = app;
  }

  connected() {
    const { add, retry, recipes: list } = this.parts;
    const { store } = this.#app;
    this.listen(add, 'click', () => void this.#create(t('automation.untitled'), undefined));
    this.listen(retry, 'click', () => void this.#load());
    list.append(...recipes.map((recipe) => this.#recipe(recipe)));
    store.follow((event) => {
      if (event.type === 'automations.changed') this.#loadSoon();
    }, this.signal);
    store.subscribe('startOver', () => void this.#load(), this.signal);
    store.subscribe('connection', () => {
      if (this.#app.connection.state === 'live' && !this.parts.failure.hidden) void this.#load();
    }, this.signal);
    this.signal.addEventListener('abort', () => clearTimeout(this.#timer));
    void this.#load();
  }

  #loadSoon() {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.#load(), pause);
  }

  async #load() {
    try {
      const { automations } = await this.#app.api.get('/api/automations', { signal: this.signal });
      this.#automations = automations;
      this.parts.failure.hidden = true;
    } catch (/** @type {any} */ error) {
      if (isAbort(error)) return;
      this.parts.failure.hidden = this.#automations !== null;
      setText(this.parts.failureText, errorText(error));
    }
    this.#draw();
  }

  #draw() {
    const { rows, empty, loading, recipesPart, failure } = this.parts;
    const all = this.#automations;
    loading.hidden = all !== null || !failure.hidden;
    rows.hidden = !all?.length;
    empty.hidden = all === null || all.length > 0;
    recipesPart.hidden = all === null;
    const focused = /** @type {HTMLElement|null} */ (document.activeElement?.closest('[data-control]'))?.dataset.control;
    rows.replaceChildren(...(all ?? []).map((automation) => this.#row(automation)));
    if (focused) rows.querySelector(`[data-control="${focused}"]`)?.focus();
  }

  /** @param {any} automation */
  #row(automation) {
    const { id, name, enabled, problems, counts, updatedAt, updatedBy } = automation;
    const { root, parts } = clone('automation-row');
    parts.on.checked = enabled;
    parts.on.dataset.control = `on ${id}`;
    parts.on.setAttribute('aria-label', t('automation.on.of', { name }));
    parts.name.href = `#/automations/${id}`;
    parts.name.dataset.control = `name ${id}`;
    setText(parts.name, name);
    setText(parts.state, t(enabled ? 'automation.on.yes' : 'automation.on.no'));
    parts.faults.hidden = problems.length === 0;
    setText(parts.faults, t('automation.problems', { count: problems.length }));
    setText(parts.changed, t('automation.changed', { when: formatRelative(updatedAt), name: updatedBy.name }));
    for (const figure of figures) {
      setText(parts[figure], formatNumber(counts[figure]));
      parts[figure].parentElement.classList.toggle('is-none', counts[figure] === 0);
    }
    parts.more.dataset.control = `more ${id}`;
    parts.more.setAttribute('aria-label', t('automation.more', { name }));
    parts.more.addEventListener('click', () => openStepMenu(parts.more, [
      { icon: 'edit', text: t('automation.edit'), run: () => this.#app.router.go(`/automations/${id}`) },
      { icon: 'history', text: t('automation.runs'), run: () => this.#app.router.go(`/automations/${id}/runs`) },
      { icon: 'copy', text: t('automation.duplicate'), run: () => void this.#create(t('automation.copyOf', { name }), automation) },
      { icon: 'trash', text: t('action.delete'), run: () => void this.#remove(automation) },
    ]));
    parts.on.addEventListener('change', () => void this.#switch(automation, parts.on));
    return root;
  }

  /** @param {any} automation @param {HTMLInputElement} on */
  async #switch(automation, on) {
    const enabled = on.checked;
    on.checked = !enabled;
    if (enabled && automation.problems.length > 0) {
      void toast(t('automation.on.invalid'), { urgent: true });
      this.#app.router.go(`/automations/${automation.id}`);
      return;
    }
    await confirmSwitch(automation, enabled, async () => {
      this.#take(await this.#app.api.post(`/api/automations/${automation.id}/enabled`, { enabled }));
    });
    this.root.querySelector(`[data-control="on ${automation.id}"]`)?.focus();
  }

  /** @param {any} automation */
  #take(automation) {
    this.#automations = (this.#automations ?? []).map((each) => each.id === automation.id ? automation : each);
    this.#draw();
  }

  /** @param {import('./recipes.js').Recipe} recipe */
  #recipe(recipe) {
    const { root, parts } = clone('recipe');
    setText(parts.name, t(`automation.recipe.${recipe.name}`));
    setText(parts.about, t(`automation.recipe.${recipe.name}.about`));
    recipe.way.forEach((name, index) => {
      if (index > 0) parts.way.append(icon('chevron-right', 'icon icon-sm'));
      const { root: tile, parts: shown } = clone('recipe-tile');
      setIcon(shown.icon, name);
      tile.dataset.tone = index === 0 ? 'start' : name === 'branch' || name === 'clock' ? 'flow' : name === 'bell' ? 'conversations' : name === 'tag' ? 'contacts' : 'crm';
      parts.way.append(tile);
    });
    parts.button.addEventListener('click', () => {
      const context = { store: this.#app.store, sites: [], titleOf: () => '', targets: [], taskKinds: [] };
      void this.#create(t(`automation.recipe.${recipe.name}`), recipe.make(context));
    });
    return root;
  }

  /** @param {string} name @param {{entry: string, definition: any}|undefined} from */
  async #create(name, from) {
    if (this.#isCreating) return;
    this.#isCreating = true;
    try {
      const automation = await this.#app.api.post(
        '/api/automations', { name, entry: from?.entry, definition: from?.definition }, { idempotencyKey: newID() });
      this.#app.router.go(`/automations/${automation.id}`);
    } catch (/** @type {any} */ error) {
      void toast(errorText(error), { urgent: true });
    } finally {
      this.#isCreating = false;
    }
  }

  /** @param {any} automation */
  async #remove({ id, name, counts }) {
    const text = t('automation.delete.text', { count: counts.active });
    if (!await askToDelete(t('automation.delete.title', { name }), text)) return;
    try {
      await this.#app.api.delete(`/api/automations/${id}`);
      this.#automations = (this.#automations ?? []).filter((each) => each.id !== id);
      this.#draw();
      void toast(t('automation.deleted', { name }));
    } catch (/** @type {any} */ error) {
      void toast(errorText(error), { urgent: true });
    }
    this.parts.add.focus();
  }
}
