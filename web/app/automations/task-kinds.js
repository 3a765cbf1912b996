// @ts-check
/** A kind of task as a step or a trigger has it: written as it is called, stored as it is known. */
import { t } from '../i18n.js';
import { kindText, taskKinds } from '../tasks/kinds.js';

/** @param {string|null|undefined} kind as it is stored */
export function taskKindText(kind) {
  return kindText(kind ?? '');
}

/** @param {string} typed */
export function taskKindOf(typed) {
  return taskKinds.find((kind) => taskKindText(kind) === typed.trim()) ?? typed;
}

/** @param {string[]} own @returns {import('./choices.js').Options} */
export function taskKindOptions(own) {
  return [...new Set([...taskKinds, ...own])].map((kind) => [kind, taskKindText(kind)]);
}

/** Any kind may be typed. @param {string[]} own @returns {import('./setting-fields.js').Setting} */
export function taskKindSetting(own) {
  return { name: 'taskKind', type: 'text', label: t('automation.taskKind'), required: true, max: 50, offered: taskKindOptions(own).map(([, text]) => text) };
}
