// @ts-check
/** The personalization tags that the texts of an automation may hold; each step resolves them for the contact and deal it is about. */
import { titleTags } from '../deals/title-tags.js';

/** @type {{name: string, label: string}[]} */
export const textTags = [
  ...titleTags.map(({ name, label }) => ({ name, label })),
  { name: 'DEAL_TITLE', label: 'automation.tag.dealTitle' },
  { name: 'DEAL_VALUE', label: 'automation.tag.dealValue' },
  { name: 'DEAL_PIPELINE', label: 'automation.tag.dealPipeline' },
  { name: 'DEAL_STAGE', label: 'automation.tag.dealStage' },
  { name: 'DEAL_OWNER_FULL_NAME', label: 'automation.tag.dealOwner' },
  { name: 'DEAL_FORECASTED_CLOSE_DATE', label: 'automation.tag.dealCloseDate' },
  { name: 'TODAY', label: 'automation.tag.today' },
  { name: 'TODAY+3', label: 'automation.tag.todayPlus' },
];
