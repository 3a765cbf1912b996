// @ts-check
/**
 * Where one is, by the fragment: `#/conversations/42?message=17`. The page itself is served at `/` only.
 * @typedef {{path: string[], query: URLSearchParams}} Route
 */

export class Router {
  /** @type {Route} */
  current = parse(location.hash);
  /** @type {Set<(route: Route) => void>} */
  #listeners = new Set();
  /** The address at which each list was looked at last. @type {Map<string, string>} */
  #lists = new Map();

  constructor() {
    addEventListener('hashchange', () => this.#changed());
  }

  /** @param {(route: Route) => void} listener @param {AbortSignal} signal */
  subscribe(listener, signal) {
    this.#listeners.add(listener);
    signal.addEventListener('abort', () => this.#listeners.delete(listener));
  }

  /** A list is looked at, as the address has it. @param {string} list such as `contacts` or `pipelines/1` */
  remember(list) {
    this.#lists.set(list, location.hash);
  }

  /** What leads back to a list, with the filters that it had. @param {string} list */
  recall(list) {
    return this.#lists.get(list) ?? `#/${list}`;
  }

  /** @param {string} path such as `/conversations/42` @param {{replace?: boolean}} [options] */
  go(path, { replace = false } = {}) {
    if (location.hash === `#${path}`) return;
    history[replace ? 'replaceState' : 'pushState'](null, '', `#${path}`);
    this.#changed();
  }

  #changed() {
    this.current = parse(location.hash);
    for (const listener of this.#listeners) listener(this.current);
  }
}

/** @param {string} hash @returns {Route} */
function parse(hash) {
  const [path, query = ''] = hash.replace(/^#\/?/, '').split('?');
  return { path: path.split('/').filter(Boolean).map(decodeSafely), query: new URLSearchParams(query) };
}

/** A hand-typed address may hold a stray percent sign. @param {string} part */
function decodeSafely(part) {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
