// @ts-check
/** What of the builder is dragged: steps of the flow, and those of the menu; and where they may be put. */
import { announce } from '../announcer.js';
import { t } from '../i18n.js';
import { panByGround } from './canvas-pan.js';
import { FlowDrag } from './flow-drag.js';
import { findStep, isSamePlace, placeName, placesOf } from './flow.js';

/** @typedef {import('./flow.js').Place} Place */

/**
 * @param {HTMLElement} root @param {HTMLElement} canvas
 * @param {object} builder
 * @param {() => import('./flow.js').Flow} builder.flow
 * @param {() => boolean} builder.takesSteps the menu is that of steps
 * @param {(kind: string, place: Place) => void} builder.insert
 * @param {(id: string, place: Place) => void} builder.move
 * @param {() => void} builder.end nothing is dragged any more
 * @param {AbortSignal} signal
 */
export function makeDraggable(root, canvas, { flow, takesSteps, insert, move, end }, signal) {
  panByGround(canvas, signal);
  new FlowDrag({
    root, canvas,
    grasp: (pressed) => {
      const item = /** @type {HTMLElement|null} */ (pressed.closest('.palette-item'));
      if (item) return takesSteps() ? item : null;
      return pressed.closest('.flow-card-open')?.closest('.flow-card[data-step]') ?? null;
    },
    targets: ({ dataset: { step } }) => {
      const own = step ? findStep(flow(), step)?.place : undefined;
      // Right before and right behind itself it stands already.
      const isOwn = (/** @type {Place} */ place) => own !== undefined
        && (isSamePlace(place, own) || isSamePlace(place, { ...own, index: own.index + 1 }));
      return placesOf(flow(), step ?? null).filter((place) => !isOwn(place))
        .flatMap((place) => canvas.querySelector(`[data-place="${CSS.escape(placeName(place))}"]`) ?? [])
        .map((element) => /** @type {HTMLElement} */ (element));
    },
    onDrop: ({ dataset: { step, kind } }, target) => {
      const place = placesOf(flow()).find((each) => placeName(each) === target.dataset.place);
      if (!place) return;
      if (step) move(step, place);
      else if (kind) insert(kind, place);
    },
    onCancel: () => announce(t('automation.lifted.cancelled'), { urgent: true }),
    onEnd: end,
  }, signal);
}
