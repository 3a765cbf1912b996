// @ts-check
/** The widget in small, as it will look on the website. */
import { unbroken } from '../conversations/rich-text.js';
import { View, setText } from '../dom.js';
import { t } from '../i18n.js';
import { greetingIn } from './greetings.js';

export class SitePreview extends View {
  constructor() {
    super('site-preview');
  }

  /** @param {Record<string, any>} site @param {import('./greetings.js').Language} language the visitor's */
  show({ name, greetings, color, position }, language) {
    const { page, widget } = this.parts;
    setText(this.parts.name, name || t('site.name'));
    setText(this.parts.greeting, unbroken(greetingIn(language, greetings)));
    page.style.setProperty('--site', color);
    page.style.setProperty('--on-site', isLight(color) ? 'black' : 'white');
    widget.classList.toggle('is-left', position === 'left');
  }
}

/** Is black easier to read on it than white? By WCAG's relative luminance. @param {string} color `#rrggbb` */
function isLight(color) {
  const [red, green, blue] = [1, 3, 5].map((at) => {
    const channel = parseInt(color.slice(at, at + 2), 16) / 255;
    return channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue > 0.1791;
}
