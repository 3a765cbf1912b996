// @ts-check
/**
 * Steps dragged by mouse, pen and finger: one of the flow to another place, or a new one from the menu. A mouse drags at once; a
 * finger after a long press, since a swipe scrolls. Near an edge the flow scrolls by itself.
 */

const threshold = 5;
const longPress = 320;
/** A finger that has moved so far before the long press is up, scrolls. */
const slack = 10;
const edge = 64;
const fastest = 16;
/** Further from every place than this, nothing is dropped. */
const reach = 220;

/**
 * What can be dragged, and what comes of it.
 * @typedef {object} Dragging
 * @property {HTMLElement} root where a press begins: flow and menu
 * @property {HTMLElement} canvas scrolls
 * @property {(pressed: HTMLElement) => Dragged|null} grasp what is taken hold of there
 * @property {(dragged: Dragged) => HTMLElement[]} targets the places that it may be put at
 * @property {(dragged: Dragged, isOn: boolean) => void} onDrag it begins, or is over
 * @property {(dragged: Dragged, target: HTMLElement) => void} onDrop
 * @property {() => void} onCancel
 */

/** @typedef {{element: HTMLElement, step?: string, kind?: string}} Dragged */

export class FlowDrag {
  #dragging;
  #signal;
  /** @type {{id: number, x: number, y: number, dragged: Dragged, isTouch: boolean, timer?: ReturnType<typeof setTimeout>}|null} */
  #press = null;
  /** @type {{ghost: HTMLElement, dx: number, dy: number, x: number, y: number, dragged: Dragged, targets: HTMLElement[]}|null} */
  #drag = null;
  /** @type {HTMLElement|null} */
  #target = null;
  #frame = 0;

  /** @param {Dragging} dragging @param {AbortSignal} signal */
  constructor(dragging, signal) {
    this.#dragging = dragging;
    this.#signal = signal;
    const { root } = dragging;
    const options = { signal };
    root.addEventListener('pointerdown', (event) => this.#down(event), options);
    root.addEventListener('pointermove', (event) => this.#move(event), options);
    root.addEventListener('pointerup', (event) => this.#up(event), options);
    root.addEventListener('pointercancel', (event) => {
      if (this.#press?.id === event.pointerId) this.#cancel();
    }, options);
    root.addEventListener('contextmenu', (event) => {
      if (this.#drag || this.#press?.isTouch) event.preventDefault();
    }, options);
    document.addEventListener('keydown', (event) => {
      if (event.key !== 'Escape' || !this.#drag) return;
      event.preventDefault();
      event.stopPropagation();
      this.#cancel();
    }, { signal, capture: true });
    signal.addEventListener('abort', () => this.#end());
  }

  /** @param {PointerEvent} event */
  #down(event) {
    if (event.button !== 0 || !event.isPrimary || this.#drag) return;
    const dragged = this.#dragging.grasp(/** @type {HTMLElement} */ (event.target));
    if (!dragged) return;
    const isTouch = event.pointerType === 'touch';
    this.#press = { id: event.pointerId, x: event.clientX, y: event.clientY, dragged, isTouch };
    if (!isTouch) return;
    this.#press.timer = setTimeout(() => this.#begin(), longPress);
    // Heard at the element itself, from the first: only so may a finger that drags be kept from scrolling.
    dragged.element.addEventListener('touchmove', (touch) => {
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
      this.#move(event);
    }
  }

  #begin() {
    const press = this.#press;
    if (!press) return;
    const { dragged } = press;
    const box = dragged.element.getBoundingClientRect();
    const ghost = /** @type {HTMLElement} */ (dragged.element.cloneNode(true));
    ghost.classList.add('flow-ghost');
    ghost.setAttribute('aria-hidden', 'true');
    ghost.inert = true;
    ghost.style.setProperty('inline-size', `${box.width}px`);
    // In the sheet of a narrow window the menu lies above everything: the ghost goes where the menu is.
    (dragged.element.closest('dialog:modal') ?? document.body).append(ghost);
    this.#dragging.onDrag(dragged, true);
    const targets = this.#dragging.targets(dragged);
    this.#drag = { ghost, dx: press.x - box.left, dy: press.y - box.top, x: press.x, y: press.y, dragged, targets };
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
    this.#aim(this.#nearest(drag));
  }

  /** The place that the pointer is next to, if it is near the flow at all. @param {{x: number, y: number, targets: HTMLElement[]}} drag */
  #nearest({ x, y, targets }) {
    const canvas = this.#dragging.canvas.getBoundingClientRect();
    if (x < canvas.left || x > canvas.right || y < canvas.top - edge || y > canvas.bottom + edge) return null;
    let nearest = null;
    let least = reach;
    for (const target of targets) {
      const box = target.getBoundingClientRect();
      const across = Math.max(box.left - x, 0, x - box.right);
      const distance = Math.hypot(across, (box.top + box.bottom) / 2 - y);
      if (distance < least) [nearest, least] = [target, distance];
    }
    return nearest;
  }

  /** @param {HTMLElement|null} target */
  #aim(target) {
    if (this.#target === target) return;
    this.#target?.classList.remove('is-target');
    this.#target = target;
    target?.classList.add('is-target');
  }

  #scroll() {
    const drag = this.#drag;
    if (!drag) return;
    const { canvas } = this.#dragging;
    const box = canvas.getBoundingClientRect();
    if (drag.x > box.left && drag.x < box.right) {
      canvas.scrollTop += pull(drag.y, box.top, box.bottom);
      canvas.scrollLeft += pull(drag.x, box.left, box.right);
      this.#follow();
    }
    this.#frame = requestAnimationFrame(() => this.#scroll());
  }

  /** @param {PointerEvent} event */
  #up(event) {
    if (this.#press?.id !== event.pointerId) return;
    const drag = this.#drag;
    if (!drag) {
      this.#forget();
      return;
    }
    const target = this.#target;
    this.#swallowClick();
    this.#end();
    if (target) this.#dragging.onDrop(drag.dragged, target);
    else this.#dragging.onCancel();
  }

  #cancel() {
    const wasDragged = this.#drag !== null;
    this.#end();
    if (wasDragged) this.#dragging.onCancel();
  }

  /** The click that ends a drag opens nothing. */
  #swallowClick() {
    const controller = new AbortController();
    addEventListener('click', (event) => {
      event.preventDefault();
      event.stopPropagation();
    }, { capture: true, signal: controller.signal });
    setTimeout(() => controller.abort(), 0);
  }

  #end() {
    cancelAnimationFrame(this.#frame);
    const drag = this.#drag;
    this.#drag = null;
    this.#aim(null);
    drag?.ghost.remove();
    this.#forget();
    if (drag) this.#dragging.onDrag(drag.dragged, false);
  }

  #forget() {
    clearTimeout(this.#press?.timer);
    this.#press = null;
  }
}

/** How far to scroll this frame: none in the middle. @param {number} at @param {number} start @param {number} end */
function pull(at, start, end) {
  if (at < start + edge) return -Math.ceil(fastest * Math.min(1, (start + edge - at) / edge));
  if (at > end - edge) return Math.ceil(fastest * Math.min(1, (at - end + edge) / edge));
  return 0;
}
