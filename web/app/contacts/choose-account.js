// @ts-check
/** The dialog that chooses a contact's account: one that there is, a new one, or none. */
import { accountKind } from '../accounts/account-kind.js';
import { newID } from '../api.js';
import { RecordPicker, picked } from '../deals/record-picker.js';
import { View, loadTemplates, setText } from '../dom.js';
import { errorText } from '../i18n.js';

// The record picker's.
await loadTemplates(new URL('../deals/', import.meta.url).href);

/**
 * @param {import('../app.js').App} app
 * @param {any} account as it is now, or null
 * @param {(accountID: number|null) => Promise<void>} save
 */
export function chooseAccount(app, account, save) {
  new AccountDialog(app, account, save).open();
}

/** The id of what is picked; a new account is added first. One that is called so by then is that one.
 * @param {import('../app.js').App} app @param {RecordPicker} picker @returns {Promise<number|null>} */
export async function pickedAccountID(app, picker) {
  const { value } = picker;
  if (value === null) return null;
  if ('id' in value) return value.id;
  try {
    return (await app.api.post('/api/accounts', { name: value.new.name }, { idempotencyKey: newID() })).id;
  } catch (/** @type {any} */ error) {
    if (error.details?.existing) return error.details.existing.id;
    throw error;
  }
}

class AccountDialog extends View {
  #app;
  #account;
  #save;
  #picker;
  #isSaving = false;

  /** @param {import('../app.js').App} app @param {any} account @param {(accountID: number|null) => Promise<void>} save */
  constructor(app, account, save) {
    super('account-dialog');
    this.#app = app;
    this.#save = save;
    this.#picker = new RecordPicker(accountKind(app.api), () => {});
    this.#account = account;
  }

  open() {
    this.connect(document.body);
    /** @type {HTMLDialogElement} */ (this.root).showModal();
    this.#picker.parts.input.focus();
  }

  connected() {
    const { parts } = this;
    const dialog = /** @type {HTMLDialogElement} */ (this.root);
    this.#picker.connect(parts.slot);
    this.#picker.state = picked(this.#account);
    for (const button of [parts.close, parts.cancel]) this.listen(button, 'click', () => dialog.close());
    this.listen(parts.form, 'submit', (event) => {
      event.preventDefault();
      void this.#submit();
    });
    this.listen(dialog, 'close', () => this.disconnect());
    this.signal.addEventListener('abort', () => this.#picker.disconnect());
    this.#app.router.subscribe(() => dialog.close(), this.signal);
  }

  async #submit() {
    if (this.#isSaving || this.#picker.isUnresolved) return;
    this.#isSaving = true;
    this.parts.failure.hidden = true;
    try {
      await this.#save(await pickedAccountID(this.#app, this.#picker));
      /** @type {HTMLDialogElement} */ (this.root).close();
    } catch (/** @type {any} */ error) {
      if (!this.root.isConnected) return;
      this.parts.failure.hidden = false;
      setText(this.parts.failure, errorText(error));
    } finally {
      this.#isSaving = false;
    }
  }
}
