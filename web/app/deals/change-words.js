// @ts-check
/** A change of a deal in words: who, what, from, to. */
import { formatCalendarDate, formatList, hasText, t } from '../i18n.js';
import { formatField } from '../fields/field-value.js';
import { formatMoney } from './money.js';

/**
 * @typedef {object} Change
 * @property {string} field
 * @property {string|null} from JSON of the field's value
 * @property {string|null} to
 * @property {{id: number, name: string}|null} agent
 * @property {{id: number, name: string}|null} [automation] that did it in the agent's name
 */

/** @param {Change} change @param {number} me @returns {string} */
export function changeWords({ field, from, to, agent, automation }, me) {
  const who = automation ? automation.name : agent === null ? t('change.automation') : agent.id === me ? t('change.you') : agent.name;
  const before = valueText(field, read(from));
  const after = valueText(field, read(to));
  const label = field === 'field' ? read(to)?.name ?? '' : hasText(`change.label.${field}`) ? t(`change.label.${field}`) : field;
  const params = { who, from: before, to: after, label, outcome: read(to)?.outcome ?? '' };
  const is = (/** @type {string} */ key) => t(key, params);
  switch (field) {
    case 'created': return is('change.created');
    case 'description': return is('change.description');
    case 'status': return is(statusKey(read(to)));
    case 'note': return is(after === '' ? 'change.note.removed' : before === '' ? 'change.note.added' : 'change.note.changed');
    case 'conversation': return is(after === '' ? 'change.conversation.removed' : 'change.conversation.added');
    case 'task': return taskWords(is, before, after, read(to));
    default:
      if (after === '') return is('change.removed');
      return is(before === '' ? 'change.set' : 'change.changed');
  }
}

/** @param {(key: string) => string} is @param {string} before @param {string} after @param {any} task */
function taskWords(is, before, after, task) {
  if (after === '') return is('change.task.removed');
  if (task?.done) return is(task.outcome ? 'change.task.doneWith' : 'change.task.done');
  return is(before === '' ? 'change.task.added' : 'change.task.changed');
}

/** @param {any} value */
function statusKey(value) {
  const status = value?.status ?? value;
  return status === 'won' ? 'change.won' : status === 'lost' ? 'change.lost' : 'change.reopened';
}

/** @param {string|null} json a text that is no JSON is taken as it is */
function read(json) {
  if (json === null) return null;
  try {
    return JSON.parse(json);
  } catch {
    return json;
  }
}

/** @param {string} field @param {any} value @returns {string} empty: there is none */
function valueText(field, value) {
  if (value === null || value === '' || value === undefined) return '';
  if (Array.isArray(value)) return formatList(value.map((each) => valueText(field, each)));
  if (field === 'value' && typeof value.minor === 'number') return formatMoney(value);
  if (field === 'forecastedCloseOn' && /^\d{4}-\d\d-\d\d$/.test(value)) return formatCalendarDate(value);
  if (field === 'field') return fieldText(value);
  if (typeof value === 'object') return nameOf(value);
  return String(value);
}

/** A value of a field of one's own as the history names it: choices by their names. @param {any} mention */
function fieldText({ type, value }) {
  if (value === null) return '';
  if (type === 'choice') return value;
  return type === 'choices' ? formatList(value) : formatField({ type, choices: [] }, value);
}

/** A record's name, with its part in the deal. @param {any} value */
function nameOf({ name, title, email, text, reason, lostReason, role }) {
  const known = name || title || email || text || reason || lostReason || '';
  return role ? t('change.person', { name: known, role }) : known;
}
