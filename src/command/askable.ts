import { hasErrors } from '../base/diagnostic.ts';
import { Failure } from '../base/failure.ts';
import { printable } from '../base/printable.ts';
import { pemFilesBeside } from '../certificate/pem-files-beside.ts';
import { fileExistsBeside, readSource } from '../read-source.ts';
import { compact } from '../report/compact.ts';
import { plain, type Findings } from '../report/report.ts';
import type { Streams } from '../run.ts';
import { askableSource, type Askable } from '../trace-source.ts';
import { rules } from '../../rules/index.ts';

/**
 * Reads a topology that questions are to be asked about; what keeps it from being read goes to standard error.
 *
 * Unit: milliseconds since 1970. Fails: returns undefined where too little of it could be read.
 */
export async function readAskable(path: string, now: number, streams: Streams): Promise<Askable | undefined> {
  if (path === '-')
    throw new Failure('usage', 'a file is needed: what a topology names is looked for beside it');
  const { file, decoded } = readSource(path);
  const text = decoded.value ?? '';
  const { askable, diagnostics } =
    decoded.value === undefined
      ? { askable: undefined, diagnostics: decoded.diagnostics }
      : askableSource(file, text, {
          rules,
          fileExists: fileExistsBeside(file),
          certificateOf: pemFilesBeside(file),
          now,
        });
  const errors = diagnostics.filter(({ severity }) => severity === 'error');
  const findings: Findings = { diagnostics: errors, sources: new Map([[file, text]]) };
  if (askable === undefined) streams.err(compact(findings, plain));
  else if (hasErrors(errors)) {
    const count = errors.length === 1 ? 'an error' : `${errors.length} errors`;
    streams.err(
      `mailtopo: lint finds ${count} in ${printable(file)}; Exchange may not take it as it stands\n`,
    );
  }
  return askable;
}
