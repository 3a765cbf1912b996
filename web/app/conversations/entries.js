// @ts-check
/**
 * What stands in a thread, in order: messages grouped by author and time, day headings, runs of page views as one line,
 * status lines, the divider before what is new, and the messages still on their way. Pure: values in, values out.
 *
 * @typedef {object} Entry
 * @property {string} key unlike any other's in the thread, and the same from one showing to the next
 * @property {"day"|"divider"|"message"|"pages"|"status"} kind
 * @property {number} number of its last message; 0 for none
 * @property {any} [message]
 * @property {any[]} [pages]
 * @property {number} [at]
 * @property {boolean} [starts] is it the first of its group?
 * @property {"sending"|"refused"|"sent"|"seen"|null} [state]
 * @property {string|null} [error]
 */

/** Messages of one author further apart than this begin a new group. */
const groupGap = 5 * 60_000;

/**
 * @param {object} thread
 * @param {any[]} thread.messages ascending
 * @param {import('./outbox.js').Draft[]} thread.drafts on their way, oldest first
 * @param {number} thread.me this agent's id
 * @param {number|null} thread.newAfter the divider stands after this number
 * @param {number} thread.visitorSeenNumber
 * @returns {Entry[]}
 */
export function entriesOf({ messages, drafts, me, newAfter, visitorSeenNumber }) {
  /** @type {Entry[]} */
  const entries = [];
  const pending = drafts.map((draft) => ({
    id: 0, number: 0, kind: draft.kind, author: 'agent', agentID: me, clientID: draft.clientID, text: draft.text,
    detail: null, createdAt: draft.createdAt, draft,
  }));
  const lastReply = messages.findLast(({ kind, author }) => kind === 'text' && author === 'agent');
  let day = '';
  let isNew = newAfter === null;
  /** @type {any} */
  let previous = null;

  for (const message of [...messages, ...pending]) {
    const date = new Date(message.createdAt).toDateString();
    if (date !== day) {
      day = date;
      entries.push({ key: `day ${date}`, kind: 'day', number: 0, at: message.createdAt });
      previous = null;
    }
    if (!isNew && newAfter !== null && message.number > newAfter && message.author === 'visitor' && message.kind === 'text') {
      isNew = true;
      entries.push({ key: 'divider', kind: 'divider', number: 0 });
      previous = null;
    }
    entries.push(...entryOf(message, previous, entries, { lastReply, visitorSeenNumber }));
    previous = message;
  }
  return entries;
}

/**
 * @param {any} message @param {any} previous @param {Entry[]} entries
 * @param {{lastReply: any, visitorSeenNumber: number}} marks
 * @returns {Entry[]}
 */
function entryOf(message, previous, entries, { lastReply, visitorSeenNumber }) {
  const { number, kind, createdAt } = message;
  if (kind === 'page') {
    const run = entries.at(-1);
    if (previous?.kind === 'page' && run?.kind === 'pages') {
      run.pages?.push(message);
      run.number = number;
      return [];
    }
    return [{ key: `pages ${number}`, kind: 'pages', number, pages: [message] }];
  }
  if (kind === 'status') return [{ key: `status ${number}`, kind: 'status', number, message }];

  const starts = !previous || previous.kind !== kind || previous.author !== message.author
    || previous.agentID !== message.agentID || createdAt - previous.createdAt > groupGap;
  // The stored message takes the place of the one that was on its way: they share the key.
  const key = message.clientID ? `client ${message.clientID}` : `message ${number}`;
  return [{ key, kind: 'message', number, message, starts, ...stateOf(message, lastReply, visitorSeenNumber) }];
}

/** @param {any} message @param {any} lastReply @param {number} seen
 * @returns {{state: Entry["state"], error: string|null}} */
function stateOf(message, lastReply, seen) {
  if (message.draft) return { state: message.draft.error ? 'refused' : 'sending', error: message.draft.error };
  if (message !== lastReply) return { state: null, error: null };
  return { state: message.number <= seen ? 'seen' : 'sent', error: null };
}
