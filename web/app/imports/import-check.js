// @ts-check
/** What the check found: what would be done, which rows are at fault, and the button that begins. */
import { isAbort } from '../api.js';
import { View, setText } from '../dom.js';
import { errorText, t } from '../i18n.js';
import { CancelButton } from './cancel-button.js';
import { showCounts } from './import-counts.js';

export class ImportCheck extends View {
  #page;

  /** @param {import('./import-page.js').ImportPage} page */
  constructor(page) {
    super('import-check');
    this.#page = page;
  }

  connected() {
    const { parts, signal } = this;
    const { one } = this.#page;
    const good = one.rows - one.plan.bad;
    showCounts(parts.counts, one.plan, 'plan');
    setText(parts.title, t(one.plan.bad ? 'import.checked.bad' : 'import.checked.good', { count: one.plan.bad }));
    setText(parts.run, t('import.run', { count: good }));
    parts.run.hidden = good === 0;
    setText(parts.lead, t(good === 0 ? 'import.checked.none' : one.plan.bad ? 'import.checked.leaveOut' : 'import.checked.ready', { count: good }));
    this.listen(parts.run, 'click', () => void this.#run());
    this.listen(parts.revise, 'click', () => this.#page.revise(true));
    new CancelButton(this.#page, parts.cancel, signal);
    if (one.plan.bad === 0) return;
    const faults = this.#page.faults();
    faults.connect(parts.faults);
    signal.addEventListener('abort', () => faults.disconnect());
  }

  update() {}

  async #run() {
    const { parts } = this;
    parts.run.disabled = true;
    parts.failure.hidden = true;
    try {
      await this.#page.act('run');
    } catch (error) {
      if (isAbort(error)) return;
      parts.failure.hidden = false;
      setText(parts.failureText, errorText(/** @type {any} */ (error)));
    } finally {
      parts.run.disabled = false;
    }
  }
}
