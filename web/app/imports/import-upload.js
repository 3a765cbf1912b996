// @ts-check
/** A file on its way to the server; or, after a reload, the place to choose it again, so that it goes on. */
import { isAbort } from '../api.js';
import { View, setText } from '../dom.js';
import { errorText, formatNumber, t } from '../i18n.js';
import { CancelButton } from './cancel-button.js';
import { FileField } from './file-field.js';
import { fileOf, isSameFile, keepFile, upload } from './upload.js';

export class ImportUpload extends View {
  #page;
  #file;

  /** @param {import('./import-page.js').ImportPage} page */
  constructor(page) {
    super('import-upload');
    this.#page = page;
    this.#file = new FileField((file) => this.#again(file));
  }

  connected() {
    const { parts, signal } = this;
    this.#file.connect(parts.file);
    new CancelButton(this.#page, parts.cancel, signal);
    signal.addEventListener('abort', () => this.#file.disconnect());
    this.listen(parts.retry, 'click', () => void this.#send());
    this.#page.app.store.subscribe('connection', () => {
      if (this.#page.app.connection.state === 'live' && !parts.failure.hidden) void this.#send();
    }, signal);
    this.update();
    void this.#send();
  }

  update() {
    const { parts } = this;
    const { one } = this.#page;
    const isHere = Boolean(fileOf(one.id));
    parts.sending.hidden = !isHere;
    parts.again.hidden = isHere;
    parts.bar.value = one.received / one.size;
    setText(parts.percent, formatNumber(one.received / one.size, { style: 'percent' }));
    setText(parts.againText, t('import.upload.again', { name: one.fileName }));
  }

  /** @param {File} file */
  #again(file) {
    const { one } = this.#page;
    if (!isSameFile(file, one)) {
      this.#file.fail(t('import.upload.other', { name: one.fileName }));
      return;
    }
    keepFile(one.id, file);
    this.update();
    void this.#send();
  }

  async #send() {
    const { parts, signal } = this;
    const { app, one } = this.#page;
    parts.failure.hidden = true;
    try {
      await upload(app.api, one, (now) => this.#page.take(now, app.store.sequence ?? 0), signal);
    } catch (error) {
      if (isAbort(error)) return;
      parts.failure.hidden = false;
      setText(parts.failureText, errorText(/** @type {any} */ (error)));
    }
  }
}
