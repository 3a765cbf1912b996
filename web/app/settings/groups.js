// @ts-check
/** The groups of agents: who is in them, and what they may do in which pipeline. For owners. */
import { View, clone, loadTemplates, setText } from '../dom.js';
import { errorText, formatList, t, useWords } from '../i18n.js';
import { groupName, rightsText } from './rights-table.js';

await Promise.all([loadTemplates(import.meta.url, './group-templates.html'), useWords('groups')]);

/** So many names stand in a row; the rest is counted. */
const named = 4;

export class GroupsSettings extends View {
  #app;

  /** @param {import('../app.js').App} app */
  constructor(app) {
    super('settings-groups');
    this.#app = app;
  }

  connected() {
    const { store } = this.#app;
    const isOwner = store.me.role === 'owner';
    this.parts.add.hidden = !isOwner;
    if (!isOwner) {
      this.parts.place.replaceChildren(new View('settings-denied').root);
      return;
    }
    this.parts.place.replaceChildren(new View('settings-loading').root);
    for (const key of ['groups', 'pipelines', 'agents']) store.subscribe(key, () => void this.#load(), this.signal);
    void this.#load();
  }

  async #load() {
    const { signal } = this;
    try {
      const { groups } = await this.#app.api.get('/api/groups', { signal });
      const list = document.createElement('ul');
      list.className = 'site-list';
      list.append(...groups.map((/** @type {any} */ group) => this.#row(group)));
      this.parts.place.replaceChildren(list);
    } catch (/** @type {any} */ error) {
      if (signal.aborted) return;
      const { root, parts } = new View('settings-problem');
      setText(parts.text, errorText(error));
      parts.retry.addEventListener('click', () => void this.#load());
      this.parts.place.replaceChildren(root);
    }
  }

  /** @param {any} group */
  #row(group) {
    const { root, parts } = new View('group-row');
    const { pipelines } = this.#app.store.session;
    parts.link.href = `#/settings/groups/${group.id}`;
    setText(parts.name, groupName(group));
    setText(parts.members, this.#membersText(group));
    const grants = pipelines.flatMap((/** @type {any} */ pipeline) => {
      const grant = group.grants.find((/** @type {any} */ { pipelineID }) => pipelineID === pipeline.id);
      if (!grant) return [];
      const { root: line, parts: words } = clone('group-grant');
      setText(words.text, t('group.grant', { pipeline: pipeline.name, rights: rightsText(grant.rights) }));
      return [line];
    });
    parts.grants.replaceChildren(...grants);
    if (grants.length === 0) setText(parts.grants, t('group.grants.none'));
    return root;
  }

  /** @param {any} group */
  #membersText({ isEveryone, members }) {
    const { agents } = this.#app.store;
    if (isEveryone) return t('group.everyone.members', { count: agents.size });
    if (members.length === 0) return t('group.members.none');
    const names = members.map((/** @type {number} */ id) => this.#app.store.agentName(id)).sort();
    if (names.length <= named) return formatList(names);
    return t('group.members.more', { names: names.slice(0, named).join(', '), count: names.length - named });
  }
}
