import type { Place, Plan, Step } from '../../plan/step.ts';
import { safeFileName } from '../safe-file-name.ts';

/** Everything that is carried out in one place, in the plan's order. */
export interface PlaceOfExecution {
  readonly place: Place;
  /** What an administrator calls it: the server, or `organization`. */
  readonly title: string;
  /** Folder below `exchange/`, with a `/` behind; empty where there is only one place. */
  readonly folder: string;
  readonly steps: readonly Step[];
}

/** Gives the places in which something is to be done, in the order of their first step; what setup made is left alone. */
export function placesOf(plan: Plan): readonly PlaceOfExecution[] {
  const byTitle = new Map<string, { readonly place: Place; readonly steps: Step[] }>();
  for (const step of plan.steps.filter((one) => !('made' in one) || one.made === 'declared')) {
    const key = step.place.kind === 'organization' ? '' : step.place.server.toLowerCase();
    const known = byTitle.get(key);
    if (known) known.steps.push(step);
    else byTitle.set(key, { place: step.place, steps: [step] });
  }
  return [...byTitle.values()].map(({ place, steps }, index, { length }) => {
    const title = place.kind === 'organization' ? 'organization' : place.server;
    return { place, title, folder: length === 1 ? '' : `${index + 1}-${safeFileName(title)}/`, steps };
  });
}
