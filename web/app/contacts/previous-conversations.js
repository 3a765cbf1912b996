// @ts-check
/** The person's other conversations; each opens. */
import { View, setText } from '../dom.js';
import { formatAgo, formatDateTime, formatNumber, t } from '../i18n.js';

export class PreviousConversations extends View {
  constructor() {
    super('previous-conversations');
  }

  /** @param {{previous: any[], previousTotal: number}} panel */
  show({ previous, previousTotal }) {
    const { list, total, more } = this.parts;
    this.root.hidden = previous.length === 0;
    setText(total, formatNumber(previousTotal));
    more.hidden = previousTotal <= previous.length;
    setText(more, t('panel.more', { count: previousTotal - previous.length }));
    list.replaceChildren(...previous.map((conversation) => {
      const { root, parts } = new View('previous-conversation');
      parts.link.href = `#/conversations/${conversation.id}`;
      setText(parts.text, conversation.lastText || t('panel.noMessage'));
      setText(parts.status, t(`panel.status.${conversation.status}`));
      setText(parts.time, formatAgo(conversation.lastAt));
      parts.time.dateTime = new Date(conversation.lastAt).toISOString();
      parts.time.title = formatDateTime(conversation.lastAt);
      return root;
    }));
  }
}
