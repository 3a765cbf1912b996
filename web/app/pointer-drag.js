// @ts-check
/**
 * Something dragged by mouse, pen or finger. A mouse drags at once; a finger after a long press, since a swipe scrolls. A copy of what
 * is dragged follows the pointer; Escape takes everything back; the click that ends a drag opens nothing.
 */

const threshold = 6;
const longPress = 350;
/** A finger that has moved so far before the long press is up, scrolls. */
const slack = 10;
const edge = 60;
const fastest = 18;

/**
 * What can be dragged, and what comes of it.
 * @template {HTMLElement} T
 * @typedef {object} Dragging
 * @property {HTMLElement} root where a press begins
 * @property {string} ghost the class of the copy that follows the pointer
 * @property {(pressed: HTMLElement) => T|null} grasp what is taken hold of there
 * @property {(element: T) => boolean} begin false where there is nothing to drag any more
 * @property {(element: T, x: number, y: number) => void} follow the pointer is there, in the window's pixels
 * @property {(x: number, y: number) => void} scroll asked in each frame: what lies near an edge moves on
 * @property {(element: T) => void} drop it is let go where the last `follow` was
 * @property {(element: T) => void} cancel it is taken back
 * @property {(element: T) => void} end comes behind either
 */

/** @template {HTMLElement} T */
export class PointerDrag {
  /** @type {Dragging<T>} */
  #dragging;
  #signal;
  /** The press that may become a drag.
   * @type {{id: number, x: number, y: number, element: T, isTouch: boolean, timer?: ReturnType<typeof setTimeout>}|null} */
  #press = null;
  /** @type {{ghost: HTMLElement, dx: number, dy: number, x: number, y: number, element: T}|null} */
  #drag = null;
  #frame = 0;

  /** @param {Dragging<T>} dragging @param {AbortSignal} signal */
  constructor(dragging, signal) {
    this.#dragging = dragging;
    this.#signal = signal;
    const { root } = dragging;
    const options = { signal };
    root.addEventListener('pointerdown', (event) => this.#down(event), options);
    root.addEventListener('pointermove', (event) => this.#move(event), options);
    root.addEventListener('pointerup', (event) => this.#up(event), options);
    root.addEventListener('pointercancel', (event) => {
      if (this.#press?.id === event.pointerId) this.#end('cancel');
    }, options);
    // A link has a drag of its own, and a long press a menu.
    root.addEventListener('dragstart', (event) => event.preventDefault(), options);
    root.addEventListener('contextmenu', (event) => {
      if (this.#drag || this.#press?.isTouch) event.preventDefault();
    }, options);
    document.addEventListener('keydown', (event) => {
      if (event.key !== 'Escape' || !this.#drag) return;
      event.preventDefault();
      event.stopPropagation();
      this.#end('cancel');
    }, { signal, capture: true });
    signal.addEventListener('abort', () => this.#end('cancel'));
  }

  /** @param {PointerEvent} event */
  #down(event) {
    if (event.button !== 0 || !event.isPrimary || this.#drag) return;
    const element = this.#dragging.grasp(/** @type {HTMLElement} */ (event.target));
    if (!element) return;
    const isTouch = event.pointerType === 'touch';
    this.#press = { id: event.pointerId, x: event.clientX, y: event.clientY, element, isTouch };
    if (!isTouch) return;
    this.#press.timer = setTimeout(() => this.#begin(), longPress);
    // Heard at the element itself, from the first: only so may a finger that drags be kept from scrolling.
    element.addEventListener('touchmove', (touch) => {
      if (this.#drag && touch.cancelable) touch.preventDefault();
    }, { passive: false, signal: this.#signal });
  }

  /** @param {PointerEvent} event */
  #move(event) {
    const press = this.#press;
    if (!press || event.pointerId !== press.id) return;
    if (this.#drag) {
      this.#drag.x = event.clientX;
      this.#drag.y = event.clientY;
      this.#follow();
      return;
    }
    const distance = Math.hypot(event.clientX - press.x, event.clientY - press.y);
    if (press.isTouch) {
      if (distance > slack) this.#forget();
    } else if (distance > threshold) {
      this.#begin();
      if (this.#drag) this.#move(event);
    }
  }

  #begin() {
    const press = this.#press;
    if (!press) return;
    const { element } = press;
    const box = element.getBoundingClientRect();
    const ghost = /** @type {HTMLElement} */ (element.cloneNode(true));
    ghost.classList.add(this.#dragging.ghost);
    ghost.setAttribute('aria-hidden', 'true');
    ghost.inert = true;
    ghost.style.setProperty('inline-size', `${box.width}px`);
    if (!this.#dragging.begin(element)) return;
    // What lies in a dialog lies above everything: so does its copy.
    (element.closest('dialog:modal') ?? document.body).append(ghost);
    this.#drag = { ghost, dx: press.x - box.left, dy: press.y - box.top, x: press.x, y: press.y, element };
    this.#dragging.root.setPointerCapture(press.id);
    if (press.isTouch) navigator.vibrate?.(12);
    getSelection()?.removeAllRanges();
    this.#follow();
    this.#frame = requestAnimationFrame(() => this.#scroll());
  }

  #follow() {
    const drag = this.#drag;
    if (!drag) return;
    drag.ghost.style.setProperty('translate', `${drag.x - drag.dx}px ${drag.y - drag.dy}px`);
    this.#dragging.follow(drag.element, drag.x, drag.y);
  }

  #scroll() {
    const drag = this.#drag;
    if (!drag) return;
    this.#dragging.scroll(drag.x, drag.y);
    this.#follow();
    this.#frame = requestAnimationFrame(() => this.#scroll());
  }

  /** @param {PointerEvent} event */
  #up(event) {
    if (this.#press?.id !== event.pointerId) return;
    if (this.#drag) this.#swallowClick();
    this.#end('drop');
  }

  #swallowClick() {
    const controller = new AbortController();
    addEventListener('click', (event) => {
      event.preventDefault();
      event.stopPropagation();
    }, { capture: true, signal: controller.signal });
    setTimeout(() => controller.abort(), 0);
  }

  /** @param {'drop'|'cancel'} outcome */
  #end(outcome) {
    cancelAnimationFrame(this.#frame);
    const drag = this.#drag;
    this.#drag = null;
    this.#forget();
    if (!drag) return;
    drag.ghost.remove();
    this.#dragging[outcome](drag.element);
    this.#dragging.end(drag.element);
  }

  #forget() {
    clearTimeout(this.#press?.timer);
    this.#press = null;
  }
}

/**
 * How far something is scrolled in a frame for a pointer near its edge, in pixels: the faster, the nearer; not at all in the middle.
 * @param {number} at @param {number} start @param {number} end
 */
export function pull(at, start, end) {
  if (at < start + edge) return -Math.ceil(fastest * Math.min(1, (start + edge - at) / edge));
  if (at > end - edge) return Math.ceil(fastest * Math.min(1, (at - end + edge) / edge));
  return 0;
}
