// @ts-check
/** A row of a list: who it is, what else is known in brief, and when they became known. The whole row is one link. */
import { View } from '../dom.js';

export class RecordRow extends View {
  /** @param {(parts: Record<string, any>, record: any) => void} fill */
  constructor(fill) {
    super('record-row');
    this.fill = fill;
    this.link = /** @type {HTMLElement} */ (this.parts.link);
  }

  /** @param {any} record */
  show(record) {
    this.fill(this.parts, record);
  }
}
