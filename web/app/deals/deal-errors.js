// @ts-check
/** What is wrong with a deal before it is sent, in the codes that the server would answer with, all at once. */

/** The form's fields in reading order, by the names that errors have. */
export const fieldOrder = /** @type {const} */ ([
  'title', 'contact', 'account', 'value', 'currency', 'owner', 'forecastedCloseOn', 'pipeline', 'stage', 'description',
]);

/** @typedef {typeof fieldOrder[number]} DealField */

/**
 * @param {object} form
 * @param {import('./title-tags.js').TitlePart[]} form.titleParts
 * @param {ReturnType<typeof import('./money.js').parseAmount>} form.amount
 * @param {import('./record-picker.js').RecordPicker} form.contact
 * @param {import('./record-picker.js').RecordPicker} form.account
 * @param {boolean} form.requiresContact
 * @param {boolean} form.isCloseDateReadable
 * @returns {Partial<Record<DealField, string>>}
 */
export function dealErrors({ titleParts, amount, contact, account, requiresContact, isCloseDateReadable }) {
  /** @type {Partial<Record<DealField, string>>} */
  const errors = {};
  if (titleParts.every(({ kind, text }) => kind === 'text' && text.trim() === '')) errors.title = 'deal.title.required';
  else if (titleParts.some(({ kind }) => kind === 'unknown')) errors.title = 'deal.title.unknown-tag';
  if (amount.problem) errors.value = `deal.value.${amount.problem}`;
  const contactError = errorOfContact(contact, requiresContact);
  if (contactError) errors.contact = contactError;
  if (account.isUnresolved) errors.account = 'deal.account.unresolved';
  if (!isCloseDateReadable) errors.forecastedCloseOn = 'deal.forecastedCloseOn.invalid';
  return errors;
}

/** @param {import('./record-picker.js').RecordPicker} contact @param {boolean} isRequired */
function errorOfContact({ isUnresolved, state }, isRequired) {
  if (isUnresolved) return 'deal.contact.unresolved';
  if (state.created) {
    const email = state.created.email.trim();
    if (email === '') return 'deal.contact.email-required';
    return isEmail(email) ? null : 'deal.contact.email-invalid';
  }
  return isRequired && !state.chosen ? 'deal.contact.required' : null;
}

/** By the grammar that the browser, and the server, hold an address to. @param {string} text */
export function isEmail(text) {
  const probe = document.createElement('input');
  probe.type = 'email';
  probe.value = text;
  return text !== '' && probe.validity.valid;
}
