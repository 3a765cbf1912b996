// @ts-check
/** The builder of an automation: its flow, edited by pointer and by keyboard, and beside it the menu or the settings. */
import { announce, toast } from '../announcer.js';
import { View, loadTemplates } from '../dom.js';
import { t } from '../i18n.js';
import { AutomationSession } from './automation-session.js';
import { listenToHead, showHead } from './builder-head.js';
import { BuilderSide } from './builder-side.js';
import { makeDraggable } from './builder-drag.js';
import { DialogDraft } from './dialog-draft.js';
import { faultText } from './faults.js';
import { FlowKeys } from './flow-keys.js';
import {
  bringsDeal, changeStep, duplicateStep, findStep, insertStep, lastPlace, moveStep, nearestPlace, newStepID, placeName, placesOf, removeStep, stepsAt, stepsOf,
} from './flow.js';
import { FlowView } from './flow-view.js';
import { askForStep, StepEditor } from './step-editor.js';
import { openStepMenu } from './step-menu.js';
import { stepKinds } from './step-kinds.js';
import { triggerKinds } from './trigger-kinds.js';

await loadTemplates(import.meta.url, './builder-templates.html');

/** @typedef {import('./flow.js').Place} Place */

const kinds = new Map([...triggerKinds, ...stepKinds].map((kind) => [kind.kind, kind]));
/** Its settings are those of the modal “Add a Deal”. */
const inDialog = 'deal.add';

export class Builder extends View {
  #app;
  #choices;
  #loaded;
  /** @type {AutomationSession} */
  #session = /** @type {any} */ (null);
  /** @type {FlowView} */
  #view = /** @type {any} */ (null);
  /** @type {BuilderSide} */
  #side = /** @type {any} */ (null);
  /** @type {DialogDraft} */
  #dialogDraft;
  /** The step or trigger whose settings are open. @type {string|null} */
  #selected = null;
  /** Where the next step goes; null: at the end. @type {Place|null} */
  #chosen = null;
  #isChoosingTrigger = false;
  /** What has just come, and is not yet left: that it lacks something is no fault yet. @type {string|null} */
  #fresh = null;
  /** @type {{id: string, to: Place|null}|null} */
  #lift = null;

  /** @param {import('../app.js').App} app @param {any} automation @param {{sites: any[], taskKinds: string[]}} choices */
  constructor(app, automation, choices) {
    super('builder');
    this.#app = app;
    this.#loaded = automation;
    this.#choices = choices;
    this.#dialogDraft = new DialogDraft(`parley.automation.${app.store.me.id}.${automation.id}.step`);
  }

