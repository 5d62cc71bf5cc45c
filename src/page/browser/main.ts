/** What runs in the page of a report; it is bundled into one script, which reaches nothing of Node. */
import { showDays } from './show-days.ts';
import { startTrace } from './trace-form.ts';

showDays(document);
startTrace(document);
