// @ts-check
/** Controls of a step's settings for what has a form of its own: a decimal, a day, several choices. */
import { editableDecimal, parseDecimal } from '../fields/field-value.js';
import { clone, setText } from '../dom.js';
import { dayTag, daysFromToday } from './field-values.js';

/** @typedef {import('./setting-fields.js').Setting} Setting */
/** @typedef {import('./setting-fields.js').Bare} Bare */
/** @typedef {import('./setting-fields.js').Change} Change */

/** As one writes numbers in one's own language. @param {Bare} bare @param {Setting} _setting @param {any} _ @param {Change} onChange @param {AbortSignal} signal */
export function decimalField({ parts }, _setting, _, onChange, signal) {
  const control = document.createElement('input');
  control.className = 'input number';
  control.inputMode = 'decimal';
  control.autocomplete = 'off';
  control.maxLength = 40;
  control.addEventListener('input', () => {
    const text = control.value.trim();
    const number = text === '' ? '' : parseDecimal(text);
    if (number === null) onChange('', control.value);
    else onChange(number);
  }, { signal });
  parts.control.append(control);
  return {
    control,
    /** @param {Setting} _next @param {any} value @param {string|undefined} typed */
    show(_next, value, typed) {
      const text = typed ?? (value ? editableDecimal(value) : '');
      const isSame = document.activeElement === control && (parseDecimal(control.value.trim()) ?? '') === (value ?? '');
      if (!isSame && control.value !== text) control.value = text;
    },
  };
}

/** A day of the calendar, or one so many days from the day on which the step is done. @param {Bare} bare @param {Setting} _setting @param {any} _ @param {Change} onChange @param {AbortSignal} signal */
export function dayField({ parts }, _setting, _, onChange, signal) {
  const { root, parts: day } = clone('setting-day');
  const way = /** @type {HTMLSelectElement} */ (day.way);
  const date = /** @type {HTMLInputElement} */ (day.date);
  const days = /** @type {HTMLInputElement} */ (day.days);
  /** What was told last: the same is not shown anew, since “in … days” without a number means nothing yet. @type {any} */
  let told;
  const showWay = () => {
    date.hidden = way.value !== 'on';
    days.hidden = way.value !== 'in' && way.value !== 'ago';
  };
  const tell = () => {
    const count = /^\d{1,4}$/.test(days.value.trim()) ? Number(days.value) : null;
    if (way.value === 'on') told = date.value;
    else if (way.value === 'today') told = dayTag(0);
    else told = count ? dayTag(way.value === 'in' ? count : -count) : '';
    onChange(told);
  };
  way.addEventListener('change', () => {
    showWay();
    tell();
  }, { signal });
  date.addEventListener('input', tell, { signal });
  days.addEventListener('input', tell, { signal });
  parts.control.append(root);
  return {
    control: way,
    /** @param {Setting} _next @param {any} value */
    show(_next, value) {
      if (value === told) return;
      told = value;
      const count = daysFromToday(value);
      way.value = count === null ? 'on' : count === 0 ? 'today' : count > 0 ? 'in' : 'ago';
      date.value = count === null ? value ?? '' : '';
      days.value = count ? String(Math.abs(count)) : '';
      showWay();
    },
  };
}

/** Any number of choices. @param {Bare} bare @param {Setting} setting @param {any} _ @param {Change} onChange @param {AbortSignal} signal */
export function choicesField({ parts, id }, setting, _, onChange, signal) {
  const list = document.createElement('div');
  list.className = 'setting-choices';
  list.setAttribute('role', 'group');
  parts.label.id = `${id}-label`;
  parts.label.removeAttribute('for');
  list.setAttribute('aria-labelledby', parts.label.id);
  const boxes = (setting.options ?? []).map(([value, label]) => {
    const { root, parts: choice } = clone('setting-choice');
    choice.box.value = String(value);
    setText(choice.text, label);
    list.append(root);
    return /** @type {HTMLInputElement} */ (choice.box);
  });
  list.addEventListener('change', () => onChange(boxes.filter(({ checked }) => checked).map(({ value }) => Number(value))), { signal });
  parts.control.append(list);
  return {
    control: boxes[0] ?? list,
    /** @param {Setting} _next @param {any} value */
    show(_next, value) {
      for (const box of boxes) box.checked = Array.isArray(value) && value.includes(Number(box.value));
    },
  };
}
