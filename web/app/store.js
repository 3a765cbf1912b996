// @ts-check
/**
 * What this client knows, kept true by events.
 *
 * Everything that bears a sequence number is applied once: an event at or below the last number seen is dropped. An answer
 * to a request may be older than an event that arrived while it was under way; `merge…` take the sequence at which the
 * request began (`asOf`) and leave alone what an event has touched since. What is newer than the answer comes as an event.
 *
 * Listeners subscribe to a key and are called once a microtask, however many events touched it:
 * `session`, `agents`, `counts`, `fields`, `presence`, `conversations` (any of them, and the lists), `conversation:ID`, `thread:ID`,
 * `typing:ID`, `panel:ID`, `deal:ID`, `pipelines`, `tasks` (any of them), `imported` (many records at once), `KIND:ID:PART` (the notes, tasks, changes or merges of a record), `workspace`,
 * `sites`, `groups`, `views` (they are loaded anew by who shows them), `connection`, `outbox:ID`.
 */
import { Panels } from './panels.js';
import { Presence } from './presence.js';
import { Lists } from './conversations/lists.js';
import { Threads } from './conversations/threads.js';
import { withParties } from './deals/parties.js';

/** @typedef {Record<string, any>} Conversation as in the interface; `readNumber` null: not known */

export class Store {
  /** The last number of the event log that was applied. @type {number|null} */
  sequence = null;
  /** `{agent, preferences, workspace, pipelines}` @type {any} */
  session = null;
  /** @type {Map<number, any>} */
  agents = new Map();
  /** @type {Map<number, Conversation>} */
  conversations = new Map();
  /** @type {Map<number, any>} */
  deals = new Map();

  /** @type {Map<string, number>} `status/assignee` → count */
  #counts = new Map();
  /** The last event that touched a conversation. @type {Map<number, number>} */
  #touched = new Map();
  /** @type {Map<string, Set<() => void>>} */
  #listeners = new Map();
  /** @type {Set<string>} */
  #changed = new Set();
  /** @type {Set<(event: any) => void>} */
  #followers = new Set();

  /** @param {import('./api.js').Api} api */
  constructor(api) {
    this.api = api;
    this.presence = new Presence(this);
    this.lists = new Lists(this);
    this.threads = new Threads(this);
    this.panels = new Panels(this);
  }

  /** @param {string} key @param {() => void} listener @param {AbortSignal} signal */
  subscribe(key, listener, signal) {
    let listeners = this.#listeners.get(key);
    if (!listeners) this.#listeners.set(key, (listeners = new Set()));
    listeners.add(listener);
    signal.addEventListener('abort', () => listeners.delete(listener));
  }

