// @ts-check
/**
 * The form of a new deal, wherever it is begun: a conversation, a pipeline, a contact or an account pass in what they know.
 * It keeps what is typed as a draft, says everything that is wrong at once, and saves once.
 */
import { accountKind } from '../accounts/account-kind.js';
import { contactKind, pickedPerson } from '../contacts/contact-kind.js';
import { View, setAttribute, setText } from '../dom.js';
import { FieldInputs } from '../fields/field-inputs.js';
import { errorText, t } from '../i18n.js';
import { todayIn } from '../reports/periods.js';
import { fillCurrencies } from '../settings/choices.js';
import { DealDraft } from './deal-draft.js';
import { dealErrors, fieldOrder } from './deal-errors.js';
import { DealFaults } from './deal-faults.js';
import { showAmountReading, showTitleReading } from './deal-readings.js';
import { parseAmount } from './money.js';
import { fillOwners, inTurn, usualOwner } from './owner-choice.js';
import { RecordPicker, picked } from './record-picker.js';
import { openPipelines } from './rights.js';
import { TagMenu } from './tag-menu.js';
import { readTitle } from './title-tags.js';

/**
 * Where a deal is begun, and what is known there.
 * @typedef {object} DealOrigin
 * @property {string} key names the draft, such as `conversation-12`
 * @property {number|null} conversationID
 * @property {import('./record-picker.js').PickerState} contact
 * @property {import('./record-picker.js').PickerState} account
 * @property {number|null} pipelineID
 * @property {number|null} [stageID] of that pipeline; its first otherwise
 * @property {"conversation"|"pipeline"|"contact"|"account"} [origin] which way it is begun: decides what the server requires
 * @property {boolean} requiresContact
 */

/** @typedef {{deal: any, created: {contact: boolean, account: boolean}}} AddedDeal */

export class DealForm extends View {
  #api;
  #store;
  #origin;
  #draft;
  #onSaved;
  #onCancel;
  #contact;
  #account;
  #inputs;
  /** The account came with the contact, and goes with it. */
  #accountFollows = true;
  /** The currency is the pipeline's until another is chosen. */
  #currencyFollows = true;
  /** The form as it was prefilled: what differs from it would be lost. */
  #prefilled = '';
  #isSaving = false;
  #faults;

