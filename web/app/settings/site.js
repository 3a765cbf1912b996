// @ts-check
/** One website: how the widget looks on it, where it may open, and what to put into its pages. */
import { View, setIcon, setText } from '../dom.js';
import { currentLanguage, errorText, t } from '../i18n.js';
import { standardGreetings } from './greetings.js';
import { readOrigins } from './origins.js';
import { SettingsForm } from './settings-form.js';
import { SitePreview } from './site-preview.js';

const newSite = { name: '', greetings: standardGreetings, color: '#0f766e', position: 'right', origins: [] };

export class SiteSettings extends View {
  #app;
  /** null: a new one @type {number|null} */
  #id;
  #form;
  #preview = new SitePreview();
  /** @type {View|null} */
  #snippet = null;
  /** Whose greeting the preview shows: the page's language, then that of the greeting one writes. */
  #language = /** @type {import('./greetings.js').Language} */ (currentLanguage());

  /** @param {import('../app.js').App} app @param {string} id `new`, or a site's */
  constructor(app, id) {
    super('settings-site');
    this.#app = app;
    this.#id = id === 'new' ? null : Number(id);
    this.#form = new SettingsForm({
      template: 'site-form',
      key: `site ${id} ${app.store.me.id}`,
      saveText: this.#id === null ? 'site.add' : undefined,
      isReadOnly: app.store.me.role !== 'owner',
      check: checkSite,
      save: (values) => this.#save(values),
    });
    this.#form.onChange = () => this.#renderPreview();
  }

  connected() {
    this.#form.connect(this.parts.form);
    this.#preview.connect(this.parts.preview);
    if (this.#app.store.me.role !== 'owner') this.parts.form.prepend(new View('settings-denied').root);
    this.signal.addEventListener('abort', () => {
      for (const view of [this.#form, this.#preview, this.#snippet]) view?.disconnect();
    });
    this.#app.store.subscribe('sites', () => void this.#load(), this.signal);
    this.listen(this.#form.root, 'focusin', (event) => this.#follow(event.target));
    if (this.#id === null) this.#show(newSite);
    else void this.#load();
  }

  async #load() {
    if (this.#id === null) return;
    const { signal } = this;
    try {
      const { sites } = await this.#app.api.get('/api/sites', { signal });
      const site = sites.find((/** @type {any} */ { id }) => id === this.#id);
      if (site) this.#show(site);
      else this.#app.router.go('/settings/sites', { replace: true });
    } catch (/** @type {any} */ error) {
      if (signal.aborted) return;
      const { root, parts } = new View('settings-problem');
      setText(parts.text, errorText(error));
      parts.retry.addEventListener('click', () => {
        root.remove();
        void this.#load();
      });
      this.root.append(root);
    }
  }

  /** @param {any} site */
  #show(site) {
    setText(this.parts.heading, this.#id === null ? t('site.new') : site.name);
    this.#form.show(fieldsOf(site));
    if (this.#id === null || this.#snippet) return;
    this.#snippet = new Snippet(site.key);
    this.#snippet.connect(this.parts.form);
  }

  /** @param {HTMLInputElement} control */
  #follow({ name, lang }) {
    if (!name.startsWith('greetings.')) return;
    this.#language = /** @type {import('./greetings.js').Language} */ (lang);
    this.#renderPreview();
  }

  #renderPreview() {
    const { values } = this.#form;
    setText(this.#form.parts.colorText, values.color ?? '');
    this.#preview.show({ ...values, greetings: greetingsOf(values) }, this.#language);
  }

  /** @param {Record<string, string>} values */
  async #save(values) {
    const { name, color, position, origins } = values;
    const greetings = greetingsOf(values);
    const body = { name: name.trim(), greetings, color, position, origins: readOrigins(origins).origins };
    if (this.#id !== null) return fieldsOf(await this.#app.api.patch(`/api/sites/${this.#id}`, body));
    const site = await this.#app.api.post('/api/sites', body);
    // The form of the new site takes this one's place, with the snippet to put into its pages.
    queueMicrotask(() => this.#app.router.go(`/settings/sites/${site.id}`, { replace: true }));
    return fieldsOf(site);
  }
}

/** @param {any} site @returns {Record<string, string>} */
function fieldsOf({ name, greetings: { en, fr }, color, position, origins }) {
  return { name, 'greetings.en': en, 'greetings.fr': fr, color, position, origins: origins.join('\n') };
}

/** @param {Record<string, string>} values */
function greetingsOf(values) {
  return { en: (values['greetings.en'] ?? '').trim(), fr: (values['greetings.fr'] ?? '').trim() };
}

/** @param {Record<string, string>} values @returns {Record<string, string>} */
function checkSite({ name, origins }) {
  /** @type {Record<string, string>} */
  const errors = {};
  if (name.trim() === '') errors.name = t('error.site.name.required');
  const { faulty: [first] } = readOrigins(origins);
  if (first) errors.origins = t('site.origins.invalid', { line: first.line, text: first.text });
  return errors;
}

class Snippet extends View {
  /** @param {string} key */
  constructor(key) {
    super('site-snippet');
    setText(this.parts.code, `<script async src="${location.origin}/widget.js" data-site="${key}"></script>`);
  }

  connected() {
    this.listen(this.parts.copy, 'click', () => void this.#copy());
  }

  async #copy() {
    const { code, copyText, copyIcon } = this.parts;
    try {
      await navigator.clipboard.writeText(code.textContent);
    } catch {
      // Without leave for the clipboard, or outside TLS: it is selected, to be copied by hand.
      getSelection()?.selectAllChildren(code);
      return;
    }
    setText(copyText, t('action.copied'));
    setIcon(copyIcon, 'check');
    setTimeout(() => {
      setText(copyText, t('action.copy'));
      setIcon(copyIcon, 'copy');
    }, 2000);
  }
}
