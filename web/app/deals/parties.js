// @ts-check
/** The people and the account of a deal, by the names that they have now. */

/**
 * A deal as it is after an event: with the new name where a contact or the account of it has changed, else the same object.
 * @param {any} deal @param {any} event
 */
export function withParties(deal, { type, contact, account }) {
  if (type === 'account.changed') {
    return deal.account?.id === account.id ? { ...deal, account: { ...deal.account, name: account.name } } : deal;
  }
  const { secondaryContacts } = deal;
  if (type !== 'contact.changed' || ![deal.contact, ...secondaryContacts].some((each) => each?.id === contact.id)) return deal;
  const { id, name, email } = contact;
  const asNow = (/** @type {any} */ each) => (each?.id === id ? { ...each, name, email } : each);
  return { ...deal, contact: asNow(deal.contact), secondaryContacts: secondaryContacts.map(asNow) };
}
