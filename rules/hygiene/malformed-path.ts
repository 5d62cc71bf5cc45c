import { yaml, type Located, type RuleModule, type Topology } from '../../src/rule-kit.ts';

/** A place where a path belongs; one `within` a folder cannot climb out of it. */
interface Place {
  readonly path: Located<string>;
  readonly what: string;
  readonly within: 'data folder' | undefined;
}

function* placesOf({ certificates, authorities, delivery }: Topology): Generator<Place> {
  for (const { name, file, privateKey } of certificates) {
    if (file) yield { path: file, what: `the file of certificate "${name.value}"`, within: undefined };
    if (privateKey) yield { path: privateKey, what: `the private key of "${name.value}"`, within: undefined };
  }
  for (const { name, file } of authorities)
    if (file) yield { path: file, what: `the file of authority "${name.value}"`, within: undefined };
  for (const one of delivery)
    if (one.kind === 'maildir')
      yield { path: one.folder, what: `the folder of mail for "${one.domain.value}"`, within: 'data folder' };
}

/** Tells what is wrong with a path; undefined when nothing is. */
function faultOf(path: string, within: string | undefined): string | undefined {
  if (path.trim() === '') return 'is empty';
  if (path.includes('\\')) return 'holds a backslash';
  if (/^\/|^[a-z]:/i.test(path)) return 'is not relative';
  return within !== undefined && path.split('/').includes('..') ? `leads out of the ${within}` : undefined;
}

export const rule: RuleModule = {
  severity: 'error',
  summary: 'A path is not relative, or leads out of the folder that it belongs in.',
  why: `Files stand beside the topology, so that it means the same on every machine: paths are relative and written with
    "/". Mail stays in the data folder of the bundle, whoever wrote the file.`,
  sources: ['https://cwe.mitre.org/data/definitions/22.html'],

  check({ topology, report }) {
    for (const { path, what, within } of placesOf(topology)) {
      const fault = faultOf(path.value, within);
      if (fault === undefined) continue;
      report({
        at: path.at,
        message: `"${path.value}", ${what}, ${fault}.`,
        help: `Write a path relative to the ${within ?? 'topology file'}, with "/" between folders.`,
      });
    }
  },

  examples: {
    good: [
      yaml`
        certificates:
          contoso-mail: { issuedBy: public, domains: [mail.contoso.com], file: ../certs/mail.pem }
        delivery:
          contoso.com: { maildir: mail/contoso.com }
      `,
    ],
    bad: [
      yaml`
        certificates:
          contoso-mail: { issuedBy: public, domains: [mail.contoso.com], file: 'C:\\certs\\mail.pem' }
          #                                                                    ^^^^^^^^^^^^^^^^^^^ holds a backslash
        authorities:
          contoso-root: { file: /etc/ssl/contoso-root.pem }
          #                     ^^^^^^^^^^^^^^^^^^^^^^^^^ is not relative
        delivery:
          contoso.com: { maildir: ../../home/ann }
          #                       ^^^^^^^^^^^^^^ leads out of the data folder
      `,
    ],
  },
};
