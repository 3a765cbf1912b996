// @ts-check
/** Steps dragged to the places of the flow: one of the flow to another place, or a new one from the menu. */

import { PointerDrag, pull } from '../pointer-drag.js';

/** So far beside the flow something still counts as over it, in pixels. */
const margin = 64;
/** Further from every place than this, nothing is dropped. */
const reach = 220;

/**
 * What can be dragged, and what comes of it.
 * @typedef {object} Dragging
 * @property {HTMLElement} root where a press begins: flow and menu
 * @property {HTMLElement} canvas scrolls
 * @property {(pressed: HTMLElement) => HTMLElement|null} grasp what is taken hold of there
 * @property {(element: HTMLElement) => HTMLElement[]} targets the places that it may be put at
 * @property {(element: HTMLElement, target: HTMLElement) => void} onDrop
 * @property {() => void} onCancel
 * @property {() => void} onEnd comes before either
 */

export class FlowDrag {
  #dragging;
  /** @type {HTMLElement[]} */
  #targets = [];
  /** @type {HTMLElement|null} */
  #target = null;

  /** @param {Dragging} dragging @param {AbortSignal} signal */
  constructor(dragging, signal) {
    this.#dragging = dragging;
    new PointerDrag({
      root: dragging.root,
      ghost: 'flow-ghost',
      grasp: dragging.grasp,
      begin: (element) => this.#begin(element),
      follow: (_, x, y) => this.#aim(this.#nearest(x, y)),
      scroll: (x, y) => this.#scroll(x, y),
      drop: (element) => {
        const target = this.#target;
        this.#end(element);
        if (target) dragging.onDrop(element, target);
        else dragging.onCancel();
      },
      cancel: (element) => {
        this.#end(element);
        dragging.onCancel();
      },
      end: () => {},
    }, signal);
  }

  /** @param {HTMLElement} element */
  #begin(element) {
    this.#dragging.root.classList.add('is-dragging');
    element.classList.add('is-lifted');
    this.#targets = this.#dragging.targets(element);
    return true;
  }

  /** The place that the pointer is next to, if it is near the flow at all. @param {number} x @param {number} y */
  #nearest(x, y) {
    const canvas = this.#dragging.canvas.getBoundingClientRect();
    if (x < canvas.left || x > canvas.right || y < canvas.top - margin || y > canvas.bottom + margin) return null;
    let nearest = null;
    let least = reach;
    for (const target of this.#targets) {
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

  /** @param {number} x @param {number} y */
  #scroll(x, y) {
    const { canvas } = this.#dragging;
    const box = canvas.getBoundingClientRect();
    if (x <= box.left || x >= box.right) return;
    canvas.scrollTop += pull(y, box.top, box.bottom);
    canvas.scrollLeft += pull(x, box.left, box.right);
  }

  /** @param {HTMLElement} element */
  #end(element) {
    this.#aim(null);
    this.#targets = [];
    this.#dragging.root.classList.remove('is-dragging');
    element.classList.remove('is-lifted');
    this.#dragging.onEnd();
  }
}
