// @ts-check
/** The controls of what a report is about. They show what the route says, and change it. */
import { View } from '../dom.js';
import { presetRange, todayIn } from './periods.js';

export class ReportForm extends View {
  #app;
  #kind;
  #change;
  /** @type {import('./report-filter.js').ReportFilter|null} */
  #filter = null;

  /** @param {import('../app.js').App} app @param {import('./report-page.js').ReportKind} kind @param {(changes: Record<string, string>) => void} change */
  constructor(app, kind, change) {
    super('report-form');
    this.#app = app;
    this.#kind = kind;
    this.parts.unit.hidden = !kind.hasUnits;
    if (kind.needsPipeline) this.parts.everyPipeline.remove();
    this.#change = change;
  }

  get #controls() {
    return /** @type {any} */ (this.root).elements;
  }

  connected() {
    this.listen(this.root, 'change', (event) => this.#changed(event.target));
    this.listen(this.root, 'submit', (event) => event.preventDefault());
    for (const key of ['agents', 'pipelines']) this.#app.store.subscribe(key, () => this.#fillChoices(), this.signal);
    this.#fillChoices();
  }

  #fillChoices() {
    const { session, agents } = this.#app.store;
    const owners = [...agents.values()].map(({ id, name }) => /** @type {[number, string]} */ ([id, name]));
    fill(this.#controls.pipeline, this.#kind.needsPipeline ? 0 : 1, session.pipelines.map((/** @type {any} */ each) => [each.id, each.name]));
    fill(this.#controls.owner, 1, owners.sort((a, b) => a[1].localeCompare(b[1])));
    this.parts.pipelineField.hidden = session.pipelines.length < 2;
    if (this.#filter) this.show(this.#filter);
  }

  /** @param {import('./report-filter.js').ReportFilter} filter */
  show(filter) {
    this.#filter = filter;
    for (const name of /** @type {const} */ (['preset', 'from', 'to', 'by', 'pipeline', 'owner'])) this.#controls[name].value = filter[name];
    this.#controls.to.min = filter.from;
    this.#controls.from.max = filter.to;
  }

  /** @param {HTMLInputElement} control */
  #changed({ name, value }) {
    const { from, to } = this.#controls;
    if (name === 'preset' && value === 'custom') from.focus();
    else if (name === 'preset') this.#change(presetRange(value, todayIn(this.#app.store.session.workspace.timeZone)));
    else if (name !== 'from' && name !== 'to') this.#change({ [name]: value });
    // A day that is being typed is no day yet, and a range has an order.
    else if (from.value && to.value && from.value <= to.value) this.#change({ from: from.value, to: to.value });
  }
}

/** The choices, behind those that stay: “all”, where there is such a choice.
 * @param {HTMLSelectElement} select @param {number} kept @param {[number, string][]} choices */
function fill(select, kept, choices) {
  select.replaceChildren(...[...select.options].slice(0, kept), ...choices.map(([id, name]) => new Option(name, String(id))));
}
