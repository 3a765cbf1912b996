// @ts-check
/** Short messages: seen as toasts, heard through the page's live regions. */
import { clone, loadTemplates } from './dom.js';

const shownFor = 6000;
const kept = 3;

/** Says something to those who listen to the page. @param {string} text @param {{urgent?: boolean}} [options] */
export function announce(text, { urgent = false } = {}) {
  const region = document.getElementById(urgent ? 'alarm' : 'announcer');
  if (!region) return;
  // A region that already holds the same text would not be read again.
  const line = document.createElement('p');
  line.textContent = text;
  region.replaceChildren(line);
}

/**
 * Shows a message for some seconds, longer while it is pointed at or focused.
 * @param {string} text
 * @param {{action?: {label: string, run: () => void}, urgent?: boolean}} [options]
 */
export async function toast(text, { action, urgent = false } = {}) {
  await loadTemplates(import.meta.url);
  const region = document.getElementById('toasts');
  if (!region) return;
  const { root, parts } = clone('toast');
  parts.text.textContent = text;
  const remove = () => {
    root.remove();
    if (!region.childElementCount) region.hidePopover();
  };
  parts.close.addEventListener('click', remove);
  if (action) {
    parts.action.textContent = action.label;
    parts.action.hidden = false;
    parts.action.addEventListener('click', () => {
      remove();
      action.run();
    });
  }
  region.append(root);
  while (region.childElementCount > kept) region.firstElementChild?.remove();
  // Shown anew, it stands above a dialog that was opened meanwhile.
  if (region.matches(':popover-open')) region.hidePopover();
  region.showPopover();
  announce(text, { urgent });

  let timer = setTimeout(remove, shownFor);
  const hold = () => clearTimeout(timer);
  const resume = () => {
    clearTimeout(timer);
    timer = setTimeout(remove, shownFor);
  };
  root.addEventListener('pointerenter', hold);
  root.addEventListener('pointerleave', resume);
  root.addEventListener('focusin', hold);
  root.addEventListener('focusout', resume);
}
