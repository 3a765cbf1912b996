// @ts-check
/** The tags that there are, by their beginning. */

/** @param {import('../api.js').Api} api @param {string} search @param {AbortSignal} signal @returns {Promise<string[]>} */
export async function findTags(api, search, signal) {
  return (await api.get('/api/tags', { query: { search }, signal })).tags;
}
