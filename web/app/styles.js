// @ts-check
/**
 * The stylesheets beside those of the inbox, which stand in its page: loaded with what they are for. Of two rules for one
 * element the later counts, so that each comes to its place here, in whichever order they are asked for.
 */
const names = [
  'deal-page', 'tasks', 'pipelines', 'records', 'fields', 'merges', 'imports', 'automations', 'automation-flow', 'views', 'reports',
  'settings', 'groups', 'session',
];
/** @type {Map<string, {link: HTMLLinkElement, load: Promise<void>}>} */
const sheets = new Map();

/** Has these stylesheets count; without names all of them, as a page wants that opens much else. @param {string[]} wanted */
export async function loadStyles(...wanted) {
  await Promise.all((wanted.length > 0 ? wanted : names).map((name) => (sheets.get(name) ?? add(name)).load));
}

/** @param {string} name */
function add(name) {
  const link = document.createElement('link');
  link.rel = 'stylesheet';
  link.href = `/styles/${name}.css`;
  const load = new Promise((resolve, reject) => {
    link.addEventListener('load', () => resolve());
    link.addEventListener('error', () => {
      link.remove();
      sheets.delete(name);
      reject(new Error(`styles: ${name}`));
    });
  });
  const next = names.slice(names.indexOf(name) + 1).find((later) => sheets.has(later));
  const sheet = { link, load };
  document.head.insertBefore(link, (next && sheets.get(next)?.link) ?? null);
  sheets.set(name, sheet);
  return sheet;
}
