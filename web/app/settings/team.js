// @ts-check
/** The agents of the workspace; an owner adds more. */
import { View, arrange } from '../dom.js';
import { currentLocale, errorText, t } from '../i18n.js';
import { isEmail } from '../deals/deal-errors.js';
import { measure, revealWith, shortestPassword } from '../session/password.js';
import { SettingsForm } from './settings-form.js';
import { TeamMember } from './team-member.js';

export class TeamSettings extends View {
  #app;
  /** @type {SettingsForm|null} */
  #form = null;
  /** By agent: kept, so that the focus stays where one changes something. @type {Map<number, TeamMember>} */
  #members = new Map();
  /** Those that can be chosen; none for who may not. @type {any[]} */
  #groups = [];

  /** @param {import('../app.js').App} app */
  constructor(app) {
    super('settings-team');
    this.#app = app;
  }

  connected() {
    this.#app.store.subscribe('agents', () => this.#render(), this.signal);
    this.signal.addEventListener('abort', () => {
      for (const member of this.#members.values()) member.disconnect();
    });
    this.#render();
    if (this.#app.store.me.role === 'owner') {
      this.#app.store.subscribe('groups', () => void this.#loadGroups(), this.signal);
      void this.#loadGroups();
      this.#offerAdding();
    } else this.parts.add.append(new View('settings-denied').root);
  }

  #offerAdding() {
    const form = (this.#form = new SettingsForm({
      template: 'team-add',
      saveText: 'team.add.submit',
      savedText: 'team.added',
      check: checkAgent,
      save: async ({ name, email, password, role }) => {
        const agent = await this.#app.api.post('/api/agents', { name: name.trim(), email: email.trim(), password, role });
        this.#app.store.agents.set(agent.id, agent);
        this.#app.store.changed('agents');
      },
      explain: (error) => error.code === 'agent.email.taken' ? { email: errorText({ code: error.code, details: error.details.existing }) } : {},
    }));
    form.connect(this.parts.add);
    const { password, toggle, strength, strengthText } = form.parts;
    revealWith(password, toggle, this.signal);
    form.onChange = measure(password, strength, strengthText, this.signal);
    this.signal.addEventListener('abort', () => form.disconnect());
  }

  async #loadGroups() {
    const { signal } = this;
    try {
      const { groups } = await this.#app.api.get('/api/groups', { signal });
      this.#groups = groups.filter((/** @type {any} */ { isEveryone }) => !isEveryone);
      this.#render();
    } catch (error) {
      // The team is shown without its groups; the next change of theirs asks again.
      if (!signal.aborted) console.warn(error);
    }
  }

  #render() {
    const { compare } = new Intl.Collator(currentLocale());
    const { list } = this.parts;
    const agents = [...this.#app.store.agents.values()].sort((a, b) => compare(a.name, b.name));
    for (const agent of agents) {
      let member = this.#members.get(agent.id);
      if (!member) {
        this.#members.set(agent.id, (member = new TeamMember(this.#app)));
        member.connect(list);
      }
      member.show(agent, this.#groups);
    }
    arrange(list, agents.map(({ id }) => /** @type {TeamMember} */ (this.#members.get(id)).root));
  }
}

/** @param {Record<string, string>} values @returns {Record<string, string>} */
function checkAgent({ name, email, password }) {
  /** @type {Record<string, string>} */
  const errors = {};
  if (name.trim() === '') errors.name = t('error.agent.name.required');
  if (!isEmail(email.trim())) errors.email = t(email.trim() === '' ? 'signIn.email.required' : 'signIn.email.invalid');
  if ([...password].length < shortestPassword) errors.password = t('setup.password.required', { count: shortestPassword });
  return errors;
}
