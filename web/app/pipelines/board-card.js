// @ts-check
/** A deal on the board: what it is, whose, how much, what comes next, and how long it has stood where it stands. */
import { paintAvatar } from '../avatar.js';
import { View, setAttribute, setText } from '../dom.js';
import { formatDay, t } from '../i18n.js';
import { formatMoney } from '../deals/money.js';
import { formatDue, formatShortDate } from '../tasks/due.js';

export class BoardCard extends View {
  deal;

  /** @param {any} deal @param {any} workspace */
  constructor(deal, workspace) {
    super('board-card');
    this.deal = null;
    this.update(deal, workspace);
  }

  get link() {
    return /** @type {HTMLElement} */ (this.parts.link);
  }

  /** @param {any} deal @param {any} workspace */
  update(deal, workspace) {
    if (this.deal === deal) return;
    this.deal = deal;
    const { link, people, value, owner, status, closing, closingText } = this.parts;
    this.root.dataset.deal = String(deal.id);
    link.setAttribute('href', `#/deals/${deal.id}`);
    setText(link, deal.title);
    setText(people, [deal.contact && (deal.contact.name || deal.contact.email), deal.account?.name].filter(Boolean).join(' · '));
    people.hidden = people.textContent === '';
    setText(value, formatMoney(deal.value));
    status.hidden = deal.status === 'open';
    setText(status, t(`deal.status.${deal.status}`));
    status.dataset.status = deal.status;
    paintAvatar(owner, deal.owner.name);
    owner.title = t('deal.ownedBy', { name: deal.owner.name });
    setAttribute(owner, 'aria-label', owner.title);
    closing.hidden = !deal.overdue;
    if (deal.overdue) setText(closingText, t('board.closeMissed', { date: formatShortDate(deal.forecastedCloseOn) }));
    this.#showTask(deal.nextTask, workspace.timeZone);
    this.#showAge(deal);
  }

  /** @param {any} task @param {string} timeZone */
  #showTask(task, timeZone) {
    const { task: line, taskText, taskWhen, taskLate } = this.parts;
    line.hidden = !task;
    if (!task) return;
    setText(taskText, task.title);
    setText(taskWhen, formatDue(task, timeZone));
    line.classList.toggle('is-overdue', task.overdue);
    taskLate.hidden = !task.overdue;
  }

  /** @param {any} deal */
  #showAge(deal) {
    const { age, ageText, ageWords, rotting } = this.parts;
    const days = Math.max(0, Math.floor((Date.now() - deal.stageEnteredAt) / 86_400_000));
    setText(ageText, t('board.age', { count: days }));
    const words = days === 0 ? t('board.age.today') : t('board.age.words', { count: days });
    setText(ageWords, words);
    age.title = words;
    age.hidden = deal.status !== 'open';
    rotting.hidden = !deal.rotting;
    this.root.classList.toggle('is-rotting', deal.rotting);
    if (deal.rotting) rotting.title = t('board.rotting.words', { day: formatDay(deal.lastActivityAt) });
  }
}
