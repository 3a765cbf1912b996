// @ts-check
/** What is known of a contact, each edited where it stands. */
import { accountKind } from '../accounts/account-kind.js';
import { RecordEditor } from '../deals/record-editor.js';
import { View, loadTemplates, setText } from '../dom.js';
import { t } from '../i18n.js';
import { FieldFacts } from '../fields/field-facts.js';
import { mergeOffer } from '../records/existing.js';
import { TagEditor } from '../records/tag-editor.js';
import { explainContact } from './contact-kind.js';
import { Editable } from './editable.js';

// The record editor's.
await loadTemplates(new URL('../deals/', import.meta.url).href);

export class PersonalInfo extends View {
  #app;
  #page;
  /** @type {Record<string, Editable>} */
  #fields;
  #tags;
  /** @type {RecordEditor|null} */
  #editor = null;
  #facts;

  /** @param {import('../app.js').App} app @param {import('../records/record-page.js').RecordPage} page */
  constructor(app, page) {
    super('personal-info');
    this.#app = app;
    this.#page = page;
    const field = (/** @type {string} */ name, /** @type {Partial<import('./editable.js').EditableOptions>} */ options) =>
      new Editable({
        label: t(`contact.${name}`), placeholder: t(`contact.${name}.add`), maxLength: 100,
        save: (value) => page.save({ [name]: value }), ...options,
      });
    this.#fields = {
      firstName: field('firstName', {}),
      lastName: field('lastName', {}),
      email: field('email', { type: 'email', maxLength: 254, explain: (error, end) => this.#explain(error, end) }),
      phone: field('phone', { type: 'tel', maxLength: 50 }),
      jobTitle: field('jobTitle', {}),
    };
    this.#tags = new TagEditor(app.api, (tags) => page.save({ tags }));
    this.#facts = new FieldFacts(app.store, 'contact', (changes) => page.save(changes));
  }

  connected() {
    for (const [name, field] of Object.entries(this.#fields)) {
      const { root, parts } = new View('record-field');
      setText(parts.label, t(`contact.${name}`));
      field.connect(parts.value);
      this.parts.fields.append(root);
    }
    this.#tags.connect(this.parts.tags);
    this.#facts.connect(this.root);
    this.listen(this.parts.accountEdit, 'click', () => this.#editAccount());
    this.signal.addEventListener('abort', () => {
      this.#editor?.disconnect();
      for (const view of [...Object.values(this.#fields), this.#tags, this.#facts]) view.disconnect();
    });
  }

  /** Of an address that is another contact's. @param {any} error @param {() => void} end */
  #explain(error, end) {
    return explainContact(error, (existing, name) => mergeOffer(this.#app, 'contact', this.#page.record, existing, name, end));
  }

  #editAccount() {
    const { accountLine, accountSlot, accountEdit } = this.parts;
    accountLine.hidden = true;
    const end = () => {
      this.#editor?.disconnect();
      this.#editor = null;
      accountLine.hidden = false;
      accountEdit.focus();
    };
    this.#editor = new RecordEditor(this.#app, {
      kind: accountKind(this.#app.api),
      path: '/api/accounts',
      picked: this.#page.record.account,
      mayBeEmpty: true,
      save: async (accountID) => {
        await this.#page.save({ accountID });
        end();
      },
      onCancel: end,
    });
    this.#editor.connect(accountSlot);
    this.#editor.focus();
  }

  /** @param {any} contact */
  show(contact) {
    for (const [name, field] of Object.entries(this.#fields)) field.show(contact[name]);
    this.#tags.show(contact.tags);
    this.#facts.show(contact);
    const { account, accountEditText, noAccount } = this.parts;
    account.hidden = contact.account === null;
    noAccount.hidden = contact.account !== null;
    setText(account, contact.account?.name ?? '');
    account.href = `#/accounts/${contact.account?.id ?? ''}`;
    setText(accountEditText, t(contact.account ? 'contact.account.change' : 'contact.account.choose'));
  }
}
