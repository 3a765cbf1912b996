// @ts-check
/** The dialog “Add Contact”. */
import { accountKind } from '../accounts/account-kind.js';
import { toast } from '../announcer.js';
import { pickedID } from '../deals/picked-id.js';
import { RecordPicker, picked } from '../deals/record-picker.js';
import { errorText, t } from '../i18n.js';
import { RecordForm } from '../records/record-form.js';
import { TagEditor } from '../records/tag-editor.js';
import { contactName } from './contact-kind.js';

/** @param {import('../app.js').App} app @param {number|null} [accountID] filled in @param {boolean} [staysHere] does not open the contact */
export async function addContact(app, accountID = null, staysHere = false) {
  // Without the account one may still add the contact.
  const account = accountID === null ? null : await app.api.get(`/api/accounts/${accountID}`).catch(() => null);
  const picker = new RecordPicker(accountKind(app.api), () => picker.setError(null));
  const tags = new TagEditor(app.api, () => {});
  const [accountSlot, tagSlot] = [slot(), slot()];
  picker.connect(accountSlot);
  picker.state = picked(account);
  tagSlot.append(label(t('contact.tags')));
  tags.connect(tagSlot);
  const form = new RecordForm(app, {
    kind: 'contacts',
    fields: [
      { name: 'email', label: 'contact.email', type: 'email', maxLength: 254, isRequired: true, isWide: true },
      { name: 'firstName', label: 'contact.firstName', maxLength: 100 },
      { name: 'lastName', label: 'contact.lastName', maxLength: 100 },
      { name: 'phone', label: 'contact.phone', type: 'tel', maxLength: 50 },
      { name: 'jobTitle', label: 'contact.jobTitle', maxLength: 100 },
    ],
    slots: [accountSlot, tagSlot],
    more: async () => {
      /** @type {Record<string, unknown>} */
      const values = {};
      await picker.settle();
      if (picker.isUnresolved) {
        // What was typed is not left out unsaid: it is chosen, or created.
        const error = { code: 'deal.account.unresolved', fields: {} };
        picker.setError(errorText(error));
        throw error;
      }
      if (picker.state.chosen) values.accountID = picker.state.chosen.id;
      if (tags.tags.length) values.tags = tags.tags;
      return values;
    },
    // A new account is made for a contact that is there: for one that is refused there would be nobody in it.
    finish: async (contact) => {
      if (contact.account || !picker.state.created) return contact;
      const accountID = await pickedID(app, accountKind(app.api), '/api/accounts', picker);
      return app.api.patch(`/api/contacts/${contact.id}`, { accountID });
    },
    describe: (existing) => t('contact.existing', { email: existing.email, name: contactName(existing) }),
    nameOf: contactName,
    onAdded: (contact) => {
      if (!staysHere) app.router.go(`/contacts/${contact.id}`);
      void toast(t('contact.added', { name: contactName(contact) }), staysHere
        ? { action: { label: t('deal.open'), run: () => app.router.go(`/contacts/${contact.id}`) } } : {});
    },
  });
  form.open();
  form.signal.addEventListener('abort', () => {
    picker.disconnect();
    tags.disconnect();
  });
}

function slot() {
  const element = document.createElement('div');
  element.className = 'field record-form-wide';
  return element;
}

/** @param {string} text the field's own label says the same to a screen reader */
function label(text) {
  const element = document.createElement('span');
  element.className = 'field-label';
  element.setAttribute('aria-hidden', 'true');
  element.textContent = text;
  return element;
}
