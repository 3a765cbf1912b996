// @ts-check
/** The people of a deal: the primary contact, and others with the part that each has in it. */
import { paintAvatar } from '../avatar.js';
import { toast } from '../announcer.js';
import { contactKind } from '../contacts/contact-kind.js';
import { Editable } from '../contacts/editable.js';
import { View, setText } from '../dom.js';
import { errorText, t } from '../i18n.js';
import { RecordEditor } from './record-editor.js';

/** The roles that are offered, as they are stored, each with its text. One's own stand as they were written. */
const roles = [['Contributor', 'deal.role.contributor'], ['Decision Maker', 'deal.role.decisionMaker']];

export class DealContacts extends View {
  #app;
  #save;
  /** @type {any} */
  #deal = null;
  /** @type {RecordEditor|null} */
  #editor = null;
  #isFixed = false;
  /** @type {Map<number, Editable>} */
  #roles = new Map();

  /** @param {import('../app.js').App} app @param {import('./deal-details.js').SaveDeal} save */
  constructor(app, save) {
    super('deal-contacts');
    this.#app = app;
    this.#save = save;
  }

  connected() {
    this.parts.roleChoices.replaceChildren(...roles.map(([, key]) => new Option(t(key))));
    this.listen(this.parts.add, 'click', () => this.#addContact());
    this.signal.addEventListener('abort', () => {
      this.#editor?.disconnect();
      this.#clearRoles();
    });
  }

  #clearRoles() {
    for (const editable of this.#roles.values()) editable.disconnect();
    this.#roles.clear();
  }

  /** @param {any} deal @param {boolean} isFixed */
  show(deal, isFixed) {
    const before = this.#deal && JSON.stringify([this.#deal.contact, this.#deal.secondaryContacts, this.#isFixed]);
    this.#deal = deal;
    this.#isFixed = isFixed;
    if (before === JSON.stringify([deal.contact, deal.secondaryContacts, isFixed])) return;
    const { list, none, add } = this.parts;
    add.hidden = isFixed || this.#editor !== null;
    const hadFocus = list.contains(document.activeElement);
    this.#clearRoles();
    const people = deal.secondaryContacts.map((/** @type {any} */ person) => this.#row(person, false));
    if (deal.contact) people.unshift(this.#row(deal.contact, true));
    none.hidden = people.length > 0;
    list.replaceChildren(...people);
    if (hadFocus) add.focus();
  }

  /** @param {any} person @param {boolean} isPrimary */
  #row(person, isPrimary) {
    const { root, parts } = new View('deal-contact');
    const name = person.name || person.email;
    paintAvatar(parts.avatar, name);
    setText(parts.name, person.name);
    parts.name.href = `#/contacts/${person.id}`;
    parts.name.hidden = person.name === '';
    setText(parts.email, person.email);
    parts.email.href = `mailto:${person.email}`;
    parts.primary.hidden = !isPrimary;
    parts.promote.hidden = parts.remove.hidden = isPrimary || this.#isFixed;
    parts.promote.setAttribute('aria-label', t('deal.contacts.promote', { name }));
    parts.promote.title = t('deal.contacts.promote', { name });
    parts.remove.setAttribute('aria-label', t('deal.contacts.remove', { name }));
    parts.remove.title = t('deal.contacts.remove', { name });
    parts.promote.addEventListener('click', () => void this.#try(() => this.#promote(person)));
    parts.remove.addEventListener('click', () => void this.#try(() => this.#put('delete', person.id)));
    if (!isPrimary) this.#addRole(person, parts.role);
    return root;
  }

  /** @param {any} person @param {HTMLElement} slot */
  #addRole(person, slot) {
    const editable = new Editable({
      label: t('deal.role.of', { name: person.name || person.email }), placeholder: t('deal.role.add'), maxLength: 60,
      className: 'editable-quiet', list: 'deal-roles',
      save: (text) => this.#put('put', person.id, storedRole(text)),
    });
    editable.connect(slot);
    editable.fix(this.#isFixed);
    editable.show(shownRole(person.role));
    this.#roles.set(person.id, editable);
  }

  #addContact() {
    const { slot, add } = this.parts;
    add.hidden = true;
    const end = () => {
      this.#editor?.disconnect();
      this.#editor = null;
      add.hidden = this.#isFixed;
      add.focus();
    };
    const hasPrimary = this.#deal.contact !== null;
    this.#editor = new RecordEditor(this.#app, {
      kind: contactKind(this.#app.api),
      path: '/api/contacts',
      asksForRole: hasPrimary,
      save: async (id, role) => {
        if (hasPrimary) await this.#put('put', Number(id), storedRole(role) || roles[0][0]);
        else await this.#save({ contactID: id });
        end();
      },
      onCancel: end,
    });
    this.#editor.connect(slot);
    this.#editor.focus();
  }

  /** The former primary contact stays in the deal. @param {any} person */
  async #promote(person) {
    const former = this.#deal.contact;
    await this.#save({ contactID: person.id });
    if (former) await this.#put('put', former.id, person.role || roles[0][0]);
  }

  /** @param {"put"|"delete"} method @param {number} contactID @param {string} [role] */
  async #put(method, contactID, role) {
    const { api, store } = this.#app;
    const path = `/api/deals/${this.#deal.id}/contacts/${contactID}`;
    store.takeDeal(method === 'put' ? await api.put(path, { role }) : await api.delete(path));
  }

  /** @param {() => Promise<void>} change */
  async #try(change) {
    try {
      await change();
    } catch (/** @type {any} */ error) {
      const code = Object.values(error.fields ?? {})[0] ?? error.code;
      void toast(errorText({ code, details: error.details }), { urgent: true });
    }
  }
}

/** @param {string} role */
function shownRole(role) {
  const known = roles.find(([stored]) => stored === role);
  return known ? t(known[1]) : role;
}

/** @param {string} text */
function storedRole(text) {
  return roles.find(([, key]) => t(key) === text)?.[0] ?? text;
}
