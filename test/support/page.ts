import { pemFilesBeside } from '../../src/certificate/pem-files-beside.ts';
import { pageFacts, provenOf } from '../../src/command/page-facts.ts';
import { topologyPage } from '../../src/page/topology-page.ts';
import { askableSource } from '../../src/trace-source.ts';
import { rules } from '../../rules/index.ts';
import { day } from './asked.ts';

/** Makes the page of a topology; an example's certificates lie beside it. */
export async function pageOf(text: string, example?: string, script = 'void 0;'): Promise<string> {
  const file = example === undefined ? 'topology.yaml' : `examples/${example}/topology.yaml`;
  const certificateOf = pemFilesBeside(file);
  const options = { rules, fileExists: () => true, certificateOf, now: day };
  const { askable, diagnostics } = askableSource(file, text, options);
  if (askable === undefined) throw new Error(diagnostics.map(({ message }) => message).join('\n'));
  const proven = await provenOf(askable, day);
  return topologyPage(pageFacts({ askable, findings: diagnostics, proven, certificateOf, now: day }), script);
}
