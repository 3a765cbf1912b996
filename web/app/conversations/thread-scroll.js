// @ts-check
/**
 * The scrolling stretch of a thread: keeps entries as elements by key, and what is read where it is, whatever comes
 * above or below. At its end it stays at the end.
 */
import { EntryView } from './entry-view.js';

/** Nearer to the end than this counts as at the end. */
const nearEnd = 40;
const farFromEnd = 320;
/** Nearer to an edge than this, the next page is asked for. */
const edge = 800;

export class ThreadScroll {
  isAtEnd = true;

  /** @type {Map<string, EntryView>} */
  #views = new Map();
  /** The highest number shown so far; null before the first showing. @type {number|null} */
  #newest = null;
  #scroller;
  #entries;
  #edges;
  #store;
  #callbacks;
  /** @type {{hasEarlier: boolean, hasLater: boolean, loading: string|null, error: any}|null} */
  #thread = null;

  /**
   * @param {Record<string, any>} parts of the thread's template
   * @param {import('../store.js').Store} store
   * @param {AbortSignal} signal
   * @param {{onMove: () => void, onEarlier: () => void, onLater: () => void}} callbacks
   */
  constructor({ scroller, entries, earlier, later }, store, signal, callbacks) {
    this.#scroller = /** @type {HTMLElement} */ (scroller);
    this.#entries = /** @type {HTMLElement} */ (entries);
    this.#edges = { earlier, later };
    this.#store = store;
    this.#callbacks = callbacks;
    scroller.addEventListener('scroll', () => this.#moved(), { signal, passive: true });
    const observer = new ResizeObserver(() => {
      if (this.isAtEnd) this.toEnd();
    });
    observer.observe(scroller);
    observer.observe(entries);
    signal.addEventListener('abort', () => observer.disconnect());
  }

  get #distance() {
    const { scrollHeight, scrollTop, clientHeight } = this.#scroller;
    return scrollHeight - scrollTop - clientHeight;
  }

  get isFarFromEnd() {
    return this.#distance > farFromEnd;
  }

  /** The number of the last message of which the beginning is in view; 0 for none. */
  get lastNumberInView() {
    const bottom = this.#scroller.getBoundingClientRect().bottom - 24;
    let number = 0;
    for (const view of [...this.#views.values()].reverse()) {
      if (!view.number) continue;
      number = view.number;
      if (view.root.getBoundingClientRect().top < bottom) return number;
    }
    return number;
  }

  /** @param {import('./entries.js').Entry[]} entries @param {any} conversation @param {any} thread */
  show(entries, conversation, thread) {
    this.#thread = thread;
    const anchor = this.isAtEnd && !thread.hasLater ? null : this.#anchor();
    this.#edges.earlier.hidden = thread.loading !== 'earlier';
    this.#edges.later.hidden = thread.loading !== 'later';
    this.#reconcile(entries, conversation);
    if (anchor) this.#scroller.scrollTop += anchor.view.root.getBoundingClientRect().top - anchor.top;
    else if (this.isAtEnd) this.toEnd();
    this.#reachEdges();
  }

  /** @param {import('./entries.js').Entry[]} entries @param {any} conversation */
  #reconcile(entries, conversation) {
    /** @type {Map<string, EntryView>} */
    const next = new Map();
    let place = this.#entries.firstElementChild;
    for (const entry of entries) {
      const known = this.#views.get(entry.key);
      const view = known ?? new EntryView(entry, this.#store);
      // Only what is new at the end arrives with a motion; pages of history are simply there.
      if (!known && this.isAtEnd && this.#isNewest(entry)) view.root.dataset.fresh = '';
      this.#views.delete(entry.key);
      next.set(entry.key, view);
      view.fill(entry, conversation);
      if (view.root === place) place = place.nextElementSibling;
      else this.#entries.insertBefore(view.root, place);
    }
    for (const view of this.#views.values()) view.root.remove();
    this.#views = next;
    this.#newest = Math.max(this.#newest ?? 0, ...[...next.values()].map(({ number }) => number ?? 0));
  }

  /** @param {import('./entries.js').Entry} entry */
  #isNewest({ kind, number, state }) {
    return this.#newest !== null && kind === 'message' && (number > this.#newest || state === 'sending');
  }

  /** The first entry in view that stays, and where it stands. */
  #anchor() {
    const top = this.#scroller.getBoundingClientRect().top;
    for (const view of this.#views.values()) {
      if (!view.number) continue;
      const box = view.root.getBoundingClientRect();
      if (box.bottom > top) return { view, top: box.top };
    }
    return null;
  }

  /** @param {{smooth?: boolean}} [options] */
  toEnd({ smooth = false } = {}) {
    const calm = matchMedia('(prefers-reduced-motion: reduce)').matches;
    this.#scroller.scrollTo({ top: this.#scroller.scrollHeight, behavior: smooth && !calm ? 'smooth' : 'instant' });
  }

  /** From now on the end is followed. */
  stickToEnd() {
    this.isAtEnd = true;
    this.toEnd();
  }

  /** Brings a message into view and lights it up for a moment. @param {number} number @returns {boolean} whether it is there */
  reveal(number) {
    const view = [...this.#views.values()].find((each) => each.number >= number && each.number > 0);
    if (!view) return false;
    view.root.scrollIntoView({ block: 'center' });
    view.root.classList.remove('entry-hit');
    void view.root.offsetWidth;
    view.root.classList.add('entry-hit');
    this.#update();
    return true;
  }

  /** Brings what is new into view, with a little of what came before. @returns {boolean} whether there is a divider */
  revealDivider() {
    const divider = this.#views.get('divider');
    if (!divider) return false;
    const top = divider.root.getBoundingClientRect().top - this.#scroller.getBoundingClientRect().top;
    this.#scroller.scrollTop += top - this.#scroller.clientHeight / 4;
    this.#update();
    return true;
  }

  #moved() {
    this.#update();
    this.#reachEdges();
    this.#callbacks.onMove();
  }

  #update() {
    this.isAtEnd = this.#distance < nearEnd && !this.#thread?.hasLater;
  }

  #reachEdges() {
    const thread = this.#thread;
    if (!thread || thread.loading || thread.error) return;
    if (thread.hasEarlier && this.#scroller.scrollTop < edge) this.#callbacks.onEarlier();
    else if (thread.hasLater && this.#distance < edge) this.#callbacks.onLater();
  }
}
