// @ts-check
/** The contacts of an account in brief; the rest of them stand in the list of contacts. */
import { isAbort } from '../api.js';
import { paintAvatar } from '../avatar.js';
import { addContact } from '../contacts/add-contact.js';
import { contactName } from '../contacts/contact-kind.js';
import { View, setText } from '../dom.js';
import { errorText, formatNumber, t } from '../i18n.js';
import { whenBack } from '../when-back.js';

const shown = 20;

export class AccountContacts extends View {
  #app;
  #id;
  /** @type {AbortController|null} */
  #load = null;
  /** @type {Set<number>} */
  #ids = new Set();

  /** @param {import('../app.js').App} app @param {number} id of the account */
  constructor(app, id) {
    super('account-contacts');
    this.#app = app;
    this.#id = id;
    this.parts.more.href = `#/contacts?account=${id}`;
  }

  connected() {
    this.listen(this.parts.add, 'click', () => void addContact(this.#app, this.#id, true));
    this.listen(this.parts.retry, 'click', () => void this.#ask());
    this.#app.store.follow(({ type, contact, record, into }) => {
      if (type === 'record.merged' && record.kind === 'account' && into === this.#id) void this.#ask();
      if (record?.kind === 'contact' && type !== 'record.changed' && this.#ids.has(record.id)) void this.#ask();
      if (type === 'contact.changed' && (contact.account?.id === this.#id || this.#ids.has(contact.id))) void this.#ask();
    }, this.signal);
    for (const key of ['startOver', 'imported']) this.#app.store.subscribe(key, () => void this.#ask(), this.signal);
    whenBack(this.#app, () => !this.parts.failure.hidden, () => void this.#ask(), this.signal);
    this.signal.addEventListener('abort', () => this.#load?.abort());
    void this.#ask();
  }

  async #ask() {
    this.#load?.abort();
    const controller = (this.#load = new AbortController());
    const { failure, failureText } = this.parts;
    failure.hidden = true;
    try {
      this.#render(await this.#app.api.get(`/api/accounts/${this.#id}/contacts`, {
        query: { limit: shown }, signal: controller.signal,
      }));
    } catch (error) {
      if (isAbort(error)) return;
      this.parts.loading.hidden = true;
      failure.hidden = false;
      setText(failureText, errorText(/** @type {any} */ (error)));
    }
  }

  /** @param {{contacts: any[], count: number, isExact: boolean}} answer */
  #render({ contacts, count, isExact }) {
    const { list, loading, empty, more, total } = this.parts;
    loading.hidden = true;
    empty.hidden = contacts.length > 0;
    total.hidden = count === 0;
    setText(total, `${formatNumber(count)}${isExact ? '' : '+'}`);
    more.hidden = count <= contacts.length;
    setText(more, t('account.contacts.all'));
    this.#ids = new Set(contacts.map(({ id }) => id));
    list.replaceChildren(...contacts.map((contact) => {
      const { root, parts } = new View('account-contact');
      const name = contactName(contact);
      parts.link.href = `#/contacts/${contact.id}`;
      paintAvatar(parts.avatar, name, { seed: contact.email });
      setText(parts.name, name);
      setText(parts.detail, [contact.jobTitle, name === contact.email ? '' : contact.email].filter(Boolean).join(' · '));
      return root;
    }));
  }
}
