// @ts-check
/** “About this deal”: what one should know of it, a text that becomes a field. */
import { showRichText } from '../conversations/rich-text.js';
import { View, setAttribute, setText } from '../dom.js';
import { KeptText } from '../kept-text.js';
import { errorText, t } from '../i18n.js';

export class DealAbout extends View {
  #save;
  #kept;
  #description = '';
  #isFixed = false;

  /** @param {import('../app.js').App} app @param {number} dealID @param {import('./deal-details.js').SaveDeal} save */
  constructor(app, dealID, save) {
    super('deal-about');
    this.#save = save;
    this.#kept = new KeptText(app.store.me.id, `about.deal.${dealID}`);
  }

  connected() {
    const { edit, form, cancel, text } = this.parts;
    this.listen(edit, 'click', () => this.#edit(this.#description));
    this.listen(text, 'input', () => (this.#kept.text = text.value));
    this.listen(cancel, 'click', () => this.#end());
    this.listen(form, 'submit', (event) => {
      event.preventDefault();
      void this.#submit();
    });
    this.listen(text, 'keydown', (event) => {
      // What was changed is not thrown away by a key: for that there is the button.
      if (event.key === 'Escape' && text.value === this.#description) this.#end();
      else if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) form.requestSubmit();
    });
  }

  /** What is being written is left alone. @param {{description: string}} deal @param {boolean} isFixed */
  show({ description }, isFixed) {
    this.#description = description;
    this.#isFixed = isFixed;
    const { shown, form, edit } = this.parts;
    edit.hidden = isFixed || !form.hidden;
    showRichText(shown, description || t('deal.about.none'));
    shown.classList.toggle('deal-nothing', description === '');
    if (this.#kept.text !== '' && form.hidden && !isFixed) this.#open(this.#kept.text);
  }

  /** @param {string} typed */
  #edit(typed) {
    this.#open(typed);
    this.parts.text.focus();
  }

  /** @param {string} typed */
  #open(typed) {
    const { shown, edit, form, text } = this.parts;
    text.value = typed;
    shown.hidden = edit.hidden = true;
    form.hidden = false;
  }

  #end() {
    const { shown, edit, form } = this.parts;
    this.#fail(null);
    this.#kept.text = '';
    form.hidden = true;
    shown.hidden = false;
    edit.hidden = this.#isFixed;
    edit.focus();
  }

  async #submit() {
    const { text, submit } = this.parts;
    setAttribute(submit, 'aria-disabled', 'true');
    try {
      if (text.value.trim() !== this.#description) await this.#save({ description: text.value.trim() });
      this.#end();
    } catch (error) {
      this.#fail(error);
    } finally {
      setAttribute(submit, 'aria-disabled', null);
    }
  }

  /** @param {any} failure */
  #fail(failure) {
    const { error, text } = this.parts;
    error.hidden = failure === null;
    setAttribute(text, 'aria-invalid', failure === null ? null : 'true');
    if (failure === null) return;
    setText(error, errorText({ code: String(Object.values(failure.fields ?? {})[0] ?? failure.code), details: failure.details }));
  }
}
