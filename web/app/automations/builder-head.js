// @ts-check
/** The head of the builder: name, what became of the last save, undo and redo, on and off; below it what is wrong. */
import { announce, toast } from '../announcer.js';
import { clone, isTyping, setAttribute, setIcon, setText } from '../dom.js';
import { errorText, t } from '../i18n.js';
import { faultText } from './faults.js';
import { confirmSwitch } from './switch-dialog.js';

const icons = { saved: 'check', changed: 'edit', saving: 'loader', offline: 'wifi-off', failed: 'alert', conflict: 'alert' };
const listed = 5;

/**
 * @param {Record<string, any>} parts of the builder @param {import('./automation-session.js').AutomationSession} session
 * @param {(problem: import('./faults.js').Problem) => string} whereOf a problem is, in words
 * @param {(problem: import('./faults.js').Problem) => void} onProblem
 */
export function showHead(parts, session, whereOf, onProblem) {
  const { automation, saveState, saveError } = session;
  if (document.activeElement !== parts.name) parts.name.value = session.name;
  parts.saved.dataset.state = saveState;
  setIcon(parts.savedIcon, icons[saveState]);
  setText(parts.savedText, saveState === 'failed' ? failureText(saveError) : t(`automation.save.${saveState}`));
  parts.saveAgain.hidden = saveState !== 'failed' && saveState !== 'offline';
  for (const [part, can] of /** @type {const} */ ([['undo', session.canUndo], ['redo', session.canRedo]])) {
    setAttribute(parts[part], 'aria-disabled', can ? null : 'true');
  }
  parts.on.checked = automation.enabled;
  setText(parts.onText, t(automation.enabled ? 'automation.on.yes' : 'automation.on.no'));
  parts.runsLink.href = `#/automations/${automation.id}/runs`;
  showConflict(parts, session);
  showProblems(parts, session.faults.all, whereOf, onProblem);
}

/** @param {any} error */
function failureText(error) {
  if (error?.code === 'automation.invalid' && error.details?.problems) return t('automation.save.invalid');
  const [code] = Object.values(error?.fields ?? {});
  return errorText({ code: code ?? error?.code, details: error?.details });
}

/** @param {Record<string, any>} parts @param {import('./automation-session.js').AutomationSession} session */
function showConflict(parts, { saveState, theirs }) {
  parts.conflict.hidden = saveState !== 'conflict';
  if (saveState === 'conflict') setText(parts.conflictText, t('automation.conflict', { name: theirs?.updatedBy?.name ?? t('automation.conflict.somebody') }));
}

/**
 * @param {Record<string, any>} parts @param {import('./faults.js').Problem[]} problems
 * @param {(problem: import('./faults.js').Problem) => string} whereOf @param {(problem: import('./faults.js').Problem) => void} onProblem
 */
function showProblems(parts, problems, whereOf, onProblem) {
  const { problems: notice, problemsText, problemList } = parts;
  const lines = problems.map((problem) => t('automation.problem', { where: whereOf(problem), fault: faultText(problem) }));
  notice.dataset.count = String(problems.length);
  setText(problemsText, t('automation.problems', { count: problems.length }));
  const signature = lines.join('\n');
  if (problemList.dataset.lines === signature) return;
  problemList.dataset.lines = signature;
  problemList.replaceChildren(...lines.slice(0, listed).map((text, index) => {
    const { root, parts: item } = clone('builder-problem');
    setText(item.link, text);
    item.link.addEventListener('click', () => onProblem(problems[index]));
    return root;
  }));
  if (lines.length <= listed) return;
  const more = document.createElement('li');
  more.textContent = t('automation.problems.more', { count: lines.length - listed });
  problemList.append(more);
}

/**
 * @param {Record<string, any>} parts @param {import('./automation-session.js').AutomationSession} session
 * @param {(problem: import('./faults.js').Problem) => void} goTo @param {AbortSignal} signal
 */
export function listenToHead(parts, session, goTo, signal) {
  const { name, on } = parts;
  const undo = () => {
    if (session.undo()) announce(t('automation.undone'));
  };
  const redo = () => {
    if (session.redo()) announce(t('automation.redone'));
  };
  const listen = (/** @type {EventTarget} */ target, /** @type {string} */ type, /** @type {(event: any) => void} */ handler) => {
    target.addEventListener(type, handler, { signal });
  };
  listen(name, 'input', () => session.rename(name.value));
  listen(name, 'keydown', (event) => {
    if (event.key === 'Enter') name.blur();
  });
  listen(parts.undo, 'click', undo);
  listen(parts.redo, 'click', redo);
  listen(document, 'keydown', (event) => {
    // In a field its own keystrokes are undone, and behind a dialog nothing is.
    if (!(event.ctrlKey || event.metaKey) || event.altKey || isTyping(event) || document.querySelector('dialog:modal:not(.builder-side)')) return;
    const key = event.key.toLowerCase();
    if (key !== 'z' && key !== 'y') return;
    event.preventDefault();
    if (key === 'y' || event.shiftKey) redo();
    else undo();
  });
  listen(parts.saveAgain, 'click', () => void session.save());
  listen(parts.theirs, 'click', () => session.takeTheirs());
  listen(parts.mine, 'click', () => void session.keepMine());
  listen(on, 'change', async () => {
    const enabled = on.checked;
    // It is on when the server says so.
    on.checked = !enabled;
    const isSaved = await session.save();
    const [first] = session.faults.all;
    if (enabled && (first || !isSaved)) {
      void toast(t(first ? 'automation.on.invalid' : 'automation.on.unsaved'), { urgent: true });
      if (first) goTo(first);
      return;
    }
    await confirmSwitch(session.automation, enabled, () => session.setEnabled(enabled));
    if (enabled && session.faults.all.length > 0) goTo(session.faults.all[0]);
    else on.focus();
  });
}
