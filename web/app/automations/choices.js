// @ts-check
/** What there is to choose from in the settings of triggers and steps. */
import { t } from '../i18n.js';

/** @typedef {import('../store.js').Store} Store */
/** @typedef {[value: any, label: string][]} Options */

/** @param {Store} store */
function pipelinesOf(store) {
  return /** @type {any[]} */ (store.session.pipelines);
}

/** @param {Store} store @returns {Options} */
export function pipelines(store) {
  return pipelinesOf(store).map(({ id, name }) => [id, name]);
}

/** @param {Store} store @param {number|null} pipelineID @returns {Options} */
export function stages(store, pipelineID) {
  const pipeline = pipelinesOf(store).find(({ id }) => id === pipelineID);
  return (pipeline?.stages ?? []).map((/** @type {any} */ { id, name }) => [id, name]);
}

/** The stages of every pipeline; where there are several, with the pipeline's name. @param {Store} store @returns {Options} */
export function allStages(store) {
  const all = pipelinesOf(store);
  return all.flatMap(({ name, stages: each }) => each.map((/** @type {any} */ stage) => [
    stage.id, all.length > 1 ? t('automation.stageOf', { pipeline: name, stage: stage.name }) : stage.name,
  ]));
}

/** @param {Store} store @returns {Options} */
export function agents(store) {
  const { me } = store;
  return [...store.agents.values()]
    .sort((a, b) => Number(b.id === me.id) - Number(a.id === me.id) || a.name.localeCompare(b.name))
    .map(({ id, name }) => [id, id === me.id ? t('deal.owner.you', { name }) : name]);
}

/** @param {string} label @param {Options} options @returns {Options} nobody or nothing in particular, then the others */
export function any(label, options) {
  return [[null, t(label)], ...options];
}

/** @param {string} prefix of the texts @param {string[]} values @returns {Options} */
export function named(prefix, values) {
  return values.map((value) => [value, t(`${prefix}.${value}`)]);
}

/** @param {Options} options @param {any} value */
export function labelOf(options, value) {
  return options.find(([each]) => each === value)?.[1] ?? t('automation.gone');
}

/** The custom fields of a kind of record. @param {Store} store @param {string} kind @returns {any[]} */
export function customFields(store, kind) {
  return store.session.fields.filter((/** @type {any} */ field) => field.kind === kind);
}

/** @param {Store} store @param {string} kind @param {string[]} own the record's own fields @returns {Options} */
export function fields(store, kind, own) {
  return [
    ...own.map((name) => /** @type {[any, string]} */ ([name, t(`automation.field.${name}`)])),
    ...customFields(store, kind).map(({ id, name }) => /** @type {[any, string]} */ ([`fields.${id}`, name])),
  ];
}
