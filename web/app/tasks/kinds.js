// @ts-check
/** The kinds of tasks: the usual ones by their names in one's own language, and those of one's own as they were written. */
import { t } from '../i18n.js';

/** The kinds that are offered, as they are stored. */
export const taskKinds = ['call', 'email', 'lunch', 'meeting'];

/** @param {string} kind what is one's own stands as it was written */
export function kindText(kind) {
  return taskKinds.includes(kind) ? t(`task.kind.${kind}`) : kind;
}
