// @ts-check
/** The profile of a contact: who they are, their deals, the conversations with them, and what is done about them, each under a tab. */
import { ContactRuns } from '../automations/contact-runs.js';
import { paintAvatar } from '../avatar.js';
import { View, setAttribute, setText } from '../dom.js';
import { formatDate, t } from '../i18n.js';
import { Activity } from '../records/activity.js';
import { RelatedConversations } from '../records/related-conversations.js';
import { RelatedDeals } from '../records/related-deals.js';
import { contactName } from './contact-kind.js';
import { PersonalInfo } from './personal-info.js';

const tabs = /** @type {const} */ (['info', 'deals', 'conversations', 'activity']);

export class ContactProfile extends View {
  #app;
  #page;
  #info;
  #tab = '';
  /** What stands below the tabs, made when it is first opened. @type {Map<string, View>} */
  #views = new Map();

  /** @param {import('../app.js').App} app @param {import('../records/record-page.js').RecordPage} page */
  constructor(app, page) {
    super('contact-profile');
    this.#app = app;
    this.#page = page;
    this.#info = new PersonalInfo(app, page);
  }

  connected() {
    for (const name of tabs) {
      const tab = this.parts[`${name}Tab`];
      this.listen(tab, 'click', () => this.#go(name));
    }
    this.listen(this.parts.tabs, 'keydown', (event) => this.#key(event));
    this.#info.connect(this.parts.infoPanel);
    this.#views.set('info', this.#info);
    this.signal.addEventListener('abort', () => {
      for (const view of this.#views.values()) view.disconnect();
    });
    this.open(this.#app.router.current.path[2]);
  }

  /** @param {any} contact */
  show(contact) {
    const { name, avatar, email, role, account, accountPart, since, tags } = this.parts;
    setText(name, contactName(contact));
    paintAvatar(avatar, contactName(contact), { seed: contact.email });
    setText(email, contact.email);
    email.href = `mailto:${contact.email}`;
    setText(role, contact.jobTitle);
    role.hidden = contact.jobTitle === '';
    accountPart.hidden = contact.account === null;
    setText(account, contact.account?.name ?? '');
    account.href = `#/accounts/${contact.account?.id ?? ''}`;
    setText(since, t('panel.contact.since', { date: formatDate(contact.createdAt) }));
    tags.hidden = contact.tags.length === 0;
    tags.replaceChildren(...contact.tags.map((/** @type {string} */ tag) => {
      const { root, parts } = new View('contact-tag');
      setText(parts.link, tag);
      parts.link.href = `#/contacts?tag=${encodeURIComponent(tag)}`;
      return root;
    }));
    this.#info.show(contact);
  }

  /** Opens a tab by its name in the address; the first otherwise. @param {string|undefined} wanted */
  open(wanted) {
    const name = tabs.find((each) => each === wanted) ?? 'info';
    if (this.#tab === name) return;
    this.#tab = name;
    for (const each of tabs) {
      const isOpen = each === name;
      setAttribute(this.parts[`${each}Tab`], 'aria-selected', String(isOpen));
      this.parts[`${each}Tab`].tabIndex = isOpen ? 0 : -1;
      this.parts[`${each}Panel`].hidden = !isOpen;
    }
    // On a phone the tabs may be wider than the window.
    this.parts[`${name}Tab`].scrollIntoView({ block: 'nearest', inline: 'nearest' });
    if (this.#views.has(name)) return;
    const view = this.#make(name);
    this.#views.set(name, view);
    view.connect(this.parts[`${name}Panel`]);
  }

  /** @param {string} name */
  #make(name) {
    const { id } = this.#page;
    if (name === 'deals') return new RelatedDeals(this.#app, { kind: 'contact', id, record: () => this.#page.record });
    if (name === 'activity') return new Activity(this.#app, { kind: 'contact', id }, new ContactRuns(this.#app, id));
    return new RelatedConversations(this.#app, `/api/contacts/${id}/conversations`);
  }

  /** @param {string} name */
  #go(name) {
    this.#app.router.go(`/contacts/${this.#page.id}${name === 'info' ? '' : `/${name}`}`, { replace: true });
    this.open(name);
  }

  /** The arrows go from tab to tab (ARIA Authoring Practices, “Tabs”). @param {KeyboardEvent} event */
  #key(event) {
    const index = tabs.indexOf(/** @type {any} */ (this.#tab));
    const steps = /** @type {Record<string, number>} */ ({ ArrowRight: index + 1, ArrowLeft: index - 1, Home: 0, End: tabs.length - 1 });
    if (!(event.key in steps)) return;
    event.preventDefault();
    const name = tabs[(steps[event.key] + tabs.length) % tabs.length];
    this.#go(name);
    this.parts[`${name}Tab`].focus();
  }
}
