// @ts-check
/** An automation that is being edited: its draft with what can be undone, its saves, and what is wrong with it. */
import { definitionOf, flowOf } from './definition.js';
import { DraftSaver } from './draft-saver.js';
import { EditHistory } from './edit-history.js';
import { Faults } from './faults.js';

/** @typedef {import('./flow.js').Flow} Flow */
/** @typedef {{entry: "always"|"once", flow: Flow}} Edited */
/** @typedef {Edited & {name: string}} Draft */

const pause = 400;

export class AutomationSession {
  /** As the server had it last. @type {any} */
  automation;
  /** What the others saved, while this draft waits for a decision. @type {any} */
  theirs = null;
  name;
  /** @type {Faults} */
  faults;

  #app;
  #onChange;
  #signal;
  /** @type {EditHistory<Edited>} */
  #history;
  /** @type {DraftSaver<Draft, any>} */
  #saver;
  /** @type {ReturnType<typeof setTimeout>|undefined} */
  #timer;

  /**
   * @param {import('../app.js').App} app @param {any} automation as just loaded
   * @param {(what: "draft"|"saved"|"theirs"|"gone") => void} onChange @param {AbortSignal} signal
   */
  constructor(app, automation, onChange, signal) {
    this.#app = app;
    this.#onChange = onChange;
    this.#signal = signal;
    this.automation = automation;
    this.name = automation.name;
    const key = `parley.automation.${app.store.me.id}.${automation.id}`;
    const kept = DraftSaver.kept(key);
    /** @type {Draft} */
    const draft = kept?.draft ?? draftOf(automation);
    this.name = draft.name;
    this.#history = new EditHistory({ entry: draft.entry, flow: draft.flow });
    this.#saver = new DraftSaver({
      key, revision: kept?.revision ?? automation.version,
      send: (each, version) => this.#send(each, version),
      onState: () => this.#stateChanged(),
      onSaved: (saved) => this.#saved(saved),
    });
    this.faults = new Faults(automation.problems, this.flow);
    this.#followEvents();
    if (kept) this.#takeUp(kept.revision);
  }

  /** @param {number} revision that what was left unsent began with */
  #takeUp(revision) {
    if (revision === this.automation.version) {
      this.#saver.change(this.draft);
      return;
    }
    this.theirs = this.automation;
    this.#saver.conflict();
  }

  /** @returns {Flow} */
  get flow() {
    return this.#history.current.flow;
  }

  get entry() {
    return this.#history.current.entry;
  }

  /** @returns {Draft} */
  get draft() {
    return { name: this.name, ...this.#history.current };
  }

  get saveState() {
    return this.#saver.state;
  }

  get saveError() {
    return this.#saver.error;
  }

  get canUndo() {
    return this.#history.canUndo;
  }

  get canRedo() {
    return this.#history.canRedo;
  }

  /** @param {Flow} flow @param {string} [what] see `EditHistory` */
  change(flow, what) {
    if (flow === this.flow) return;
    this.#history.change({ entry: this.entry, flow }, what);
    this.#edited();
  }

  /** @param {"always"|"once"} entry */
  setEntry(entry) {
    this.#history.change({ entry, flow: this.flow });
    this.#edited();
  }

  /** @param {string} name */
  rename(name) {
    this.name = name;
    this.#edited();
  }

  /** False: there is nothing to undo. */
  undo() {
    const isUndone = this.#history.undo();
    if (isUndone) this.#edited();
    return isUndone;
  }

  redo() {
    const isRedone = this.#history.redo();
    if (isRedone) this.#edited();
    return isRedone;
  }

  #edited() {
    this.faults = new Faults(this.automation.problems, this.flow);
    this.#saver.change(this.draft);
    this.#onChange('draft');
  }

  /** Everything is at the server, or it is told why not. */
  async save() {
    await this.#saver.flush();
    return this.#saver.state === 'saved';
  }

  /** @param {boolean} enabled rejects with `automation.invalid` and what is wrong */
  async setEnabled(enabled) {
    try {
      this.#take(await this.#app.api.post(`/api/automations/${this.automation.id}/enabled`, { enabled }));
    } catch (/** @type {any} */ error) {
      if (error.details?.problems) this.#showProblems(error.details.problems);
      throw error;
    }
    // What could not be saved for its faults while it was on, can be now.
    if (!enabled && this.#saver.hasUnsent) void this.#saver.flush();
  }

  /** What the others saved stands from now on. */
  takeTheirs() {
    const automation = this.theirs ?? this.automation;
    this.theirs = null;
    this.#saver.yield(automation.version);
    this.name = automation.name;
    const { entry, flow } = draftOf(automation);
    this.#history.change({ entry, flow });
    this.#take(automation);
    this.#onChange('theirs');
  }

  /** This draft goes over what the others saved. */
  async keepMine() {
    const { version } = this.theirs ?? this.automation;
    this.theirs = null;
    await this.#saver.overwrite(version, this.draft);
  }

  stop() {
    clearTimeout(this.#timer);
    void this.#saver.flush();
    this.#saver.stop();
  }

  /** @param {Draft} draft @param {number} version */
  async #send({ name, entry, flow }, version) {
    const saved = await this.#app.api.put(`/api/automations/${this.automation.id}`, { version, name, entry, definition: definitionOf(flow) });
    return { revision: saved.version, saved };
  }

  /** @param {any} automation */
  #saved(automation) {
    this.#take(automation);
  }

  /** @param {any} automation its state, without what is being edited */
  #take(automation) {
    this.automation = automation;
    this.faults = new Faults(automation.problems, this.flow);
    this.#onChange('saved');
  }

  /** @param {any[]} problems */
  #showProblems(problems) {
    this.automation = { ...this.automation, problems };
    this.faults = new Faults(problems, this.flow);
    this.#onChange('saved');
  }

  #stateChanged() {
    const { state, error } = this.#saver;
    if (state === 'conflict' && error?.details?.current) this.theirs = error.details.current;
    if (state === 'failed' && error?.details?.problems) this.#showProblems(error.details.problems);
    this.#onChange('saved');
  }

  #followEvents() {
    const { store } = this.#app;
    store.follow((event) => {
      if (event.type === 'automations.changed' && event.automationID === this.automation.id) this.#reloadSoon();
    }, this.#signal);
    store.subscribe('startOver', () => this.#reloadSoon(), this.#signal);
    store.subscribe('connection', () => {
      if (this.#app.connection.state === 'live') void this.#saver.flush();
    }, this.#signal);
    addEventListener('online', () => void this.#saver.flush(), { signal: this.#signal });
    this.#signal.addEventListener('abort', () => this.stop());
  }

  #reloadSoon() {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.#reload(), pause);
  }

  /** One's own save is heard of too: only another version is news. */
  async #reload() {
    await this.#saver.flush();
    let automation;
    try {
      automation = await this.#app.api.get(`/api/automations/${this.automation.id}`, { signal: this.#signal });
    } catch (/** @type {any} */ error) {
      if (error.status === 404) this.#onChange('gone');
      return;
    }
    if (automation.version <= this.#saver.revision) {
      this.#take(automation);
    } else if (this.#saver.hasUnsent || this.saveState === 'conflict') {
      this.theirs = automation;
      this.#saver.conflict();
    } else {
      this.theirs = automation;
      this.takeTheirs();
    }
  }
}

/** @param {any} automation @returns {Draft} */
function draftOf({ name, entry, definition }) {
  return { name, entry, flow: flowOf(definition) };
}
