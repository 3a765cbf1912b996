// @ts-check
/** One run, step by step: when each was done, and what came of it; it can be stopped, and tried again where it failed. */
import { toast } from '../announcer.js';
import { isAbort } from '../api.js';
import { View, clone, setIcon, setText } from '../dom.js';
import { errorText, formatDate, formatDateTime, formatTime, t } from '../i18n.js';
import { faultText } from './faults.js';
import { moment, runIcons, runState, runSubject } from './run-row.js';

const outcomeIcons = /** @type {Record<string, string>} */ ({
  done: 'check', yes: 'check', no: 'close', failed: 'alert', waiting: 'clock', retrying: 'refresh', skipped: 'info',
});

export class RunView extends View {
  #app;
  #id;
  #titleOf;
  #summaryOf;
  /** @type {any} */
  #run = null;
  #isBusy = false;

  /**
   * @param {import('../app.js').App} app @param {number} id @param {(stepID: string|null) => string} titleOf a step of the automation as it is now
   * @param {(stepID: string, kind: string, at: number) => string} summaryOf what a step did then; empty where that is no longer known
   */
  constructor(app, id, titleOf, summaryOf) {
    super('run-view');
    this.#app = app;
    this.#id = id;
    this.#titleOf = titleOf;
    this.#summaryOf = summaryOf;
  }

  connected() {
    this.root.hidden = true;
    this.listen(this.parts.stop, 'click', () => void this.#ask('stop', 'run.stopped'));
    this.listen(this.parts.retry, 'click', () => void this.#ask('retry', 'run.retried'));
    void this.reload();
  }

  async reload() {
    try {
      const { run, steps } = await this.#app.api.get(`/api/runs/${this.#id}`, { signal: this.signal });
      const isFirst = this.#run === null;
      this.#show(run, steps);
      if (isFirst) this.parts.title.focus();
    } catch (/** @type {any} */ error) {
      if (isAbort(error)) return;
      if (this.#run !== null) return;
      const { root, parts } = clone('runs-failure');
      setText(parts.text, error.status === 404 ? t('run.notFound') : errorText(error));
      parts.retry.hidden = error.status === 404;
      parts.retry.addEventListener('click', () => {
        root.remove();
        void this.reload();
      });
      this.root.before(root);
    }
  }

  /** @param {any} run @param {any[]} steps */
  #show(run, steps) {
    this.#run = run;
    const { parts } = this;
    this.root.hidden = false;
    parts.back.href = `#/automations/${run.automationID}/runs`;
    setText(parts.title, runSubject(run));
    setText(parts.status, t(`run.status.${run.status}`));
    parts.status.className = `badge${run.status === 'failed' ? ' badge-danger' : run.status === 'active' ? ' badge-note' : ''}`;
    setText(parts.trigger, t(`automation.kind.${run.trigger}`));
    link(parts.contact, run.contact && `#/contacts/${run.contact.id}`, run.contact?.name);
    link(parts.deal, run.deal && `#/deals/${run.deal.id}`, run.deal?.title);
    link(parts.conversation, run.conversationID && `#/conversations/${run.conversationID}`, t('run.conversation'));
    setText(parts.times, run.endedAt ? t('run.times', { from: moment(run.startedAt), to: moment(run.endedAt) })
      : t('run.since', { from: moment(run.startedAt) }));
    parts.stop.hidden = run.status !== 'active';
    parts.retry.hidden = run.status !== 'failed';
    const isWrong = run.status === 'failed' || run.status === 'refused' || (run.status === 'stopped' && run.code !== null);
    parts.failure.hidden = !isWrong;
    setText(parts.failureText, isWrong ? runState(run, this.#titleOf) : '');
    parts.steps.replaceChildren(...steps.map((step) => this.#step(step, run)), ...this.#ahead(run));
  }

  /** @param {any} step @param {any} run */
  #step({ stepID, kind, outcome, code, detail, at }, run) {
    const { root, parts } = clone('run-step');
    root.dataset.outcome = outcome;
    parts.mark.dataset.status = outcome === 'yes' || outcome === 'done' ? 'done' : outcome;
    setIcon(parts.icon, outcomeIcons[outcome] ?? 'info');
    setText(parts.title, t(`automation.kind.${kind}`));
    setText(parts.summary, this.#summaryOf(stepID, kind, at));
    root.dataset.step = stepID;
    setText(parts.outcomeText, outcomeText(outcome, code, detail));
    link(parts.deal, detail?.dealID && `#/deals/${detail.dealID}`, t('run.deal'));
    // On a later day than the run's first its time alone would say too little.
    setText(parts.time, formatDate(at) === formatDate(run.startedAt) ? formatTime(at) : moment(at));
    parts.time.dateTime = new Date(at).toISOString();
    parts.time.title = formatDateTime(at);
    return root;
  }

  /** Where it stands now. @param {any} run @returns {HTMLElement[]} */
  #ahead(run) {
    if (run.status !== 'active' || !run.stepID) return [];
    const { root, parts } = clone('run-step');
    root.dataset.outcome = 'next';
    parts.mark.dataset.status = 'active';
    parts.deal.hidden = true;
    setIcon(parts.icon, runIcons.active);
    setText(parts.title, this.#titleOf(run.stepID) || t('automation.gone'));
    setText(parts.outcomeText, run.wakeAt ? t('run.waitsUntil', { when: moment(run.wakeAt) }) : t('run.next'));
    return [root];
  }

  /** @param {"stop"|"retry"} action @param {string} done */
  async #ask(action, done) {
    if (this.#isBusy) return;
    this.#isBusy = true;
    try {
      await this.#app.api.post(`/api/runs/${this.#id}/${action}`, {});
      void toast(t(done));
    } catch (/** @type {any} */ error) {
      void toast(errorText(error), { urgent: true });
    } finally {
      this.#isBusy = false;
    }
    await this.reload();
  }
}

/** @param {string} outcome @param {string|null} code @param {any} detail */
function outcomeText(outcome, code, detail) {
  const why = code && ['failed', 'skipped', 'waiting'].includes(outcome) ? faultText({ code }) : null;
  const text = why ?? t(`run.outcome.${outcome}`);
  const until = detail?.until && t('run.waitsUntil', { when: moment(detail.until) });
  const status = detail?.status && t('run.httpStatus', { status: String(detail.status) });
  return [why && until ? why : null, until || text, status].filter(Boolean).join(' · ');
}

/** @param {HTMLAnchorElement} element @param {string|null|undefined|false} href @param {string} [text] */
function link(element, href, text = '') {
  element.hidden = !href;
  if (!href) return;
  element.href = href;
  setText(element, text);
}
