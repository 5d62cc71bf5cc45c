import type { Plan } from '../../plan/step.ts';
import { fileNamesFor } from '../safe-file-name.ts';

/** Names the copy of a certificate that lies beside the scripts, after the object that it belongs to. */
export function certificateFileName(plan: Plan, kind: 'certificate' | 'authority', name: string): string {
  const fileNames = fileNamesFor([
    ...plan.certificates.map((one) => one.name),
    ...plan.authorities.map((one) => rootName(one.name)),
  ]);
  return `${fileNames.get(kind === 'certificate' ? name : rootName(name)) ?? '_'}.pem`;
}

function rootName(name: string): string {
  return `root-${name}`;
}