  connected() {
    const { parts, signal } = this;
    this.#view = new FlowView(parts.flow);
    this.#side = new BuilderSide(parts.side, signal, () => this.#leave());
    this.#session = new AutomationSession(this.#app, this.#loaded, (what) => this.#changed(what), signal);
    new FlowKeys({
      element: parts.flow, view: this.#view, flow: () => this.#session.flow,
      move: (id, to) => this.#move(id, to), remove: (id) => this.#remove(id), duplicate: (id) => this.#duplicate(id),
      show: (id, to) => {
        this.#lift = id === null ? null : { id, to };
        this.#draw();
        if (to) this.#view.find(`place ${placeName(to)}`)?.scrollIntoView({ block: 'nearest' });
      },
    }, signal);
    this.#makeDraggable();
    listenToHead(parts, this.#session, (problem) => this.#goTo(problem), signal);
    this.listen(parts.flow, 'click', (event) => this.#clicked(event));
    this.listen(parts.flow, 'change', (event) => {
      if (event.target.dataset.focus === 'entry') this.#session.setEntry(event.target.value);
    });
    this.listen(document, 'keydown', (event) => this.#key(event));
    for (const key of ['agents', 'pipelines']) this.#app.store.subscribe(key, () => this.#draw(), signal);
    this.#draw();
    this.#view.center(parts.canvas);
    const kept = this.#dialogDraft.kept;
    if (kept) void this.#editInDialog(kept);
  }

  // What is shown

  /** @param {"draft"|"saved"|"theirs"|"gone"} what */
  #changed(what) {
    if (what === 'gone') {
      this.#app.router.go('/automations', { replace: true });
      void toast(t('automation.notFound'));
      return;
    }
    if (what === 'theirs') {
      this.#side.forget();
      announce(t('automation.theirs.shown'));
    }
    // A session that takes up what was left unsent tells of it while it is made.
    if (this.#session) this.#draw();
  }

  /** @returns {import('./trigger-kinds.js').Context} */
  get #context() {
    const others = [...stepsOf(this.#session.flow)].filter(({ step }) => step.id !== this.#selected);
    return {
      store: this.#app.store, ...this.#choices, knowsDeal: bringsDeal(this.#session.flow), titleOf: (id) => this.#titleOf(id),
      targets: others.map(({ step }) => [step.id, this.#titleOf(step.id)]),
    };
  }

  #draw() {
    const { flow, faults, entry } = this.#session;
    if (this.#selected && !this.#item(this.#selected)) this.#selected = null;
    if (this.#chosen && !stepsAt(flow, this.#chosen)) this.#chosen = null;
    this.#view.draw({
      flow, entry, selected: this.#selected, chosen: this.#lift ? this.#lift.to : this.#chosen, fresh: this.#fresh, lifted: this.#lift?.id ?? null,
      describe: (item) => this.#describe(item),
      faultOf: (id) => faults.of(id, (problem) => this.#isShown(problem)),
      startFault: faults.ofPlace('triggers'),
    });
    this.#drawSide();
    showHead(this.parts, this.#session, (problem) => this.#whereOf(problem), (problem) => this.#goTo(problem));
    this.#app.entitle(this.#session.name || t('automation.untitled'), this.signal);
  }

  #drawSide() {
    const item = this.#selected ? this.#item(this.#selected) : null;
    if (item && item.kind !== inDialog) {
      this.#showSettings(item);
      return;
    }
    const which = this.#isChoosingTrigger ? 'triggers' : 'steps';
    this.#side.showPalette(which, (kind) => (this.#isChoosingTrigger ? this.#addTrigger(kind) : void this.#insert(kind)),
      this.#isChoosingTrigger || this.#chosen !== null);
    this.#side.palette?.showWhere(this.#isChoosingTrigger ? t('automation.palette.trigger.where')
      : t('automation.palette.where', { where: this.#view.whereIs(this.#target) }));
  }

  /** @param {any} item */
  #showSettings(item) {
    const kind = kinds.get(item.kind);
    if (!kind) return;
    const { id } = item;
    const editor = this.#side.showEditor(`settings ${id}`, () => new StepEditor(this.#app.api, kind, () => this.#context, {
      onChange: (changes, name) => this.#set(id, changes, name),
      onClose: () => this.#leave(),
      actions: this.#actions(id).filter(({ isInMenuOnly }) => !isInMenuOnly), tone: this.#describe(item).tone,
    }));
    const { faults } = this.#session;
    const fields = kind.settings(kind.shown?.(item) ?? item, this.#context).map(({ name }) => name);
    editor.show(item, (name) => {
      const problem = faults.problemOf(id, name);
      return problem && this.#isShown(problem) ? faultText(problem) : null;
    }, faults.general(id, fields));
  }

  /** @param {import('./faults.js').Problem} problem */
  #isShown({ id, code }) {
    return id !== this.#fresh || !code.endsWith('.required');
  }

  /** @param {{id: string, kind: string}} item */
  #describe(item) {
    const kind = kinds.get(item.kind);
    const isTrigger = this.#session.flow.triggers.some(({ id }) => id === item.id);
    return {
      icon: kind?.icon ?? 'info', tone: isTrigger ? 'start' : kind?.group ?? 'flow', title: t(`automation.kind.${item.kind}`),
      summary: kind?.summary(item, this.#context) ?? '',
    };
  }

  /** Without its summary, in which another's title may stand. @param {string} id */
  #titleOf(id) {
    const step = findStep(this.#session.flow, id)?.step;
    return step ? t('automation.step.numbered', { number: this.#view.numberOf(id), title: t(`automation.kind.${step.kind}`) }) : '';
  }

  /** @param {string} id */
  #item(id) {
    const { flow } = this.#session;
    return flow.triggers.find((trigger) => trigger.id === id) ?? findStep(flow, id)?.step ?? null;
  }

  /** @param {import('./faults.js').Problem} problem */
  #whereOf({ id, place }) {
    if (id === null) return t(place === 'triggers' ? 'automation.start' : 'automation.flow');
    return this.#view.titleOf(id);
  }

  // Opening and leaving

  /** @param {MouseEvent} event */
  #clicked(event) {
    const target = /** @type {HTMLElement} */ (event.target);
    const more = /** @type {HTMLElement|null} */ (target.closest('.flow-card-more'));
    if (more) {
      const card = /** @type {HTMLElement} */ (more.closest('.flow-card'));
      openStepMenu(more, this.#actions(card.dataset.step ?? card.dataset.trigger ?? ''));
      return;
    }
    const stop = /** @type {HTMLElement|null} */ (target.closest('[data-focus]'));
    const [role, name] = (stop?.dataset.focus ?? '').split(' ');
    if (role === 'step' || role === 'trigger') this.#open(name);
    else if (role === 'place') this.#choose(name);
    else if (role === 'add') this.#choose(null);
  }

  /** @param {string} id @param {string} [field] */
  #open(id, field) {
    const item = this.#item(id);
    if (!item) return;
    if (this.#fresh !== id) this.#fresh = null;
    this.#isChoosingTrigger = false;
    this.#chosen = null;
    this.#selected = id;
    this.#draw();
    if (item.kind === inDialog) void this.#editInDialog({ id, place: null, values: item });
    else this.#side.editor?.focus(field);
  }

  /** Chooses what comes next from the menu: a step for a place, or a trigger. @param {string|null} name of the place; null: a trigger */
  #choose(name) {
    this.#rest();
    this.#chosen = placesOf(this.#session.flow).find((each) => placeName(each) === name) ?? null;
    this.#isChoosingTrigger = name === null;
    this.#draw();
    this.#side.palette?.focus();
  }

  /** Nothing is open or chosen any more; the focus goes back into the flow. */
  #leave() {
    const name = this.#selected ? this.#focusName(this.#selected) : this.#chosen ? `place ${placeName(this.#chosen)}` : this.#isChoosingTrigger ? 'add trigger' : null;
    if (name === null) return;
    this.#rest();
    this.#draw();
    this.#view.find(name)?.focus();
  }

  #rest() {
    this.#selected = this.#chosen = this.#fresh = null;
    this.#isChoosingTrigger = false;
  }

  /** @param {string} id */
  #focusName(id) {
    return `${findStep(this.#session.flow, id) ? 'step' : 'trigger'} ${id}`;
  }

