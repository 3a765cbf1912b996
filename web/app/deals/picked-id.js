// @ts-check
/** The id of what is picked, for who saves it by itself. */
import { newID } from '../api.js';
import { splitName } from './title-tags.js';

/**
 * What is to be created is created first. What there is by then, by its address or its name, is that record.
 * @param {import('../app.js').App} app @param {import('./record-picker.js').RecordKind} kind @param {string} path where such records are made
 * @param {import('./record-picker.js').RecordPicker} picker @returns {Promise<number|null>} null: none is picked
 */
export async function pickedID(app, kind, path, { value }) {
  if (value === null) return null;
  if ('id' in value) return value.id;
  const { name, email } = value.new;
  if (kind.asksForEmail && email === '') throw { code: 'deal.contact.email-required' };
  try {
    const body = kind.asksForEmail ? { email, ...splitName(name) } : { name };
    return (await app.api.post(path, body, { idempotencyKey: newID() })).id;
  } catch (/** @type {any} */ error) {
    if (error.details?.existing) return error.details.existing.id;
    throw error;
  }
}
