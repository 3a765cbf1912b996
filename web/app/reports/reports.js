// @ts-check
/** The reports: which of them stands in the route, and what it is about. */
import { loadTemplates } from '../dom.js';
import { useWords } from '../i18n.js';
import { ForecastPage } from './forecast-page.js';
import { FunnelPage } from './funnel-page.js';
import { OutcomesPage } from './outcomes-page.js';
import { todayIn } from './periods.js';
import { ReportFilter } from './report-filter.js';
import { reportNames } from './report-page.js';
import { TimesPage } from './times-page.js';

await Promise.all([loadTemplates(import.meta.url), useWords('reports')]);

const reports = { forecast: ForecastPage, funnel: FunnelPage, times: TimesPage, outcomes: OutcomesPage };

/** @param {HTMLElement} element @param {import('../app.js').App} app @returns {import('../app.js').Mounted} */
export function mountReports(element, app) {
  let shown = '';
  /** @type {import('./report-page.js').ReportPage|null} */
  let page = null;
  return {
    show([name]) {
      const report = reportNames.find((each) => each === name) ?? 'forecast';
      const filter = new ReportFilter(app.router.current.query, todayIn(app.store.session.workspace.timeZone));
      if (shown !== report) {
        page?.disconnect();
        page = new reports[report](app, filter);
        page.connect(element);
        shown = report;
      }
      page?.show(filter);
    },
    disconnect: () => page?.disconnect(),
  };
}
