// @ts-check
/**
 * A long list of rows of one height, of which only those in view (and some beyond) exist. Rows that leave are used again
 * for those that come; the row with the focus is never taken away.
 *
 * @typedef {object} Row
 * @property {HTMLElement} root
 * @property {HTMLElement} link what is focused
 */

/** Rows kept above and below the view. */
const margin = 6;

/** @template {Row} R */
export class VirtualList {
  /** @type {number[]} */
  #ids = [];
  /** @type {Map<number, R>} */
  #rows = new Map();
  #scroller;
  #element;
  #height;
  #make;
  #fill;
  /** The one row in the tab order. @type {number|null} */
  #current = null;
  #firstInView = 0;
  #frame = 0;

  /**
   * @param {object} options
   * @param {HTMLElement} options.scroller
   * @param {HTMLElement} options.element holds the rows, in the scroller
   * @param {number} options.height of a row, in CSS pixels
   * @param {() => R} options.make
   * @param {(row: R, id: number, index: number) => void} options.fill
   * @param {(last: number) => void} options.onRange the last index in view, after each change
   * @param {AbortSignal} options.signal
   */
  constructor({ scroller, element, height, make, fill, onRange, signal }) {
    this.#scroller = scroller;
    this.#element = element;
    this.#height = height;
    this.#make = make;
    this.#fill = fill;
    this.onRange = onRange;
    scroller.addEventListener('scroll', () => this.#schedule(), { signal, passive: true });
    element.addEventListener('focusin', (event) => this.#focused(event), { signal });
    element.addEventListener('focusout', () => this.#schedule(), { signal });
    const observer = new ResizeObserver(() => this.render());
    observer.observe(scroller);
    signal.addEventListener('abort', () => {
      observer.disconnect();
      cancelAnimationFrame(this.#frame);
    });
  }

  get ids() {
    return this.#ids;
  }

  /** @param {number[]} ids */
  show(ids) {
    this.#ids = ids;
    this.#element.style.setProperty('block-size', `${ids.length * this.#height}px`);
    this.render();
  }

  /** Fills one row anew, when it is in view. @param {number} id */
  refresh(id) {
    const row = this.#rows.get(id);
    if (row) this.#fill(row, id, this.#ids.indexOf(id));
  }

  /** The index of the first row in view, and how far it is scrolled out. */
  get anchor() {
    const index = Math.floor(this.#scroller.scrollTop / this.#height);
    return { id: this.#ids[index] ?? null, offset: this.#scroller.scrollTop - index * this.#height };
  }

  /** Scrolls so that the row stands where it stood. @param {{id: number|null, offset: number}} anchor */
  restore({ id, offset }) {
    const index = id === null ? -1 : this.#ids.indexOf(id);
    if (index >= 0) this.#scroller.scrollTop = index * this.#height + offset;
    this.render();
  }

  /** Makes a row the one in the tab order. @param {number|null} id @param {{focus?: boolean, reveal?: boolean}} [options] */
  setCurrent(id, { focus = false, reveal = focus } = {}) {
    this.#current = id;
    const index = id === null ? -1 : this.#ids.indexOf(id);
    if (reveal && index >= 0) {
      const top = index * this.#height;
      const { scrollTop, clientHeight } = this.#scroller;
      if (top < scrollTop) this.#scroller.scrollTop = top;
      else if (top + this.#height > scrollTop + clientHeight) this.#scroller.scrollTop = top + this.#height - clientHeight;
    }
    this.render();
    if (focus && id !== null) this.#rows.get(id)?.link.focus({ preventScroll: true });
  }

  /** Moves the focus by rows, or to an end. @param {number} from @param {string} key @returns {boolean} whether it was one of its keys */
  move(from, key) {
    const page = Math.max(1, Math.floor(this.#scroller.clientHeight / this.#height) - 1);
    const steps = /** @type {Record<string, number>} */ ({
      ArrowDown: 1, ArrowUp: -1, PageDown: page, PageUp: -page, Home: -Infinity, End: Infinity,
    });
    if (!(key in steps)) return false;
    const index = Math.max(0, Math.min(this.#ids.length - 1, from + steps[key]));
    if (this.#ids.length) this.setCurrent(this.#ids[index], { focus: true });
    return true;
  }

  #schedule() {
    this.#frame ||= requestAnimationFrame(() => {
      this.#frame = 0;
      this.render();
    });
  }

  /** @param {FocusEvent} event */
  #focused(event) {
    for (const [id, row] of this.#rows) {
      if (row.link === event.target && this.#current !== id) {
        this.#current = id;
        this.#updateTabOrder();
      }
    }
  }

  render() {
    const { scrollTop, clientHeight } = this.#scroller;
    // Read once, before anything is written: a later reading would have the whole page laid out in between.
    this.#firstInView = Math.ceil(scrollTop / this.#height);
    const first = Math.max(0, Math.floor(scrollTop / this.#height) - margin);
    const last = Math.min(this.#ids.length - 1, Math.ceil((scrollTop + clientHeight) / this.#height) + margin);
    /** @type {Map<number, number>} */
    const wanted = new Map();
    for (let index = first; index <= last; index += 1) wanted.set(this.#ids[index], index);
    this.#keepFocused(wanted);

    const free = [];
    for (const [id, row] of this.#rows) {
      if (wanted.has(id)) continue;
      free.push(row);
      this.#rows.delete(id);
    }
    for (const [id, index] of wanted) {
      let row = this.#rows.get(id);
      if (!row) {
        row = free.pop() ?? this.#make();
        this.#rows.set(id, row);
      }
      this.#place(row, id, index);
    }
    for (const row of free) row.root.remove();
    this.#updateTabOrder();
    this.onRange(last);
  }

  /** @param {Map<number, number>} wanted */
  #keepFocused(wanted) {
    for (const [id, row] of this.#rows) {
      if (row.link !== document.activeElement || wanted.has(id)) continue;
      const index = this.#ids.indexOf(id);
      if (index >= 0) wanted.set(id, index);
    }
  }

  /** @param {R} row @param {number} id @param {number} index */
  #place(row, id, index) {
    this.#fill(row, id, index);
    const { root } = row;
    root.style.setProperty('inset-block-start', `${index * this.#height}px`);
    if (root.parentNode !== this.#element) this.#element.append(root);
    root.setAttribute('aria-posinset', String(index + 1));
  }

  #updateTabOrder() {
    const current = this.#current !== null && this.#rows.has(this.#current) ? this.#current
      : this.#ids[this.#firstInView];
    for (const [id, row] of this.#rows) {
      const tabIndex = id === current ? 0 : -1;
      if (row.link.tabIndex !== tabIndex) row.link.tabIndex = tabIndex;
    }
    this.#sortDocument();
  }

  /** The order in the document is the order of reading, wherever a row came from; a row with the focus is not moved. */
  #sortDocument() {
    const roots = [...this.#rows.values()].map(({ root }) => root);
    roots.sort((a, b) => Number(a.ariaPosInSet) - Number(b.ariaPosInSet));
    let next = this.#element.firstElementChild;
    for (const root of roots) {
      if (root === next) next = next.nextElementSibling;
      else if (!root.contains(document.activeElement)) this.#element.insertBefore(root, next);
    }
  }
}