  /**
   * @param {{api: import('../api.js').Api, store: import('../store.js').Store}} app
   * @param {DealOrigin} origin
   * @param {{onSaved: (answer: AddedDeal) => void, onCancel: () => void}} outcome
   */
  constructor({ api, store }, origin, { onSaved, onCancel }) {
    super('deal-form');
    this.#api = api;
    this.#store = store;
    this.#origin = origin;
    this.#onSaved = onSaved;
    this.#onCancel = onCancel;
    this.#draft = new DealDraft(store.me.id, origin.key);
    this.#contact = new RecordPicker(contactKind(api), () => this.#contactChanged(), origin.requiresContact);
    this.#account = new RecordPicker(accountKind(api), () => this.#accountChanged());
    this.#inputs = new FieldInputs(store, 'deal', () => this.#faults.refresh());
    this.#faults = new DealFaults(this.parts, { contact: this.#contact, account: this.#account }, this.#inputs, () => ({
      tags: this.#unknownTags, currency: this.parts.currency.value,
    }));
  }

  connected() {
    const { parts } = this;
    const tagMenu = new TagMenu({
      button: parts.tags,
      person: () => pickedPerson(this.#contact.state),
      account: () => this.#pickedAccount,
      onChoose: (tag) => this.#insertTag(tag),
    });
    this.#contact.connect(parts.contactSlot);
    this.#account.connect(parts.accountSlot);
    this.#inputs.connect(parts.fieldsSlot);
    tagMenu.connect(this.root);
    this.signal.addEventListener('abort', () => {
      for (const view of [this.#contact, this.#account, this.#inputs, tagMenu]) view.disconnect();
    });

    this.#fillChoices();
    this.#begin();
    for (const field of fieldOrder) {
      if (parts[field]) this.listen(parts[field], 'input', () => this.#faults.clear(field));
    }
    this.listen(parts.pipeline, 'change', () => this.#pipelineChanged());
    this.listen(parts.currency, 'change', () => (this.#currencyFollows = false));
    this.listen(this.root, 'input', () => this.#changed());
    this.listen(this.root, 'keydown', (event) => {
      if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) /** @type {HTMLFormElement} */ (this.root).requestSubmit();
    });
    this.listen(parts.startOver, 'click', () => this.#startOver());
    this.listen(parts.cancel, 'click', () => this.#onCancel());
    this.listen(this.root, 'submit', (event) => {
      event.preventDefault();
      void this.#submit();
    });
  }

  /** Is there anything to lose? */
  get isChanged() {
    return JSON.stringify(this.#fields) !== this.#prefilled;
  }

  get isSaving() {
    return this.#isSaving;
  }

  discard() {
    this.#draft.discard();
  }

  focus() {
    this.parts.title.focus();
  }

  #fillChoices() {
    const { currency, pipeline } = this.parts;
    const { workspace } = this.#store.session;
    const pipelines = openPipelines(this.#store);
    fillCurrencies(currency, [workspace.defaultCurrency, ...pipelines.map((/** @type {any} */ each) => each.currency)]);
    pipeline.replaceChildren(...pipelines.map((/** @type {any} */ { id, name }) => new Option(name, String(id))));
  }

  /** Shows the draft of before, or what the origin knows. */
  #begin() {
    const prefill = this.#prefill();
    this.#show(prefill);
    this.#prefilled = JSON.stringify(this.#fields);
    const draft = this.#draft.fields;
    this.parts.restored.hidden = draft === null;
    if (draft) {
      this.#show({ ...prefill, ...draft });
      const { text, chosen, created } = draft.account;
      this.#accountFollows = text.trim() === '' && !created && chosen?.id === draft.contact.chosen?.account?.id;
      this.#currencyFollows = false;
    } else {
      void this.#preferExistingContact();
    }
  }

  /** @returns {import('./deal-draft.js').DealFields} */
  #prefill() {
    const { workspace } = this.#store.session;
    const pipelines = openPipelines(this.#store);
    const pipeline = pipelines.find((/** @type {any} */ { id }) => id === this.#origin.pipelineID) ?? pipelines[0];
    return {
      title: '', description: '', value: '', forecastedCloseOn: '', fields: {},
      contact: this.#origin.contact, account: this.#origin.account,
      currency: pipeline?.currency ?? workspace.defaultCurrency,
      ownerID: usualOwner(pipeline, this.#store),
      pipelineID: pipeline?.id, stageID: this.#origin.stageID ?? pipeline?.stages[0]?.id,
    };
  }

  /** A visitor whose address belongs to a contact gets that contact. */
  async #preferExistingContact() {
    const wasChanged = this.isChanged;
    if (!await this.#contact.preferExisting()) return;
    this.#contactChanged();
    if (!wasChanged) {
      this.#prefilled = JSON.stringify(this.#fields);
      this.#draft.discard();
    }
  }

  #startOver() {
    this.#draft.discard();
    this.#accountFollows = this.#currencyFollows = true;
    this.#faults.show({});
    this.#showFailure(null);
    this.#begin();
    this.focus();
  }

  /** @param {import('./deal-draft.js').DealFields} fields */
  #show(fields) {
    const { title, value, currency, owner, forecastedCloseOn, pipeline, description } = this.parts;
    title.value = fields.title;
    this.#contact.state = fields.contact;
    this.#account.state = fields.account;
    value.value = fields.value;
    select(currency, fields.currency);
    forecastedCloseOn.value = fields.forecastedCloseOn;
    select(pipeline, fields.pipelineID);
    fillOwners(owner, this.#pipeline, this.#store);
    select(owner, fields.ownerID);
    this.#fillStages();
    select(this.parts.stage, fields.stageID);
    description.value = fields.description;
    this.#inputs.state = fields.fields;
    this.#render();
  }

  /** @returns {import('./deal-draft.js').DealFields} */
  get #fields() {
    const { title, value, currency, owner, forecastedCloseOn, pipeline, stage, description } = this.parts;
    return {
      title: title.value,
      contact: this.#contact.state,
      account: this.#account.state,
      value: value.value,
      currency: currency.value,
      ownerID: Number(owner.value),
      forecastedCloseOn: forecastedCloseOn.value,
      pipelineID: Number(pipeline.value),
      stageID: Number(stage.value),
      description: description.value,
      fields: this.#inputs.state,
    };
  }

  get #pipeline() {
    const id = Number(this.parts.pipeline.value);
    return this.#store.session.pipelines.find((/** @type {any} */ each) => each.id === id);
  }

  get #pickedAccount() {
    const { chosen, created } = this.#account.state;
    return chosen ?? created;
  }

  #fillStages() {
    const stages = this.#pipeline?.stages ?? [];
    this.parts.stage.replaceChildren(...stages.map((/** @type {any} */ { id, name }) => new Option(name, String(id))));
  }

  #pipelineChanged() {
    const { owner } = this.parts;
    const owned = Number(owner.value);
    const isChosen = owned !== inTurn && owned !== this.#store.me.id;
    fillOwners(owner, this.#pipeline, this.#store);
    select(owner, isChosen ? owned : usualOwner(this.#pipeline, this.#store));
    this.#fillStages();
    if (this.#currencyFollows && this.#pipeline) select(this.parts.currency, this.#pipeline.currency);
    this.#faults.clear('stage');
    this.#changed();
  }

  #contactChanged() {
    this.#faults.clear('contact');
    if (this.#accountFollows) {
      this.#account.state = picked(this.#contact.state.chosen?.account ?? null);
    }
    this.#changed();
  }

  #accountChanged() {
    this.#accountFollows = this.#account.isEmpty;
    this.#faults.clear('account');
    this.#changed();
  }

  #changed() {
    this.#render();
    if (this.isChanged) this.#draft.keep(this.#fields);
    else this.#draft.discard();
  }

  /** @param {string} tag */
  #insertTag(tag) {
    const { title } = this.parts;
    title.focus();
    title.setRangeText(tag, title.selectionStart, title.selectionEnd, 'end');
    title.dispatchEvent(new InputEvent('input', { bubbles: true }));
  }

  get #titleParts() {
    const today = todayIn(this.#store.session.workspace.timeZone);
    return readTitle(this.parts.title.value, pickedPerson(this.#contact.state), this.#pickedAccount, today);
  }

  #render() {
    const { reading, valueReading, value, currency } = this.parts;
    showTitleReading(reading, this.#titleParts);
    showAmountReading(valueReading, value.value, currency.value);
  }

  async #submit() {
    if (this.#isSaving) return;
    // One may close it meanwhile.
    const { signal } = this;
    this.#setSaving(true);
    this.#showFailure(null);
    await Promise.all([this.#contact.settle(), this.#account.settle()]);
    if (signal.aborted) return;
    const amount = parseAmount(this.parts.value.value, this.parts.currency.value);
    const { entries, faults } = this.#inputs.read();
    const errors = { ...faults, ...dealErrors({
      titleParts: this.#titleParts,
      amount,
      contact: this.#contact,
      account: this.#account,
      requiresContact: this.#origin.requiresContact,
      isCloseDateReadable: !this.parts.forecastedCloseOn.validity.badInput,
    }) };
    if (amount.problem || Object.keys(errors).length > 0) {
      this.#setSaving(false);
      this.#refuse(errors);
      return;
    }
    this.#faults.show({});
    await this.#save(this.#body(amount.minor, entries));
  }

  /** The DealDraft of the interface. @param {number} minor @param {Record<string, any>} fields */
  #body(minor, fields) {
    const { title, currency, ownerID, forecastedCloseOn, pipelineID, stageID, description } = this.#fields;
    return {
      title, value: { minor, currency }, ownerID: ownerID === inTurn ? undefined : ownerID,
      forecastedCloseOn: forecastedCloseOn || null, pipelineID, stageID, description,
      conversationID: this.#origin.conversationID, origin: this.#origin.origin,
      contact: this.#contact.value, account: this.#account.value, fields,
    };
  }

  /** @param {ReturnType<DealForm['#body']>} body */
  async #save(body) {
    try {
      const answer = await this.#api.post('/api/deals', body, { idempotencyKey: this.#draft.idempotencyKey(body) });
      this.#draft.discard();
      this.#onSaved(answer);
    } catch (/** @type {any} */ error) {
      if (!this.root.isConnected) return;
      if (Object.keys(error.fields ?? {}).length > 0) this.#refuse(error.fields);
      else this.#showFailure(error);
    } finally {
      this.#setSaving(false);
    }
  }

  /** @param {boolean} isSaving */
  #setSaving(isSaving) {
    this.#isSaving = isSaving;
    const { submit, busy, retry } = this.parts;
    // Not `disabled`, which would take the focus away.
    for (const button of [submit, retry]) setAttribute(button, 'aria-disabled', isSaving ? 'true' : null);
    busy.hidden = !isSaving;
    this.root.setAttribute('aria-busy', String(isSaving));
  }

  /** Shows what is wrong, and goes to the first of it. @param {Record<string, string>} codes by field */
  #refuse(codes) {
    this.#faults.show(codes);
    if (this.#faults.any) this.#faults.focusFirst();
    else this.#showFailure({ code: Object.values(codes)[0] });
  }

  get #unknownTags() {
    const tags = this.#titleParts.filter(({ kind }) => kind === 'unknown').map(({ text }) => text);
    return [...new Set(tags)].join(', ');
  }

  /** @param {any} error */
  #showFailure(error) {
    const { failure, failureText, submit } = this.parts;
    failure.hidden = error === null;
    if (error === null) return;
    setText(failureText, `${t('deal.save.failed')} ${errorText(error)}`);
    submit.focus();
  }
}

/**
 * Selects a value if it is among the choices, and leaves the first otherwise.
 * @param {HTMLSelectElement} element @param {string|number} value
 */
function select(element, value) {
  const choice = [...element.options].find((option) => option.value === String(value));
  if (choice) choice.selected = true;
}
