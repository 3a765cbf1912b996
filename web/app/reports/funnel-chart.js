// @ts-check
/**
 * The funnel drawn: a bar a stage, as long as many deals entered it, divided by what became of them. One walks through the stages
 * by the arrow keys; each says its figures.
 */
import { formatMoney } from '../deals/money.js';
import { View, setText } from '../dom.js';
import { formatNumber, t } from '../i18n.js';
import { formatShare } from './figures.js';

/** @typedef {import('./funnel-page.js').Step} Step */

/** The parts of a bar, in their order. */
const parts = /** @type {const} */ (['onward', 'won', 'there', 'back', 'lost', 'away']);

export class FunnelChart extends View {
  /** @type {Step[]} */
  #steps = [];
  /** @type {HTMLElement[]} */
  #bars = [];
  /** The stage that Tab goes to. */
  #current = 0;
  #open;

  /** @param {(step: Step) => void} open shows the deals behind a stage */
  constructor(open) {
    super('funnel-chart');
    this.#open = open;
  }

  connected() {
    const { stages } = this.parts;
    this.listen(stages, 'keydown', (event) => this.#pressed(event));
    for (const type of ['pointerover', 'focusin']) this.listen(stages, type, (event) => this.#point(event.target));
    for (const type of ['pointerleave', 'focusout']) this.listen(stages, type, () => this.#unpoint());
    this.listen(stages, 'click', (event) => {
      const index = this.#indexOf(event.target);
      if (index < 0) return;
      this.#makeCurrent(index);
      this.#open(this.#steps[index]);
    });
  }

  /** @param {Step[]} steps @param {string} name */
  show(steps, name) {
    const { stages } = this.parts;
    const hadFocus = stages.contains(document.activeElement);
    this.#steps = steps;
    this.#current = Math.min(this.#current, steps.length - 1);
    stages.setAttribute('aria-label', name);
    const most = Math.max(1, ...steps.map(({ entry }) => entry.entered.count));
    this.#bars = steps.map((step, index) => this.#bar(step, index, most));
    stages.replaceChildren(...this.#bars);
    if (hadFocus) this.#bars[this.#current]?.focus({ preventScroll: true });
    this.#unpoint();
  }

  /** @param {Step} step @param {number} index @param {number} most */
  #bar({ stage, entry, share }, index, most) {
    const { root, parts: own } = new View('funnel-stage');
    root.tabIndex = index === this.#current ? 0 : -1;
    root.setAttribute('aria-label', words({ stage, entry, share }));
    setText(own.name, stage.name);
    own.dot.style.setProperty('--stage', stage.color);
    setText(own.count, formatNumber(entry.entered.count));
    setText(own.share, share === null ? '' : t('funnel.wentOn', { share: formatShare(share) }));
    own.bar.style.setProperty('--length', String(entry.entered.count / most));
    own.bar.replaceChildren(...parts.filter((name) => entry[name].count > 0).map((name) => {
      const part = document.createElement('i');
      part.className = `funnel-part funnel-${name}`;
      part.style.setProperty('--weight', String(entry[name].count));
      return part;
    }));
    return root;
  }

  /** @param {any} target */
  #indexOf(target) {
    return this.#bars.findIndex((bar) => bar.contains(target));
  }

  /** @param {number} index */
  #makeCurrent(index) {
    for (const [place, bar] of this.#bars.entries()) bar.tabIndex = place === index ? 0 : -1;
    this.#current = index;
  }

  /** @param {KeyboardEvent} event */
  #pressed(event) {
    const last = this.#bars.length - 1;
    /** @type {Record<string, number>} */
    const moves = { ArrowDown: Math.min(last, this.#current + 1), ArrowUp: Math.max(0, this.#current - 1), Home: 0, End: last };
    if (event.key in moves) {
      event.preventDefault();
      this.#makeCurrent(moves[event.key]);
      this.#bars[this.#current]?.focus();
    } else if (event.key === 'Escape') {
      this.parts.tip.hidden = true;
    }
  }

  /** Shows the figures of the stage that is pointed at. @param {any} target */
  #point(target) {
    const index = this.#indexOf(target);
    if (index < 0) return;
    const { entry, stage } = this.#steps[index];
    const { tip, tipName, tipFigures } = this.parts;
    setText(tipName, stage.name);
    tipFigures.replaceChildren(...parts.filter((name) => entry[name].count > 0).map((name) => {
      const { root, parts: own } = new View('funnel-figure');
      own.swatch.classList.add(`funnel-${name}`);
      setText(own.name, t(`funnel.${name}`));
      setText(own.value, t('funnel.figures', { count: formatNumber(entry[name].count), value: formatMoney({ minor: entry[name].minor, currency: entry.currency }) }));
      return root;
    }));
    tip.hidden = entry.entered.count === 0;
    // Below the stage, or above it where there is no room.
    const bar = this.#bars[index];
    const below = bar.offsetTop + bar.offsetHeight + 4;
    const fits = below + tip.offsetHeight <= this.root.clientHeight;
    tip.style.setProperty('--tip-top', `${fits ? below : Math.max(0, bar.offsetTop - tip.offsetHeight - 4)}px`);
  }

  #unpoint() {
    this.parts.tip.hidden = true;
    // Who is at the keyboard keeps the figures of where they are.
    const focused = document.activeElement;
    if (focused && this.parts.stages.contains(focused) && focused.matches(':focus-visible')) this.#point(focused);
  }
}

/** All that a stage says, for those who listen. @param {Step} step */
function words({ stage, entry, share }) {
  const { entered } = entry;
  const value = formatMoney({ minor: entered.minor, currency: entry.currency });
  const told = [t('funnel.stage.entered', { count: entered.count, value })];
  for (const name of parts) {
    if (entry[name].count > 0) told.push(t('funnel.stage.part', { name: t(`funnel.${name}`), count: formatNumber(entry[name].count) }));
  }
  if (share !== null) told.push(t('funnel.stage.share', { share: formatShare(share) }));
  return `${stage.name}: ${told.join(' ')}`;
}
