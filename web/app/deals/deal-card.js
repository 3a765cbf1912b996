// @ts-check
/** A deal in few words: title, value, stage, close date, owner. */
import { paintAvatar } from '../avatar.js';
import { View, setAttribute, setText } from '../dom.js';
import { t } from '../i18n.js';
import { formatShortDate } from '../tasks/due.js';
import { formatMoney } from './money.js';

export class DealCard extends View {
  /** @param {any} deal */
  constructor(deal) {
    super('deal-card');
    this.update(deal);
  }

  /** @param {any} deal */
  update(deal) {
    const { link, title, value, dot, stage, close, closeText, overdue, status, owner } = this.parts;
    this.root.dataset.deal = String(deal.id);
    link.setAttribute('href', `#/deals/${deal.id}`);
    setText(title, deal.title);
    setText(value, formatMoney(deal.value));
    dot.style.setProperty('--stage', deal.stage.color);
    setText(stage, deal.stage.name);
    close.hidden = deal.forecastedCloseOn === null;
    if (deal.forecastedCloseOn) setText(closeText, formatShortDate(deal.forecastedCloseOn));
    close.classList.toggle('is-overdue', deal.overdue);
    overdue.hidden = !deal.overdue;
    status.hidden = deal.status === 'open';
    setText(status, t(`deal.status.${deal.status}`));
    paintAvatar(owner, deal.owner.name);
    setAttribute(owner, 'aria-label', t('deal.ownedBy', { name: deal.owner.name }));
    owner.title = deal.owner.name;
  }
}
