import type { Plan } from '../../plan/step.ts';

/** The names of script parameters that stand for something the topology names, each one once. */
export interface ArgumentNames {
  /** By certificate; `File` and `Password` come behind. */
  readonly certificates: ReadonlyMap<string, string>;
  /** By credential; `Credential` comes behind. */
  readonly credentials: ReadonlyMap<string, string>;
}

/** Names the parameters of the scripts after certificates and credentials: `contoso-mail` is `ContosoMail`. */
export function argumentNamesFor(plan: Plan): ArgumentNames {
  return {
    certificates: uniqueNames(
      plan.certificates.map(({ name }) => name),
      'Certificate',
    ),
    credentials: uniqueNames(
      plan.credentials.map(({ name }) => name),
      'Account',
    ),
  };
}

/** Only letters and digits of ASCII get into a script; names that agree in those get a number. */
function uniqueNames(names: readonly string[], otherwise: string): ReadonlyMap<string, string> {
  const taken = new Set<string>();
  return new Map(
    names.map((name) => {
      const words = name.split(/[^A-Za-z0-9]+/).filter((word) => word !== '');
      const pascal = words.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join('');
      const stem = /^[A-Za-z]/.test(pascal) ? pascal : `${otherwise}${pascal}`;
      let unique = stem;
      for (let number = 2; taken.has(unique.toLowerCase()); number += 1) unique = `${stem}${number}`;
      taken.add(unique.toLowerCase());
      return [name, unique];
    }),
  );
}
