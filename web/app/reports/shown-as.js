// @ts-check
/** Chart or table: the two buttons of a figure, and what one chose last. */

const key = 'parley.forecast';

export class ShownAs {
  #parts;
  #changed;

  /** @param {Record<string, any>} parts with `aschart`, `astable` and the chart's `legend` @param {() => void} changed */
  constructor(parts, changed) {
    this.#parts = parts;
    this.#changed = changed;
  }

  /** @param {AbortSignal} signal */
  listen(signal) {
    for (const way of ['chart', 'table']) {
      this.#parts[`as${way}`].addEventListener('click', () => {
        localStorage.setItem(key, way);
        this.#changed();
      }, { signal });
    }
  }

  /** Shows which it is, and answers it. @returns {'chart'|'table'} */
  show() {
    const way = localStorage.getItem(key) === 'table' ? 'table' : 'chart';
    this.#parts.aschart.setAttribute('aria-pressed', String(way === 'chart'));
    this.#parts.astable.setAttribute('aria-pressed', String(way === 'table'));
    this.#parts.legend.classList.toggle('is-unused', way !== 'chart');
    return way;
  }
}