  /** Each event that is applied, as it came: for who keeps more than this does. @param {(event: any) => void} follower @param {AbortSignal} signal */
  follow(follower, signal) {
    this.#followers.add(follower);
    signal.addEventListener('abort', () => this.#followers.delete(follower));
  }

  /** Tells the key's listeners, soon and once. @param {string} key */
  changed(key) {
    if (this.#changed.size === 0) queueMicrotask(() => this.#tell());
    this.#changed.add(key);
  }

  #tell() {
    const keys = [...this.#changed];
    this.#changed.clear();
    for (const key of keys) {
      for (const listener of [...(this.#listeners.get(key) ?? [])]) listener();
    }
  }

  /** Takes the answer of `GET /api/session`, at sign-in and when starting over. @param {any} session */
  begin({ agents, counts, sequence, ...session }) {
    this.session = session;
    this.sequence = sequence;
    this.agents = new Map(agents.map((/** @type {any} */ agent) => [agent.id, agent]));
    this.#counts.clear();
    this.#takeCounts(counts);
    this.#touched.clear();
    for (const key of ['session', 'agents', 'counts', 'workspace', 'pipelines', 'fields']) this.changed(key);
  }

  /**
   * Forgets what a gap may have made untrue; threads and panels are asked for anew by who shows them.
   * @param {number} kept the conversation that is open: it stays in view until its new state arrives
   */
  startOver(kept) {
    this.lists.clear();
    this.threads.clear();
    this.panels.clear();
    this.presence.clear();
    this.deals.clear();
    const open = this.conversations.get(kept);
    this.conversations.clear();
    if (open) this.conversations.set(kept, open);
  }

  get me() {
    return this.session.agent;
  }

  get preferences() {
    return this.session.preferences;
  }

  /** @param {number|null} id */
  agentName(id) {
    return this.agents.get(id ?? 0)?.name ?? '';
  }

  /** @param {any} preferences */
  takePreferences(preferences) {
    this.session.preferences = preferences;
    this.changed('session');
  }

  /** @param {"open"|"completed"} status @param {"mine"|"unassigned"|"all"} assignee */
  count(status, assignee) {
    if (assignee !== 'all') {
      const id = assignee === 'mine' ? this.me.id : null;
      return this.#counts.get(`${status}/${id}`) ?? 0;
    }
    let sum = 0;
    for (const [key, count] of this.#counts) if (key.startsWith(`${status}/`)) sum += count;
    return sum;
  }

  /** @param {any[]} rows */
  #takeCounts(rows) {
    for (const { status, assigneeID, count } of rows) this.#counts.set(`${status}/${assigneeID}`, count);
    this.changed('counts');
  }

  /** Is there something in it that this agent has not read? @param {Conversation} conversation */
  isUnread({ lastTextNumber, readNumber, lastAuthor }) {
    return lastAuthor === 'visitor' && readNumber !== null && lastTextNumber > readNumber;
  }

  /** @param {Conversation} conversation @param {number|null} asOf the sequence when the request began */
  mergeConversation(conversation, asOf) {
    if ((this.#touched.get(conversation.id) ?? 0) > (asOf ?? 0)) {
      // What the event could not know, the answer does.
      const known = this.conversations.get(conversation.id);
      if (known) this.#keep({ ...known, readNumber: Math.max(known.readNumber ?? 0, conversation.readNumber) });
      return;
    }
    this.presence.takeVisitor(conversation.visitorID, conversation.online);
    const known = this.conversations.get(conversation.id);
    const readNumber = Math.max(known?.readNumber ?? 0, conversation.readNumber);
    this.#keep({ ...conversation, readNumber });
  }

  /** @param {Conversation} conversation */
  #keep(conversation) {
    this.conversations.set(conversation.id, conversation);
    this.lists.place(conversation);
    this.changed(`conversation:${conversation.id}`);
    this.changed('conversations');
  }

  /** @param {any} event a conversation in it, as of the event @param {number|null} readAtLeast */
  #takeConversation({ sequence, conversation }, readAtLeast = null) {
    this.#touched.set(conversation.id, sequence);
    this.presence.takeVisitor(conversation.visitorID, conversation.online);
    const known = this.conversations.get(conversation.id);
    this.#keep({ ...conversation, readNumber: known?.readNumber ?? readAtLeast });
  }

  /** Moves a mark of a conversation forward, never back. @param {number} id @param {Record<string, number>} marks */
  advance(id, marks) {
    const known = this.conversations.get(id);
    if (!known) return;
    const next = { ...known };
    for (const [name, number] of Object.entries(marks)) next[name] = Math.max(known[name] ?? 0, number);
    this.#keep(next);
  }

  /** Applies an event of the socket, each logged one once. @param {any} event @returns {boolean} whether it was new */
  apply(event) {
    if (event.sequence !== undefined && event.type !== 'ready') {
      if (this.sequence !== null && event.sequence <= this.sequence) return false;
      this.sequence = event.sequence;
    }
    switch (event.type) {
      case 'ready':
        this.sequence = Math.max(this.sequence ?? 0, event.sequence);
        break;
      case 'message.added': {
        const { message } = event;
        const byVisitor = message.author === 'visitor' && message.kind === 'text';
        this.#takeConversation(event, byVisitor ? message.number - 1 : null);
        if (byVisitor) this.presence.endTyping(message.conversationID, 'visitor');
        else if (message.agentID) this.presence.endTyping(message.conversationID, message.agentID);
        this.threads.take(message);
        break;
      }
      case 'conversation.changed':
        this.#takeConversation(event);
        this.panels.takeConversation(event.conversation);
        break;
      case 'conversation.read':
        this.advance(event.conversationID, { readNumber: event.number });
        break;
      case 'conversation.seen': {
        const { visitorSeenNumber, agentsSeenNumber } = event;
        this.advance(event.conversationID, { visitorSeenNumber, agentsSeenNumber });
        break;
      }
      case 'counts.changed':
        this.#takeCounts(event.rows);
        break;
      case 'agent.changed':
        this.#takeAgent(event.agent);
        break;
      case 'workspace.changed':
        this.session.workspace = event.workspace;
        this.changed('workspace');
        break;
      case 'site.changed':
        this.changed('sites');
        break;
      case 'visitor.changed':
        this.presence.takeVisitor(event.visitor.id, event.visitor.online);
        this.panels.takeVisitor(event.visitor);
        break;
      case 'contact.changed':
        this.panels.takeContact(event.contact);
        this.#nameParties(event);
        break;
      case 'account.changed':
        this.panels.takeAccount(event.account);
        this.#nameParties(event);
        break;
      case 'deal.added':
      case 'deal.changed':
        this.takeDeal(event.deal);
        this.panels.takeDeal(event.deal);
        break;
      case 'deal.removed':
        this.deals.delete(event.dealID);
        this.panels.removeDeal(event.dealID);
        this.changed(`deal:${event.dealID}`);
        this.changed('tasks');
        break;
      case 'pipelines.changed':
        void this.loadPipelines();
        break;
      case 'fields.changed':
        void this.loadFields();
        break;
      case 'groups.changed':
        this.changed('groups');
        break;
      case 'record.changed':
        this.changed(`${event.record.kind}:${event.record.id}:${event.part}`);
        if (event.part === 'tasks') this.changed('tasks');
        break;
      case 'records.imported':
        this.panels.outdate();
        this.changed('imported');
        break;
      case 'views.changed':
        this.changed('views');
        break;
      case 'record.merged':
      case 'record.removed':
        this.panels.dropRecord(event.record);
        this.changed('tasks');
        break;
      case 'typing':
        this.presence.takeTyping(event);
        break;
      case 'presence':
        this.presence.take(event);
        break;
    }
    for (const follower of [...this.#followers]) follower(event);
    return true;
  }

  /** The pipelines with their stages, anew. What is known stays when they cannot be had: the next change asks again. */
  async loadPipelines() {
    const { session } = this;
    try {
      const { pipelines } = await this.api.get('/api/pipelines');
      session.pipelines = pipelines;
      this.changed('pipelines');
    } catch (error) {
      console.warn(error);
    }
  }

  /** The fields of one's own of a kind, in their order. @param {"deal"|"contact"|"account"} kind @returns {any[]} */
  fieldsOf(kind) {
    return this.session.fields.filter((/** @type {any} */ field) => field.kind === kind);
  }

  /** Those of all kinds, anew; as with the pipelines, what is known stays when they cannot be had. */
  async loadFields() {
    const { session } = this;
    try {
      session.fields = (await this.api.get('/api/fields')).fields;
      this.changed('fields');
    } catch (error) {
      console.warn(error);
    }
  }

  /** @param {any} agent */
  #takeAgent(agent) {
    this.agents.set(agent.id, agent);
    if (agent.id === this.me.id) {
      this.session.agent = agent;
      this.changed('session');
    }
    this.changed('agents');
  }

  /** A contact or an account may have another name in the deals that are known. @param {any} event */
  #nameParties(event) {
    for (const deal of this.deals.values()) {
      const now = withParties(deal, event);
      if (now !== deal) this.takeDeal(now);
    }
  }

  /** @param {any} deal */
  takeDeal(deal) {
    this.deals.set(deal.id, deal);
    this.changed(`deal:${deal.id}`);
  }
}
