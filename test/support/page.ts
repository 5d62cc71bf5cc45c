import { pemFilesBeside } from '../../src/certificate/pem-files-beside.ts';
import { topologyPage } from '../../src/page/topology-page.ts';
import { lineFinder } from '../../src/report/text-position.ts';
import { askableSource } from '../../src/trace-source.ts';
import { rules } from '../../rules/index.ts';
import { day } from './asked.ts';

/** Makes the page of a topology, with a script that does nothing; an example's certificates lie beside it. */
export function pageOf(text: string, example?: string): string {
  const file = example === undefined ? 'topology.yaml' : `examples/${example}/topology.yaml`;
  const certificateOf = pemFilesBeside(file);
  const options = { rules, fileExists: () => true, certificateOf, now: day };
  const { askable, diagnostics } = askableSource(file, text, options);
  if (askable === undefined) throw new Error(diagnostics.map(({ message }) => message).join('\n'));
  return topologyPage(
    {
      file,
      text,
      plan: askable.plan,
      config: askable.world.config,
      findings: diagnostics,
      wordsOf: () => undefined,
      lineOf: lineFinder(text),
      datesIn(pem) {
        const read = certificateOf(pem);
        return read.kind === 'read' ? read.certificates[0] : undefined;
      },
      judgedAt: day,
      version: '0.0.0',
    },
    'void 0;',
  );
}
