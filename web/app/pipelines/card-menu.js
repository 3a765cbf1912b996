// @ts-check
/** What one can do with a card without dragging it: to another stage, won, lost. */
import { clone, setText } from '../dom.js';
import { t } from '../i18n.js';

export class CardMenu {
  #board;
  #menu;
  #app;

  /** @param {import('./board.js').Board} board @param {HTMLElement} menu a popover @param {import('../app.js').App} app */
  constructor(board, menu, app) {
    this.#board = board;
    this.#menu = menu;
    this.#app = app;
    menu.addEventListener('keydown', (event) => this.#key(event));
  }

  /** @param {HTMLElement} button @param {any} deal */
  open(button, deal) {
    if (!deal) return;
    const items = this.#board.isEditable ? this.#changes(deal) : [];
    items.push(this.#item(t('deal.open'), null, () => this.#app.router.go(`/deals/${deal.id}`)));
    this.#menu.replaceChildren(...items);
    this.#menu.showPopover();
    this.#stand(button);
    /** @type {HTMLElement} */ (this.#menu.querySelector('.menu-item')).focus();
    this.#menu.addEventListener('toggle', (event) => {
      if (/** @type {ToggleEvent} */ (event).newState === 'closed' && button.isConnected) button.focus();
    }, { once: true });
  }

  /** @param {any} deal @returns {HTMLElement[]} */
  #changes(deal) {
    const items = this.#board.state.columns.filter(({ stage }) => stage.id !== deal.stage.id)
      .map(({ stage }) => this.#item(t('board.moveTo', { stage: stage.name }), stage.color, () => this.#move(deal, stage.id)));
    items.push(document.createElement('hr'));
    items.at(-1)?.classList.add('menu-separator');
    if (deal.status !== 'open') items.push(this.#item(t('deal.reopen'), null, () => void this.#board.reopen(deal)));
    if (deal.status === 'open') {
      for (const status of /** @type {const} */ (['won', 'lost'])) {
        items.push(this.#item(t(`board.mark.${status}`), null, () => void this.#board.close(deal, status)));
      }
    }
    return items;
  }

  /** @param {any} deal @param {number} stageID */
  #move(deal, stageID) {
    const view = this.#board.columnView(stageID);
    void this.#board.move(deal, stageID, view?.isSorted ? view.naturalPlace(deal) : null);
  }

  /** @param {string} text @param {string|null} color @param {() => void} run @returns {HTMLElement} */
  #item(text, color, run) {
    const { root, parts } = clone('card-menu-item');
    setText(parts.text, text);
    parts.dot.hidden = color === null;
    if (color) parts.dot.style.setProperty('--stage', color);
    root.addEventListener('click', () => {
      this.#menu.hidePopover();
      run();
    });
    return root;
  }

  /** Below the button, or above it when there is no room; never out of the window. @param {HTMLElement} button */
  #stand(button) {
    const from = button.getBoundingClientRect();
    const { width, height } = this.#menu.getBoundingClientRect();
    const left = Math.max(8, Math.min(from.right - width, innerWidth - width - 8));
    const top = from.bottom + 4 + height > innerHeight ? Math.max(8, from.top - height - 4) : from.bottom + 4;
    this.#menu.style.setProperty('left', `${left}px`);
    this.#menu.style.setProperty('top', `${top}px`);
  }

  /** @param {KeyboardEvent} event */
  #key(event) {
    if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return;
    event.preventDefault();
    const items = /** @type {HTMLElement[]} */ ([...this.#menu.querySelectorAll('.menu-item')]);
    const at = items.indexOf(/** @type {HTMLElement} */ (document.activeElement));
    items.at((at + (event.key === 'ArrowDown' ? 1 : -1) + items.length) % items.length)?.focus();
  }
}
