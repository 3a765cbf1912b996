// @ts-check
/** What automations tell this agent: shown as it comes, and kept behind the bell until it is read. */
import { toast } from '../announcer.js';
import { isAbort } from '../api.js';
import { View, clone, loadTemplates, setAttribute, setIcon, setText } from '../dom.js';
import { errorText, formatDateTime, formatRelative, t, useWords } from '../i18n.js';

await Promise.all([loadTemplates(import.meta.url), useWords('notifications')]);

/** Older than this, it came by replay: it is counted, but interrupts nobody. */
const freshFor = 60_000;
const icons = /** @type {Record<string, string>} */ ({ deal: 'deal', contact: 'user', conversation: 'message' });

export class Notifications extends View {
  #app;
  #bell;
  #unread = 0;
  /** @type {any[]} */
  #shown = [];
  /** @type {number|null} */
  #next = null;

  /** @param {import('../app.js').App} app @param {{button: HTMLElement, count: HTMLElement, countText: HTMLElement, text: HTMLElement}} bell */
  constructor(app, bell) {
    super('notifications');
    this.#app = app;
    this.#bell = bell;
  }

  connected() {
    const { button } = this.#bell;
    this.root.id = 'notifications';
    button.setAttribute('popovertarget', 'notifications');
    button.hidden = false;
    setAttribute(button, 'title', t('notifications.title'));
    this.listen(this.root, 'toggle', ({ newState }) => {
      button.setAttribute('aria-expanded', String(newState === 'open'));
      if (newState === 'open') void this.#open();
    });
    this.listen(this.parts.more, 'click', () => void this.#load(this.#next));
    this.listen(this.parts.retry, 'click', () => void this.#load(null));
    this.listen(this.parts.list, 'click', (event) => {
      if (event.target.closest('a')) this.root.hidePopover();
    });
    const { store, router } = this.#app;
    // Also one who goes back leaves it behind.
    router.subscribe(() => this.root.hidePopover(), this.signal);
    store.follow((event) => this.#receive(event), this.signal);
    store.subscribe('startOver', () => void this.#load(null), this.signal);
    store.subscribe('connection', () => {
      if (this.#app.connection.state === 'live' && !this.parts.failure.hidden) void this.#load(null);
    }, this.signal);
    void this.#load(null);
  }

  /** @param {any} event */
  #receive({ type, notification, unread }) {
    if (type !== 'notification.added' && type !== 'notifications.read') return;
    if (notification) {
      this.#shown = [notification, ...this.#shown.filter(({ id }) => id !== notification.id)];
      if (Date.now() - notification.createdAt < freshFor) this.#tell(notification);
    }
    this.#count(unread);
    this.#draw();
    if (notification && this.root.matches(':popover-open')) void this.#read();
  }

  /** @param {any} notification */
  #tell({ text, link }) {
    void toast(text, link ? { action: { label: t('notifications.open'), run: () => this.#app.router.go(pathOf(link)) } } : {});
  }

  async #open() {
    if (!this.parts.failure.hidden) await this.#load(null);
    await this.#read();
  }

  /** @param {number|null} before null: the newest */
  async #load(before) {
    try {
      const { notifications, next, unread } = await this.#app.api.get('/api/notifications', { query: { before }, signal: this.signal });
      this.#shown = before === null ? notifications : [...this.#shown, ...notifications];
      this.#next = next;
      this.#count(unread);
      this.parts.failure.hidden = true;
    } catch (/** @type {any} */ error) {
      if (isAbort(error)) return;
      this.parts.failure.hidden = false;
      setText(this.parts.failureText, errorText(error));
    }
    this.#draw();
  }

  /** What one has before one's eyes is read. */
  async #read() {
    const [newest] = this.#shown;
    if (!newest || this.#unread === 0) return;
    try {
      const { unread } = await this.#app.api.post('/api/notifications/read', { upTo: newest.id });
      this.#count(unread);
    } catch (error) {
      // They stay unread until the next look.
      console.warn(error);
    }
  }

  /** @param {number} unread */
  #count(unread) {
    this.#unread = unread;
    const { count, countText, text, button } = this.#bell;
    count.hidden = unread === 0;
    setText(countText, unread > 99 ? '99+' : String(unread));
    setText(text, unread === 0 ? t('notifications.title') : t('notifications.unread', { count: unread }));
    setAttribute(button, 'title', t('notifications.title'));
  }

  #draw() {
    const { list, empty, more, failure } = this.parts;
    list.replaceChildren(...this.#shown.map((notification) => {
      const { id, text, link, automation, createdAt, readAt } = notification;
      const { root, parts } = clone('notification');
      root.classList.toggle('is-unread', readAt === null);
      root.dataset.notification = String(id);
      setIcon(parts.icon, icons[link?.kind] ?? 'bell');
      if (link) parts.link.href = `#${pathOf(link)}`;
      setText(parts.link, text);
      setText(parts.automation, automation?.name ?? '');
      setText(parts.time, formatRelative(createdAt));
      parts.time.dateTime = new Date(createdAt).toISOString();
      parts.time.title = formatDateTime(createdAt);
      return root;
    }));
    empty.hidden = this.#shown.length > 0 || !failure.hidden;
    more.hidden = this.#next === null;
  }
}

/** @param {{kind: string, id: number}} link */
function pathOf({ kind, id }) {
  return `/${kind}s/${id}`;
}
