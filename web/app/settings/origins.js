// @ts-check
/** The addresses of websites, as one writes them: one a line. */

/**
 * @param {string} text
 * @returns {{origins: string[], faulty: {line: number, text: string}[]}} each origin once, as browsers name it
 */
export function readOrigins(text) {
  /** @type {Set<string>} */
  const origins = new Set();
  /** @type {{line: number, text: string}[]} */
  const faulty = [];
  text.split('\n').forEach((raw, index) => {
    const line = raw.trim();
    if (line === '') return;
    const origin = originOf(line);
    if (origin === null) faulty.push({ line: index + 1, text: line });
    else origins.add(origin);
  });
  return { origins: [...origins], faulty };
}

/** Of `www.example.com`, `https://www.example.com/shop`; a bare name is taken to be behind TLS. @param {string} text */
function originOf(text) {
  const address = /^[a-z][a-z0-9+.-]*:\/\//i.test(text) ? text : `https://${text}`;
  if (!URL.canParse(address)) return null;
  const { protocol, hostname, origin, username, password } = new URL(address);
  const isWeb = protocol === 'https:' || protocol === 'http:';
  const isHost = hostname === 'localhost' || hostname.includes('.') || hostname.startsWith('[');
  return isWeb && isHost && username === '' && password === '' && !hostname.includes('*') ? origin : null;
}
