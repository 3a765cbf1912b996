// @ts-check
/** One group: its name, its agents, what they may do in each pipeline, and its end. For owners. */
import { toast } from '../announcer.js';
import { View, loadTemplates, setText } from '../dom.js';
import { currentLocale, errorText, t, useWords } from '../i18n.js';
import { checkedIn, fillCheckList } from './check-list.js';
import { askWhereTo } from './move-dialog.js';
import { RightsTable, groupName } from './rights-table.js';
import { SettingsForm } from './settings-form.js';
import { takenName } from './taken.js';

await Promise.all([loadTemplates(import.meta.url, './group-templates.html'), useWords('groups')]);

export class GroupSettings extends View {
  #app;
  /** null: a new one @type {number|null} */
  #id;
  /** @type {any} */
  #group = null;
  /** @type {SettingsForm|null} */
  #form = null;
  /** @type {View|null} */
  #members = null;
  /** @type {RightsTable|null} */
  #rights = null;

  /** @param {import('../app.js').App} app @param {string} id `new`, or a group's */
  constructor(app, id) {
    super('settings-group');
    this.#app = app;
    this.#id = id === 'new' ? null : Number(id);
  }

  connected() {
    const { store } = this.#app;
    this.signal.addEventListener('abort', () => this.#clear());
    this.listen(this.parts.remove, 'click', () => void this.#remove());
    if (store.me.role !== 'owner') {
      setText(this.parts.heading, t('group.title'));
      this.parts.place.replaceChildren(new View('settings-denied').root);
    } else if (this.#id === null) {
      this.#showNew();
    } else {
      setText(this.parts.heading, t('group.title'));
      this.parts.place.replaceChildren(new View('settings-loading').root);
      for (const key of ['groups', 'pipelines', 'agents']) store.subscribe(key, () => void this.#load(), this.signal);
      void this.#load();
    }
  }

  #clear() {
    for (const view of [this.#form, this.#members, this.#rights]) view?.disconnect();
    this.#form = this.#members = this.#rights = null;
  }

  #showNew() {
    setText(this.parts.heading, t('group.new'));
    this.#showForm('group.add', async ({ name }) => {
      const group = await this.#app.api.post('/api/groups', { name: name.trim() });
      queueMicrotask(() => this.#app.router.go(`/settings/groups/${group.id}`, { replace: true }));
      return { name: group.name };
    });
    this.#form?.show({ name: '' });
  }

  /** @param {string|undefined} saveText @param {(values: Record<string, string>) => Promise<Record<string, string>>} save */
  #showForm(saveText, save) {
    this.#form = new SettingsForm({
      template: 'group-form',
      key: `group ${this.#id ?? 'new'}`,
      saveText,
      check: ({ name }) => name.trim() === '' ? { name: t('error.group.name.required') } : {},
      save,
      explain: (error) => takenName(error, 'groups'),
    });
    this.#form.connect(this.parts.place);
  }

  async #load() {
    const { signal } = this;
    try {
      const { groups } = await this.#app.api.get('/api/groups', { signal });
      const group = groups.find((/** @type {any} */ { id }) => id === this.#id);
      if (group) this.#show(group);
      else this.#app.router.go('/settings/groups', { replace: true });
    } catch (/** @type {any} */ error) {
      if (signal.aborted) return;
      // What is shown stays; a page that has nothing yet says why.
      if (this.#group) return;
      const { root, parts } = new View('settings-problem');
      setText(parts.text, errorText(error));
      parts.retry.addEventListener('click', () => void this.#load());
      this.parts.place.replaceChildren(root);
    }
  }

  /** @param {any} group */
  #show(group) {
    const isFirst = this.#group === null;
    this.#group = group;
    const { heading, lead, place, danger } = this.parts;
    setText(heading, groupName(group));
    lead.hidden = !group.isEveryone;
    setText(lead, t('group.everyone.lead'));
    danger.hidden = group.isEveryone;
    if (isFirst) {
      place.replaceChildren();
      if (!group.isEveryone) this.#showParts();
      this.#rights = new RightsTable({ title: t('group.rights'), hint: t('group.rights.hint'), corner: t('deal.pipeline') },
        (id, rights) => this.#save(() => this.#app.api.put(`/api/groups/${this.#id}/pipelines/${id}`, { rights })));
      this.#rights.connect(place);
    }
    this.#form?.show({ name: group.name });
    this.#showMembers();
    this.#showRights();
  }

  #showParts() {
    this.#showForm(undefined, async ({ name }) => {
      await this.#save(() => this.#app.api.patch(`/api/groups/${this.#id}`, { name: name.trim() }));
      return { name: this.#group.name };
    });
    const members = (this.#members = new View('group-members'));
    members.connect(this.parts.place);
    members.listen(members.parts.list, 'change', () => void this.#saveMembers());
  }

  #showMembers() {
    if (!this.#members) return;
    const { compare } = new Intl.Collator(currentLocale());
    const agents = [...this.#app.store.agents.values()].sort((a, b) => compare(a.name, b.name));
    fillCheckList(this.#members.parts.list, agents.map(({ id, name, role }) => ({
      id, name, isChecked: this.#group.members.includes(id), hasAvatar: true,
      badge: role === 'owner' ? t('team.role.owner') : undefined,
    })));
  }

  #showRights() {
    this.#rights?.show(this.#app.store.session.pipelines.map((/** @type {any} */ { id, name }) => ({
      id, name, href: `#/settings/pipelines/${id}`,
      rights: this.#group.grants.find((/** @type {any} */ { pipelineID }) => pipelineID === id)?.rights ?? [],
    })));
  }

  async #saveMembers() {
    const { status, list } = /** @type {View} */ (this.#members).parts;
    setText(status, '');
    try {
      await this.#save(() => this.#app.api.patch(`/api/groups/${this.#id}`, { members: checkedIn(list) }));
      setText(status, t('settings.saved'));
    } catch (/** @type {any} */ error) {
      void toast(errorText(error), { urgent: true });
      this.#showMembers();
    }
  }

  /** @param {() => Promise<any>} request answers the group as it is then */
  async #save(request) {
    this.#group = await request();
    setText(this.parts.heading, groupName(this.#group));
    this.#showRights();
  }

  async #remove() {
    const { api, router } = this.#app;
    const name = groupName(this.#group);
    try {
      if (await askWhereTo({ title: t('group.delete.title'), text: t('group.delete.text', { name }), pipelines: null }) === null) return;
      await api.delete(`/api/groups/${this.#id}`);
      void toast(t('group.deleted', { name }));
      router.go('/settings/groups', { replace: true });
    } catch (/** @type {any} */ error) {
      void toast(errorText(error), { urgent: true });
    }
  }
}
