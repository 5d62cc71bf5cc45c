/** Which topologies the scripts are run for: the examples, also in other versions, the sample, and generated ones. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { rules } from '../../rules/index.ts';
import { hasErrors } from '../../src/base/diagnostic.ts';
import { emitter } from '../../src/emit/exchange-shell/index.ts';
import { compareVersions, exchangeVersions, type ExchangeVersion } from '../../src/exchange/version.ts';
import { lintSource } from '../../src/lint-source.ts';
import { makePlan } from '../../src/plan/make-plan.ts';
import type { Plan } from '../../src/plan/step.ts';

/** A topology that lint has no error against, and its plan. */
export interface Sample {
  readonly title: string;
  readonly text: string;
  readonly plan: Plan;
  /** Whether the file says this version, or another one was put in its place. */
  readonly origin: 'as written' | 'other version';
}

/** Lists the examples, each in its own version and in every other one that can say what it says. */
export function examplesInAllVersions(): readonly Sample[] {
  const names = readdirSync('examples', { withFileTypes: true }).filter((entry) => entry.isDirectory());
  return names.flatMap(({ name }) => {
    const text = readFileSync(join('examples', name, 'topology.yaml'), 'utf8');
    const own = sampleOf(name, text, 'as written');
    const others = exchangeVersions.flatMap((version) => {
      if (own[0]?.plan.version === version) return [];
      const title = `${name} as ${version}`;
      // A mailbox server of 2013 has no Front End Transport: that is the other role's.
      const texts = [
        inVersion(text, version, version === '2013' ? 'HubTransport' : 'FrontendTransport'),
        inVersion(text, version),
      ];
      return texts.flatMap((one) => sampleOf(title, one, 'other version')).slice(0, 1);
    });
    return [...own, ...others];
  });
}

function sampleOf(title: string, text: string, origin: Sample['origin']): readonly Sample[] {
  const { topology, diagnostics } = lintSource('topology.yaml', text, { rules, fileExists: () => true });
  if (topology === undefined || hasErrors(diagnostics)) return [];
  // A role that is not said is one that Exchange chooses, and no source tells how.
  if (origin === 'other version' && diagnostics.some(({ rule }) => rule === 'unstated-transport-role'))
    return [];
  const plan = makePlan(topology);
  return hasErrors(emitter.unsupported(plan)) ? [] : [{ title, text, plan, origin }];
}

/** Says the same of another version: roles have other names there, and a few settings are not there. */
function inVersion(text: string, version: ExchangeVersion, transportRole?: string): string {
  const isOld = compareVersions(version, '2013') < 0;
  const said = text
    .replace(/exchangeVersion: .*/, `exchangeVersion: "${version}"`)
    .replaceAll(/role: (hub|mailbox|clientAccess)/g, `role: ${isOld ? 'hub' : 'mailbox'}`)
    .replaceAll(/^ *transportRole: .*\n/gm, '')
    .replaceAll(/^ *tls(?:AuthLevel|Domain): .*\n/gm, (line) => (version === '2007' ? '' : line));
  if (isOld || transportRole === undefined) return said;
  return said.replaceAll(
    /^( *)bindings:/gm,
    (line, margin: string) => `${margin}transportRole: ${transportRole}\n${line}`,
  );
}
