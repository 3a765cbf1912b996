// @ts-check
/** The kinds of tasks in automations: the usual ones by their names in one's own language, and those of one's own as they were written. */
import { t } from '../i18n.js';

const usual = ['call', 'email', 'lunch', 'meeting'];

/** @param {string|null|undefined} kind as it is stored */
export function taskKindText(kind) {
  return usual.includes(kind ?? '') ? t(`task.kind.${kind}`) : kind ?? '';
}

/** @param {string} typed */
export function taskKindOf(typed) {
  return usual.find((kind) => taskKindText(kind) === typed.trim()) ?? typed;
}

/** @param {string[]} own @returns {import('./choices.js').Options} */
export function taskKindOptions(own) {
  return [...new Set([...usual, ...own])].map((kind) => [kind, taskKindText(kind)]);
}

/** Any kind may be typed. @param {string[]} own @returns {import('./setting-fields.js').Setting} */
export function taskKindSetting(own) {
  return { name: 'taskKind', type: 'text', label: t('automation.taskKind'), required: true, max: 50, offered: taskKindOptions(own).map(([, text]) => text) };
}
