// @ts-check
/**
 * A deal that is being written: kept in the tab's `sessionStorage` under what it was begun from, so that neither a reload
 * nor a dialog closed by accident loses it, together with the key under which it is saved.
 */
import { newID } from '../api.js';
import { KeptText } from '../kept-text.js';

/**
 * Everything as it stands in the form; the amount and the title as typed.
 * @typedef {object} DealFields
 * @property {string} title
 * @property {import('./record-picker.js').PickerState} contact
 * @property {import('./record-picker.js').PickerState} account
 * @property {string} value
 * @property {string} currency
 * @property {number} ownerID
 * @property {string} forecastedCloseOn
 * @property {number} pipelineID
 * @property {number} stageID
 * @property {string} description
 * @property {import('../fields/field-inputs.js').FieldStates} fields
 */

/** @typedef {{fields?: DealFields, sent?: {body: string, key: string}}} Stored */

export class DealDraft {
  #kept;

  /** @param {number} agentID whose it is: another agent may sign in in this tab @param {string} origin such as `conversation-12` */
  constructor(agentID, origin) {
    this.#kept = new KeptText(agentID, `deal.${origin}`);
  }

  get fields() {
    return this.#read()?.fields ?? null;
  }

  /** @param {DealFields} fields */
  keep(fields) {
    this.#write({ ...this.#read(), fields });
  }

  /**
   * The `Idempotency-Key` of a request's body. The same body has the same key, also after a reload: a save whose answer was
   * lost is repeated and not doubled. A body that has changed since is another deal and has another key.
   * @param {unknown} body
   */
  idempotencyKey(body) {
    const text = JSON.stringify(body);
    const stored = this.#read();
    if (stored?.sent?.body === text) return stored.sent.key;
    const key = newID();
    this.#write({ ...stored, sent: { body: text, key } });
    return key;
  }

  discard() {
    this.#kept.text = '';
  }

  /** @returns {Stored|null} */
  #read() {
    const { text } = this.#kept;
    return text === '' ? null : JSON.parse(text);
  }

  /** @param {Stored} stored */
  #write(stored) {
    this.#kept.text = JSON.stringify(stored);
  }
}
