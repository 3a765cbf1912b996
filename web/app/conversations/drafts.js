// @ts-check
/** What was begun and not sent, by agent and conversation: it outlives the page. */

/** @param {number} agentID @param {number} conversationID */
function keyOf(agentID, conversationID) {
  return `parley.draft.${agentID}.${conversationID}`;
}

/** @param {number} agentID @param {number} conversationID @returns {{kind: "text"|"note", text: string}} */
export function readDraft(agentID, conversationID) {
  const saved = localStorage.getItem(keyOf(agentID, conversationID));
  return saved ? JSON.parse(saved) : { kind: 'text', text: '' };
}

/** @param {number} agentID @param {number} conversationID @param {{kind: "text"|"note", text: string}} draft */
export function writeDraft(agentID, conversationID, draft) {
  const key = keyOf(agentID, conversationID);
  if (draft.text.trim() === '') localStorage.removeItem(key);
  else localStorage.setItem(key, JSON.stringify(draft));
}
