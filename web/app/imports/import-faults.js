// @ts-check
/** The rows at fault, each with its line, and each fault with its column and its reason; page by page. */
import { isAbort } from '../api.js';
import { View, setText } from '../dom.js';
import { currentLanguage, errorText, formatNumber, hasText, t } from '../i18n.js';

export class ImportFaults extends View {
  #app;
  #one;
  /** @type {number|null} */
  #next = null;

  /** @param {import('../app.js').App} app @param {any} one */
  constructor(app, one) {
    super('import-faults');
    this.#app = app;
    this.#one = one;
  }

  connected() {
    const { parts } = this;
    parts.download.href = `/api/imports/${this.#one.id}/faults.csv?language=${currentLanguage()}`;
    this.listen(parts.more, 'click', () => void this.#load());
    this.listen(parts.retry, 'click', () => void this.#load());
    void this.#load();
  }

  async #load() {
    const { parts, signal } = this;
    parts.failure.hidden = true;
    parts.more.disabled = true;
    try {
      const { rows, next } = await this.#app.api.get(`/api/imports/${this.#one.id}/faults`, { query: { after: this.#next }, signal });
      const isFirst = parts.rows.childElementCount === 0;
      for (const row of rows) parts.rows.append(...this.#lines(row));
      this.#next = next;
      parts.loading.hidden = true;
      parts.table.hidden = false;
      const hadFocus = document.activeElement === parts.more;
      parts.more.hidden = next === null;
      if (hadFocus && next === null && !isFirst) parts.scroller.focus();
    } catch (error) {
      if (isAbort(error)) return;
      parts.loading.hidden = true;
      parts.failure.hidden = false;
      setText(parts.failureText, errorText(/** @type {any} */ (error)));
    } finally {
      parts.more.disabled = false;
    }
  }

  /** @param {any} row */
  #lines(row) {
    return row.faults.map((/** @type {any} */ fault, /** @type {number} */ index) => {
      const { root, parts } = new View('import-fault');
      // Each line of a row names it, for who cannot see that it stands below the other.
      setText(parts.line, formatNumber(row.line));
      parts.line.classList.toggle('is-repeated', index > 0);
      setText(parts.column, fault.column === null ? t('import.fault.row') : this.#one.columns[fault.column] || t('import.column', { number: fault.column + 1 }));
      setText(parts.value, fault.value || '–');
      setText(parts.reason, faultText(fault.code));
      return root;
    });
  }
}

/** @param {string} code */
export function faultText(code) {
  if (hasText(`import.fault.${code}`)) return t(`import.fault.${code}`);
  const reason = code.split('.').at(-1) ?? '';
  return t(hasText(`import.reason.${reason}`) ? `import.reason.${reason}` : 'import.reason.invalid');
}
