// @ts-check
/**
 * Personalization tags in a deal's title. The server resolves them when the deal is saved; here they are resolved by the
 * same rule, so that the form shows at every keystroke how the title will read.
 */

/** @typedef {{email: string, firstName: string, lastName: string, phone?: string, jobTitle?: string}} TagContact */
/** @typedef {{name: string, url?: string}} TagAccount */
/**
 * `text` of a tag is what it stands for, perhaps nothing; `label` says what that would be.
 * @typedef {{kind: 'text'|'tag'|'unknown', text: string, label?: string}} TitlePart
 */

/**
 * The tags there are, in the order of the menu, with what each stands for. `label` is a key of the catalogue.
 * @type {{name: string, label: string, value: (contact: TagContact|null, account: TagAccount|null) => string}[]}
 */
export const titleTags = [
  { name: 'FIRSTNAME', label: 'deal.tag.firstName', value: (contact) => contact?.firstName ?? '' },
  { name: 'LASTNAME', label: 'deal.tag.lastName', value: (contact) => contact?.lastName ?? '' },
  { name: 'FULLNAME', label: 'deal.tag.fullName', value: (contact) => fullName(contact) },
  { name: 'EMAIL', label: 'deal.tag.email', value: (contact) => contact?.email ?? '' },
  { name: 'PHONE', label: 'deal.tag.phone', value: (contact) => contact?.phone ?? '' },
  { name: 'CONTACT_JOBTITLE', label: 'deal.tag.jobTitle', value: (contact) => contact?.jobTitle ?? '' },
  { name: 'ACCT_NAME', label: 'deal.tag.accountName', value: (_, account) => account?.name ?? '' },
  { name: 'ACCT_URL', label: 'deal.tag.accountURL', value: (_, account) => account?.url ?? '' },
  // The form that is shown knows the day; in the menu it stands as it is written.
  { name: 'TODAY', label: 'deal.tag.today', value: () => '' },
];

/**
 * A title taken apart. A known tag is known in capitals and in small letters; another name is an unknown tag only in
 * capitals, so that “from 5%to 7%” stays what it is. A day may be so many days off: `%TODAY+3%`.
 * @param {string} title @param {TagContact|null} contact @param {TagAccount|null} account
 * @param {string} today `YYYY-MM-DD`, in the workspace's time zone
 * @returns {TitlePart[]}
 */
export function readTitle(title, contact, account, today) {
  /** @type {TitlePart[]} */
  const parts = [];
  const shape = /%(TODAY[+-]\d{1,4}|[A-Z][A-Z0-9_]*)%/iy;
  let text = '';
  for (let at = 0; at < title.length;) {
    shape.lastIndex = at;
    const name = shape.exec(title)?.[1];
    const day = /^TODAY([+-]\d+)?$/i.exec(name ?? '');
    const tag = name && titleTags.find((known) => known.name === (day ? 'TODAY' : name.toUpperCase()));
    if (!name || !(tag || name === name.toUpperCase())) {
      text += title[at];
      at += 1;
      continue;
    }
    if (text) parts.push({ kind: 'text', text });
    text = '';
    parts.push(tag ? { kind: 'tag', text: day ? addDays(today, Number(day[1] ?? 0)) : tag.value(contact, account), label: tag.label }
      : { kind: 'unknown', text: `%${name}%` });
    at = shape.lastIndex;
  }
  if (text) parts.push({ kind: 'text', text });
  return parts;
}

/** @param {string} date `YYYY-MM-DD` @param {number} days */
function addDays(date, days) {
  const moment = new Date(`${date}T00:00:00Z`);
  moment.setUTCDate(moment.getUTCDate() + days);
  return moment.toISOString().slice(0, 10);
}

/** @param {TagContact|null} contact */
function fullName(contact) {
  return [contact?.firstName, contact?.lastName].filter(Boolean).join(' ');
}

/**
 * A typed name in the two parts that contacts have: its first word, then all the rest, unless one part is as it was before.
 * @param {string} name @param {{firstName: string, lastName: string}} [before]
 */
export function splitName(name, before) {
  const words = name.trim().replace(/\s+/g, ' ');
  if (before?.firstName && words.startsWith(`${before.firstName} `)) {
    return { firstName: before.firstName, lastName: words.slice(before.firstName.length + 1) };
  }
  if (before?.lastName && words.endsWith(` ${before.lastName}`)) {
    return { firstName: words.slice(0, -before.lastName.length - 1), lastName: before.lastName };
  }
  const [firstName, ...rest] = words.split(' ');
  return { firstName, lastName: rest.join(' ') };
}
