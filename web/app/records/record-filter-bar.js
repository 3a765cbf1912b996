// @ts-check
/** The filters of a list of contacts or accounts: a panel of them, and a chip for each that is on. */
import { agentsByName } from '../deals/rights.js';
import { View, clone, setText } from '../dom.js';
import { FieldFilter, fieldChips, fieldConditions } from '../fields/field-filter.js';
import { t } from '../i18n.js';
import { formatShortDate } from '../tasks/due.js';

/** What the panel has a control for, in the order of the chips. */
const names = {
  contacts: ['owner', 'deals', 'conversations', 'talkedFrom', 'talkedTo', 'createdFrom', 'createdTo'],
  accounts: ['owner', 'deals', 'createdFrom', 'createdTo'],
};

/** Two parameters that are one range. */
const ranges = { talked: ['talkedFrom', 'talkedTo'], created: ['createdFrom', 'createdTo'] };

export class RecordFilterBar extends View {
  #app;
  #kind;
  #parts;
  #onChange;
  #fields;
  /** @type {Record<string, string>} */
  #values = {};
  /** A contact bears all of them. @type {string[]} */
  #tags = [];

  /**
   * @param {import('../app.js').App} app @param {"contacts"|"accounts"} kind
   * @param {Record<string, any>} parts of the list @param {() => void} onChange
   */
  constructor(app, kind, parts, onChange) {
    super('record-filter');
    this.#app = app;
    this.#kind = kind;
    this.#parts = parts;
    this.#onChange = onChange;
    this.#fields = new FieldFilter(app.store, this.#record);
    for (const element of this.root.querySelectorAll('[data-of="contacts"]')) {
      /** @type {HTMLElement} */ (element).hidden = kind !== 'contacts';
    }
  }

