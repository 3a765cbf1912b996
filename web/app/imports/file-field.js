// @ts-check
/** Where a file is chosen, or dropped. */
import { View, setText } from '../dom.js';
import { t } from '../i18n.js';
import { formatSize } from './sizes.js';
import { largestFile } from './upload.js';

export class FileField extends View {
  #onFile;

  /** @param {(file: File) => void} onFile gets one that is neither empty nor too large */
  constructor(onFile) {
    super('import-file');
    this.#onFile = onFile;
    setText(this.parts.hint, t('import.file.hint', { size: formatSize(largestFile) }));
  }

  connected() {
    const { root, parts } = this;
    this.listen(parts.input, 'change', () => {
      this.#take(parts.input.files);
      // The same file may be chosen again, once it has been mended.
      parts.input.value = '';
    });
    this.listen(root, 'dragover', (event) => {
      if (!event.dataTransfer?.types.includes('Files')) return;
      event.preventDefault();
      event.dataTransfer.dropEffect = 'copy';
      root.classList.add('is-over');
    });
    this.listen(root, 'dragleave', (event) => {
      if (!root.contains(event.relatedTarget)) root.classList.remove('is-over');
    });
    this.listen(root, 'drop', (event) => {
      event.preventDefault();
      root.classList.remove('is-over');
      this.#take(event.dataTransfer.files);
    });
  }

  /** @param {FileList|null} files */
  #take(files) {
    const file = files?.[0];
    if (!file) return;
    this.fail('');
    if (file.size === 0) this.fail(t('error.import.file.empty'));
    else if (file.size > largestFile) this.fail(t('error.import.file.too-large', { size: formatSize(largestFile) }));
    else this.#onFile(file);
  }

  /** @param {string} text empty for nothing */
  fail(text) {
    const { error, errorText, input } = this.parts;
    error.hidden = text === '';
    setText(errorText, text);
    input.setAttribute('aria-invalid', String(text !== ''));
  }

  /** @param {boolean} isBusy while the import begins */
  set busy(isBusy) {
    this.parts.input.disabled = isBusy;
    this.parts.busy.hidden = !isBusy;
  }
}
