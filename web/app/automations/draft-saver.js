// @ts-check
/**
 * Saves a draft as it is edited: at once in this browser, and when one pauses at the server. What could not be sent waits here,
 * also through a reload, and is sent when the server is there again. What somebody else saved meanwhile is never written over unasked.
 *
 * @typedef {'saved'|'changed'|'saving'|'offline'|'failed'|'conflict'} SaveState
 */

const pause = 700;
/** A save that found no server is tried again after this, then after twice as long, and so on, in milliseconds. */
const firstRetry = 3000;
const lastRetry = 60_000;

/** @template Draft @template Saved */
export class DraftSaver {
  /** @type {SaveState} */
  state = 'saved';
  /** What a failed save was refused for. @type {any} */
  error = null;

  #key;
  #send;
  #revision;
  #onState;
  #onSaved;
  /** What the server does not have yet. @type {Draft|null} */
  #unsent = null;
  /** @type {ReturnType<typeof setTimeout>|undefined} */
  #timer;
  /** @type {Promise<void>|null} */
  #sending = null;
  #isOver = false;
  #retryAfter = firstRetry;

  /**
   * @param {object} options
   * @param {string} options.key names the copy in this browser
   * @param {number} options.revision what the draft began with
   * @param {(draft: Draft, revision: number) => Promise<{revision: number, saved: Saved}>} options.send rejects with 409 where another revision is the newest
   * @param {() => void} options.onState
   * @param {(saved: Saved) => void} options.onSaved
   */
  constructor({ key, revision, send, onState, onSaved }) {
    this.#key = key;
    this.#send = send;
    this.#revision = revision;
    this.#onState = onState;
    this.#onSaved = onSaved;
  }

  get revision() {
    return this.#revision;
  }

  get hasUnsent() {
    return this.#unsent !== null;
  }

  /** What an earlier visit left unsent, with what it began with. @returns {{revision: number, draft: Draft}|null} */
  static kept(/** @type {string} */ key) {
    const text = localStorage.getItem(key);
    if (text === null) return null;
    try {
      return JSON.parse(text);
    } catch {
      // Not of this program's making.
      localStorage.removeItem(key);
      return null;
    }
  }

  /** @param {Draft} draft */
  change(draft) {
    this.#keep(draft);
    if (this.state !== 'conflict') this.#schedule();
  }

  /** Sends what waits, now. */
  async flush() {
    clearTimeout(this.#timer);
    if (this.#sending) await this.#sending;
    if (this.#unsent === null || this.state === 'conflict') return;
    this.#sending = this.#sendNow().finally(() => {
      this.#sending = null;
    });
    await this.#sending;
    if (this.#unsent !== null && this.state === 'changed') await this.flush();
  }

  /** Somebody else saved what this draft did not begin with. */
  conflict() {
    clearTimeout(this.#timer);
    this.#to('conflict');
  }

  /** The draft goes over what the others saved. @param {number} revision theirs @param {Draft} draft */
  async overwrite(revision, draft) {
    this.#revision = revision;
    this.state = 'changed';
    this.#keep(draft);
    await this.flush();
  }

  /** What is theirs is taken: nothing waits any more. @param {number} revision */
  yield(revision) {
    clearTimeout(this.#timer);
    this.#revision = revision;
    this.#unsent = null;
    localStorage.removeItem(this.#key);
    this.#to('saved');
  }

  /** Sends nothing more by itself; what is unsent stays for the next visit. */
  stop() {
    this.#isOver = true;
    clearTimeout(this.#timer);
  }

  /** @param {Draft} draft */
  #keep(draft) {
    this.#unsent = draft;
    try {
      localStorage.setItem(this.#key, JSON.stringify({ revision: this.#revision, draft }));
    } catch (error) {
      // A full or forbidden storage: the server has it in a moment.
      console.warn(error);
    }
  }

  #schedule() {
    this.#to('changed');
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.flush(), pause);
  }

  async #sendNow() {
    const draft = /** @type {Draft} */ (this.#unsent);
    this.#to('saving');
    try {
      const { revision, saved } = await this.#send(draft, this.#revision);
      this.#revision = revision;
      if (this.#unsent === draft) {
        this.#unsent = null;
        localStorage.removeItem(this.#key);
      } else {
        this.#keep(/** @type {any} */ (this.#unsent));
      }
      this.error = null;
      this.#retryAfter = firstRetry;
      if (this.#isOver) return;
      this.#to(this.#unsent === null ? 'saved' : 'changed');
      this.#onSaved(saved);
    } catch (/** @type {any} */ error) {
      this.error = error;
      if (this.#isOver) return;
      if (error.status === 409) this.#to('conflict');
      else if (error.status === 0 || error.status === 503) this.#wait();
      else this.#to('failed');
    }
  }

  #wait() {
    this.#to('offline');
    this.#timer = setTimeout(() => void this.flush(), this.#retryAfter);
    this.#retryAfter = Math.min(2 * this.#retryAfter, lastRetry);
  }

  /** @param {SaveState} state */
  #to(state) {
    this.state = state;
    if (!this.#isOver) this.#onState();
  }
}
