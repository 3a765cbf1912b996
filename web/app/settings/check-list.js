// @ts-check
/** Some of many, each with a box. */
import { paintAvatar } from '../avatar.js';
import { clone, setText } from '../dom.js';

/**
 * @param {HTMLElement} list
 * @param {{id: number, name: string, isChecked: boolean, hasAvatar?: boolean, badge?: string}[]} choices
 */
export function fillCheckList(list, choices) {
  const focused = /** @type {HTMLInputElement|null} */ (list.querySelector('input:focus'))?.value;
  list.replaceChildren(...choices.map(({ id, name, isChecked, hasAvatar = false, badge }) => {
    const { root, parts } = clone('check-row');
    parts.box.value = String(id);
    parts.box.checked = isChecked;
    parts.avatar.hidden = !hasAvatar;
    if (hasAvatar) paintAvatar(parts.avatar, name);
    setText(parts.text, name);
    parts.badge.hidden = !badge;
    setText(parts.badge, badge ?? '');
    return root;
  }));
  if (focused) /** @type {HTMLElement|null} */ (list.querySelector(`input[value="${focused}"]`))?.focus();
}

/** @param {HTMLElement} list @returns {number[]} */
export function checkedIn(list) {
  return [...list.querySelectorAll('input:checked')].map((box) => Number(/** @type {HTMLInputElement} */ (box).value));
}
