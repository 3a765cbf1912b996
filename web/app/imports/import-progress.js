// @ts-check
/** The server works on the import: how far it has come. */
import { View, setText } from '../dom.js';
import { formatNumber, t } from '../i18n.js';
import { CancelButton } from './cancel-button.js';

export class ImportProgress extends View {
  #page;
  #announced = -1;
  /** Of what is taken back, how much there was. */
  #total = 0;

  /** @param {import('./import-page.js').ImportPage} page */
  constructor(page) {
    super('import-progress');
    this.#page = page;
  }

  connected() {
    new CancelButton(this.#page, this.parts.cancel, this.signal);
    this.update();
  }

  update() {
    const { parts } = this;
    const { one } = this.#page;
    setText(parts.title, t(`import.progress.${one.state}`));
    setText(parts.text, t(`import.progress.${one.state}.text`));
    parts.cancel.hidden = one.state === 'undoing';
    setText(parts.cancel, t(one.state === 'running' ? 'import.cancel.running' : 'import.cancel'));
    const share = this.#share(one);
    if (share === null) parts.bar.removeAttribute('value');
    else parts.bar.value = share;
    setText(parts.count, share === null ? '' : one.state === 'undoing'
      ? formatNumber(share, { style: 'percent' }) : t('import.progress.of', { done: one.processed, count: one.rows }));
    // Spoken now and then, not each time.
    const tenth = Math.floor((share ?? 0) * 4);
    if (tenth !== this.#announced) {
      this.#announced = tenth;
      setText(parts.status, `${parts.title.textContent} ${formatNumber(share ?? 0, { style: 'percent' })}`);
    }
  }

  /** @param {any} one */
  #share(one) {
    if (one.state === 'reading') return null;
    if (one.state === 'undoing') {
      this.#total = Math.max(this.#total, one.processed);
      return this.#total ? 1 - one.processed / this.#total : null;
    }
    return one.rows ? one.processed / one.rows : null;
  }
}
