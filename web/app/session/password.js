// @ts-check
/** Passwords as they are typed: shown on demand, and judged while a new one is chosen. */
import { setText } from '../dom.js';
import { t, useWords } from '../i18n.js';

await useWords('session');

export const shortestPassword = 10;

/**
 * Lets a button show and hide what is typed.
 * @param {HTMLInputElement} input @param {HTMLButtonElement} button @param {AbortSignal} signal
 */
export function revealWith(input, button, signal) {
  button.addEventListener('click', () => {
    const isShown = input.type === 'text';
    input.type = isShown ? 'password' : 'text';
    button.setAttribute('aria-pressed', String(!isShown));
    input.focus();
  }, { signal });
}

/**
 * How hard a password is to guess, as far as its shape tells: length counts most, and few different characters count as few.
 * @param {string} password
 * @returns {0|1|2|3} 0: too short
 */
export function strengthOf(password) {
  const characters = [...password];
  if (characters.length < shortestPassword) return 0;
  const kinds = [/\p{Ll}/u, /\p{Lu}/u, /\p{N}/u, /[^\p{L}\p{N}]/u].filter((kind) => kind.test(password)).length;
  const weight = Math.min(characters.length, new Set(characters).size * 2) + kinds * 2;
  if (weight >= 22) return 3;
  return weight >= 16 ? 2 : 1;
}

/**
 * Keeps a meter at what is typed; answers what sets it anew.
 * @param {HTMLInputElement} input @param {HTMLElement} meter @param {HTMLElement} text @param {AbortSignal} signal
 */
export function measure(input, meter, text, signal) {
  const show = () => {
    const strength = strengthOf(input.value);
    meter.dataset.strength = String(strength);
    const missing = shortestPassword - [...input.value].length;
    setText(text, strength > 0 ? t(`password.strength.${strength}`)
      : input.value === '' ? t('password.hint', { count: shortestPassword }) : t('password.missing', { count: missing }));
  };
  input.addEventListener('input', show, { signal });
  show();
  return show;
}
