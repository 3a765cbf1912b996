// @ts-check
/** Puts the rows of a list in another order by their grips: a row follows the pointer from place to place. */

/**
 * @param {HTMLElement} list @param {HTMLElement} row @param {HTMLElement} grip
 * @param {{onDrop: () => void, onCancel: () => void}} outcome of a move: let go somewhere, or given up
 */
export function dragToOrder(list, row, grip, { onDrop, onCancel }) {
  grip.addEventListener('pointerdown', (down) => {
    if (down.button !== 0) return;
    const controller = new AbortController();
    const { signal } = controller;
    // The list holds the pointer: the row, which changes its place, would lose it.
    list.setPointerCapture(down.pointerId);
    row.classList.add('is-dragged');
    const end = () => {
      controller.abort();
      row.classList.remove('is-dragged');
    };
    list.addEventListener('pointermove', (/** @type {PointerEvent} */ event) => {
      const others = [...list.children].filter((each) => each !== row);
      const next = others.find((each) => {
        const { top, height } = each.getBoundingClientRect();
        return event.clientY < top + height / 2;
      }) ?? null;
      if (row.nextElementSibling !== next) list.insertBefore(row, next);
    }, { signal });
    list.addEventListener('pointerup', () => {
      end();
      onDrop();
    }, { signal });
    list.addEventListener('pointercancel', () => {
      end();
      onCancel();
    }, { signal });
  });
}

/** The arrows up and down on a grip, as the steps that they mean. @param {HTMLElement} grip @param {(step: -1|1) => void} onStep */
export function stepByKeys(grip, onStep) {
  grip.addEventListener('keydown', (event) => {
    const step = event.key === 'ArrowUp' ? -1 : event.key === 'ArrowDown' ? 1 : 0;
    if (step === 0) return;
    event.preventDefault();
    onStep(step);
  });
}
