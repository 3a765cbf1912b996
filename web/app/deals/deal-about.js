// @ts-check
/** “About this deal”: what one should know of it, a text that becomes a field. */
import { showRichText } from '../conversations/rich-text.js';
import { View, setAttribute, setText } from '../dom.js';
import { errorText, t } from '../i18n.js';

export class DealAbout extends View {
  #save;
  #description = '';
  #isFixed = false;

  /** @param {import('./deal-details.js').SaveDeal} save */
  constructor(save) {
    super('deal-about');
    this.#save = save;
  }

  connected() {
    const { edit, form, cancel, text } = this.parts;
    this.listen(edit, 'click', () => this.#edit());
    this.listen(cancel, 'click', () => this.#end());
    this.listen(form, 'submit', (event) => {
      event.preventDefault();
      void this.#submit();
    });
    this.listen(text, 'keydown', (event) => {
      if (event.key === 'Escape') this.#end();
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
  }

  #edit() {
    const { shown, edit, form, text } = this.parts;
    text.value = this.#description;
    shown.hidden = edit.hidden = true;
    form.hidden = false;
    text.focus();
  }

  #end() {
    const { shown, edit, form } = this.parts;
    this.#fail(null);
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
