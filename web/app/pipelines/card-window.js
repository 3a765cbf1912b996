// @ts-check
/**
 * The part of a long column that stands in the page: the cards in view and a little beyond. What is left out is made up for by
 * room above and below, as high as those cards were when last seen, or as the others are.
 */
import { arrange } from '../dom.js';

/** Beyond the view, in pixels. */
const margin = 600;
const guess = 116;

export class CardWindow {
  #scroller;
  #list;
  #viewOf;
  /** @type {any[]} */
  #deals = [];
  /** deal → height with its gap @type {Map<number, number>} */
  #heights = new Map();

  /**
   * @param {HTMLElement} scroller @param {HTMLElement} list inside it
   * @param {(deal: any) => {root: HTMLElement}} viewOf the card of a deal, as it is now
   */
  constructor(scroller, list, viewOf) {
    this.#scroller = scroller;
    this.#list = list;
    this.#viewOf = viewOf;
  }

  /** @param {any[]} deals */
  show(deals) {
    this.#deals = deals;
    this.update();
  }

  /** After a scroll, or a change of size. */
  update() {
    const { first, end, above, below } = this.#stretch();
    const roots = this.#deals.slice(first, end).map((deal) => this.#viewOf(deal).root);
    arrange(this.#list, roots);
    this.#list.style.setProperty('padding-block', `${above}px ${below}px`);
    this.#measure(roots, first);
  }

  /** Brings a card into the page, so that it can have the focus. @param {number} dealID */
  reveal(dealID) {
    const index = this.#deals.findIndex(({ id }) => id === dealID);
    if (index < 0) return;
    let top = 0;
    for (const deal of this.#deals.slice(0, index)) top += this.#height(deal);
    const { scrollTop, clientHeight } = this.#scroller;
    const height = this.#height(this.#deals[index]);
    if (top < scrollTop) this.#scroller.scrollTop = top;
    else if (top + height > scrollTop + clientHeight) this.#scroller.scrollTop = top + height - clientHeight;
    this.update();
  }

  #stretch() {
    const from = this.#scroller.scrollTop - margin;
    const to = this.#scroller.scrollTop + this.#scroller.clientHeight + margin;
    let first = 0;
    let above = 0;
    while (first < this.#deals.length && above + this.#height(this.#deals[first]) < from) {
      above += this.#height(this.#deals[first]);
      first += 1;
    }
    let end = first;
    let bottom = above;
    while (end < this.#deals.length && bottom < to) {
      bottom += this.#height(this.#deals[end]);
      end += 1;
    }
    let below = 0;
    for (const deal of this.#deals.slice(end)) below += this.#height(deal);
    return { first, end, above, below };
  }

  /** @param {any} deal */
  #height({ id }) {
    return this.#heights.get(id) ?? guess;
  }

  /** @param {HTMLElement[]} roots @param {number} first */
  #measure(roots, first) {
    roots.forEach((root, index) => {
      const next = roots[index + 1];
      const { top, height } = root.getBoundingClientRect();
      const whole = next ? next.getBoundingClientRect().top - top : height + 8;
      if (whole > 0) this.#heights.set(this.#deals[first + index].id, whole);
    });
  }
}
