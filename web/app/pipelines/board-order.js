// @ts-check
/** How the cards of a column stand: by the hand that put them there, or by the sort that the stage asks for. */
import { currentLocale } from '../i18n.js';

/** @typedef {(a: any, b: any) => number} Order */

/** Ranks stand in the order of their characters, as in the database. @param {string} a @param {string} b */
function compareRanks(a, b) {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** @type {Record<string, Order>} */
const orders = {
  rank: (a, b) => compareRanks(a.rank, b.rank) || a.id - b.id,
  newest: (a, b) => b.id - a.id,
  value: (a, b) => compareRanks(a.value.currency, b.value.currency) || b.value.minor - a.value.minor || a.id - b.id,
  close: (a, b) => compareRanks(a.forecastedCloseOn ?? '~', b.forecastedCloseOn ?? '~') || a.id - b.id,
  activity: (a, b) => b.lastActivityAt - a.lastActivityAt || b.id - a.id,
  title: (a, b) => a.title.localeCompare(b.title, currentLocale()) || a.id - b.id,
};

/** @param {string} sort @returns {Order} */
export function orderOf(sort) {
  return orders[sort] ?? orders.rank;
}

/** Where a deal belongs among others that stand in order. @param {any[]} deals @param {any} deal @param {Order} order */
export function placeOf(deals, deal, order) {
  let low = 0;
  let high = deals.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (order(deals[middle], deal) < 0) low = middle + 1;
    else high = middle;
  }
  return low;
}

/**
 * A rank right behind another, until the server answers with the true one: longer by the lowest character, it stands before
 * whatever follows.
 * @param {string|null} rank null: the head of the column
 */
export function rankBehind(rank) {
  return rank === null ? '' : `${rank}\u0001`;
}
