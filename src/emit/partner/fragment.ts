import type { Plan, PlannedPartner } from '../../plan/step.ts';
import type { Emitter, LineOf } from '../emitter.ts';
import { onOneLine } from '../readable-text.ts';
import { agreements, type Agreement } from './agreement.ts';

/** A file that the partner merges into its configuration. */
export interface Fragment {
  readonly name: string;
  readonly text: string;
}

/** What a fragment says on its first lines, as comments. */
export type Heading = readonly string[];

/** Makes the emitter of one mail system: fragments for each partner that runs it. */
export function fragmentEmitter(
  mta: NonNullable<PlannedPartner['mta']>,
  fragmentsFor: (agreement: Agreement, heading: Heading) => readonly Fragment[],
): Emitter {
  return {
    unsupported: () => [],
    emit: async (plan, lineOf) =>
      agreements(plan)
        .filter(({ partner, entrances, exits }) => partner.mta === mta && entrances.length + exits.length > 0)
        .flatMap((agreement) =>
          fragmentsFor(agreement, headingOf(agreement, plan, lineOf)).map(({ name, text }) => ({
            kind: 'text' as const,
            path: `${agreement.folder}/${mta}/${name}`,
            text,
            encoding: 'utf-8' as const,
          })),
        ),
  };
}

function headingOf({ organization, partner }: Agreement, plan: Plan, lineOf: LineOf): Heading {
  return [
    `# For mail between ${onOneLine(partner.name)} and ${onOneLine(organization)}; README.md in the folder above says why.`,
    `# Made by mailtopo from ${onOneLine(plan.file)}:${lineOf(partner.origin)}.`,
  ];
}

/** Joins paragraphs of lines, which are left out where they are empty, with a blank line between them. */
export function paragraphs(...all: readonly (readonly string[])[]): string {
  return `${all
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join('\n'))
    .join('\n\n')}\n`;
}
