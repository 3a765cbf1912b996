// @ts-check
/** The menu of one step or trigger: a popover beside its button. */
import { clone, setIcon, setText } from '../dom.js';

/** @typedef {{icon: string, text: string, key?: string, run: () => void}} MenuItem */

/** Opens it; the focus goes into it, and back to the button. @param {HTMLElement} button @param {MenuItem[]} items */
export function openStepMenu(button, items) {
  const { root } = clone('step-menu');
  const buttons = items.map(({ icon, text, key, run }) => {
    const { root: item, parts } = clone('step-menu-item');
    setIcon(parts.icon, icon);
    setText(parts.text, text);
    parts.key.hidden = key === undefined;
    setText(parts.key, key ?? '');
    item.addEventListener('click', () => {
      root.hidePopover();
      run();
    });
    return item;
  });
  root.append(...buttons);
  root.addEventListener('toggle', (event) => {
    if (/** @type {ToggleEvent} */ (event).newState !== 'closed') return;
    button.setAttribute('aria-expanded', 'false');
    if (root.contains(document.activeElement)) button.focus();
    root.remove();
  });
  root.addEventListener('keydown', (event) => {
    const at = buttons.indexOf(/** @type {HTMLElement} */ (document.activeElement));
    const next = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: buttons.length - 1 }[event.key];
    if (next !== undefined) {
      event.preventDefault();
      buttons[(next + buttons.length) % buttons.length].focus();
    } else if (event.key === 'Tab' || event.key === 'Escape') {
      event.preventDefault();
      event.stopPropagation();
      root.hidePopover();
      button.focus();
    }
  });
  // Outside of a modal dialog it could not be pressed.
  (button.closest('dialog:modal') ?? document.body).append(root);
  root.showPopover();
  button.setAttribute('aria-expanded', 'true');
  const anchor = button.getBoundingClientRect();
  const { width, height } = root.getBoundingClientRect();
  const below = anchor.bottom + 4;
  root.style.setProperty('left', `${Math.max(8, Math.min(anchor.right - width, innerWidth - width - 8))}px`);
  root.style.setProperty('top', `${below + height > innerHeight - 8 ? Math.max(8, anchor.top - 4 - height) : below}px`);
  buttons[0]?.focus();
}
