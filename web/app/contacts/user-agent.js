// @ts-check
/**
 * What a visitor’s `User-Agent` says, as a person would say it. Brands come before those they are built on, since each
 * claims to be its forebears as well.
 */
const browsers = [
  ['Edge', /\bEdg(?:e|A|iOS)?\/(\d+)/],
  ['Opera', /\b(?:OPR|Opera)\/(\d+)/],
  ['Samsung Internet', /\bSamsungBrowser\/(\d+)/],
  ['Vivaldi', /\bVivaldi\/(\d+)/],
  ['Firefox', /\b(?:Firefox|FxiOS)\/(\d+)/],
  ['Chrome', /\b(?:Chrome|CriOS|Chromium|HeadlessChrome)\/(\d+)/],
  ['Safari', /\bVersion\/(\d+)[\d.]* (?:Mobile\/\S+ )?Safari\//],
];

const systems = [
  ['iPadOS', /\biPad\b/],
  ['iOS', /\biPhone\b|\biPod\b/],
  ['Android', /\bAndroid\b/],
  ['ChromeOS', /\bCrOS\b/],
  ['Windows', /\bWindows\b/],
  ['macOS', /\bMac OS X\b|\bMacintosh\b/],
  ['Linux', /\bLinux\b|\bX11\b/],
];

/**
 * @param {string} userAgent
 * @returns {{browser: string, version: string, system: string}} each empty where nothing can be said.
 */
export function readUserAgent(userAgent) {
  for (const [name, pattern] of /** @type {[string, RegExp][]} */ (browsers)) {
    const match = userAgent.match(pattern);
    if (match !== null) return { browser: name, version: match[1], system: system(userAgent) };
  }
  return { browser: '', version: '', system: system(userAgent) };
}

function system(userAgent) {
  return String(systems.find(([, pattern]) => /** @type {RegExp} */ (pattern).test(userAgent))?.[0] ?? '');
}
