// @ts-check
/** A name that is taken already: says so, and leads to what has it. */
import { errorText } from '../i18n.js';
import { explainExisting } from '../records/existing.js';

/** @param {any} error @param {"groups"|"fields"} section of the settings @returns {Record<string, Node>} by the form's fields */
export function takenName({ fields, details }, section) {
  const { existing } = details ?? {};
  if (!existing) return {};
  return { name: explainExisting(errorText({ code: fields.name }), existing.name, `#/settings/${section}/${existing.id}`) };
}
