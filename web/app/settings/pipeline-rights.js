// @ts-check
/** Who may see a pipeline, and do what in it: its side of the groups' rights. For owners. */
import { View, setText } from '../dom.js';
import { errorText, t } from '../i18n.js';
import { RightsTable, groupName } from './rights-table.js';

export class PipelineRights extends RightsTable {
  #app;
  #pipelineID;

  /** @param {import('../app.js').App} app @param {number} pipelineID */
  constructor(app, pipelineID) {
    super({ title: t('pipeline.rights'), hint: t('pipeline.rights.hint'), corner: t('group.title') }, async (groupID, rights) => {
      await app.api.put(`/api/groups/${groupID}/pipelines/${pipelineID}`, { rights });
      await this.#load();
    });
    this.#app = app;
    this.#pipelineID = pipelineID;
  }

  connected() {
    super.connected();
    this.#app.store.subscribe('groups', () => void this.#load(), this.signal);
    void this.#load();
  }

  async #load() {
    const { signal } = this;
    try {
      const { groups } = await this.#app.api.get('/api/groups', { signal });
      this.show(groups.map((/** @type {any} */ group) => ({
        id: group.id, name: groupName(group), href: `#/settings/groups/${group.id}`,
        rights: group.grants.find((/** @type {any} */ { pipelineID }) => pipelineID === this.#pipelineID)?.rights ?? [],
      })));
    } catch (/** @type {any} */ error) {
      if (signal.aborted) return;
      const { root, parts } = new View('settings-problem');
      setText(parts.text, errorText(error));
      parts.retry.addEventListener('click', () => {
        root.remove();
        void this.#load();
      });
      this.root.append(root);
    }
  }
}
