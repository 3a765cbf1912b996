// @ts-check
/** What to import, from which file; and below it, what was imported before. */
import { isAbort, newID } from '../api.js';
import { View, setIcon, setText } from '../dom.js';
import { mayImportDeals } from '../deals/rights.js';
import { errorText, formatDate, formatDateTime, t } from '../i18n.js';
import { FileField } from './file-field.js';
import { keepFile } from './upload.js';

const kinds = /** @type {const} */ (['contacts', 'accounts', 'deals']);
const lists = { contacts: '/contacts', accounts: '/accounts', deals: '/pipelines' };

export class ImportStart extends View {
  #app;
  #file;
  #key = newID();
  /** @type {number|null} */
  #next = null;
  /** @type {Map<number, View>} */
  #rows = new Map();

  /** @param {import('../app.js').App} app */
  constructor(app) {
    super('import-start');
    this.#app = app;
    this.#file = new FileField((file) => void this.#begin(file));
  }

  connected() {
    const { parts, signal } = this;
    this.#file.connect(parts.file);
    signal.addEventListener('abort', () => this.#file.disconnect());
    this.listen(parts.kinds, 'change', () => this.#app.router.go(`/import?kind=${this.#kind}`, { replace: true }));
    this.listen(parts.more, 'click', () => void this.#load());
    this.listen(parts.retry, 'click', () => void this.#load());
    this.#app.store.follow((event) => {
      if (event.type === 'import.changed') this.#take(event.import);
    }, signal);
    this.#app.store.subscribe('startOver', () => void this.#load(true), signal);
    this.show();
    void this.#load(true);
  }

  /** Shows what the address says. */
  show() {
    const asked = this.#app.router.current.query.get('kind');
    const open = mayImportDeals(this.#app.store) ? kinds : kinds.filter((each) => each !== 'deals');
    const kind = open.find((each) => each === asked) ?? 'contacts';
    for (const input of this.root.querySelectorAll('input[name="import-kind"]')) {
      const choice = /** @type {HTMLInputElement} */ (input);
      choice.checked = choice.value === kind;
      // Who may neither add nor change a deal anywhere would be refused every row.
      const label = choice.closest('label');
      if (label) label.hidden = !open.some((each) => each === choice.value);
    }
    const { back, backText, need } = this.parts;
    back.href = `#${lists[kind]}`;
    setText(backText, t(`import.back.${kind}`));
    setText(need, t(`import.need.${kind}`));
  }

  get #kind() {
    const checked = /** @type {HTMLInputElement|null} */ (this.root.querySelector('input[name="import-kind"]:checked'));
    return checked?.value ?? 'contacts';
  }

  /** @param {File} file */
  async #begin(file) {
    this.#file.busy = true;
    try {
      const one = await this.#app.api.post(
        '/api/imports', { kind: this.#kind, fileName: file.name, size: file.size },
        { idempotencyKey: this.#key, signal: this.signal });
      keepFile(one.id, file);
      this.#app.router.go(`/import/${one.id}`);
    } catch (error) {
      if (isAbort(error)) return;
      this.#key = newID();
      this.#file.fail(errorText(/** @type {any} */ (error)));
    } finally {
      this.#file.busy = false;
    }
  }

  /** @param {boolean} [anew] from the newest */
  async #load(anew = false) {
    const { parts, signal } = this;
    parts.failure.hidden = true;
    parts.more.disabled = true;
    try {
      const { imports, next } = await this.#app.api.get('/api/imports', { query: { before: anew ? null : this.#next }, signal });
      if (anew) {
        parts.list.replaceChildren();
        this.#rows.clear();
      }
      for (const one of imports) parts.list.append(this.#row(one).root);
      this.#next = next;
      parts.more.hidden = next === null;
      parts.loading.hidden = true;
      parts.none.hidden = parts.list.childElementCount > 0;
    } catch (error) {
      if (isAbort(error)) return;
      parts.loading.hidden = true;
      parts.failure.hidden = false;
      setText(parts.failureText, errorText(/** @type {any} */ (error)));
    } finally {
      parts.more.disabled = false;
    }
  }

  /** @param {any} one */
  #take(one) {
    const known = this.#rows.has(one.id);
    const { root } = this.#row(one);
    if (!known) this.parts.list.prepend(root);
    this.parts.none.hidden = true;
  }

  /** @param {any} one */
  #row(one) {
    const row = this.#rows.get(one.id) ?? new View('import-row');
    this.#rows.set(one.id, row);
    const { link, icon, name, detail, state, time } = row.parts;
    link.href = `#/import/${one.id}`;
    setIcon(icon, { contacts: 'users', accounts: 'building', deals: 'deal' }[/** @type {"deals"} */ (one.kind)]);
    setText(name, one.fileName);
    setText(detail, [t(`import.kind.${one.kind}`), one.agent?.name, counted(one)].filter(Boolean).join(' · '));
    setText(state, t(`import.state.${one.state}`));
    state.dataset.state = one.state;
    setText(time, formatDate(one.createdAt));
    time.dateTime = new Date(one.createdAt).toISOString();
    time.title = formatDateTime(one.createdAt);
    return row;
  }
}

/** @param {any} one */
function counted(one) {
  const counts = one.result;
  if (counts && (one.state === 'done' || one.state === 'undone')) return t('import.counted', { created: counts.created, updated: counts.updated });
  return one.rows > 0 ? t('import.rows', { count: one.rows }) : '';
}
