// @ts-check
/** Asks before an automation is switched on or off, and says what that does. */
import { clone, loadTemplates, setAttribute, setText } from '../dom.js';
import { errorText, t } from '../i18n.js';
import { stepsOf } from './flow.js';

await loadTemplates(import.meta.url, './switch-templates.html');

/**
 * Resolves when it is done or was thought better of.
 * @param {any} automation @param {boolean} enabled @param {() => Promise<void>} run what is confirmed
 * @returns {Promise<void>}
 */
export function confirmSwitch({ name, definition, entry, counts }, enabled, run) {
  const { root, parts } = clone('switch-dialog');
  const dialog = /** @type {HTMLDialogElement} */ (root);
  setText(parts.title, t(enabled ? 'automation.switch.on' : 'automation.switch.off', { name }));
  setText(parts.confirm, t(enabled ? 'automation.switch.on.do' : 'automation.switch.off.do'));
  const lines = enabled ? [
    t('automation.switch.on.starts'),
    ...definition.triggers.map((/** @type {any} */ trigger) => `• ${t(`automation.kind.${trigger.kind}`)}`),
    t('automation.switch.on.steps', { count: [...stepsOf(definition)].length }),
    t(entry === 'once' ? 'automation.switch.on.once' : 'automation.switch.on.always'),
    ...counts.active > 0 ? [t('automation.switch.on.active', { count: counts.active })] : [],
  ] : [t('automation.switch.off.starts'), ...counts.active > 0 ? [t('automation.switch.off.active', { count: counts.active })] : []];
  parts.text.replaceChildren(...lines.map((line) => {
    const paragraph = document.createElement('p');
    paragraph.textContent = line;
    return paragraph;
  }));
  let isRunning = false;
  const confirm = async () => {
    if (isRunning) return;
    isRunning = true;
    setAttribute(parts.confirm, 'aria-disabled', 'true');
    parts.error.hidden = true;
    try {
      await run();
      dialog.close();
    } catch (/** @type {any} */ error) {
      // What is wrong is shown where it is.
      if (error.details?.problems) dialog.close();
      parts.error.hidden = false;
      setText(parts.error, errorText(error));
    } finally {
      isRunning = false;
      setAttribute(parts.confirm, 'aria-disabled', null);
    }
  };
  return new Promise((resolve) => {
    parts.cancel.addEventListener('click', () => dialog.close());
    parts.confirm.addEventListener('click', () => void confirm());
    dialog.addEventListener('close', () => {
      dialog.remove();
      resolve();
    });
    document.body.append(dialog);
    dialog.showModal();
  });
}
