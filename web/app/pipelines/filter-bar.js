// @ts-check
/** What one looks for: a search, a panel of filters, and a chip for each that is on. */
import { View, clone, setText } from '../dom.js';
import { t } from '../i18n.js';
import { currencyChoices, editableAmount, formatMoney, parseAmount } from '../deals/money.js';
import { FieldFilter, fieldChips } from '../fields/field-filter.js';
import { formatShortDate } from '../tasks/due.js';
import { DealFilter } from './deal-filter.js';
import { PartyFilter } from './party-filter.js';

/** A search begins when typing pauses. */
const pause = 250;

export class FilterBar extends View {
  #app;
  #parts;
  #onChange;
  #fields;
  #parties;
  #filter = new DealFilter({});
  /** @type {ReturnType<typeof setTimeout>|undefined} */
  #timer;

  /**
   * @param {import('../app.js').App} app @param {Record<string, any>} parts of the page
   * @param {(filter: DealFilter) => void} onChange
   */
  constructor(app, parts, onChange) {
    super('filter-panel');
    this.#app = app;
    this.#parts = parts;
    this.#onChange = onChange;
    this.#fields = new FieldFilter(app.store, 'deal');
    this.#parties = new PartyFilter(app, (changes) => this.#change(changes), () => this.#showChips());
  }

  connected() {
    const { search, clearSearch, filter } = this.#parts;
    const panel = /** @type {HTMLFormElement} */ (this.root);
    this.#fillChoices();
    this.#parties.connect(panel);
    this.#fields.connect(panel);
    this.#app.store.subscribe('fields', () => this.#fields.show(this.#filter.fields), this.signal);
    this.listen(search, 'input', () => {
      clearSearch.hidden = search.value === '';
      clearTimeout(this.#timer);
      this.#timer = setTimeout(() => {
        this.#timer = undefined;
        this.#change({ search: search.value });
      }, pause);
    });
    this.listen(search, 'keydown', (event) => {
      if (event.key === 'Escape' && search.value !== '') this.#clearSearch();
    });
    this.listen(clearSearch, 'click', () => this.#clearSearch());
    this.listen(filter, 'click', () => this.#open());
    this.listen(panel, 'change', () => this.#read());
    this.listen(panel, 'submit', (event) => {
      event.preventDefault();
      panel.hidePopover();
    });
    this.listen(panel, 'toggle', (event) => filter.setAttribute('aria-expanded', String(event.newState === 'open')));
    this.signal.addEventListener('abort', () => {
      clearTimeout(this.#timer);
      this.#fields.disconnect();
      this.#parties.disconnect();
    });
  }

  /** @param {DealFilter} filter */
  show(filter) {
    this.#filter = filter;
    const { search, clearSearch, filterCount } = this.#parts;
    // What is being typed stays, with a blank at its end; a link to something else shows that.
    const isTyped = this.#timer !== undefined || search.value.trim() === filter.get('search').trim();
    if (!(isTyped && document.activeElement === search)) search.value = filter.get('search');
    clearSearch.hidden = search.value === '';
    const set = this.#chips.filter(({ name }) => name !== 'search');
    filterCount.hidden = set.length === 0;
    setText(filterCount, String(set.length));
    this.#showChips();
  }

  #fillChoices() {
    const { owner, currency } = this.#controls;
    const { me, agents, session } = this.#app.store;
    const others = [...agents.values()].filter(({ id }) => id !== me.id).sort((a, b) => a.name.localeCompare(b.name));
    owner.replaceChildren(new Option(t('filter.owner.any'), ''), new Option(t('deal.owner.you', { name: me.name }), String(me.id)),
      ...others.map(({ id, name }) => new Option(name, String(id))));
    const { common, others: rest } = currencyChoices([session.workspace.defaultCurrency]);
    currency.replaceChildren(new Option(t('filter.currency.any'), ''),
      ...[...common, ...rest].map(({ code }) => new Option(code, code)));
  }

  /** @returns {Record<string, any>} */
  get #controls() {
    return Object.fromEntries([...(/** @type {HTMLFormElement} */ (this.root)).elements]
      .map((control) => [/** @type {HTMLInputElement} */ (control).name, control]));
  }

  #open() {
    const controls = this.#controls;
    for (const name of /** @type {const} */ (['owner', 'status', 'currency', 'closeFrom', 'closeTo'])) {
      controls[name].value = this.#filter.get(name);
    }
    controls.tag.value = '';
    const currency = this.#currency;
    for (const name of /** @type {const} */ (['valueFrom', 'valueTo'])) {
      controls[name].value = this.#filter.has(name) ? editableAmount({ minor: this.#filter.get(name), currency }) : '';
    }
    this.#parties.show(this.#filter);
    this.#fields.show(this.#filter.fields);
    this.parts.valueError.hidden = true;
    this.root.showPopover();
    this.#stand();
    controls.owner.focus();
    void this.#suggestTags();
  }

