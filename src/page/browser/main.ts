/** What runs in the page of a report; it is bundled into one script, which reaches nothing of Node. */
import { showDays } from './show-days.ts';

showDays(document);
