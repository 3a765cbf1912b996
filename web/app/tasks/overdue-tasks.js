// @ts-check
/** How many of one's own tasks are overdue, at the link that leads to them: kept true by events, and by the clock when one becomes overdue. */
import { setText } from '../dom.js';
import { formatNumber, t } from '../i18n.js';
import { LiveFigure } from '../live-figure.js';

/** The longest that a timer can wait. */
const longest = 2 ** 31 - 1;

/** @param {import('../app.js').App} app @param {Record<string, any>} parts of the frame @param {AbortSignal} signal */
export function showOverdueTasks(app, { overdue, overdueCount, overdueText }, signal) {
  /** @type {ReturnType<typeof setTimeout>|undefined} */
  let timer;
  const figure = new LiveFigure(app, '/api/tasks/overdue', ({ count, isExact, changesAt }) => {
    overdue.hidden = count === 0;
    setText(overdueCount, isExact ? formatNumber(count) : '99+');
    setText(overdueText, t(isExact ? 'nav.overdue' : 'nav.overdue.more', { count }));
    clearTimeout(timer);
    // The page of tasks is another then, too: it hears of it by the same key.
    timer = setTimeout(() => app.store.changed('tasks'), Math.min(longest, Math.max(1000, changesAt - Date.now())));
  }, signal);
  for (const key of ['tasks', 'workspace']) app.store.subscribe(key, () => void figure.ask(), signal);
  signal.addEventListener('abort', () => clearTimeout(timer));
}
