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

  constructor() {
    addEventListener('hashchange', () => this.#changed());
  }

  /** @param {(route: Route) => void} listener @param {AbortSignal} signal */
  subscribe(listener, signal) {
    this.#listeners.add(listener);
    signal.addEventListener('abort', () => this.#listeners.delete(listener));
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
