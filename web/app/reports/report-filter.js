// @ts-check
/** What a report is about, as it stands in the route: `#/reports/NAME?from=…&to=…&by=…&pipeline=…&owner=…&currency=…`. */
import { isDay, presetRange, presets } from './periods.js';

const units = ['day', 'week', 'month'];

export class ReportFilter {
  /** @param {URLSearchParams} query @param {string} today in the workspace's zone */
  constructor(query, today) {
    const usual = presetRange('around', today);
    const from = query.get('from') ?? '';
    const to = query.get('to') ?? '';
    const isGiven = isDay(from) && isDay(to) && from <= to;
    this.from = isGiven ? from : usual.from;
    this.to = isGiven ? to : usual.to;
    const by = query.get('by') ?? '';
    this.by = /** @type {import('./periods.js').Unit} */ (units.includes(by) ? by : 'month');
    this.pipeline = id(query.get('pipeline'));
    this.owner = id(query.get('owner'));
    this.currency = /^[A-Z]{3}$/.test(query.get('currency') ?? '') ? query.get('currency') ?? '' : '';
    /** The usual range that it is, or `custom`. */
    this.preset = presets.find((preset) => {
      const range = presetRange(preset, today);
      return range.from === this.from && range.to === this.to;
    }) ?? 'custom';
  }

  /** For the server, which answers for every currency at once. */
  get query() {
    return { from: this.from, to: this.to, by: this.by, pipeline: this.pipeline || null, owner: this.owner || null };
  }

  /** The route of a report with some of it changed. @param {import('./report-page.js').ReportName} report @param {Record<string, string>} [changes] */
  route(report, changes = {}) {
    const { from, to, by, pipeline, owner, currency } = { ...this, ...changes };
    const query = new URLSearchParams({ from, to, by });
    for (const [name, value] of Object.entries({ pipeline, owner, currency })) if (value) query.set(name, value);
    return `/reports/${report}?${query}`;
  }

  /** Where the figures can be had as a file. @param {import('./report-page.js').ReportKind} kind @param {string} currency the one that is shown */
  file({ name, path, hasUnits = false }, currency) {
    const { from, to, by, pipeline, owner } = this;
    const query = new URLSearchParams({ from, to });
    for (const [key, value] of Object.entries({ by: hasUnits ? by : '', pipeline, owner, currency: name === 'times' ? '' : currency })) {
      if (value) query.set(key, value);
    }
    return `${path}.csv?${query}`;
  }
}

/** @param {string|null} text */
function id(text) {
  return /^[1-9]\d{0,15}$/.test(text ?? '') ? text ?? '' : '';
}
