/**
 * Makes the public certificates that the examples name and that are not there: npm run example-certificates.
 *
 * They last a hundred years, so that examples do not expire; their keys are thrown away, for an example never runs with them
 * (npm start makes its own).
 */
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { issue, makeAuthority, type TestAuthority } from '../../test/support/certificates.ts';
import { bindTopology } from '../model/bind-topology.ts';
import type { Topology } from '../model/topology.ts';
import { parseSource } from '../source/parse-source.ts';

const years = 100;

function write(path: string, pem: string): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, pem);
  console.log(path);
}

async function makeFor(folder: string, topology: Topology): Promise<void> {
  const made = new Map<string, TestAuthority>();
  for (const { name, file } of topology.authorities) {
    const authority = await makeAuthority(name.value, { years });
    made.set(name.value, authority);
    if (file) write(join(folder, file.value), authority.certificate);
  }
  for (const { issuedBy, domains, file } of topology.certificates) {
    if (!file) continue;
    const authority = issuedBy.kind === 'authority' ? made.get(issuedBy.authority.value) : undefined;
    const names = { domains: domains.map(({ value }) => value), years };
    const issued = await issue(authority ? { ...names, authority } : names);
    write(join(folder, file.value), issued.certificate);
  }
}

for (const { name } of readdirSync('examples', { withFileTypes: true }).filter((entry) =>
  entry.isDirectory(),
)) {
  const file = join('examples', name, 'topology.yaml');
  const { value: document } = parseSource(file, readFileSync(file, 'utf8'));
  const topology = document && bindTopology(document).value;
  if (!topology) throw new Error(`${file} cannot be bound`);
  const files = [...topology.authorities, ...topology.certificates].flatMap(
    ({ file: pem }) => pem?.value ?? [],
  );
  // A root and what it signed belong together, so all are made anew when one is missing.
  if (files.some((pem) => !existsSync(join('examples', name, pem))))
    await makeFor(join('examples', name), topology);
}
