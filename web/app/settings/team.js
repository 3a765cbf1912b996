// @ts-check
/** The agents of the workspace; an owner adds more. */
import { paintAvatar } from '../avatar.js';
import { View, setText } from '../dom.js';
import { currentLocale, t } from '../i18n.js';
import { isEmail } from '../deals/deal-errors.js';
import { measure, revealWith, shortestPassword } from '../session/password.js';
import { SettingsForm } from './settings-form.js';

export class TeamSettings extends View {
  #app;
  /** @type {SettingsForm|null} */
  #form = null;

  /** @param {import('../app.js').App} app */
  constructor(app) {
    super('settings-team');
    this.#app = app;
  }

  connected() {
    this.#app.store.subscribe('agents', () => this.#render(), this.signal);
    this.#render();
    if (this.#app.store.me.role === 'owner') this.#offerAdding();
    else this.parts.add.append(new View('settings-denied').root);
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
      fieldOf: { 'agent.email.taken': { field: 'email', text: 'error.agent.email.taken' } },
    }));
    form.connect(this.parts.add);
    const { password, toggle, strength, strengthText } = form.parts;
    revealWith(password, toggle, this.signal);
    form.onChange = measure(password, strength, strengthText, this.signal);
    this.signal.addEventListener('abort', () => form.disconnect());
  }

  #render() {
    const { compare } = new Intl.Collator(currentLocale());
    const { me, agents } = this.#app.store;
    this.parts.list.replaceChildren(...[...agents.values()].sort((a, b) => compare(a.name, b.name)).map((agent) => {
      const { root, parts } = new View('team-member');
      paintAvatar(parts.avatar, agent.name, { online: agent.online });
      setText(parts.name, agent.id === me.id ? t('deal.owner.you', { name: agent.name }) : agent.name);
      setText(parts.email, agent.email);
      setText(parts.presence, t(agent.online ? 'panel.online' : 'team.offline'));
      setText(parts.role, t(`team.role.${agent.role}`));
      return root;
    }));
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
