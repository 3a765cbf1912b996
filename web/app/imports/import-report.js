// @ts-check
/** What became of an import, and the way back. */
import { View, setIcon, setText } from '../dom.js';
import { t } from '../i18n.js';
import { CancelButton } from './cancel-button.js';
import { showCounts } from './import-counts.js';

const lists = { contacts: '/contacts?sort=newest', accounts: '/accounts?sort=newest', deals: '/pipelines' };

export class ImportReport extends View {
  #page;

  /** @param {import('./import-page.js').ImportPage} page */
  constructor(page) {
    super('import-report');
    this.#page = page;
  }

  connected() {
    const { parts, signal } = this;
    const { one } = this.#page;
    setIcon(parts.icon, { done: 'check-circle', failed: 'alert', undone: 'reopen', cancelled: 'close' }[/** @type {"done"} */ (one.state)]);
    this.root.dataset.state = one.state;
    setText(parts.title, t(`import.report.${one.state}`));
    this.#page.app.announce(`${parts.title.textContent}`);
    setText(parts.text, one.code ? t(`error.${one.code}`) : t(`import.report.${one.state}.text`));
    const hasCounts = one.result && (one.state === 'done' || one.state === 'undone');
    parts.counts.hidden = !hasCounts;
    if (hasCounts && one.state === 'done') showCounts(parts.counts, one.result, 'result');
    else if (hasCounts) parts.counts.hidden = true;
    parts.kept.hidden = !(one.state === 'undone' && one.result?.kept > 0);
    if (!parts.kept.hidden) setText(parts.keptText, t('import.report.kept', { count: one.result.kept }));
    parts.undo.hidden = one.state !== 'done' || Date.now() - one.endedAt > 30 * 86_400_000;
    new CancelButton(this.#page, parts.undo, signal, 'undo');
    parts.list.hidden = one.state !== 'done';
    parts.list.href = `#${lists[/** @type {"deals"} */ (one.kind)]}`;
    setText(parts.list, t(`import.show.${one.kind}`));
    parts.another.href = `#/import?kind=${one.kind}`;
    if (one.state !== 'done' || one.result.bad === 0) return;
    const faults = this.#page.faults();
    faults.connect(parts.faults);
    signal.addEventListener('abort', () => faults.disconnect());
  }

  update() {}
}