  #stand() {
    const from = this.#parts.filter.getBoundingClientRect();
    const { width } = this.root.getBoundingClientRect();
    this.root.style.setProperty('left', `${Math.max(8, Math.min(from.left, innerWidth - width - 8))}px`);
    this.root.style.setProperty('top', `${from.bottom + 6}px`);
  }

  async #suggestTags() {
    try {
      const { tags } = await this.#app.api.get('/api/tags', { signal: this.signal });
      this.parts.tags.replaceChildren(...tags.map((/** @type {string} */ tag) => new Option(tag)));
    } catch {
      // One may still type a tag.
    }
  }

  /** The currency that amounts are typed in. */
  get #currency() {
    return this.#filter.get('currency') || this.#app.store.session.workspace.defaultCurrency;
  }

  #read() {
    const controls = this.#controls;
    const currency = controls.currency.value || this.#app.store.session.workspace.defaultCurrency;
    /** @type {Record<string, any>} */
    const changes = { tags: [...this.#filter.tags, controls.tag.value] };
    let isFaulty = false;
    for (const name of ['owner', 'status', 'currency', 'closeFrom', 'closeTo']) changes[name] = controls[name].value;
    for (const name of ['valueFrom', 'valueTo']) {
      const text = controls[name].value.trim();
      const amount = parseAmount(text, currency);
      const isWrong = text !== '' && amount.problem !== undefined;
      isFaulty ||= isWrong;
      controls[name].setAttribute('aria-invalid', String(isWrong));
      changes[name] = amount.problem ? '' : String(amount.minor);
    }
    // An amount means nothing without its currency.
    if ((changes.valueFrom || changes.valueTo) && !changes.currency) controls.currency.value = changes.currency = currency;
    this.parts.valueError.hidden = !isFaulty;
    setText(this.parts.valueError, isFaulty ? t('error.deal.value.invalid') : '');
    const fields = this.#fields.read();
    if (isFaulty || fields.isFaulty) return;
    // It stands among the chips now; another may be typed.
    controls.tag.value = '';
    this.#change({ ...changes, ...fields.values });
  }

  #clearSearch() {
    const { search, clearSearch } = this.#parts;
    search.value = '';
    clearSearch.hidden = true;
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#change({ search: '' });
    search.focus();
  }

  /** @param {Record<string, any>} changes */
  #change(changes) {
    const filter = this.#filter.with(changes);
    if (filter.key !== this.#filter.key) this.#onChange(filter);
  }

  /** What each filter says, and what taking it away leaves empty; of the tags those that stay. @returns {{name: string, text: string, removes: string[], tags?: string[]}[]} */
  get #chips() {
    const filter = this.#filter;
    const chips = [];
    const one = (/** @type {any} */ name, /** @type {string} */ text) => {
      if (filter.has(name)) chips.push({ name, text, removes: [name] });
    };
    const status = filter.get('status');
    one('status', pair('filter.status', status === 'all' ? t('filter.status.all') : t(`deal.status.${status}`)));
    one('owner', pair('deal.owner', this.#app.store.agentName(Number(filter.get('owner')))));
    if (filter.has('valueFrom') || filter.has('valueTo')) {
      const currency = this.#currency;
      const money = (/** @type {any} */ name) => filter.has(name) ? formatMoney({ minor: filter.get(name), currency }) : '';
      const text = range(t('deal.value'), money('valueFrom'), money('valueTo'));
      chips.push({ name: 'value', text, removes: ['valueFrom', 'valueTo', 'currency'] });
    } else {
      one('currency', pair('deal.currency', filter.get('currency')));
    }
    if (filter.has('closeFrom') || filter.has('closeTo')) {
      const date = (/** @type {any} */ name) => filter.has(name) ? formatShortDate(filter.get(name)) : '';
      const text = range(t('table.close'), date('closeFrom'), date('closeTo'));
      chips.push({ name: 'close', text, removes: ['closeFrom', 'closeTo'] });
    }
    for (const tag of filter.tags) {
      chips.push({ name: 'tag', text: pair('filter.tag', tag), removes: [], tags: filter.tags.filter((each) => each !== tag) });
    }
    for (const [party, label] of /** @type {const} */ ([['contact', 'table.contact'], ['account', 'deal.account']])) {
      if (filter.has(party)) one(party, pair(label, this.#parties.nameOf(party, filter.get(party))));
    }
    const { session } = this.#app.store;
    return [...chips, ...fieldChips(filter.fields, this.#app.store.fieldsOf('deal'), session.workspace.defaultCurrency)];
  }

  #showChips() {
    const list = this.#parts.chips;
    const chips = this.#chips;
    const hadFocus = list.contains(document.activeElement);
    list.hidden = chips.length === 0;
    const items = chips.map(({ text, removes, tags }) => {
      const { root, parts } = clone('filter-chip');
      setText(parts.text, text);
      parts.remove.setAttribute('aria-label', t('filter.remove', { filter: text }));
      parts.remove.addEventListener('click', () => this.#change({ ...emptied(removes), ...tags && { tags } }));
      return root;
    });
    if (chips.length > 1) {
      const { root, parts } = clone('filter-clear');
      const all = { ...emptied(chips.flatMap(({ removes }) => removes)), tags: [] };
      parts.clear.addEventListener('click', () => this.#change(all));
      items.push(root);
    }
    list.replaceChildren(...items);
    if (hadFocus) (list.querySelector('button') ?? this.#parts.filter).focus();
  }
}

/** @param {string[]} names */
function emptied(names) {
  return Object.fromEntries(names.map((name) => [name, '']));
}

/** @param {string} label a key @param {string} value */
function pair(label, value) {
  return t('filter.chip', { label: t(label), value });
}

/** @param {string} label @param {string} from @param {string} to */
function range(label, from, to) {
  const key = from && to ? 'filter.between' : from ? 'filter.atLeast' : 'filter.atMost';
  return t(key, { label, from, to });
}
