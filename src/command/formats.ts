import { appendFileSync, writeFileSync } from 'node:fs';
import { Failure } from '../base/failure.ts';
import { reasonOf } from '../base/reason-of.ts';
import { packageManifest } from '../package.ts';
import { compact } from '../report/compact.ts';
import { json } from '../report/json.ts';
import { pretty } from '../report/pretty.ts';
import { plain, type Findings, type Format } from '../report/report.ts';
import type { Streams } from '../run.ts';
import { formatNames, type FormatName } from './format-names.ts';
import { pathFromRoot } from './path-from-root.ts';
import { ruleWords } from './rule-words.ts';
import { addressOnDisk, paintFor, standardOutput } from './terminal.ts';

/** Those that most runs do not need are loaded when they are asked for. */
const formats: Readonly<Record<FormatName, () => Promise<Format>>> = {
  pretty: async () => pretty,
  compact: async () => compact,
  json: async () => json,
  sarif: async () => (await import('../report/sarif.ts')).sarif,
  github: async () => (await import('../report/github.ts')).github,
  gitlab: async () => (await import('../report/gitlab.ts')).gitlab,
  junit: async () => (await import('../report/junit.ts')).junit,
  checkstyle: async () => (await import('../report/checkstyle.ts')).checkstyle,
};

/** A format and the file it goes to; without a file it goes to standard output. */
export interface FormatRequest {
  readonly format: FormatName;
  readonly file?: string;
}

function isFormat(name: string): name is FormatName {
  return (formatNames as readonly string[]).includes(name);
}

/** Reads `--format NAME[=FILE]`, as often as it stands; nothing said is `pretty`. */
export function parseFormats(requests: readonly string[]): readonly FormatRequest[] {
  const parsed = (requests.length === 0 ? ['pretty'] : requests).map((request): FormatRequest => {
    const [format = '', ...rest] = request.split('=');
    if (!isFormat(format)) {
      const known = formatNames.join(', ');
      throw new Failure('usage', `there is no format ${JSON.stringify(format)}; the formats are ${known}`);
    }
    if (rest.length === 0) return { format };
    const file = rest.join('=');
    if (file === '') throw new Failure('usage', `no file stands behind "${format}="`);
    return { format, file };
  });
  if (parsed.filter(({ file }) => file === undefined).length > 1) {
    throw new Failure(
      'usage',
      'only one format can go to standard output; give the others a file, such as json=report.json',
    );
  }
  return parsed;
}

function writing(file: string, write: () => void): void {
  try {
    write();
  } catch (cause) {
    throw new Failure('unwritable-output', `cannot write ${file}: ${reasonOf(cause)}`, cause);
  }
}

/** Adds the table to the page of the run that GitHub shows; the file holds what earlier steps had to say. */
async function addSummary(findings: Findings): Promise<void> {
  const { GITHUB_STEP_SUMMARY: file } = process.env;
  if (file === undefined || file === '') return;
  const { githubSummary } = await import('../report/github-summary.ts');
  writing(file, () => appendFileSync(file, githubSummary(findings)));
}

/** Writes each report where it was asked for; standard output holds the one report and nothing else. */
export async function writeReports(
  found: Findings,
  requests: readonly FormatRequest[],
  streams: Streams,
): Promise<void> {
  const findings: Findings = {
    ...found,
    wordsOf: ruleWords,
    pathOf: pathFromRoot,
    addressOf: addressOnDisk,
    version: () => packageManifest().version,
  };
  for (const { format, file } of requests) {
    const write = await formats[format]();
    if (file === undefined) streams.out(write(findings, paintFor(standardOutput(), process.env)));
    else writing(file, () => writeFileSync(file, write(findings, plain)));
    if (format === 'github') await addSummary(findings);
  }
}
