// @ts-check
/** Adds a conversation to a deal that is there already, and takes it away again. */
import { toast } from '../announcer.js';
import { errorText, t } from '../i18n.js';

/**
 * @param {import('../app.js').App} app @param {number} conversationID @param {number} dealID
 */
export async function unlinkConversation({ api, store }, conversationID, dealID) {
  take(store, await api.delete(`/api/deals/${dealID}/conversations/${conversationID}`));
}

/**
 * Says what came of it, with a way back; rejects when it was not done.
 * @param {import('../app.js').App} app @param {number} conversationID @param {any} deal
 */
export async function addToDeal(app, conversationID, deal) {
  take(app.store, await app.api.put(`/api/deals/${deal.id}/conversations/${conversationID}`, {}));
  void toast(t('deal.linked', { title: deal.title }), {
    action: { label: t('action.undo'), run: () => void takeBack(app, conversationID, deal.id) },
  });
}

/** The same, telling by itself what went wrong. @param {import('../app.js').App} app @param {number} conversationID @param {any} deal */
export async function linkConversation(app, conversationID, deal) {
  try {
    await addToDeal(app, conversationID, deal);
  } catch (/** @type {any} */ error) {
    void toast(linkErrorText(error), { urgent: true });
  }
}

/** @param {import('../app.js').App} app @param {number} conversationID @param {number} dealID */
async function takeBack(app, conversationID, dealID) {
  try {
    await unlinkConversation(app, conversationID, dealID);
  } catch (/** @type {any} */ error) {
    void toast(linkErrorText(error), { urgent: true });
  }
}

/** What of the conversation is at fault says more than that the deal is. @param {any} error */
export function linkErrorText(error) {
  return errorText(error.fields?.conversation ? { code: error.fields.conversation } : error);
}

/** The event says it to every page; while this one's socket is down, the answer does. @param {import('../store.js').Store} store @param {any} deal */
function take(store, deal) {
  store.takeDeal(deal);
  store.panels.takeDeal(deal);
}
