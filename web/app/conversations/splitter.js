// @ts-check
/** A line between two panes that is dragged, or moved by the arrow keys; its size is kept in this browser. */

const step = 16;
/** What is left to the thread between two panes of the same size, in CSS pixels; matches conversations.css. */
const threadAtLeast = 380;

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
    this.#resize(this.#size);
  }

  get #storageKey() {
    return `parley.size.${this.#options.name}`;
  }

  /** @param {PointerEvent} event */
  #drag(event) {
    if (event.button !== 0) return;
    event.preventDefault();
    const start = event.clientX;
    const size = this.#size;
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
      ArrowRight: this.#size + step * this.#sign, ArrowLeft: this.#size - step * this.#sign,
      Home: this.#options.smallest, End: this.#largest,
    });
    if (!(event.key in sizes)) return;
    event.preventDefault();
    this.#resize(sizes[event.key]);
  }

  get #largest() {
    const { smallest, largest, target } = this.#options;
    const room = target.clientWidth ? Math.floor((target.clientWidth - threadAtLeast) / 2) : largest;
    return Math.max(smallest, Math.min(largest, room));
  }

  /** @param {number} size */
  #resize(size) {
    const { smallest, name, target } = this.#options;
    const largest = this.#largest;
    this.#size = Math.round(Math.min(largest, Math.max(smallest, size)));
    target.style.setProperty(`--${name}-size`, `${this.#size}px`);
    this.#element.setAttribute('aria-valuemax', String(largest));
    this.#element.setAttribute('aria-valuenow', String(this.#size));
    localStorage.setItem(this.#storageKey, String(this.#size));
  }
}
