// @ts-check
/** The page of a deal: everything about it, changed where it stands, and beside it its conversations. */
import { toast } from '../announcer.js';
import { View, loadTemplates, setIcon, setText } from '../dom.js';
import { errorText, t } from '../i18n.js';
import { conversationsOf } from '../panels.js';
import { whenBack } from '../when-back.js';
import { DealConversations } from './deal-conversations.js';
import { DealDetails } from './deal-details.js';

await loadTemplates(import.meta.url);

/** @param {HTMLElement} element @param {import('../app.js').App} app @returns {import('../app.js').Mounted} */
export function mountDeal(element, app) {
  const page = new DealPage(app);
  page.connect(element);
  return { show: ([id]) => page.show(Number(id)), disconnect: () => page.disconnect() };
}

class DealPage extends View {
  #app;
  #id = 0;
  /** The load under way, for the deal that is shown. @type {AbortController|null} */
  #load = null;
  /** @type {DealDetails|null} */
  #details = null;
  /** @type {DealConversations|null} */
  #conversations = null;
  #hasFailed = false;

  /** @param {import('../app.js').App} app */
  constructor(app) {
    super('deal-page');
    this.#app = app;
  }

  connected() {
    this.signal.addEventListener('abort', () => {
      this.#load?.abort();
      this.#clear();
    });
    for (const key of ['startOver', 'imported']) this.#app.store.subscribe(key, () => void this.#ask(), this.signal);
    this.#app.store.subscribe('pipelines', () => this.#render(), this.signal);
    this.#app.store.subscribe('workspace', () => this.#render(), this.signal);
    this.#app.store.follow((event) => {
      if (event.type === 'deal.removed' && event.dealID === this.#id) this.#showProblem({ status: 404 });
    }, this.signal);
    for (const button of this.root.querySelectorAll('[data-shows]')) {
      this.listen(button, 'click', () => this.#showPane(String(button.getAttribute('data-shows'))));
    }
    whenBack(this.#app, () => this.#hasFailed, () => void this.#ask(), this.signal);
    this.#showPane('deal');
  }

  /** Which of the two a narrow window shows. @param {string} pane */
  #showPane(pane) {
    this.root.dataset.shown = pane;
    for (const button of this.root.querySelectorAll('[data-shows]')) {
      button.setAttribute('aria-pressed', String(button.getAttribute('data-shows') === pane));
    }
  }

  /** @param {number} id */
  show(id) {
    if (this.#id === id) return;
    this.#id = id;
    this.#clear();
    this.#showPane('deal');
    this.#app.store.subscribe(`deal:${id}`, () => {
      if (this.#id === id) this.#render();
    }, this.signal);
    this.parts.panes.hidden = this.parts.toConversation.hidden = true;
    if (this.#app.store.deals.has(id)) this.#render();
    else this.parts.body.replaceChildren(new View('deal-loading').root);
    void this.#ask();
  }

  #clear() {
    this.#details?.disconnect();
    this.#conversations?.disconnect();
    this.#details = this.#conversations = null;
  }

  /** The newest state, also of a deal that is known: what one opens is looked at closely. */
  async #ask() {
    this.#load?.abort();
    const controller = (this.#load = new AbortController());
    const { store, api } = this.#app;
    try {
      store.takeDeal(await api.get(`/api/deals/${this.#id}`, { signal: controller.signal }));
      this.#hasFailed = false;
    } catch (/** @type {any} */ error) {
      if (controller.signal.aborted) return;
      this.#hasFailed = error.status === 0;
      if (error.status === 404 || !store.deals.has(this.#id)) this.#showProblem(error);
    }
  }

  /** @param {any} error */
  #showProblem(error) {
    this.#clear();
    this.parts.panes.hidden = true;
    const isGone = error.status === 404;
    const { root, parts } = new View('deal-problem');
    setIcon(parts.icon, isGone ? 'search' : 'wifi-off');
    setText(parts.title, t(isGone ? 'deal.notFound' : 'deal.failed'));
    setText(parts.text, isGone ? t('deal.notFound.text') : errorText(error));
    parts.retry.hidden = isGone;
    parts.retry.addEventListener('click', () => {
      this.parts.body.replaceChildren(new View('deal-loading').root);
      void this.#ask();
    });
    this.parts.body.replaceChildren(root);
  }

  #render() {
    const deal = this.#app.store.deals.get(this.#id);
    if (!deal) return;
    if (!this.#details) {
      this.parts.body.replaceChildren();
      this.#details = new DealDetails(this.#app, deal, () => void this.#remove());
      this.#details.connect(this.parts.body);
    }
    this.#details.show(deal);
    this.#showConversations(deal);
    this.parts.back.setAttribute('href', this.#app.router.recall(`pipelines/${deal.pipeline.id}`));
    setText(this.parts.backText, deal.pipeline.name);
    this.#app.entitle(deal.title, this.signal);
  }

  /** @param {any} deal */
  #showConversations(deal) {
    const { panes, toConversation, thread } = this.parts;
    const isAlone = conversationsOf(deal).length === 0;
    panes.hidden = toConversation.hidden = isAlone;
    this.root.classList.toggle('has-thread', !isAlone);
    if (isAlone) {
      this.#conversations?.disconnect();
      this.#conversations = null;
      this.#showPane('deal');
      return;
    }
    if (!this.#conversations) {
      this.#conversations = new DealConversations(this.#app, (id) => {
        toConversation.setAttribute('href', `#/conversations/${id}`);
      });
      this.#conversations.connect(thread);
    }
    this.#conversations.show(deal);
  }

  async #remove() {
    const { router, api, store } = this.#app;
    const deal = store.deals.get(this.#id);
    try {
      await api.delete(`/api/deals/${this.#id}`);
      router.go(`/pipelines/${deal.pipeline.id}`, { replace: true });
      void toast(t('deal.deleted', { title: deal.title }));
    } catch (/** @type {any} */ error) {
      void toast(errorText(error), { urgent: true });
    }
  }
}
