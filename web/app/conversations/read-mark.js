// @ts-check
/** Tells the server how far this agent has read: only what is in view, of a page that is looked at. */

export class ReadMark {
  #app;
  #id;
  #lastNumberInView;
  #sent = 0;

  /**
   * @param {import('../app.js').App} app @param {number} id
   * @param {() => number} lastNumberInView @param {AbortSignal} signal
   */
  constructor(app, id, lastNumberInView, signal) {
    this.#app = app;
    this.#id = id;
    this.#lastNumberInView = lastNumberInView;
    document.addEventListener('visibilitychange', () => this.update(), { signal });
  }

  /** @param {{again?: boolean}} [options] `again`: the last mark may have been lost with the socket */
  update({ again = false } = {}) {
    if (document.visibilityState !== 'visible' || !document.hasFocus()) return;
    const { store, connection } = this.#app;
    const conversation = store.conversations.get(this.#id);
    if (!conversation) return;
    const number = Math.max(this.#lastNumberInView(), conversation.readNumber ?? 0);
    if (number <= this.#sent && !again) return;
    if (number <= (conversation.readNumber ?? 0) && !again) return;
    if (number > 0 && connection.send({ type: 'read', conversationID: this.#id, number })) this.#sent = number;
    store.advance(this.#id, { readNumber: number });
  }
}
