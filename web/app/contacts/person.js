// @ts-check
/** The person of a conversation: who they are, how to reach them, what they look at, and what is known of them. */
import { AccountCard } from '../accounts/account-card.js';
import { pageName, paintPerson } from '../conversations/names.js';
import { DealsSection } from '../deals/deals-section.js';
import { splitName } from '../deals/title-tags.js';
import { View, setText } from '../dom.js';
import { currentLocale, formatDate, formatDateTime, formatRelative, t } from '../i18n.js';
import { mergeOffer } from '../records/existing.js';
import { ContactCard } from './contact-card.js';
import { contactName, explainContact } from './contact-kind.js';
import { Editable } from './editable.js';
import { localTime } from './local-time.js';
import { PreviousConversations } from './previous-conversations.js';
import { readUserAgent } from './user-agent.js';

export class Person extends View {
  #app;
  #conversationID;
  /** @type {any} */
  #panel = null;
  #deals;
  #previous;
  #fields;
  /** @type {ContactCard|null} */
  #contactCard = null;
  /** @type {AccountCard|null} */
  #accountCard = null;
  /** @type {ReturnType<typeof setTimeout>|undefined} */
  #minute;

  /** @param {import('../app.js').App} app @param {number} conversationID */
  constructor(app, conversationID) {
    super('person');
    this.#app = app;
    this.#conversationID = conversationID;
    this.#deals = new DealsSection(app);
    this.#previous = new PreviousConversations();
    this.#fields = {
      name: new Editable({
        label: t('person.name'), placeholder: t('person.name.add'), maxLength: 200, className: 'editable-name',
        save: (name) => this.#saveName(name),
      }),
      email: new Editable({
        label: t('person.email'), placeholder: t('person.email.add'), type: 'email', maxLength: 254,
        save: (email) => this.#save({ email }), explain: (error, end) => this.#explain(error, end),
      }),
      phone: new Editable({
        label: t('person.phone'), placeholder: t('person.phone.add'), type: 'tel', maxLength: 50,
        save: (phone) => this.#save({ phone }),
      }),
    };
  }

  connected() {
    const { name, email, phone } = this.#fields;
    name.connect(this.parts.name);
    email.connect(this.parts.email);
    phone.connect(this.parts.phone);
    this.#deals.connect(this.parts.deals);
    this.#previous.connect(this.parts.previousSlot);
    this.#app.store.subscribe('presence', () => this.#renderPresence(), this.signal);
    this.#tick();
    this.signal.addEventListener('abort', () => {
      clearTimeout(this.#minute);
      for (const view of [name, email, phone, this.#deals, this.#previous, this.#contactCard, this.#accountCard]) view?.disconnect();
    });
  }

  /** @param {any} panel the Panel of the interface */
  show(panel) {
    this.#panel = panel;
    const { visitor, contact, account } = panel;
    this.#fields.name.show(this.#name);
    this.#fields.email.show(contact ? contact.email : visitor.email);
    this.#fields.phone.show(contact?.phone || visitor.phone);
    this.#deals.show(this.#conversationID, panel);
    this.#renderVisit(visitor);
    this.#renderPresence();
    this.#renderTime();
    this.#renderRecords(contact, account);
    this.#previous.show(panel);
  }

  /** The contact's name; as long as they have none, what the visitor is known by: as everywhere else in the inbox. */
  get #name() {
    const { visitor, contact } = this.#panel;
    return [contact?.firstName, contact?.lastName].filter(Boolean).join(' ') || visitor.name;
  }

  #renderPresence() {
    if (!this.#panel) return;
    const { visitor, contact } = this.#panel;
    const isOnline = this.#app.store.presence.isVisitorOnline(visitor.id);
    const { avatar, dot, presence } = this.parts;
    paintPerson(avatar, { name: this.#name, email: contact?.email ?? visitor.email, visitorID: visitor.id }, null);
    dot.classList.toggle('is-online', isOnline);
    setText(this.parts.pageLabel, t(isOnline ? 'panel.page' : 'panel.lastPage'));
    setText(presence, isOnline ? t('panel.online') : t('panel.lastSeen', { when: formatRelative(visitor.lastSeenAt) }));
  }

  /** @param {any} visitor */
  #renderVisit(visitor) {
    const { pageFact, page, pageText, languageFact, language, browserFact, browser, firstSeen } = this.parts;
    const isAddress = /^https?:\/\//i.test(visitor.pageURL);
    pageFact.hidden = !isAddress;
    if (isAddress) {
      page.href = visitor.pageURL;
      page.title = visitor.pageURL;
      setText(pageText, pageName(visitor.pageURL, visitor.pageTitle));
    }
    const languageName = nameOfLanguage(visitor.language);
    languageFact.hidden = languageName === '';
    setText(language, languageName);
    const agent = readUserAgent(visitor.userAgent);
    const software = [[agent.browser, agent.version].filter(Boolean).join(' '), agent.system].filter(Boolean).join(' · ');
    browserFact.hidden = software === '';
    setText(browser, software);
    browser.title = visitor.userAgent;
    setText(firstSeen, formatDate(visitor.createdAt));
    firstSeen.title = formatDateTime(visitor.createdAt);
  }

  /** Again at the beginning of each minute. */
  #tick() {
    this.#renderTime();
    this.#renderPresence();
    this.#minute = setTimeout(() => this.#tick(), 60_000 - Date.now() % 60_000 + 50);
  }

  #renderTime() {
    if (!this.#panel) return;
    const { timeFact, time, zone } = this.parts;
    const local = localTime(this.#panel.visitor.timeZone, Date.now());
    timeFact.hidden = local === null;
    if (local === null) return;
    setText(time, local.time);
    setText(zone, local.zone);
  }

  /** @param {any} contact @param {any} account */
  #renderRecords(contact, account) {
    const { records } = this.parts;
    if (contact && !this.#contactCard) {
      this.#contactCard = new ContactCard((changes) => this.#save(changes));
      this.#contactCard.connect();
      records.prepend(this.#contactCard.root);
    }
    if (contact) this.#contactCard?.show(contact);
    if (account && !this.#accountCard) {
      this.#accountCard = new AccountCard();
      this.#accountCard.connect(records);
    }
    if (account) this.#accountCard?.show(account);
    if (this.#contactCard) this.#contactCard.root.hidden = !contact;
    if (this.#accountCard) this.#accountCard.root.hidden = !account;
  }

  /** @param {string} name */
  #saveName(name) {
    const { contact } = this.#panel;
    return this.#save(contact ? splitName(name, contact) : { name });
  }

  /**
   * Of an address that is another contact's: the visitor may be them instead, since a visitor's address says who they are.
   * One who bears that address already, and is somebody else all the same, becomes them by a merge only.
   * @param {any} error @param {() => void} end
   */
  #explain(error, end) {
    return explainContact(error, (existing, name) => {
      const { contact, visitor } = this.#panel;
      if (visitor.email.toLowerCase() === existing.email.toLowerCase()) return mergeOffer(this.#app, 'contact', contact, existing, name, end);
      return {
        label: t('contact.existing.use', { name }),
        take: async () => {
          const { api, store } = this.#app;
          store.panels.takeVisitor(await api.patch(`/api/visitors/${visitor.id}`, { email: existing.email }));
          end();
        },
      };
    });
  }

  /** To the contact if the visitor is one, else to what the visitor is known by. @param {Record<string, string>} changes */
  async #save(changes) {
    const { api, store } = this.#app;
    const { contact, visitor } = this.#panel;
    // The event says it to every inbox; while this one's socket is down, the answer does.
    if (contact) store.panels.takeContact(await api.patch(`/api/contacts/${contact.id}`, changes));
    else store.panels.takeVisitor(await api.patch(`/api/visitors/${visitor.id}`, changes));
  }
}

/** `English (United Kingdom)` of `en-GB`; empty when there is no telling. @param {string} tag */
function nameOfLanguage(tag) {
  if (tag === '') return '';
  try {
    const name = new Intl.DisplayNames(currentLocale(), { type: 'language' }).of(tag) ?? '';
    return name.charAt(0).toLocaleUpperCase(currentLocale()) + name.slice(1);
  } catch (error) {
    if (error instanceof RangeError) return '';
    throw error;
  }
}
