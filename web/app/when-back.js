// @ts-check
/** What could not be had for want of a connection is asked for again as soon as there is one, without being told to. */

/**
 * @param {import('./app.js').App} app @param {() => boolean} hasFailed @param {() => void} again @param {AbortSignal} signal
 */
export function whenBack(app, hasFailed, again, signal) {
  const tryAgain = () => {
    if (app.connection.state === 'live' && hasFailed()) again();
  };
  app.store.subscribe('connection', tryAgain, signal);
  // A short gap may fail a request and leave the socket as it was.
  addEventListener('online', tryAgain, { signal });
}
