// @ts-check
/** The HTTP interface: JSON in and out, errors as values with codes, a deadline on everything. */

const deadline = 20_000;

/** A request that did not succeed. `code` is the server's, or `network.unreachable` or `network.timeout`. */
export class ApiError extends Error {
  /** @param {number} status 0 when there was no answer @param {Record<string, any>} body the answer's `error` object */
  constructor(status, body) {
    super(body.code);
    this.name = 'ApiError';
    this.status = status;
    /** @type {string} */
    this.code = body.code;
    /** Form fields at fault, by name, each with its code. @type {Record<string, string>} */
    this.fields = body.fields ?? {};
    /** Everything else that the error says, such as `existing` or `retryAfter`. @type {Record<string, any>} */
    this.details = body;
  }
}

/** Ids that this client makes: message `clientID`s and idempotency keys. 22 characters of base64url, 128 random bits. */
export function newID() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return btoa(String.fromCharCode(...bytes)).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
}

/** What a query says, by its parameters: of a list one each; null and undefined are left out. @typedef {Record<string, any>} Query */

/** @param {Query} query */
export function searchParams(query) {
  const params = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    for (const each of [value].flat()) if (each !== null && each !== undefined) params.append(name, String(each));
  }
  return params;
}

/**
 * @typedef {object} RequestOptions
 * @property {Query} [query]
 * @property {AbortSignal} [signal] aborting rejects with the signal's reason
 * @property {string} [idempotencyKey]
 */

export class Api {
  /** Called when the server no longer knows the session. @type {() => void} */
  onSignedOut = () => {};

  /** @param {string} path @param {RequestOptions} [options] @returns {Promise<any>} */
  get(path, options) {
    return this.#request('GET', path, undefined, options);
  }

  /** @param {string} path @param {unknown} body @param {RequestOptions} [options] @returns {Promise<any>} */
  post(path, body, options) {
    return this.#request('POST', path, body, options);
  }

  /** @param {string} path @param {unknown} body @param {RequestOptions} [options] @returns {Promise<any>} */
  patch(path, body, options) {
    return this.#request('PATCH', path, body, options);
  }

  /** @param {string} path @param {unknown} body @param {RequestOptions} [options] @returns {Promise<any>} */
  put(path, body, options) {
    return this.#request('PUT', path, body, options);
  }

  /** Octets as they are. @param {string} path @param {Blob} octets @param {RequestOptions} [options] @returns {Promise<any>} */
  putOctets(path, octets, options) {
    return this.#request('PUT', path, octets, options);
  }

  /** @param {string} path @param {RequestOptions} [options] @returns {Promise<any>} */
  delete(path, options) {
    return this.#request('DELETE', path, undefined, options);
  }

  /** @param {string} method @param {string} path @param {unknown} body @param {RequestOptions} options */
  async #request(method, path, body, { query = {}, signal, idempotencyKey } = {}) {
    const url = new URL(path, location.origin);
    url.search = searchParams(query).toString();
    /** @type {Record<string, string>} */
    const headers = { Accept: 'application/json' };
    // Every unsafe method bears the type, with or without a body: the server asks for it against forged forms.
    const isOctets = body instanceof Blob;
    if (method !== 'GET') headers['Content-Type'] = isOctets ? 'application/octet-stream' : 'application/json';
    if (idempotencyKey) headers['Idempotency-Key'] = idempotencyKey;

    const timeout = AbortSignal.timeout(deadline);
    let response, text;
    try {
      response = await fetch(url, {
        method, headers, credentials: 'same-origin',
        body: body === undefined || isOctets ? body : JSON.stringify(body),
        signal: signal ? AbortSignal.any([signal, timeout]) : timeout,
      });
      text = await response.text();
    } catch (error) {
      if (signal?.aborted) throw signal.reason;
      throw new ApiError(0, { code: timeout.aborted ? 'network.timeout' : 'network.unreachable' });
    }
    const answer = parsed(text);
    if (response.ok) return answer;
    const failure = new ApiError(response.status, answer?.error ?? { code: 'server.error' });
    if (failure.code === 'session.required') this.onSignedOut();
    throw failure;
  }
}

/** A proxy in front may answer with a page of its own: that is not JSON, and no reason to fail twice. @param {string} text */
function parsed(text) {
  if (!text) return null;
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/** Did the caller give up by itself? Such a rejection is not a failure to show. @param {unknown} error */
export function isAbort(error) {
  return error instanceof DOMException && error.name === 'AbortError';
}
