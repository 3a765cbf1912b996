// @ts-check
/** A line between two panes that is dragged, or moved by the arrow keys; its size is kept in this browser. */

const step = 16;

export class Splitter {
  #element;
  #options;
  #size;

  /**
   * @param {HTMLElement} element of role `separator`
   * @param {object} options
   * @param {string} options.name under which the size is kept
   * @param {HTMLElement} options.target bears the custom property
   * @param {number} options.smallest @param {number} options.initial @param {number} options.largest in CSS pixels
   * @param {() => number} options.room what the page's size now allows, which the style sheet holds to as well
   * @param {1|-1} options.direction 1: the pane lies before the line
   * @param {AbortSignal} signal
   */
  constructor(element, options, signal) {
    this.#element = element;
    this.#options = options;
    this.#size = Number(localStorage.getItem(this.#storageKey)) || options.initial;
    element.setAttribute('aria-valuemin', String(options.smallest));
    element.addEventListener('pointerdown', (event) => this.#drag(event), { signal });
    element.addEventListener('keydown', (event) => this.#pressed(event), { signal });
    element.addEventListener('dblclick', () => this.#resize(options.initial), { signal });
    addEventListener('resize', () => this.#show(), { signal });
    this.#show();
  }

  get #storageKey() {
    return `parley.size.${this.#options.name}`;
  }

  /** @param {PointerEvent} event */
  #drag(event) {
    if (event.button !== 0) return;
    event.preventDefault();
    const start = event.clientX;
    const size = this.#shown;
    const ended = new AbortController();
    const { signal } = ended;
    this.#element.setPointerCapture(event.pointerId);
    this.#element.dataset.dragged = 'true';
    this.#element.addEventListener('pointermove', ({ clientX }) => {
      this.#resize(size + (clientX - start) * this.#sign);
    }, { signal });
    for (const type of ['pointerup', 'pointercancel', 'lostpointercapture']) {
      this.#element.addEventListener(type, () => {
        ended.abort();
        delete this.#element.dataset.dragged;
      }, { signal });
    }
  }

  /** Which way the pane grows on the screen. */
  get #sign() {
    return this.#options.direction * (getComputedStyle(this.#element).direction === 'rtl' ? -1 : 1);
  }

  /** @param {KeyboardEvent} event */
  #pressed(event) {
    const sizes = /** @type {Record<string, number>} */ ({
      ArrowRight: this.#shown + step * this.#sign, ArrowLeft: this.#shown - step * this.#sign,
      Home: this.#options.smallest, End: this.#largest,
    });
    if (!(event.key in sizes)) return;
    event.preventDefault();
    this.#resize(sizes[event.key]);
  }

  get #largest() {
    const { smallest, largest, room } = this.#options;
    return Math.max(smallest, Math.min(largest, Math.floor(room())));
  }

  /** The size as it is now: a small window takes from what was chosen in a large one, and gives it back. */
  get #shown() {
    return Math.min(this.#size, this.#largest);
  }

  /** @param {number} size */
  #resize(size) {
    this.#size = Math.round(Math.min(this.#largest, Math.max(this.#options.smallest, size)));
    localStorage.setItem(this.#storageKey, String(this.#size));
    this.#show();
  }

  #show() {
    const { name, target } = this.#options;
    target.style.setProperty(`--${name}-size`, `${this.#size}px`);
    this.#element.setAttribute('aria-valuemax', String(this.#largest));
    this.#element.setAttribute('aria-valuenow', String(this.#shown));
  }
}
