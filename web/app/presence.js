// @ts-check
/** Who is online and who is typing: told, never logged. */

/** A typing mark ends by itself, in case its end is lost. */
const typingEnds = 6500;

export class Presence {
  /** @type {Map<number, boolean>} */
  #visitors = new Map();
  /** conversation → who (`"visitor"` or an agent's id) → timer
   * @type {Map<number, Map<string|number, ReturnType<typeof setTimeout>>>} */
  #typing = new Map();
  #store;

  /** @param {import('./store.js').Store} store */
  constructor(store) {
    this.#store = store;
  }

  clear() {
    this.#visitors.clear();
  }

  /** @param {number} visitorID */
  isVisitorOnline(visitorID) {
    return this.#visitors.get(visitorID) ?? false;
  }

  /** @param {number} agentID */
  isAgentOnline(agentID) {
    return this.#store.agents.get(agentID)?.online ?? false;
  }

  /** @param {number} id @param {boolean|undefined} online */
  takeVisitor(id, online) {
    if (online === undefined || this.#visitors.get(id) === online) return;
    this.#visitors.set(id, online);
    this.#store.changed('presence');
  }

  /** @param {{visitors?: Record<string, boolean>, agents?: Record<string, boolean>}} event */
  take({ visitors = {}, agents = {} }) {
    for (const [id, online] of Object.entries(visitors)) this.takeVisitor(Number(id), online);
    for (const [id, online] of Object.entries(agents)) {
      const agent = this.#store.agents.get(Number(id));
      if (agent) this.#store.agents.set(agent.id, { ...agent, online });
      this.#store.changed('agents');
    }
  }

  /** Who types in a conversation, oneself left out. @param {number} conversationID @returns {(string|number)[]} */
  typing(conversationID) {
    return [...(this.#typing.get(conversationID)?.keys() ?? [])];
  }

  /** @param {{conversationID: number, by: string|number, on: boolean}} event */
  takeTyping({ conversationID, by, on }) {
    if (by === this.#store.me.id) return;
    if (!on) {
      this.endTyping(conversationID, by);
      return;
    }
    let typing = this.#typing.get(conversationID);
    if (!typing) this.#typing.set(conversationID, (typing = new Map()));
    clearTimeout(typing.get(by));
    typing.set(by, setTimeout(() => this.endTyping(conversationID, by), typingEnds));
    this.#store.changed(`typing:${conversationID}`);
  }

  /** @param {number} conversationID @param {string|number} by */
  endTyping(conversationID, by) {
    const typing = this.#typing.get(conversationID);
    if (!typing?.has(by)) return;
    clearTimeout(typing.get(by));
    typing.delete(by);
    if (typing.size === 0) this.#typing.delete(conversationID);
    this.#store.changed(`typing:${conversationID}`);
  }
}
