// @ts-check
/** Which records of a list are chosen: some of them, or all that its filter leaves. */

export class RecordSelection {
  /** @type {Set<number>} */
  #ids = new Set();
  /** Where a range begins. @type {number|null} */
  #anchor = null;
  #onChange;
  isAll = false;

  /** @param {() => void} onChange */
  constructor(onChange) {
    this.#onChange = onChange;
  }

  get ids() {
    return [...this.#ids];
  }

  get isEmpty() {
    return !this.isAll && this.#ids.size === 0;
  }

  /** @param {number} id */
  has(id) {
    return this.isAll || this.#ids.has(id);
  }

  /** @param {number} id @param {boolean} isChosen @param {number[]} range the list, when all from the last choice to this one are meant */
  choose(id, isChosen, range) {
    if (!this.isAll && !isChosen && !this.#ids.has(id)) return;
    this.isAll = false;
    const [from, to] = [range.indexOf(this.#anchor ?? id), range.indexOf(id)].sort((a, b) => a - b);
    const ids = from < 0 ? [id] : range.slice(from, to + 1);
    for (const each of ids) {
      if (isChosen) this.#ids.add(each);
      else this.#ids.delete(each);
    }
    this.#anchor = id;
    this.#onChange();
  }

  chooseAll() {
    this.isAll = true;
    this.#onChange();
  }

  clear() {
    if (this.isEmpty) return;
    this.isAll = false;
    this.#ids.clear();
    this.#anchor = null;
    this.#onChange();
  }
}
