import type { Diagnostic } from '../base/diagnostic.ts';
import type { Plan } from '../plan/step.ts';
import { staysInFolder } from './safe-file-name.ts';

/** Finds files that the topology names outside its own folder; no target copies those. */
export function outsideFiles(plan: Plan): readonly Diagnostic[] {
  const files = [...plan.certificates, ...plan.authorities].flatMap((one) => [
    { file: one.file, origin: one.origin },
    { file: 'privateKey' in one ? one.privateKey : undefined, origin: one.origin },
  ]);
  return files.flatMap(({ file, origin }): readonly Diagnostic[] => {
    if (file === undefined || staysInFolder(file)) return [];
    const message = `"${file}" lies outside the folder of the topology.`;
    const help = 'Put the file beside the topology or below, and name it by a relative path.';
    return [{ rule: 'file-outside-folder', severity: 'error', message, at: origin, related: [], help }];
  });
}
