// @ts-check
/** What each column is, how its cells are written, and what is to be done. What was chosen stays through a reload. */
import { isAbort } from '../api.js';
import { View, setText } from '../dom.js';
import { errorText, hasText, t } from '../i18n.js';
import { CancelButton } from './cancel-button.js';

const required = { contacts: 'email', accounts: 'name', deals: 'title' };
const moneyFields = ['value'];
const dateFields = ['forecastedCloseOn'];

export class ImportMapping extends View {
  #page;
  #draft;
  /** @type {HTMLSelectElement[]} */
  #selects = [];

  /** @param {import('./import-page.js').ImportPage} page */
  constructor(page) {
    super('import-mapping');
    this.#page = page;
    this.#draft = `parley.import.${page.id}`;
  }

  connected() {
    const { parts, signal } = this;
    const settings = this.#settings();
    this.#fillTable(settings);
    this.#fillOptions(settings);
    new CancelButton(this.#page, parts.cancel, signal);
    this.listen(parts.form, 'change', () => this.#changed());
    this.listen(parts.form, 'input', () => this.#keep());
    this.listen(parts.form, 'submit', (event) => {
      event.preventDefault();
      void this.#check();
    });
    this.#showUse();
  }

  update() {}

  /** What was chosen here before, else what the server knows or guesses. */
  #settings() {
    const { one } = this.#page;
    const kept = sessionStorage.getItem(this.#draft);
    const draft = kept === null ? null : JSON.parse(kept);
    return draft?.columns?.length === one.columns.length ? draft : one.settings;
  }

  /** @param {any} settings */
  #fillTable(settings) {
    const { one, sample } = this.#page;
    this.parts.rows.replaceChildren(...one.columns.map((/** @type {string} */ name, /** @type {number} */ index) => {
      const { root, parts } = new View('import-column');
      const label = name || t('import.column', { number: index + 1 });
      setText(parts.name, label);
      const cells = sample.map(({ cells }) => cells[index]?.trim()).filter(Boolean);
      parts.sample.replaceChildren(...cells.slice(0, 3).map((cell) => {
        const line = document.createElement('span');
        line.className = 'truncate';
        line.textContent = cell ?? '';
        return line;
      }));
      const select = /** @type {HTMLSelectElement} */ (parts.select);
      select.setAttribute('aria-label', t('import.column.is', { name: label }));
      select.append(new Option(t('import.column.leave'), ''), ...this.#options());
      select.value = settings.columns[index] ?? '';
      if (select.selectedIndex < 0) select.value = '';
      this.#selects.push(select);
      return root;
    }));
  }

  #options() {
    const { one, fields } = this.#page;
    return fields.map(({ field, name }) => {
      const text = name ?? t(hasText(`import.field.${one.kind}.${field}`) ? `import.field.${one.kind}.${field}` : `import.field.${field}`);
      return new Option(field === required[/** @type {"deals"} */ (one.kind)] ? t('import.field.required', { name: text }) : text, field);
    });
  }

  /** @param {any} settings */
  #fillOptions(settings) {
    const { one, app } = this.#page;
    const { form, pipeline, currency, existingUpdate, existingSkip } = this.parts;
    setText(existingSkip, t(`import.existing.skip.${one.kind}`));
    setText(existingUpdate, t(`import.existing.update.${one.kind}`));
    form.elements.existing.value = settings.existing;
    form.elements.createsMissing.checked = settings.createsMissing;
    setText(this.parts.missing, t(`import.missing.${one.kind}`));
    this.parts.missingField.hidden = one.kind === 'accounts';
    form.elements.tag.value = settings.tag;
    this.parts.tagField.hidden = one.kind === 'accounts';
    form.elements.dateOrder.value = settings.dateOrder;
    form.elements.decimalMark.value = settings.decimalMark;
    const pipelines = app.store.session.pipelines.filter((/** @type {any} */ { rights }) => !rights || rights.includes('add'));
    pipeline.replaceChildren(...pipelines.map((/** @type {any} */ { id, name }) => new Option(name, String(id))));
    pipeline.value = String(settings.pipelineID ?? pipelines[0]?.id ?? '');
    this.parts.pipelineField.hidden = one.kind !== 'deals';
    currency.value = settings.currency ?? '';
    form.elements.runsAutomations.checked = settings.runsAutomations;
  }

  /** @param {string} type @param {string[]} known */
  #uses(type, known) {
    const custom = (this.#page.app.store.session.fields ?? []).filter((/** @type {any} */ field) => field.type === type);
    return this.#selects.some(({ value }) => known.includes(value) || custom.some((/** @type {any} */ { id }) => value === `field.${id}`));
  }

  /** How numbers and dates are written is asked only where there are some. */
  #showUse() {
    const hasAmounts = this.#uses('currency', moneyFields);
    this.parts.decimalField.hidden = !hasAmounts && !this.#uses('number', []);
    this.parts.currencyField.hidden = !hasAmounts || this.#selects.some(({ value }) => value === 'currency');
    this.parts.dateField.hidden = !this.#uses('date', dateFields);
    const chosen = this.#selects.filter(({ value }) => value !== '').length;
    setText(this.parts.summary, t('import.columns.chosen', { count: chosen, of: this.#selects.length }));
    for (const select of this.#selects) select.closest('tr')?.classList.toggle('is-left-out', select.value === '');
  }

  #changed() {
    this.#keep();
    this.#showUse();
  }

  #keep() {
    sessionStorage.setItem(this.#draft, JSON.stringify(this.#chosen()));
  }

  #chosen() {
    const { form, pipeline, currency } = this.parts;
    const { kind } = this.#page.one;
    return {
      columns: this.#selects.map(({ value }) => value || null),
      existing: form.elements.existing.value,
      createsMissing: form.elements.createsMissing.checked,
      tag: kind === 'accounts' ? '' : form.elements.tag.value.trim(),
      dateOrder: form.elements.dateOrder.value,
      decimalMark: form.elements.decimalMark.value,
      pipelineID: kind === 'deals' && pipeline.value ? Number(pipeline.value) : null,
      currency: this.parts.currencyField.hidden ? null : currency.value.trim().toUpperCase() || null,
      runsAutomations: form.elements.runsAutomations.checked,
    };
  }

  async #check() {
    const { parts } = this;
    this.#showErrors({});
    parts.failure.hidden = true;
    parts.check.disabled = true;
    try {
      await this.#page.act('check', this.#chosen());
      sessionStorage.removeItem(this.#draft);
    } catch (error) {
      if (isAbort(error)) return;
      const { fields, code } = /** @type {any} */ (error);
      if (code === 'import.invalid') this.#showErrors(fields);
      else {
        parts.failure.hidden = false;
        setText(parts.failureText, errorText(/** @type {any} */ (error)));
      }
    } finally {
      parts.check.disabled = false;
    }
  }

  /** @param {Record<string, string>} errors by field */
  #showErrors(errors) {
    /** @type {HTMLElement|null} */
    let first = null;
    for (const name of ['columns', 'pipelineID', 'currency', 'tag']) {
      const error = this.parts[`error-${name}`];
      const code = errors[name];
      error.hidden = !code;
      const field = name === 'columns' ? this.#selects[0] : this.parts.form.elements[name];
      field?.setAttribute('aria-invalid', String(Boolean(code)));
      if (!code) continue;
      const key = code === 'import.columns.required' ? `error.import.columns.required.${this.#page.one.kind}` : `error.${code}`;
      setText(error.querySelector('span'), t(key));
      first = first ?? field;
    }
    first?.focus();
  }
}
