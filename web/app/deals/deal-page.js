// @ts-check
/** One deal: its fields, what it is about, the people in it, and the way back to the conversation. */
import { paintAvatar } from '../avatar.js';
import { showRichText } from '../conversations/rich-text.js';
import { View, loadTemplates, setIcon, setText } from '../dom.js';
import { errorText, formatCalendarDate, formatDate, formatDateTime, t } from '../i18n.js';
import { formatMoney } from './money.js';

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

  /** @param {import('../app.js').App} app */
  constructor(app) {
    super('deal-page');
    this.#app = app;
  }

  connected() {
    this.signal.addEventListener('abort', () => this.#load?.abort());
    this.#app.store.subscribe('startOver', () => void this.#ask(), this.signal);
    this.#app.store.subscribe('workspace', () => this.#render(), this.signal);
  }

  /** @param {number} id */
  show(id) {
    if (this.#id === id) return;
    this.#id = id;
    this.#app.store.subscribe(`deal:${id}`, () => {
      if (this.#id === id) this.#render();
    }, this.signal);
    if (this.#app.store.deals.has(id)) this.#render();
    else this.parts.body.replaceChildren(new View('deal-loading').root);
    this.#showBack(null);
    void this.#ask();
  }

  /** The newest state, also of a deal that is known: what one opens is looked at closely. */
  async #ask() {
    this.#load?.abort();
    const controller = (this.#load = new AbortController());
    const { store, api } = this.#app;
    try {
      store.takeDeal(await api.get(`/api/deals/${this.#id}`, { signal: controller.signal }));
    } catch (/** @type {any} */ error) {
      if (controller.signal.aborted) return;
      if (error.status === 404 || !store.deals.has(this.#id)) this.#showProblem(error);
    }
  }

  /** @param {any} error */
  #showProblem(error) {
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
    const hadFocus = this.parts.body.contains(document.activeElement);
    const details = new DealDetails(deal, this.#app.store);
    this.parts.body.replaceChildren(details.root);
    if (hadFocus) details.parts.title.focus();
    this.#showBack(deal.conversationID);
    document.title = `${deal.title} – Parley`;
  }

  /** @param {number|null} conversationID */
  #showBack(conversationID) {
    const { back, backText } = this.parts;
    back.setAttribute('href', conversationID === null ? '#/conversations' : `#/conversations/${conversationID}`);
    setText(backText, t(conversationID === null ? 'deal.toInbox' : 'deal.toConversation'));
  }
}

class DealDetails extends View {
  /** @param {any} deal @param {import('../store.js').Store} store */
  constructor(deal, store) {
    super('deal-details');
    const { parts } = this;
    setText(parts.title, deal.title);
    setText(parts.value, formatMoney(deal.value));
    setText(parts.stage, deal.stage.name);
    parts.dot.style.setProperty('--stage', deal.stage.color);
    setText(parts.pipeline, deal.pipeline.name);
    setText(parts.status, t(`deal.status.${deal.status}`));
    setText(parts.owner, deal.owner.name);
    paintAvatar(parts.ownerAvatar, deal.owner.name);
    setText(parts.close, deal.forecastedCloseOn ? formatCalendarDate(deal.forecastedCloseOn) : t('deal.close.none'));
    parts.overdue.hidden = !deal.overdue;
    setText(parts.account, deal.account?.name ?? t('deal.account.none'));
    const author = store.agentName(deal.createdBy);
    const date = formatDate(deal.createdAt);
    setText(parts.created, author ? t('deal.createdBy', { date, name: author }) : date);
    parts.created.title = formatDateTime(deal.createdAt);
    showRichText(parts.description, deal.description || t('deal.about.none'));
    parts.description.classList.toggle('deal-nothing', deal.description === '');
    this.#showStages(deal, store.session.pipelines);
    this.#showContacts(deal);
  }

  /** @param {any} deal @param {any[]} pipelines */
  #showStages(deal, pipelines) {
    const stages = pipelines.find(({ id }) => id === deal.pipeline.id)?.stages ?? [deal.stage];
    const reached = stages.findIndex((/** @type {any} */ { id }) => id === deal.stage.id);
    this.parts.stages.replaceChildren(...stages.map((/** @type {any} */ stage, /** @type {number} */ index) => {
      const { root, parts } = new View('deal-stage-step');
      setText(parts.name, stage.name);
      root.title = stage.name;
      root.style.setProperty('--stage', deal.stage.color);
      root.classList.toggle('is-reached', index <= reached);
      if (index === reached) root.setAttribute('aria-current', 'step');
      return root;
    }));
  }

  /** @param {any} deal */
  #showContacts({ contact, secondaryContacts }) {
    const people = secondaryContacts.map((/** @type {any} */ person) => ({ ...person, isPrimary: false }));
    if (contact) people.unshift({ ...contact, role: t('deal.contacts.primary'), isPrimary: true });
    this.parts.noContacts.hidden = people.length > 0;
    this.parts.contacts.replaceChildren(...people.map((/** @type {any} */ person) => {
      const { root, parts } = new View('deal-contact');
      paintAvatar(parts.avatar, person.name || person.email);
      setText(parts.name, person.name || person.email);
      setText(parts.email, person.email);
      parts.email.href = `mailto:${person.email}`;
      setText(parts.role, person.role);
      parts.role.hidden = person.role === '';
      parts.role.classList.toggle('badge-accent-soft', person.isPrimary);
      return root;
    }));
  }
}
