// @ts-check
/** What a site's widget greets visitors with, in each language that the widget speaks. */

/** @typedef {'en'|'fr'} Language */
/** @typedef {Record<Language, string>} Greetings */

/** What a new site greets with, and what the widget says where a site has no greeting. @type {Greetings} */
export const standardGreetings = {
  en: 'Hello! How can we help?',
  fr: 'Bonjour\u202f! Comment pouvons-nous vous aider\u202f?',
};

/** What a visitor of that language reads, as the widget chooses it. @param {Language} language @param {Greetings} greetings */
export function greetingIn(language, greetings) {
  return greetings[language] || Object.values(greetings).find(Boolean) || standardGreetings[language];
}
