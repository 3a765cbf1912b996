// @ts-check
/** What is known of a deal, each part changed where it stands. */
import { toast } from '../announcer.js';
import { Editable } from '../contacts/editable.js';
import { NoteList } from '../notes/note-list.js';
import { TaskList } from '../tasks/task-list.js';
import { View, setText } from '../dom.js';
import { FieldFacts } from '../fields/field-facts.js';
import { errorText, formatDate, formatDateTime, t } from '../i18n.js';
import { DealAbout } from './deal-about.js';
import { DealContacts } from './deal-contacts.js';
import { DealFacts } from './deal-facts.js';
import { DealHistory } from './deal-history.js';
import { askLostReason } from './lost-dialog.js';
import { askToDelete } from './delete-dialog.js';
import { editableAmount, formatMoney, parseAmount } from './money.js';
import { may } from './rights.js';

/** A save of some fields; rejects with what the server says is wrong. @typedef {(changes: Record<string, unknown>) => Promise<void>} SaveDeal */

export class DealDetails extends View {
  #app;
  #deal;
  #title;
  #value;
  #sections;
  #onRemove;

  /** @param {import('../app.js').App} app @param {any} deal @param {() => void} onRemove */
  constructor(app, deal, onRemove) {
    super('deal-details');
    this.#app = app;
    this.#deal = deal;
    this.#onRemove = onRemove;
    const save = (/** @type {Record<string, unknown>} */ changes) => this.#save(changes);
    this.#title = new Editable({
      label: t('deal.title'), placeholder: t('deal.title'), maxLength: 300, className: 'editable-title',
      save: (title) => save({ title }),
    });
    this.#value = new Editable({
      label: t('deal.value'), placeholder: t('deal.value'), maxLength: 40, className: 'editable-value', inputMode: 'decimal',
      format: (text) => this.#amountText(text),
      save: (text) => this.#saveValue(text),
    });
    const record = { kind: /** @type {const} */ ('deal'), id: deal.id };
    this.#sections = {
      facts: new DealFacts(app, save),
      fields: new FieldFacts(app.store, 'deal', save),
      about: new DealAbout(app, deal.id, save),
      contacts: new DealContacts(app, save),
      tasks: new TaskList(app, record),
      notes: new NoteList(app, record),
      history: new DealHistory(app, deal.id),
    };
  }

  connected() {
    const { parts } = this;
    this.#title.connect(parts.titleSlot);
    this.#value.connect(parts.valueSlot);
    for (const [name, section] of Object.entries(this.#sections)) section.connect(parts[`${name}Slot`]);
    this.signal.addEventListener('abort', () => {
      for (const view of [this.#title, this.#value, ...Object.values(this.#sections)]) view.disconnect();
    });
    this.listen(parts.won, 'click', () => void this.#try(() => this.#save({ status: 'won' })));
    this.listen(parts.lost, 'click', () => void this.#lose());
    this.listen(parts.reopen, 'click', () => void this.#try(() => this.#save({ status: 'open' })));
    this.listen(parts.remove, 'click', () => void this.#remove());
  }

  /** @param {any} deal */
  show(deal) {
    this.#deal = deal;
    const { parts } = this;
    this.root.setAttribute('aria-label', deal.title);
    const { store } = this.#app;
    const isFixed = !may(store, 'edit', deal.pipeline.id);
    parts.viewOnly.hidden = !isFixed;
    parts.remove.hidden = !may(store, 'delete', deal.pipeline.id);
    this.#title.fix(isFixed);
    this.#value.fix(isFixed);
    this.#sections.tasks.fix(isFixed);
    this.#sections.notes.fix(isFixed);
    this.#title.show(deal.title);
    this.#value.show(editableAmount(deal.value));
    this.#showStages(deal, isFixed);
    this.#showStatus(deal, isFixed);
    this.#sections.facts.show(deal);
    this.#sections.fields.show(deal, isFixed);
    this.#sections.about.show(deal, isFixed);
    this.#sections.contacts.show(deal, isFixed);
    const author = this.#app.store.agentName(deal.createdBy);
    const date = formatDate(deal.createdAt);
    setText(parts.created, author ? t('deal.addedBy', { date, name: author }) : t('deal.addedOn', { date }));
    parts.created.title = formatDateTime(deal.createdAt);
  }

  /** @param {any} deal @param {boolean} isFixed */
  #showStages(deal, isFixed) {
    const { stages, progressLine, days, rotting } = this.parts;
    const pipeline = this.#app.store.session.pipelines.find((/** @type {any} */ { id }) => id === deal.pipeline.id);
    const all = pipeline?.stages ?? [deal.stage];
    const reached = all.findIndex((/** @type {any} */ { id }) => id === deal.stage.id);
    const focused = /** @type {HTMLElement|null} */ (document.activeElement)?.dataset.stage;
    stages.replaceChildren(...all.map((/** @type {any} */ stage, /** @type {number} */ index) => {
      const { root, parts } = new View('deal-stage-step');
      setText(parts.name, stage.name);
      root.style.setProperty('--stage', deal.stage.color);
      root.classList.toggle('is-reached', index <= reached);
      parts.button.dataset.stage = String(stage.id);
      parts.button.title = stage.name;
      parts.button.disabled = isFixed;
      if (index === reached) parts.button.setAttribute('aria-current', 'step');
      parts.button.addEventListener('click', () => void this.#try(() => this.#toStage(stage.id)));
      return root;
    }));
    if (focused) stages.querySelector(`[data-stage="${focused}"]`)?.focus();
    progressLine.hidden = deal.status !== 'open';
    const count = Math.max(0, Math.floor((Date.now() - deal.stageEnteredAt) / 86_400_000));
    setText(days, count === 0 ? t('board.age.today') : t('board.age.words', { count }));
    rotting.hidden = !deal.rotting;
  }

  /** @param {any} deal @param {boolean} isFixed */
  #showStatus(deal, isFixed) {
    const { won, lost, reopen, outcome, outcomeText, reason } = this.parts;
    const isOpen = deal.status === 'open';
    won.hidden = lost.hidden = !isOpen || isFixed;
    reopen.hidden = isOpen || isFixed;
    outcome.hidden = isOpen;
    outcome.dataset.status = deal.status;
    const status = t(`deal.status.${deal.status}`);
    setText(outcomeText, deal.closedAt ? t('deal.closedOn', { status, date: formatDate(deal.closedAt) }) : status);
    reason.hidden = deal.status !== 'lost' || !deal.lostReason;
    setText(reason, deal.lostReason ?? '');
  }

  /** @param {string} text an amount as typed */
  #amountText(text) {
    const { currency } = this.#deal.value;
    const amount = parseAmount(text, currency);
    return amount.problem ? text : formatMoney({ minor: amount.minor, currency });
  }

  /** @param {string} text */
  async #saveValue(text) {
    const { currency } = this.#deal.value;
    const amount = parseAmount(text, currency);
    if (amount.problem) throw { code: `deal.value.${amount.problem}`, details: { currency } };
    await this.#save({ value: { minor: amount.minor, currency } });
  }

  /** @type {SaveDeal} */
  async #save(changes) {
    this.#app.store.takeDeal(await this.#app.api.patch(`/api/deals/${this.#deal.id}`, changes));
  }

  /** @param {number} stageID */
  async #toStage(stageID) {
    if (stageID === this.#deal.stage.id) return;
    this.#app.store.takeDeal(await this.#app.api.post(`/api/deals/${this.#deal.id}/move`, { stageID, after: null }));
  }

  async #lose() {
    const lostReason = await askLostReason(this.#deal);
    if (lostReason !== null) await this.#try(() => this.#save({ status: 'lost', lostReason }));
  }

  async #remove() {
    if (await askToDelete(t('deal.delete.title'), t('deal.delete.text', { title: this.#deal.title }))) this.#onRemove();
  }

  /** @param {() => Promise<void>} change */
  async #try(change) {
    try {
      await change();
    } catch (/** @type {any} */ error) {
      const code = Object.values(error.fields ?? {})[0] ?? error.code;
      void toast(errorText({ code, details: error.details }), { urgent: true });
      this.show(this.#deal);
    }
  }
}
