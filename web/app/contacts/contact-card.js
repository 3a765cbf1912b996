// @ts-check
/** The contact that the person one is talking to is known as. */
import { View, setText } from '../dom.js';
import { formatDate, t } from '../i18n.js';
import { contactName } from './contact-kind.js';
import { Editable } from './editable.js';

export class ContactCard extends View {
  #jobTitle;

  /** @param {(changes: Record<string, string>) => Promise<void>} save */
  constructor(save) {
    super('contact-card');
    this.#jobTitle = new Editable({
      label: t('contact.jobTitle'),
      placeholder: t('contact.jobTitle.add'),
      maxLength: 100,
      className: 'editable-quiet',
      save: (jobTitle) => save({ jobTitle }),
    });
  }

  connected() {
    this.#jobTitle.connect(this.parts.jobTitle);
    this.signal.addEventListener('abort', () => this.#jobTitle.disconnect());
  }

  /** @param {any} contact */
  show(contact) {
    setText(this.parts.name, contactName(contact));
    this.parts.name.href = `#/contacts/${contact.id}`;
    setText(this.parts.since, t('panel.contact.since', { date: formatDate(contact.createdAt) }));
    this.#jobTitle.show(contact.jobTitle);
  }
}
