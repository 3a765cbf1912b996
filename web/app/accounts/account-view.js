// @ts-check
/** The page of an account: its details, each edited where it stands, its contacts, the deals widget, and its conversations. */
import { Editable } from '../contacts/editable.js';
import { agentsByName } from '../deals/rights.js';
import { View, loadTemplates, setText } from '../dom.js';
import { formatDate, t } from '../i18n.js';
import { FieldFacts } from '../fields/field-facts.js';
import { Activity } from '../records/activity.js';
import { ChoiceField } from '../records/choice-field.js';
import { mergeOffer } from '../records/existing.js';
import { RelatedConversations } from '../records/related-conversations.js';
import { RelatedDeals } from '../records/related-deals.js';
import { AccountContacts } from './account-contacts.js';
import { explainAccount, hostOf } from './account-kind.js';

// Those of a value that is edited where it stands.
await loadTemplates(new URL('../contacts/', import.meta.url).href);

export class AccountView extends View {
  #app;
  #page;
  /** @type {Record<string, Editable>} */
  #fields;
  #owner;
  #facts;

  /** @param {import('../app.js').App} app @param {import('../records/record-page.js').RecordPage} page */
  constructor(app, page) {
    super('account-view');
    this.#app = app;
    this.#page = page;
    const field = (/** @type {string} */ name, /** @type {Partial<import('../contacts/editable.js').EditableOptions>} */ options) =>
      new Editable({
        label: t(`account.${name}`), placeholder: t(`account.${name}.add`), maxLength: 200,
        save: (value) => page.save({ [name]: value }), ...options,
      });
    this.#fields = {
      name: field('name', { explain: (error, end) => this.#explain(error, end) }),
      url: field('url', { maxLength: 2000 }),
      phone: field('phone', { type: 'tel', maxLength: 50 }),
    };
    this.#owner = new ChoiceField(t('account.owner'), (id) => page.save({ ownerID: id ? Number(id) : null }));
    this.#facts = new FieldFacts(app.store, 'account', (changes) => page.save(changes));
  }

  connected() {
    const { parts, signal } = this;
    const { id } = this.#page;
    for (const [name, view] of [...Object.entries(this.#fields), ['owner', this.#owner]]) {
      const { root, parts: cells } = new View('record-field');
      setText(cells.label, t(`account.${name}`));
      /** @type {View} */ (view).connect(cells.value);
      parts.fields.append(root);
    }
    this.#facts.connect(parts.details);
    const views = [
      new AccountContacts(this.#app, id).connect(parts.contacts),
      new RelatedDeals(this.#app, { kind: 'account', id, record: () => this.#page.record }).connect(parts.deals),
      new RelatedConversations(this.#app, `/api/accounts/${id}/conversations`, { showsPerson: true }).connect(parts.conversations),
      new Activity(this.#app, { kind: 'account', id }).connect(parts.activity),
    ];
    this.#app.store.subscribe('agents', () => this.#showOwner(this.#page.record), signal);
    signal.addEventListener('abort', () => {
      for (const view of [...Object.values(this.#fields), this.#owner, this.#facts, ...views]) view.disconnect();
    });
  }

  /** Of a name that is another account's. @param {any} error @param {() => void} end */
  #explain(error, end) {
    return explainAccount(error, (existing, name) => mergeOffer(this.#app, 'account', this.#page.record, existing, name, end));
  }

  /** @param {any} account */
  show(account) {
    const { name, url, urlText, since } = this.parts;
    setText(name, account.name);
    url.hidden = !/^https?:\/\//i.test(account.url);
    url.href = url.hidden ? '' : account.url;
    setText(urlText, hostOf(account.url));
    setText(since, t('panel.account.since', { date: formatDate(account.createdAt) }));
    for (const [field, view] of Object.entries(this.#fields)) view.show(account[field]);
    this.#facts.show(account);
    this.#showOwner(account);
  }

  /** @param {any} account */
  #showOwner(account) {
    const agents = agentsByName(this.#app.store);
    const choices = agents.map(({ id, name }) => ({ value: String(id), label: name }));
    this.#owner.show([{ value: '', label: t('account.owner.none') }, ...choices], String(account.owner?.id ?? ''));
  }
}