  /** @returns {"contact"|"account"} */
  get #record() {
    return this.#kind === 'contacts' ? 'contact' : 'account';
  }

  connected() {
    const { filter } = this.#parts;
    const panel = /** @type {HTMLFormElement} */ (this.root);
    this.#fields.connect(panel);
    this.#app.store.subscribe('fields', () => this.#fields.show(this.#values), this.signal);
    this.listen(filter, 'click', () => this.#open());
    this.listen(panel, 'change', () => this.#read());
    this.listen(panel, 'submit', (event) => {
      event.preventDefault();
      panel.hidePopover();
    });
    this.listen(panel, 'toggle', (event) => filter.setAttribute('aria-expanded', String(event.newState === 'open')));
    this.signal.addEventListener('abort', () => this.#fields.disconnect());
  }

  /** As the address shows them. @returns {[string, string][]} */
  get entries() {
    const tags = this.#tags.map((tag) => /** @type {[string, string]} */ (['tag', tag]));
    return [...tags, ...Object.entries(this.#values).filter(([, value]) => value !== '')];
  }

  /** As the server is asked. @returns {import('../api.js').Query} */
  get query() {
    const values = Object.fromEntries(Object.entries(this.#values).filter(([, value]) => value !== ''));
    return this.#tags.length > 0 ? { ...values, tag: this.#tags } : values;
  }

  /** Has them bear one more. @param {string} tag */
  addTag(tag) {
    if (!this.#tags.includes(tag)) this.#take({}, [...this.#tags, tag]);
  }

  /** Takes what the address says. @param {URLSearchParams} query */
  show(query) {
    const own = names[this.#kind].map((name) => [name, query.get(name) ?? '']);
    this.#tags = this.#kind === 'contacts' ? query.getAll('tag') : [];
    this.#values = { ...Object.fromEntries(own), ...fieldConditions(query, this.#app.store.fieldsOf(this.#record)) };
    this.#showChips();
  }

  /** @returns {Record<string, any>} */
  get #controls() {
    return Object.fromEntries([...(/** @type {HTMLFormElement} */ (this.root)).elements]
      .map((control) => [/** @type {HTMLInputElement} */ (control).name, control]));
  }

  #open() {
    const controls = this.#controls;
    const agents = agentsByName(this.#app.store);
    controls.owner.replaceChildren(new Option(t('filter.owner.any'), ''), new Option(t('account.owner.none'), '0'),
      ...agents.map(({ id, name }) => new Option(name, String(id))));
    for (const name of names[this.#kind]) controls[name].value = this.#values[name] ?? '';
    this.#fields.show(this.#values);
    this.root.showPopover();
    const from = this.#parts.filter.getBoundingClientRect();
    const { width } = this.root.getBoundingClientRect();
    this.root.style.setProperty('left', `${Math.max(8, Math.min(from.left, innerWidth - width - 8))}px`);
    this.root.style.setProperty('top', `${from.bottom + 6}px`);
    controls.owner.focus();
  }

  #read() {
    const controls = this.#controls;
    const own = Object.fromEntries(names[this.#kind].map((name) => [name, controls[name].value]));
    const { values, isFaulty } = this.#fields.read();
    if (!isFaulty) this.#take({ ...own, ...values });
  }

  /** @param {Record<string, string>} changes @param {string[]} [tags] */
  #take(changes, tags = this.#tags) {
    this.#values = { ...this.#values, ...changes };
    this.#tags = tags;
    this.#showChips();
    this.#onChange();
  }

  /** @returns {{text: string, removes: string[], tags?: string[]}[]} */
  get #chips() {
    const values = this.#values;
    const chips = [];
    for (const tag of this.#tags) {
      const text = t('filter.chip', { label: t('records.filter.tag'), value: tag });
      chips.push({ text, removes: [], tags: this.#tags.filter((each) => each !== tag) });
    }
    if (values.owner) {
      const name = values.owner === '0' ? t('account.owner.none') : this.#app.store.agentName(Number(values.owner));
      chips.push({ text: t('filter.chip', { label: t('account.owner'), value: name }), removes: ['owner'] });
    }
    for (const name of ['deals', 'conversations']) {
      if (values[name]) chips.push({ text: t(`records.filter.${name}.${values[name]}`), removes: [name] });
    }
    for (const [name, [from, to]] of Object.entries(ranges)) {
      if (!values[from] && !values[to]) continue;
      const key = values[from] && values[to] ? 'filter.between' : values[from] ? 'filter.atLeast' : 'filter.atMost';
      const date = (/** @type {string} */ on) => on ? formatShortDate(on) : '';
      const text = t(key, { label: t(`records.filter.${name}`), from: date(values[from]), to: date(values[to]) });
      chips.push({ text, removes: [from, to] });
    }
    const { session } = this.#app.store;
    return [...chips, ...fieldChips(values, this.#app.store.fieldsOf(this.#record), session.workspace.defaultCurrency)];
  }

  #showChips() {
    const { chips: list, filterCount } = this.#parts;
    const chips = this.#chips;
    const hadFocus = list.contains(document.activeElement);
    list.hidden = chips.length === 0;
    filterCount.hidden = chips.length === 0;
    setText(filterCount, String(chips.length));
    const items = chips.map(({ text, removes, tags }) => {
      const { root, parts } = clone('record-chip');
      setText(parts.text, text);
      parts.remove.setAttribute('aria-label', t('filter.remove', { filter: text }));
      parts.remove.addEventListener('click', () => this.#take(Object.fromEntries(removes.map((name) => [name, ''])), tags));
      return root;
    });
    if (chips.length > 1) {
      const { root, parts } = clone('record-clear');
      const all = Object.fromEntries(chips.flatMap(({ removes }) => removes).map((name) => [name, '']));
      parts.clear.addEventListener('click', () => this.#take(all, []));
      items.push(root);
    }
    list.replaceChildren(...items);
    if (hadFocus) (list.querySelector('button') ?? this.#parts.filter).focus();
  }
}
