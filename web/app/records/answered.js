// @ts-check
/** A view of what the server answers: asked for, asked for anew when an event says so, and what is done to its rows. */
import { isAbort } from '../api.js';
import { toast } from '../announcer.js';
import { askToDelete } from '../deals/delete-dialog.js';
import { View, setText } from '../dom.js';
import { errorText } from '../i18n.js';
import { whenBack } from '../when-back.js';

export class Answered extends View {
  app;
  /** How often it was asked: an answer that a later question has overtaken is out of date. */
  #asked = 0;
  /** Asks again what could not be answered. @type {(() => void)|null} */
  #again = null;
  #waits = false;

  /** @param {string} template with the parts `failure` and `failureText` @param {import('../app.js').App} app */
  constructor(template, app) {
    super(template);
    this.app = app;
  }

  /**
   * Asks, and says where that failed; what was shown before stays.
   * @param {string} path @param {Record<string, any>} query @param {(answer: any) => void} take
   */
  async ask(path, query, take) {
    const { failure, failureText } = this.parts;
    const asked = ++this.#asked;
    try {
      const answer = await this.app.api.get(path, { query, signal: this.signal });
      if (asked !== this.#asked) return;
      failure.hidden = true;
      this.#again = null;
      take(answer);
    } catch (error) {
      if (isAbort(error) || !this.root.isConnected || asked !== this.#asked) return;
      failure.hidden = false;
      setText(failureText, errorText(/** @type {any} */ (error)));
      this.#again = () => void this.ask(path, query, take);
      if (!this.#waits) whenBack(this.app, () => this.#again !== null, () => this.#again?.(), this.signal);
      this.#waits = true;
    }
  }

  /** Deletes something, once one has said so again. Answers whether it is gone. @param {string} path @param {string} title @param {string} text */
  async delete(path, title, text) {
    if (!await askToDelete(title, text)) return false;
    try {
      await this.app.api.delete(path);
      return true;
    } catch (error) {
      this.fail(error);
      return false;
    }
  }

  /** Says what has failed, by the first of the fields that are at fault. @param {any} error */
  fail(error) {
    void toast(errorText({ code: String(Object.values(error.fields ?? {})[0] ?? error.code), details: error.details }), { urgent: true });
  }
}
