// @ts-check
/** A run in few words: whom it is about, what became of it, where it stands. */
import { setIcon, setText } from '../dom.js';
import { formatDate, formatDateTime, formatRelative, formatTime, t } from '../i18n.js';
import { faultText } from './faults.js';

export const runIcons = /** @type {Record<string, string>} */ ({
  active: 'clock', done: 'check', failed: 'alert', stopped: 'stop', refused: 'close',
});

/** @param {number} at */
export function moment(at) {
  return t('run.moment', { date: formatDate(at), time: formatTime(at) });
}

/** @param {any} run */
export function runSubject({ contact, deal, conversationID }) {
  return contact?.name || deal?.title || (conversationID ? t('run.conversationOf', { id: String(conversationID) }) : t('run.somebody'));
}

/** @param {any} run @param {(stepID: string|null) => string} titleOf */
export function runState({ status, code, stepID, wakeAt }, titleOf) {
  if (status === 'failed' || status === 'refused' || (status === 'stopped' && code)) return code ? faultText({ code }) : t(`run.status.${status}`);
  if (status === 'active' && wakeAt) return t('run.waitsUntil', { when: moment(wakeAt) });
  if (status === 'active' && stepID) return t('run.at', { step: titleOf(stepID) });
  return t(`run.status.${status}`);
}

/** @param {Record<string, any>} parts @param {any} run @param {(stepID: string|null) => string} titleOf */
export function fillRunRow(parts, run, titleOf) {
  parts.mark.dataset.status = run.status;
  setIcon(parts.icon, runIcons[run.status] ?? 'info');
  setText(parts.name, runSubject(run));
  setText(parts.detail, runState(run, titleOf));
  setText(parts.time, formatRelative(run.startedAt));
  parts.time.dateTime = new Date(run.startedAt).toISOString();
  parts.time.title = formatDateTime(run.startedAt);
}
