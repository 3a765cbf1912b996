// @ts-check
/** The filters of deals by a contact and by an account: found as one types, and called by their names wherever they are on. */
import { accountKind } from '../accounts/account-kind.js';
import { contactKind, contactName } from '../contacts/contact-kind.js';
import { View, loadTemplates } from '../dom.js';
import { t } from '../i18n.js';
import { SuggestField } from '../records/suggest-field.js';

await loadTemplates(import.meta.url, '../records/templates.html');

/** @typedef {"contact"|"account"} Party */

const parties = /** @type {const} */ (['contact', 'account']);

export class PartyFilter extends View {
  #app;
  #onNamed;
  /** @type {Record<Party, SuggestField>} */
  #fields;
  /** `contact 5` → what they are called @type {Map<string, string>} */
  #names = new Map();

  /**
   * @param {import('../app.js').App} app @param {(changes: Partial<Record<Party, string>>) => void} onChange
   * @param {() => void} onNamed the name of one that is on has come
   */
  constructor(app, onChange, onNamed) {
    super('filter-parties');
    this.#app = app;
    this.#onNamed = onNamed;
    const field = (/** @type {Party} */ party, /** @type {string} */ label) => {
      const one = new SuggestField({
        name: party, label, find: (text, signal) => this.#find(party, text, signal), labelOf: (id) => this.#ask(party, id),
      }, () => onChange({ [party]: one.value }));
      return one;
    };
    this.#fields = { contact: field('contact', 'table.contact'), account: field('account', 'deal.account') };
  }

  connected() {
    for (const party of parties) this.#fields[party].connect(this.parts[party]);
    this.signal.addEventListener('abort', () => {
      for (const party of parties) this.#fields[party].disconnect();
    });
  }

  /** @param {import('./deal-filter.js').DealFilter} filter */
  show(filter) {
    for (const party of parties) void this.#fields[party].set(filter.get(party));
  }

  /** What the one is called that deals are filtered by; until that is known, that it is one. @param {Party} party @param {string} id */
  nameOf(party, id) {
    const known = this.#names.get(`${party} ${id}`);
    if (known === undefined) {
      this.#names.set(`${party} ${id}`, t(`filter.${party}`));
      // Without its name the filter says that it is one of them.
      this.#ask(party, id).then(() => this.root.isConnected && this.#onNamed(), () => {});
    }
    return known ?? t(`filter.${party}`);
  }

  /** @param {Party} party @param {string} id */
  async #ask(party, id) {
    const record = await this.#app.api.get(`/api/${party}s/${id}`);
    const name = party === 'contact' ? contactName(record) : record.name;
    this.#names.set(`${party} ${id}`, name);
    return name;
  }

  /** @param {Party} party @param {string} text @param {AbortSignal} signal */
  async #find(party, text, signal) {
    const kind = party === 'contact' ? contactKind(this.#app.api) : accountKind(this.#app.api);
    const found = await kind.search(text, signal);
    return found.map((record) => {
      const name = kind.describe(record).title;
      this.#names.set(`${party} ${record.id}`, name);
      // Two people may have one name; none has another's address.
      const label = party === 'contact' && name !== record.email ? `${name} · ${record.email}` : name;
      return { value: String(record.id), label };
    });
  }
}
