// @ts-check
/** The facts of a deal: pipeline, currency, owner, close date, account and tags, each a field that saves when it changes. */
import { accountKind } from '../accounts/account-kind.js';
import { toast } from '../announcer.js';
import { View, clone, setAttribute, setText } from '../dom.js';
import { errorText, t } from '../i18n.js';
import { fillCurrencies } from '../settings/choices.js';
import { RecordEditor } from './record-editor.js';
import { may, watchersOf } from './rights.js';

export class DealFacts extends View {
  #app;
  #save;
  /** @type {any} */
  #deal = null;
  /** @type {RecordEditor|null} */
  #editor = null;
  /** Puts the account's line back in place of the editor. @type {(() => void)|null} */
  #endEditing = null;

  /** @param {import('../app.js').App} app @param {import('./deal-details.js').SaveDeal} save */
  constructor(app, save) {
    super('deal-facts');
    this.#app = app;
    this.#save = save;
  }

  connected() {
    const { owner, close, pipeline, currency, accountEdit, tagForm } = this.parts;
    fillCurrencies(currency, [this.#app.store.session.workspace.defaultCurrency]);
    this.listen(owner, 'change', () => void this.#change({ ownerID: Number(owner.value) }));
    // A date is typed digit by digit: it is saved when one leaves it, or picks it.
    this.listen(close, 'change', () => this.#closeChanged());
    this.listen(close, 'blur', () => this.#closeChanged());
    this.listen(pipeline, 'change', () => {
      const { stages } = this.#pipelines.find(({ id }) => id === Number(pipeline.value));
      void this.#change({ pipelineID: Number(pipeline.value), stageID: stages[0].id });
    });
    this.listen(currency, 'change', () => void this.#change({ value: { minor: this.#deal.value.minor, currency: currency.value } }));
    this.listen(accountEdit, 'click', () => this.#editAccount());
    this.listen(tagForm, 'submit', (event) => {
      event.preventDefault();
      void this.#addTag();
    });
    this.listen(this.parts.tag, 'focus', () => void this.#suggestTags());
    this.#app.store.subscribe('agents', () => this.#deal && this.show(this.#deal), this.signal);
    this.signal.addEventListener('abort', () => this.#editor?.disconnect());
  }

  get #pipelines() {
    return /** @type {any[]} */ (this.#app.store.session.pipelines);
  }

  /** @param {any} deal */
  show(deal) {
    this.#deal = deal;
    const { owner, close, overdue, pipeline, currency, account } = this.parts;
    const { store } = this.#app;
    const isFixed = !may(store, 'edit', deal.pipeline.id);
    const agents = watchersOf(store, deal.pipeline.id);
    if (!agents.some(({ id }) => id === deal.owner.id)) agents.push(deal.owner);
    fill(owner, agents, deal.owner.id);
    owner.disabled = !may(store, 'reassign', deal.pipeline.id);
    fill(pipeline, this.#pipelines.filter(({ id, rights }) => id === deal.pipeline.id || rights.includes('add')), deal.pipeline.id);
    for (const control of [close, pipeline, currency, this.parts.tag]) control.disabled = isFixed;
    this.parts.accountEdit.hidden = this.parts.tagForm.hidden = isFixed;
    if (isFixed) this.#endEditing?.();
    currency.value = deal.value.currency;
    // An empty date that may only be read says that there is none, not how to write one.
    close.type = isFixed && !deal.forecastedCloseOn ? 'text' : 'date';
    close.placeholder = t('field.none');
    if (document.activeElement !== close) close.value = deal.forecastedCloseOn ?? '';
    overdue.hidden = !deal.overdue;
    setText(account, deal.account?.name ?? t('deal.fact.account.none'));
    setAttribute(account, 'href', deal.account ? `#/accounts/${deal.account.id}` : null);
    account.classList.toggle('deal-nothing', !deal.account);
    this.#showTags(deal.tags, isFixed);
  }

  #closeChanged() {
    const { close } = this.parts;
    if (close.validity.badInput || document.activeElement === close && close.value === '') return;
    const on = close.value || null;
    if (on !== this.#deal.forecastedCloseOn) void this.#change({ forecastedCloseOn: on });
  }

  /** @param {Record<string, unknown>} changes */
  async #change(changes) {
    try {
      await this.#save(changes);
    } catch (/** @type {any} */ error) {
      const code = Object.values(error.fields ?? {})[0] ?? error.code;
      void toast(errorText({ code, details: error.details }), { urgent: true });
      this.show(this.#deal);
    }
  }

  #editAccount() {
    const { accountLine, accountSlot, accountEdit } = this.parts;
    accountLine.hidden = true;
    const end = this.#endEditing = () => {
      this.#endEditing = null;
      this.#editor?.disconnect();
      this.#editor = null;
      accountLine.hidden = false;
      accountEdit.focus();
    };
    this.#editor = new RecordEditor(this.#app, {
      kind: accountKind(this.#app.api),
      path: '/api/accounts',
      picked: this.#deal.account,
      mayBeEmpty: true,
      save: async (accountID) => {
        await this.#save({ accountID });
        end();
      },
      onCancel: end,
    });
    this.#editor.connect(accountSlot);
    this.#editor.focus();
  }

  /** @param {string[]} tags @param {boolean} isFixed */
  #showTags(tags, isFixed) {
    const { tags: list } = this.parts;
    const hadFocus = list.contains(document.activeElement);
    list.replaceChildren(...tags.map((tag) => {
      const { root, parts } = clone('deal-tag');
      setText(parts.text, tag);
      parts.remove.hidden = isFixed;
      parts.remove.setAttribute('aria-label', t('deal.tag.remove', { tag }));
      parts.remove.addEventListener('click', () => void this.#change({ tags: tags.filter((each) => each !== tag) }));
      return root;
    }));
    this.parts.noTags.hidden = tags.length > 0 || !isFixed;
    if (hadFocus) this.parts.tag.focus();
  }

  async #addTag() {
    const { tag } = this.parts;
    const name = tag.value.trim();
    if (name === '') return;
    tag.value = '';
    if (!this.#deal.tags.includes(name)) await this.#change({ tags: [...this.#deal.tags, name] });
  }

  async #suggestTags() {
    try {
      const { tags } = await this.#app.api.get('/api/tags', { signal: this.signal });
      this.parts.tagChoices.replaceChildren(...tags.map((/** @type {string} */ name) => new Option(name)));
    } catch {
      // One may still type a tag.
    }
  }
}

/** @param {HTMLSelectElement} select @param {any[]} records @param {number} chosen */
function fill(select, records, chosen) {
  select.replaceChildren(...records.map(({ id, name }) => new Option(name, String(id))));
  select.value = String(chosen);
}