  /** @param {import('./faults.js').Problem} problem */
  #goTo({ id, place, field }) {
    if (id !== null) {
      this.#fresh = null;
      this.#view.find(this.#focusName(id))?.scrollIntoView({ block: 'center' });
      this.#open(id, field);
    } else {
      this.#choose(place === 'triggers' ? null : placeName(this.#target));
    }
  }

  // Changing

  /** Where what is pressed in the menu goes. @returns {Place} */
  get #target() {
    return this.#chosen ?? lastPlace(this.#session.flow);
  }

  /** @param {string} kind @param {Place} [place] */
  async #insert(kind, place = this.#target) {
    const begun = /** @type {any} */ ({ id: newStepID(), kind, ...kinds.get(kind)?.begin(this.#context) });
    if (kind === inDialog) {
      await this.#editInDialog({ id: null, place, values: begun });
      return;
    }
    this.#put(begun, place);
    this.#open(begun.id);
    announce(t('automation.inserted', { step: this.#view.titleOf(begun.id) }));
  }

  /** @param {any} step @param {Place} place */
  #put(step, place) {
    this.#fresh = step.id;
    this.#chosen = null;
    this.#session.change(insertStep(this.#session.flow, place, step));
  }

  /** The modal “Add a Deal”, for a step that is there or is to come. @param {import('./dialog-draft.js').Kept} kept */
  async #editInDialog(kept) {
    const kind = /** @type {import('./trigger-kinds.js').Kind} */ (kinds.get(inDialog));
    const { id, place } = kept;
    const { faults } = this.#session;
    const { signal } = this;
    const values = await askForStep(this.#app.api, kind, () => this.#context, kept.values, (name) => {
      const problem = id ? faults.problemOf(id, name) : null;
      return problem && faultText(problem);
    },
      (changed) => this.#dialogDraft.keep({ id, place, values: changed }), signal);
    if (signal.aborted) return;
    const unsaved = this.#dialogDraft.take();
    this.#selected = null;
    if (values && id) this.#session.change(changeStep(this.#session.flow, id, values));
    else if (values && place) this.#put(values, nearestPlace(this.#session.flow, place));
    this.#fresh = null;
    this.#draw();
    const focus = id ?? (values ? values.id : null);
    this.#view.find(focus ? `step ${focus}` : `place ${placeName(this.#target)}`)?.focus();
    if (values && !id) announce(t('automation.inserted', { step: this.#view.titleOf(values.id) }));
    if (!values && unsaved) {
      void toast(t('automation.dialog.discarded'), { action: { label: t('action.undo'), run: () => void this.#editInDialog(unsaved) } });
    }
  }

  /** @param {string} kind */
  #addTrigger(kind) {
    const { flow } = this.#session;
    const trigger = { id: newStepID(), kind, ...kinds.get(kind)?.begin(this.#context) };
    this.#fresh = trigger.id;
    this.#session.change({ ...flow, triggers: [...flow.triggers, trigger] });
    this.#open(trigger.id);
    announce(t('automation.inserted', { step: t(`automation.kind.${kind}`) }));
  }

  /** @param {string} id @param {Record<string, any>} changes @param {string} name */
  #set(id, changes, name) {
    const { flow } = this.#session;
    const isTrigger = flow.triggers.some((each) => each.id === id);
    this.#session.change(isTrigger
      ? { ...flow, triggers: flow.triggers.map((each) => (each.id === id ? { ...each, ...changes } : each)) }
      : changeStep(flow, id, changes), `${id} ${name}`);
  }

  /** @param {string} id @param {Place} to */
  #move(id, to) {
    const before = this.#session.flow;
    this.#session.change(moveStep(before, id, to));
    this.#view.find(`step ${id}`)?.focus();
    if (this.#session.flow === before) return;
    const found = findStep(this.#session.flow, id);
    announce(t('automation.moved', { step: t(`automation.kind.${found?.step.kind}`), where: found ? this.#view.whereIs(found.place) : '' }), { urgent: true });
  }

  /** @param {string} id */
  #duplicate(id) {
    const copy = duplicateStep(this.#session.flow, id);
    if (!copy) return;
    this.#session.change(copy.flow);
    this.#open(copy.id);
    announce(t('automation.duplicated', { step: this.#view.titleOf(copy.id) }));
  }

  /** @param {string} id */
  #remove(id) {
    const { flow } = this.#session;
    const title = this.#view.titleOf(id);
    const found = findStep(flow, id);
    if (this.#selected === id) this.#rest();
    this.#session.change(found ? removeStep(flow, id) : { ...flow, triggers: flow.triggers.filter((each) => each.id !== id) });
    this.#view.find(found ? `place ${placeName(found.place)}` : 'add trigger')?.focus();
    const after = this.#session.flow;
    const restore = () => {
      // Nothing but this is undone: what came after it stays.
      if (this.#session.flow === after) this.#session.undo();
      else if (!found) this.#session.change({ ...this.#session.flow, triggers: [...this.#session.flow.triggers, ...flow.triggers.filter((each) => each.id === id)] });
      else this.#session.change(insertStep(this.#session.flow, nearestPlace(this.#session.flow, found.place), found.step));
    };
    void toast(t('automation.removed', { step: title }), { action: { label: t('action.undo'), run: restore } });
  }

  /** What can be done with a step or trigger. @param {string} id */
  #actions(id) {
    const isStep = findStep(this.#session.flow, id) !== null;
    const duplicate = { icon: 'copy', text: t('automation.duplicate'), key: 'Ctrl D', isInMenuOnly: false, run: () => this.#duplicate(id) };
    return [
      { icon: 'edit', text: t('automation.edit'), isInMenuOnly: true, run: () => this.#open(id) },
      ...isStep ? [duplicate] : [],
      { icon: 'trash', text: t('action.delete'), key: t('automation.key.delete'), isInMenuOnly: false, run: () => this.#remove(id) },
    ];
  }

  // Pointer and keys

  #makeDraggable() {
    makeDraggable(this.root, this.parts.canvas, {
      flow: () => this.#session.flow,
      takesSteps: () => !this.#isChoosingTrigger,
      insert: (kind, place) => void this.#insert(kind, place),
      move: (step, place) => this.#move(step, place),
      end: () => this.#view.settle(),
    }, this.signal);
  }

  /** Escape leaves what is open or chosen. @param {KeyboardEvent} event */
  #key(event) {
    if (event.key !== 'Escape' || event.defaultPrevented || this.#side.isSheet || document.querySelector('dialog:modal')) return;
    if (this.#selected || this.#chosen || this.#isChoosingTrigger) this.#leave();
  }
}
