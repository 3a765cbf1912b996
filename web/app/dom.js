// @ts-check
/**
 * The page's parts: templates cloned and filled by text only, and views that own one element.
 *
 * Each feature keeps its `<template id="…">` elements in a `templates.html` beside its modules. They are parsed by
 * `DOMParser`, which runs no script; nothing in the front end writes markup from strings.
 */
import { t } from './i18n.js';

/** @type {Map<string, HTMLTemplateElement>} */
const templates = new Map();
/** @type {Map<string, Promise<void>>} */
const loads = new Map();

/**
 * Loads the templates of a feature once.
 * @param {string} base the caller's `import.meta.url`
 * @param {string} [file] beside it
 */
export function loadTemplates(base, file = './templates.html') {
  const url = new URL(file, base).href;
  let load = loads.get(url);
  if (!load) {
    load = readTemplates(url);
    loads.set(url, load);
    load.catch(() => loads.delete(url));
  }
  return load;
}

/** @param {string} url */
async function readTemplates(url) {
  const response = await fetch(url);
  if (!response.ok) throw new Error(`templates: ${response.status}`);
  const parsed = new DOMParser().parseFromString(await response.text(), 'text/html');
  for (const template of parsed.querySelectorAll('template')) {
    for (const use of template.content.querySelectorAll('use')) {
      use.setAttribute('href', iconReference(use.getAttribute('href')?.split('#')[1] ?? ''));
    }
    templates.set(template.id, template);
  }
}

/**
 * Has the icons stand in the page itself. Taken from their file by each `<use>`, they would be gone wherever something is
 * drawn while the network is away.
 */
export async function loadIcons() {
  const response = await fetch('/icons.svg');
  if (!response.ok) throw new Error(`icons: ${response.status}`);
  const parsed = new DOMParser().parseFromString(await response.text(), 'image/svg+xml');
  const sprite = document.importNode(parsed.documentElement, true);
  for (const symbol of sprite.querySelectorAll('symbol')) symbol.id = iconReference(symbol.id).slice(1);
  sprite.setAttribute('class', 'visually-hidden');
  sprite.setAttribute('aria-hidden', 'true');
  document.body.prepend(sprite);
}

/** @param {string} name */
function iconReference(name) {
  return `#icon-${name}`;
}

/** Attributes of a template that name a key of the catalogue, and what each fills. */
const translated = /** @type {const} */ ([
  ['data-t', null],
  ['data-t-label', 'aria-label'],
  ['data-t-title', 'title'],
  ['data-t-placeholder', 'placeholder'],
]);
const translatedSelector = translated.map(([attribute]) => `[${attribute}]`).join(',');

/**
 * A copy of a template's one root element, translated. `parts` are its elements marked `data-part="name"`.
 * @param {string} name
 * @returns {{root: HTMLElement, parts: Record<string, any>}}
 */
export function clone(name) {
  const template = templates.get(name);
  if (!template) throw new Error(`no template "${name}"`);
  const fragment = document.importNode(template.content, true);
  const root = /** @type {HTMLElement} */ (fragment.firstElementChild);
  translate(root);
  /** @type {Record<string, any>} */
  const parts = {};
  if (root.dataset.part) parts[root.dataset.part] = root;
  for (const element of root.querySelectorAll('[data-part]')) {
    parts[/** @type {HTMLElement} */ (element).dataset.part ?? ''] = element;
  }
  return { root, parts };
}

/** Fills the `data-t…` attributes of an element and all in it. @param {Element} root */
export function translate(root) {
  const elements = [...root.querySelectorAll(translatedSelector)];
  if (root.matches(translatedSelector)) elements.push(root);
  for (const element of elements) {
    for (const [attribute, target] of translated) {
      const key = element.getAttribute(attribute);
      if (key === null) continue;
      if (target) element.setAttribute(target, t(key));
      else element.textContent = t(key);
    }
  }
}

/** Writes text only when it differs, so that a selection or a live region is not disturbed.
 * @param {Element} element @param {string} text */
export function setText(element, text) {
  if (element.textContent !== text) element.textContent = text;
}

/** Writes or removes an attribute only when it differs.
 * @param {Element} element @param {string} name @param {string|null} value */
export function setAttribute(element, name, value) {
  if (value === null) element.removeAttribute(name);
  else if (element.getAttribute(name) !== value) element.setAttribute(name, value);
}

/** Has a list hold just these elements in this order. Those that stand right are not touched; one that moves takes the focus along.
 * @param {Element} list @param {Element[]} elements */
export function arrange(list, elements) {
  const focused = /** @type {HTMLElement|null} */ (document.activeElement);
  const wanted = new Set(elements);
  for (const child of [...list.children]) if (!wanted.has(child)) child.remove();
  elements.forEach((element, index) => {
    if (list.children[index] !== element) list.insertBefore(element, list.children[index] ?? null);
  });
  if (focused !== document.activeElement && focused?.isConnected) focused.focus();
}

/** An icon of the sprite. @param {string} name @param {string} [className] */
export function icon(name, className = 'icon') {
  const svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
  svg.setAttribute('class', className);
  svg.setAttribute('aria-hidden', 'true');
  const use = document.createElementNS('http://www.w3.org/2000/svg', 'use');
  use.setAttribute('href', iconReference(name));
  svg.append(use);
  return svg;
}

/** Points an existing `<svg><use>` at another icon. @param {Element} svg @param {string} name */
export function setIcon(svg, name) {
  const use = svg.querySelector('use');
  if (use) setAttribute(use, 'href', iconReference(name));
}

/** Is the event meant for a text field, so that single-key shortcuts must keep off? @param {Event} event */
export function isTyping(event) {
  const target = /** @type {HTMLElement} */ (event.target);
  return target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName);
}

/**
 * A view owns one element from `connect` to `disconnect`; everything it listens to ends with it. A subclass fills the
 * element in `connected()`.
 */
export class View {
  /** @type {AbortController|null} */
  #controller = null;

  /** @param {string|HTMLElement} source a template's name, or an element that is already there */
  constructor(source) {
    if (typeof source === 'string') {
      const { root, parts } = clone(source);
      this.root = root;
      this.parts = parts;
    } else {
      this.root = source;
      /** @type {Record<string, any>} */
      this.parts = {};
    }
  }

  /** Aborted by `disconnect`. */
  get signal() {
    if (!this.#controller) throw new Error('the view is not connected');
    return this.#controller.signal;
  }

  /** @param {Element|null} [parent] where the element goes; none when it stands there already */
  connect(parent = null) {
    this.#controller = new AbortController();
    if (parent) parent.append(this.root);
    this.connected();
    return this;
  }

  connected() {}

  disconnect() {
    this.#controller?.abort();
    this.#controller = null;
    this.root.remove();
  }

  /**
   * @param {EventTarget} target @param {string} type @param {(event: any) => void} handler
   * @param {AddEventListenerOptions} [options]
   */
  listen(target, type, handler, options) {
    target.addEventListener(type, handler, { ...options, signal: this.signal });
  }
}
