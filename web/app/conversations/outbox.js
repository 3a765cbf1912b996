// @ts-check
/**
 * Messages on their way: kept in `localStorage` until the server says that they are stored, and sent again, in order,
 * whenever the socket is live. The `clientID` makes a resend harmless.
 *
 * @typedef {object} Draft
 * @property {string} clientID
 * @property {number} conversationID
 * @property {"text"|"note"} kind
 * @property {string} text
 * @property {number} createdAt
 * @property {string|null} error the code with which the server refused it; null: on its way
 */
import { newID } from '../api.js';

export class Outbox {
  /** @type {Draft[]} */
  #drafts = [];
  #prefix = '';
  #app;

  /** @param {import('../app.js').App} app */
  constructor(app) {
    this.#app = app;
  }

  /** Takes up what an earlier visit of this agent left. Each message has an entry of its own, so that tabs do not
   * overwrite each other's. */
  open() {
    this.#prefix = `parley.outbox.${this.#app.store.me.id}.`;
    const keys = Object.keys(localStorage).filter((key) => key.startsWith(this.#prefix));
    this.#drafts = keys.map((key) => JSON.parse(localStorage.getItem(key) ?? ''));
    this.#drafts.sort((a, b) => a.createdAt - b.createdAt);
    for (const { conversationID } of this.#drafts) this.#app.store.changed(`outbox:${conversationID}`);
  }

  close() {
    this.#drafts = [];
  }

  /** Those of a conversation, oldest first. @param {number} conversationID */
  of(conversationID) {
    return this.#drafts.filter((draft) => draft.conversationID === conversationID);
  }

  /** @param {number} conversationID @param {"text"|"note"} kind @param {string} text */
  post(conversationID, kind, text) {
    const draft = { clientID: newID(), conversationID, kind, text, createdAt: Date.now(), error: null };
    this.#drafts.push(draft);
    this.#keep(draft);
    this.#send(draft);
  }

  /** Sends a refused one again. @param {string} clientID */
  retry(clientID) {
    const draft = this.#drafts.find((each) => each.clientID === clientID);
    if (!draft) return;
    draft.error = null;
    this.#keep(draft);
    this.#send(draft);
  }

  /** @param {string} clientID */
  remove(clientID) {
    const draft = this.#drafts.find((each) => each.clientID === clientID);
    if (!draft) return;
    this.#drafts = this.#drafts.filter((each) => each !== draft);
    localStorage.removeItem(this.#prefix + clientID);
    this.#app.store.changed(`outbox:${draft.conversationID}`);
  }

  /** Sends all that is on its way, in order: after each (re)connection. */
  flush() {
    for (const draft of this.#drafts) if (draft.error === null) this.#send(draft);
  }

  /** @param {Draft} draft */
  #send({ clientID, conversationID, kind, text }) {
    this.#app.connection.send({ type: 'message.post', clientID, conversationID, kind, text });
  }

  /** The acknowledgement is the message itself, or a refusal. @param {any} event */
  receive(event) {
    if (event.type === 'message.added' && event.message.clientID) {
      this.remove(event.message.clientID);
    } else if (event.type === 'refused') {
      const draft = this.#drafts.find(({ clientID }) => clientID === event.clientID);
      if (!draft) return;
      draft.error = event.error.code;
      this.#keep(draft);
    }
  }

  /** @param {Draft} draft */
  #keep(draft) {
    localStorage.setItem(this.#prefix + draft.clientID, JSON.stringify(draft));
    this.#app.store.changed(`outbox:${draft.conversationID}`);
  }
}
