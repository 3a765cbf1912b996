// @ts-check
/** Where one was among the deals of a pipeline when another page was opened: there one comes back to. */

/**
 * @typedef {object} Place
 * @property {number|null} dealID the one that had the focus
 * @property {number} count how many rows a table had loaded
 * @property {number} left
 * @property {Map<number, number>} tops how far each column is scrolled, by its stage; a table has one, 0
 */

/** By pipeline, view and filters. @type {Map<string, Place>} */
const places = new Map();

/** @param {string} view @param {number} pipelineID @param {import('./deal-filter.js').DealFilter} filter */
function keyOf(view, pipelineID, filter) {
  return JSON.stringify([view, pipelineID, filter.key]);
}

/** @param {"board"|"table"} view @param {number} pipelineID @param {import('./deal-filter.js').DealFilter} filter @param {Place} place */
export function leavePlace(view, pipelineID, filter, place) {
  places.set(keyOf(view, pipelineID, filter), place);
}

/** @param {"board"|"table"} view @param {number} pipelineID @param {import('./deal-filter.js').DealFilter} filter @returns {Place|null} */
export function lastPlace(view, pipelineID, filter) {
  return places.get(keyOf(view, pipelineID, filter)) ?? null;
}

/** Whether nobody is anywhere in the page: then the focus may go back to where it was. */
export function isFocusFree() {
  const { activeElement } = document;
  return activeElement === document.body || activeElement?.id === 'main';
}
