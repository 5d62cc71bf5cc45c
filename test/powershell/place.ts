import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { argumentNamesFor } from '../../src/emit/exchange-shell/argument-names.ts';
import { emitter } from '../../src/emit/exchange-shell/index.ts';
import { placesOf, type PlaceOfExecution } from '../../src/emit/exchange-shell/places.ts';
import { compareVersions, type ExchangeVersion } from '../../src/exchange/version.ts';
import type { Plan, PlannedServer } from '../../src/plan/step.ts';
import { issue, makeAuthority } from '../support/certificates.ts';
import { bytesOf } from '../support/exchange-scripts.ts';

/** One place of a topology with its scripts on the disk, ready to be run on a fake Exchange. */
export interface Place {
  readonly title: string;
  readonly plan: Plan;
  readonly at: PlaceOfExecution;
  readonly version: ExchangeVersion;
  /** The server whose shell the scripts run in. */
  readonly shell: PlannedServer;
  /** Whether that shell is remote, so that all objects come through the serializer. */
  readonly isRemote: boolean;
  readonly folder: string;
  /** Name of the folder for backups, in the folder. */
  readonly backups: string;
  /** Names of the scripts in the folder, such as `10-apply.ps1`. */
  readonly scripts: readonly string[];
  /** What the administrator hands to apply. */
  readonly given: { readonly [parameter: string]: unknown };
  /** Files that stand for certificates with their keys, by certificate. */
  readonly certificates: ReadonlyMap<string, string>;
}

/** Emits the scripts of a plan into a folder, with certificates for every name that the plan uses. */
export async function placesIn(
  plan: Plan,
  text: string,
  folder: string,
  title: string,
): Promise<readonly Place[]> {
  const certificates = await writeCertificates(plan, folder);
  const artefacts = await emitter.emit(plan, ({ start }) => text.slice(0, start).split('\n').length);
  for (const artefact of artefacts) {
    const path = join(folder, artefact.path);
    mkdirSync(dirname(path), { recursive: true });
    if (artefact.kind === 'text') writeFileSync(path, runnable(bytesOf(artefact)));
    else if (artefact.kind === 'source-file') {
      const named = [...plan.certificates, ...plan.authorities].find(
        ({ file }) => file === artefact.sourceFile,
      );
      writeFileSync(path, readFileSync(certificates.get(named?.name ?? '') ?? ''));
    }
  }
  return placesOf(plan).flatMap((at): readonly Place[] => {
    const inside = plan.servers.find(({ role }) => role === 'hub' || role === 'mailbox');
    const name = at.place.kind === 'server' ? at.place.server : inside?.name;
    const shell = plan.servers.find((one) => one.name === name);
    if (shell === undefined) return [];
    const version = at.place.kind === 'server' ? shell.version : plan.version;
    const scripts = artefacts.flatMap(({ path }) =>
      path.startsWith(`exchange/${at.folder}`) &&
      /^[^/]*\.ps1$/.test(path.slice(`exchange/${at.folder}`.length))
        ? [path.slice(`exchange/${at.folder}`.length)]
        : [],
    );
    return [
      {
        ...{ title: `${title} ${version} ${at.title}`, plan, at, version, shell, scripts, certificates },
        isRemote: shell.role !== 'edge' && compareVersions(version, '2010') >= 0,
        folder: join(folder, 'exchange', at.folder),
        backups: 'first',
        // Edge servers get another default certificate, the ones inside keep theirs.
        given: givenFor(
          plan,
          at,
          certificates,
          shell.role === 'edge' && version !== '2007' && at.steps.some(({ kind }) => kind === 'certificate'),
        ),
      },
    ];
  });
}

/** What the preflight asks of the computer; the fake answers in its place, for the tests run on another one. */
const computer: readonly (readonly [string, string])[] = [
  ['[Environment]::MachineName', "(Get-FakeComputer -What 'Name')"],
  [
    '@($adapters | ForEach-Object { $_.GetIPProperties().UnicastAddresses } | ForEach-Object { $_.Address.ToString() })',
    "@(Get-FakeComputer -What 'Addresses')",
  ],
  ['$null = [System.Net.Dns]::GetHostAddresses($Name)', '$null = $Name'],
];

function runnable(script: string): string {
  return computer.reduce((text, [real, fake]) => text.replaceAll(real, fake), script);
}

function givenFor(
  plan: Plan,
  { steps }: PlaceOfExecution,
  certificates: ReadonlyMap<string, string>,
  replacesDefault: boolean,
): { readonly [parameter: string]: unknown } {
  const names = argumentNamesFor(plan);
  return Object.fromEntries([
    ...(replacesDefault ? [['ReplaceDefaultSmtpCertificate', true] as const] : []),
    ...steps.flatMap((step): [string, unknown][] => {
      if (step.kind === 'certificate') {
        const stem = names.certificates.get(step.name) ?? '';
        return [
          [`${stem}File`, certificates.get(step.name)],
          [`${stem}Password`, { secret: true }],
        ];
      }
      if (step.kind !== 'send-connector' || step.credential === undefined) return [];
      const user = plan.credentials.find(({ name }) => name === step.credential)?.username;
      return [[`${names.credentials.get(step.credential) ?? ''}Credential`, { user }]];
    }),
  ]);
}

/** The name of the certificate that setup gives each server. */
export const selfSigned = '(self-signed)';

async function writeCertificates(plan: Plan, folder: string): Promise<ReadonlyMap<string, string>> {
  const written = new Map<string, string>();
  const keep = (name: string, pem: string): void => {
    const path = join(folder, `certificate-${written.size}.pem`);
    writeFileSync(path, pem);
    written.set(name, path);
  };
  if (plan.certificates.length + plan.authorities.length === 0) return written;
  keep(selfSigned, (await issue({ domains: ['server.invalid'] })).certificate);
  const authority = await makeAuthority('Test Root');
  for (const { name, domains } of plan.certificates)
    keep(name, (await issue({ authority, domains })).certificate);
  for (const { name } of plan.authorities)
    keep(name, (await makeAuthority(`Root ${written.size}`)).certificate);
  return written;
}
