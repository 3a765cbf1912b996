// @ts-check
/**
 * The live socket: says hello with the last number it saw, follows replay and live events, proves both ends alive by a
 * heartbeat, and comes back by itself.
 *
 * States: `idle` (not started), `connecting`, `live` (after `ready`), `waiting` (for the next attempt), `ended` (signed out).
 * @typedef {"idle"|"connecting"|"live"|"waiting"|"ended"} ConnectionState
 */

const heartbeat = 25_000;
const pongDeadline = 10_000;
/** After a wake the socket is probably dead: it must answer soon. */
const wakeDeadline = 4000;
/** After the browser itself has said that the network is gone; a server on this machine may answer all the same. */
const offlineDeadline = 1000;
const firstDelay = 500;
const longestDelay = 15_000;
const openDeadline = 15_000;
/** The server goes away, to come back: everybody hears that in the same moment, and comes back within this. */
const goingAway = 1001;
const restartSpread = 4000;

export class Connection {
  /** @type {ConnectionState} */
  state = 'idle';

  #url;
  #after;
  #onEvent;
  #onState;
  /** @type {WebSocket|null} */
  #socket = null;
  #attempts = 0;
  /** @type {ReturnType<typeof setTimeout>|undefined} */
  #retryTimer;
  /** @type {ReturnType<typeof setTimeout>|undefined} */
  #pingTimer;
  /** @type {ReturnType<typeof setTimeout>|undefined} */
  #deadlineTimer;
  /** @type {AbortController|null} */
  #controller = null;

  /**
   * @param {object} options
   * @param {string} options.path such as `/api/live`
   * @param {() => number|null} options.after the sequence that the client has seen
   * @param {(event: any) => void} options.onEvent everything but `pong`
   * @param {(state: ConnectionState) => void} options.onState
   */
  constructor({ path, after, onEvent, onState }) {
    const url = new URL(path, location.href);
    url.protocol = url.protocol === 'https:' ? 'wss:' : 'ws:';
    this.#url = url;
    this.#after = after;
    this.#onEvent = onEvent;
    this.#onState = onState;
  }

  start() {
    if (this.#controller) return;
    this.#controller = new AbortController();
    const { signal } = this.#controller;
    addEventListener('online', () => this.retryNow(), { signal });
    addEventListener('offline', () => this.#check(offlineDeadline), { signal });
    document.addEventListener('visibilitychange', () => {
      if (document.visibilityState === 'visible') this.#wake();
    }, { signal });
    addEventListener('pageshow', (event) => {
      if (event.persisted) this.#wake();
    }, { signal });
    this.#open();
  }

  /** @param {ConnectionState} [state] */
  stop(state = 'idle') {
    this.#controller?.abort();
    this.#controller = null;
    clearTimeout(this.#retryTimer);
    this.#drop();
    this.#enter(state);
  }

  /** Sends now, or answers false: what must not be lost is kept by the caller. @param {object} message */
  send(message) {
    if (this.state !== 'live' || this.#socket?.readyState !== WebSocket.OPEN) return false;
    this.#socket.send(JSON.stringify(message));
    return true;
  }

  /** Tries at once instead of waiting; a socket that seems open is put to the proof. */
  retryNow() {
    if (!this.#controller) return;
    if (this.state === 'waiting') {
      this.#attempts = 0;
      clearTimeout(this.#retryTimer);
      this.#open();
    } else {
      this.#check(wakeDeadline);
    }
  }

  #wake() {
    this.retryNow();
  }

  #open() {
    this.#enter('connecting');
    const socket = new WebSocket(this.#url);
    this.#socket = socket;
    this.#expect(openDeadline);
    socket.addEventListener('open', () => {
      if (socket === this.#socket) socket.send(JSON.stringify({ type: 'hello', after: this.#after() }));
    });
    socket.addEventListener('message', ({ data }) => {
      if (socket === this.#socket) this.#receive(data);
    });
    socket.addEventListener('close', ({ code }) => {
      if (socket === this.#socket) this.#lost(code);
    });
  }

  /** @param {string} data */
  #receive(data) {
    const event = JSON.parse(data);
    // Whatever arrives proves the other end alive.
    clearTimeout(this.#deadlineTimer);
    switch (event.type) {
      case 'pong':
        break;
      case 'ready':
      case 'startOver':
        this.#attempts = 0;
        this.#onEvent(event);
        if (this.state !== 'live') {
          this.#enter('live');
          this.#beat();
        }
        break;
      case 'session.ended':
        this.stop('ended');
        this.#onEvent(event);
        break;
      default:
        this.#onEvent(event);
    }
  }

  #beat() {
    clearTimeout(this.#pingTimer);
    this.#pingTimer = setTimeout(() => {
      this.#check(pongDeadline);
      this.#beat();
    }, heartbeat);
  }

  /** @param {number} within */
  #check(within) {
    if (this.send({ type: 'ping' })) this.#expect(within);
  }

  /** Without a word from the server by then, the socket is given up. @param {number} within */
  #expect(within) {
    clearTimeout(this.#deadlineTimer);
    this.#deadlineTimer = setTimeout(() => this.#lost(0), within);
  }

  /** @param {number} code */
  #lost(code) {
    this.#drop();
    if (code === 4401) {
      this.stop('ended');
      this.#onEvent({ type: 'session.ended' });
      return;
    }
    this.#retryTimer = setTimeout(() => this.#open(), this.#delay(code));
    this.#attempts += 1;
    this.#enter('waiting');
  }

  /** With jitter: a restarted server is not met by everybody in the same moment. @param {number} code */
  #delay(code) {
    if (code === 4408) return 0;
    if (code === goingAway) return firstDelay + Math.random() * restartSpread;
    const bound = Math.min(longestDelay, firstDelay * 2 ** this.#attempts);
    return bound / 2 + Math.random() * (bound / 2);
  }

  /** Forgets the socket before closing it, so that its late events are not heard. */
  #drop() {
    clearTimeout(this.#pingTimer);
    clearTimeout(this.#deadlineTimer);
    const socket = this.#socket;
    this.#socket = null;
    socket?.close();
  }

  /** @param {ConnectionState} state */
  #enter(state) {
    if (this.state === state) return;
    this.state = state;
    this.#onState(state);
  }
}
