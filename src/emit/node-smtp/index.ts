import type { Plan } from '../../plan/step.ts';
import type { Artefact, Emitter, LineOf, SourceLine } from '../emitter.ts';
import { transportConfig } from './config.ts';
import { deployFiles } from './deploy-files.ts';
import { bundleFolder, packageFiles } from './package-files.ts';
import { unsupported } from './unsupported.ts';

/** The transport bundle: a folder that serves the topology's connectors wherever Node runs. */
export const emitter: Emitter = {
  unsupported,
  async emit(plan: Plan, lineOf: LineOf): Promise<readonly Artefact[]> {
    // The one door to ts-morph, which takes half a second to load: only who compiles waits for it.
    const { wire } = await import('./wiring.ts');
    const { typeScript, javaScript, lines } = wire(transportConfig(plan), plan.file, lineOf);
    return [
      module('topology.ts', typeScript, lines.typeScript),
      module('topology.js', javaScript, lines.javaScript),
      ...packageFiles(plan),
      ...deployFiles(plan),
    ];
  },
};

function module(name: string, text: string, lines: readonly SourceLine[]): Artefact {
  return { kind: 'text', path: `${bundleFolder}/${name}`, text, encoding: 'utf-8', lines };
}
