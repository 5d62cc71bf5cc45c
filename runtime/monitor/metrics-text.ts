import { escapeUnit } from '../log.ts';

/** What tells the samples of one metric apart. */
export type Labels = Readonly<Record<string, string>>;

/** One metric with all its samples. */
export interface Family {
  readonly name: string;
  readonly type: 'counter' | 'gauge';
  /** One sentence. */
  readonly help: string;
  readonly samples: readonly { readonly labels: Labels; readonly value: number }[];
}

/** The media type of the text. Source: Prometheus exposition formats, text format 0.0.4. */
export const metricsType = 'text/plain; version=0.0.4; charset=utf-8';

/**
 * Writes metrics in the text format of Prometheus, version 0.0.4.
 *
 * A domain of somebody's mail may be in a label: backslashes, quotes and line ends are escaped, and other control characters
 * are spelled out first.
 */
export function metricsText(families: readonly Family[]): string {
  return families
    .map(({ name, type, help, samples }) => {
      const lines = samples.map(({ labels, value }) => `${name}${labelText(labels)} ${value}\n`);
      return `# HELP ${name} ${help}\n# TYPE ${name} ${type}\n${lines.join('')}`;
    })
    .join('');
}

function labelText(labels: Labels): string {
  const pairs = Object.entries(labels).map(([name, value]) => `${name}="${escape(value)}"`);
  return pairs.length === 0 ? '' : `{${pairs.join(',')}}`;
}

function escape(value: string): string {
  return value
    .replaceAll(/[\u0000-\u001f\u007f-\u009f\u2028\u2029]/g, escapeUnit)
    .replaceAll(/[\\"]/g, (character) => `\\${character}`);
}
