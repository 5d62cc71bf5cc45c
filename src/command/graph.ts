import { hasErrors } from '../base/diagnostic.ts';
import { Failure } from '../base/failure.ts';
import { pemFilesBeside } from '../certificate/pem-files-beside.ts';
import { transportConfig } from '../emit/node-smtp/config.ts';
import { lintSource } from '../lint-source.ts';
import { dot } from '../picture/dot.ts';
import { drawPlan } from '../picture/draw-plan.ts';
import { mermaid } from '../picture/mermaid.ts';
import type { Picture } from '../picture/picture.ts';
import { svg } from '../picture/svg.ts';
import { makePlan } from '../plan/make-plan.ts';
import { fileExistsBeside, readSource } from '../read-source.ts';
import { pretty } from '../report/pretty.ts';
import { summaryLine, type Findings } from '../report/report.ts';
import { exitCode, type ExitCode, type Streams } from '../run.ts';
import { rules } from '../../rules/index.ts';
import { pictureFormats } from './picture-formats.ts';
import { ruleWords } from './rule-words.ts';
import { addressOnDisk, paintFor } from './terminal.ts';
import { writeOutput } from './write-output.ts';

export interface GraphArguments {
  readonly format: string;
  readonly output?: string;
  /** Unit: milliseconds since 1970. */
  readonly now?: number;
}

const writers: Readonly<Record<(typeof pictureFormats)[number], (picture: Picture) => string>> = {
  mermaid,
  dot,
  svg,
};

function writerFor(format: string): (picture: Picture) => string {
  const known = pictureFormats.find((one) => one === format);
  if (known !== undefined) return writers[known];
  const words = `there is no format ${JSON.stringify(format)} for a picture`;
  throw new Failure('usage', `${words}; the formats are ${pictureFormats.join(', ')}`);
}

/** Standard output is the picture's alone, so that it can be redirected; faults go beside it, and remarks are for lint. */
function tell({ diagnostics: all, sources }: Findings, streams: Streams): void {
  const diagnostics = all.filter(({ severity }) => severity !== 'info');
  if (diagnostics.length === 0) return;
  const findings: Findings = { diagnostics, sources };
  const paint = paintFor(process.stderr, process.env);
  streams.err(pretty({ ...findings, wordsOf: ruleWords, addressOf: addressOnDisk }, paint));
  streams.err(`mailtopo: ${summaryLine(findings)}\n`);
}

/** `mailtopo graph FILE`: draws nothing where lint has an error. */
export function graph(path: string, args: GraphArguments, streams: Streams): ExitCode {
  const writer = writerFor(args.format);
  const { file, decoded, shown } = readSource(path);
  const sources = new Map([[file, shown]]);
  if (decoded.value === undefined) {
    tell({ diagnostics: decoded.diagnostics, sources }, streams);
    return exitCode.findings;
  }
  const { topology, diagnostics } = lintSource(file, decoded.value, {
    rules,
    fileExists: fileExistsBeside(file),
    certificateOf: pemFilesBeside(file),
    now: args.now ?? Date.now(),
  });
  tell({ diagnostics, sources }, streams);
  if (topology === undefined || hasErrors(diagnostics)) return exitCode.findings;
  const plan = makePlan(topology);
  const text = writer(drawPlan(plan, transportConfig(plan).config));
  if (args.output === undefined) streams.out(text);
  else writeOutput(args.output, text, path, 'picture');
  return exitCode.clean;
}
