// @ts-check
/** A flow wider or longer than what is seen of it is drawn along by its ground, with the mouse; a finger scrolls it anyway. */

/** @param {HTMLElement} canvas what scrolls @param {AbortSignal} signal */
export function panByGround(canvas, signal) {
  canvas.addEventListener('pointerdown', (event) => {
    const target = /** @type {HTMLElement} */ (event.target);
    // What lies on the ground has presses of its own, and the scroll bars are no part of it.
    if (event.pointerType !== 'mouse' || event.button !== 0 || target.closest('.flow-card, .flow-start, button, select')) return;
    const box = canvas.getBoundingClientRect();
    if (event.clientX - box.left > canvas.clientWidth || event.clientY - box.top > canvas.clientHeight) return;
    const held = new AbortController();
    const { scrollLeft, scrollTop } = canvas;
    const end = () => {
      held.abort();
      canvas.classList.remove('is-panned');
    };
    canvas.setPointerCapture(event.pointerId);
    canvas.classList.add('is-panned');
    canvas.addEventListener('pointermove', ({ clientX, clientY }) => {
      canvas.scrollTo({ left: scrollLeft + event.clientX - clientX, top: scrollTop + event.clientY - clientY, behavior: 'instant' });
    }, { signal: held.signal });
    for (const type of ['pointerup', 'pointercancel']) canvas.addEventListener(type, end, { signal: held.signal });
  }, { signal });
}
