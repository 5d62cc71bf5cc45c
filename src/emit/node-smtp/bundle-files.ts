import type { Plan } from '../../plan/step.ts';
import { fileNamesFor } from '../safe-file-name.ts';

/** Where the PEM files of a plan lie in the bundle, by the name that the topology gives to certificate or root. */
export interface BundleFiles {
  /** Relative to the bundle's folder. */
  readonly certificates: ReadonlyMap<string, string>;
  /** Relative to the bundle's folder. */
  readonly roots: ReadonlyMap<string, string>;
  /** File names in the folder of keys. */
  readonly keys: ReadonlyMap<string, string>;
}

/** Names the bundle's PEM files after the topology's names, never after the paths that stand in it. */
export function bundleFiles(plan: Plan): BundleFiles {
  const certificates = fileNamesFor(plan.certificates.map(({ name }) => name));
  const roots = fileNamesFor(plan.authorities.map(({ name }) => name));
  const renamed = (names: ReadonlyMap<string, string>, path: (name: string) => string): Map<string, string> =>
    new Map([...names].map(([name, fileName]) => [name, path(fileName)]));
  return {
    certificates: renamed(certificates, (name) => `certificates/${name}.pem`),
    roots: renamed(roots, (name) => `certificates/roots/${name}.pem`),
    keys: renamed(certificates, (name) => `${name}.key`),
  };
}
