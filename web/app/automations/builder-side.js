// @ts-check
/**
 * What stands beside the flow: the menu of steps or of triggers, or the settings of what is open. In a narrow window it is a
 * sheet above the flow, which is there only while something is chosen.
 */
import { t } from '../i18n.js';
import { Palette } from './palette.js';
import { StepEditor } from './step-editor.js';
import { stepGroups, stepKinds } from './step-kinds.js';
import { triggerKinds } from './trigger-kinds.js';

const triggerGroups = ['contacts', 'conversations', 'deals'];

export class BuilderSide {
  #dialog;
  #narrow = matchMedia('(width < 60rem)');
  #onDismiss;
  /** @type {import('../dom.js').View|null} */
  #shown = null;
  /** What is shown: the same is not shown anew. */
  name = '';

  /** @param {HTMLDialogElement} dialog @param {AbortSignal} signal @param {() => void} onDismiss the sheet was closed */
  constructor(dialog, signal, onDismiss) {
    this.#dialog = dialog;
    this.#onDismiss = onDismiss;
    // Told of a little later: meanwhile it may have come up again, with something else.
    dialog.addEventListener('close', (event) => {
      if (event.target === dialog && this.#narrow.matches && !dialog.open) onDismiss();
    }, { signal });
    // A press beside the sheet closes it.
    dialog.addEventListener('click', (event) => {
      if (event.target === dialog && this.#narrow.matches) dialog.close();
    }, { signal });
    this.#narrow.addEventListener('change', () => this.#place(false), { signal });
    signal.addEventListener('abort', () => this.#shown?.disconnect());
  }

  get isSheet() {
    return this.#narrow.matches;
  }

  /** @param {"steps"|"triggers"} which @param {(kind: string) => void} onChoose @param {boolean} isWanted in a narrow window it comes up only then */
  showPalette(which, onChoose, isWanted) {
    if (this.name !== which) {
      this.#show(which, new Palette(which === 'steps' ? stepMenu() : triggerMenu(), onChoose, () => this.#onDismiss()));
    }
    this.#place(isWanted);
  }

  /** @param {string} name @param {() => StepEditor} make */
  showEditor(name, make) {
    if (this.name !== name) this.#show(name, make());
    this.#place(true);
    return /** @type {StepEditor} */ (this.#shown);
  }

  /** @returns {StepEditor|null} */
  get editor() {
    return this.#shown instanceof StepEditor ? this.#shown : null;
  }

  /** @returns {Palette|null} */
  get palette() {
    return this.#shown instanceof Palette ? this.#shown : null;
  }

  /** The next is made anew, whatever it is. */
  forget() {
    this.name = '';
  }

  /** @param {string} name @param {import('../dom.js').View} view */
  #show(name, view) {
    this.#shown?.disconnect();
    this.#shown = view;
    this.name = name;
    view.connect(this.#dialog);
  }

  /** @param {boolean} isWanted */
  #place(isWanted) {
    const dialog = this.#dialog;
    const isModal = dialog.matches(':modal');
    if (this.#narrow.matches) {
      if (isWanted && !isModal) {
        dialog.removeAttribute('open');
        dialog.showModal();
      } else if (!isWanted && dialog.open) {
        dialog.close();
      }
    } else if (!dialog.open || isModal) {
      if (isModal) dialog.close();
      dialog.setAttribute('open', '');
    }
  }
}

/** @param {import('./trigger-kinds.js').Kind} kind */
function item({ kind, group, icon }) {
  return { kind, icon, tone: group, name: t(`automation.kind.${kind}`), about: t(`automation.about.${kind}`) };
}

function stepMenu() {
  return {
    title: t('automation.palette.steps'), search: t('automation.palette.search'),
    groups: stepGroups.map((group) => ({ name: t(`automation.group.${group}`), items: stepKinds.filter((each) => each.group === group).map(item) })),
  };
}

function triggerMenu() {
  return {
    title: t('automation.palette.triggers'), search: t('automation.palette.searchTriggers'),
    groups: triggerGroups.map((group) => ({
      name: t(`automation.group.${group}`), items: triggerKinds.filter((each) => each.group === group).map((each) => ({ ...item(each), tone: 'start' })),
    })),
  };
}
