// @ts-check
/** Someone of the team; an owner changes their role and their groups where they stand. */
import { toast } from '../announcer.js';
import { paintAvatar } from '../avatar.js';
import { View, loadTemplates, setText } from '../dom.js';
import { errorText, formatList, t, useWords } from '../i18n.js';
import { checkedIn, fillCheckList } from './check-list.js';

await Promise.all([loadTemplates(import.meta.url), loadTemplates(import.meta.url, './group-templates.html'), useWords('groups')]);

export class TeamMember extends View {
  #app;
  #groups = new View('team-groups');
  /** @type {any} */
  #agent = null;

  /** @param {import('../app.js').App} app */
  constructor(app) {
    super('team-member');
    this.#app = app;
  }

  connected() {
    const { list } = this.#groups.parts;
    this.#groups.root.hidden = true;
    this.parts.text.append(this.#groups.root);
    this.listen(this.parts.roleChoice, 'change', () => void this.#change({ role: this.parts.roleChoice.value }));
    this.listen(list, 'change', () => void this.#change({ groups: checkedIn(list) }));
  }

  /** @param {any} agent @param {any[]} groups those that are chosen; none for who may not change them */
  show(agent, groups) {
    this.#agent = agent;
    const { avatar, name, email, presence, role, roleChoice } = this.parts;
    const { me } = this.#app.store;
    paintAvatar(avatar, agent.name, { online: agent.online });
    setText(name, agent.id === me.id ? t('deal.owner.you', { name: agent.name }) : agent.name);
    setText(email, agent.email);
    setText(presence, t(agent.online ? 'panel.online' : 'team.offline'));
    setText(role, t(`team.role.${agent.role}`));
    role.hidden = me.role === 'owner';
    roleChoice.hidden = me.role !== 'owner';
    roleChoice.value = agent.role;
    roleChoice.setAttribute('aria-label', t('team.role.of', { name: agent.name }));
    this.#showGroups(groups);
  }

  /** @param {any[]} groups */
  #showGroups(groups) {
    const { root, parts } = this.#groups;
    root.hidden = groups.length === 0;
    if (groups.length === 0) return;
    const own = groups.filter(({ members }) => members.includes(this.#agent.id));
    setText(parts.summary, own.length > 0 ? t('team.groups', { groups: formatList(own.map(({ name }) => name)) }) : t('team.groups.none'));
    parts.list.setAttribute('aria-label', t('team.groups.of', { name: this.#agent.name }));
    fillCheckList(parts.list, groups.map(({ id, name }) => ({ id, name, isChecked: own.some((group) => group.id === id) })));
  }

  /** @param {Record<string, unknown>} change */
  async #change(change) {
    const { api, store } = this.#app;
    try {
      const agent = await api.patch(`/api/agents/${this.#agent.id}`, change);
      void toast(t('team.changed', { name: agent.name }));
      store.agents.set(agent.id, agent);
      store.changed('agents');
      if ('groups' in change) store.changed('groups');
    } catch (/** @type {any} */ error) {
      void toast(errorText(error), { urgent: true });
      store.changed('agents');
    }
  }
}
