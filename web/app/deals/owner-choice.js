// @ts-check
/** Who may own a new deal, of those who may see its pipeline: oneself first, then the others; before them whose turn it is, where the pipeline goes by turns. */
import { t } from '../i18n.js';
import { watchersOf } from './rights.js';

/** Nobody is named: the pipeline's assignment decides when the deal is saved. */
export const inTurn = 0;

/** The owner that a new deal in a pipeline begins with. @param {any} pipeline @param {{me: {id: number}}} store */
export function usualOwner(pipeline, { me }) {
  return pipeline && pipeline.assignment !== 'manual' ? inTurn : me.id;
}

/** @param {HTMLSelectElement} element @param {any} pipeline @param {import('../store.js').Store} store */
export function fillOwners(element, pipeline, store) {
  const { me } = store;
  const others = watchersOf(store, pipeline?.id ?? null).filter(({ id }) => id !== me.id);
  const choices = [new Option(t('deal.owner.you', { name: me.name }), String(me.id)),
    ...others.map(({ id, name }) => new Option(name, String(id)))];
  if (usualOwner(pipeline, store) === inTurn) choices.unshift(new Option(t('pipeline.assignment.roundRobin'), String(inTurn)));
  element.replaceChildren(...choices);
}
