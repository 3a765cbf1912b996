// @ts-check
/** What the agent may do with the deals of a pipeline, as the session says it. The server decides; a page only does not offer what would be refused. */

/** @typedef {"see"|"add"|"edit"|"delete"|"reassign"} Right */
/** @typedef {import('../store.js').Store} Store */

/** @param {Store} store @param {number|null} pipelineID */
export function pipelineOf({ session }, pipelineID) {
  return session.pipelines.find((/** @type {any} */ { id }) => id === pipelineID);
}

/** @param {Store} store @param {Right} right @param {number|null} pipelineID */
export function may(store, right, pipelineID) {
  return pipelineOf(store, pipelineID)?.rights.includes(right) ?? false;
}

/** Those that one may add deals to. @param {Store} store @returns {any[]} */
export function openPipelines({ session }) {
  return session.pipelines.filter((/** @type {any} */ { rights }) => rights.includes('add'));
}

/** Whether a file of deals could bring anything: new ones somewhere, or changes of those that there are. @param {Store} store */
export function mayImportDeals({ session }) {
  return session.pipelines.some((/** @type {any} */ { rights }) => rights.includes('add') || rights.includes('edit'));
}

/** The agents who may see a pipeline, and so own its deals and do their tasks, by name. @param {Store} store @param {number|null} pipelineID @returns {any[]} */
export function watchersOf(store, pipelineID) {
  const pipeline = pipelineOf(store, pipelineID);
  return agentsByName(store).filter(({ id }) => pipeline?.watchers.includes(id));
}

/** The whole team. @param {Store} store @returns {any[]} */
export function agentsByName({ agents }) {
  return [...agents.values()].sort((a, b) => a.name.localeCompare(b.name));
}
