import type { Plan } from '../../plan/step.ts';
import type { Artefact } from '../emitter.ts';
import { markdownCode } from '../readable-text.ts';
import { bundleFiles } from './bundle-files.ts';

/** Where the bundle lies in the output folder. */
export const bundleFolder = 'transport';

/** Makes a text file of the bundle. */
export function bundleText(path: string, text: string): Artefact {
  return { kind: 'text', path: `${bundleFolder}/${path}`, text, encoding: 'utf-8' };
}

const main = `#!/usr/bin/env node
// Starts the SMTP transport of this folder; "node main.js --help" lists what it takes.
import { fileURLToPath } from 'node:url';
import { main } from './runtime/main.js';
import { topology } from './topology.js';

process.exitCode = await main(topology, fileURLToPath(new URL('.', import.meta.url)), process.argv.slice(2));
`;

const packageJson = `${JSON.stringify(
  {
    private: true,
    type: 'module',
    engines: { node: '>=20.19' },
    scripts: { start: 'node main.js' },
  },
  undefined,
  2,
)}\n`;

/** The files that make the wiring a program: its entry, its package, the runtime, certificates and where keys belong. */
export function packageFiles(plan: Plan): readonly Artefact[] {
  return [
    bundleText('main.js', main),
    bundleText('package.json', packageJson),
    { kind: 'runtime', path: `${bundleFolder}/runtime` },
    ...pemFiles(plan),
    { kind: 'folder', path: `${bundleFolder}/keys` },
    bundleText('keys/README.md', keysReadme(plan)),
  ];
}

function pemFiles(plan: Plan): readonly Artefact[] {
  const files = bundleFiles(plan);
  return [
    ...plan.certificates.map(({ name, file, origin }) => ({
      path: files.certificates.get(name),
      sourceFile: file,
      origin,
      secret: false,
    })),
    ...plan.authorities.map(({ name, file, origin }) => ({
      path: files.roots.get(name),
      sourceFile: file,
      origin,
      secret: false,
    })),
    ...plan.certificates.map(({ name, privateKey, origin }) => ({
      path: `keys/${files.keys.get(name)}`,
      sourceFile: privateKey,
      origin,
      secret: true,
    })),
  ].flatMap(({ path, sourceFile, ...rest }) =>
    path === undefined || sourceFile === undefined
      ? []
      : [{ kind: 'source-file' as const, path: `${bundleFolder}/${path}`, sourceFile, ...rest }],
  );
}

function keysReadme(plan: Plan): string {
  const files = bundleFiles(plan);
  const rows = plan.certificates
    .filter(({ file }) => file !== undefined)
    .map(({ name, installedOn }) => {
      const servers = installedOn.map(markdownCode).join(', ');
      return `| ${markdownCode(name)} | ${markdownCode(files.keys.get(name) ?? '')} | ${servers} |`;
    });
  const wanted =
    rows.length === 0
      ? ['The topology names no certificate file, so no key is needed.']
      : ['| certificate | its key is looked for in | servers that need it |', '| --- | --- | --- |', ...rows];
  return [
    '# Private keys',
    '',
    'Keys are not part of the topology. Put each one here as unencrypted PEM, readable by the user that runs the',
    'transport and by nobody else (mode 0600), or name another folder with `--keys`. Compiling again leaves the files',
    'that you put here alone.',
    '',
    ...wanted,
    '',
    'Who may log on to a Receive connector with `BasicAuth` stands in the file `users` here, one a line:',
    '`name:hash:address,address`, the addresses being what the user may send as. The command makes such a line and asks for',
    'the password; a change of the file is seen at the next logon. The variable `MAILTOPO_USERS` takes such lines, too, with',
    'semicolons between them.',
    '',
    '```sh',
    '(umask 077; node main.js user scanner scanner@contoso.com >> keys/users)',
    '```',
    '',
    'Servers of the topology that run on different hosts know each other by a certificate that each makes for itself at',
    'its first start, `internal.pem` in its data folder. Copy it to `internal/SERVER.pem` here, on every other host.',
    '',
  ].join('\n');
}
