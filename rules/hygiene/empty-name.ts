import { yaml, type Located, type RuleModule, type Topology } from '../../src/rule-kit.ts';

function* namesOf(topology: Topology): Generator<readonly [what: string, name: Located<string>]> {
  yield ['The organization', topology.organization.name];
  for (const { name } of topology.certificates) yield ['A certificate', name];
  for (const { name } of topology.authorities) yield ['An authority', name];
  for (const { name } of topology.partners) yield ['A partner', name];
  for (const { name } of topology.credentials) yield ['A credential', name];
  for (const { name } of topology.networks) yield ['A network', name];
  for (const { extendedRights } of topology.receiveConnectors)
    for (const { principal } of extendedRights) yield ['A principal with extended rights', principal];
}

export const rule: RuleModule = {
  severity: 'error',
  summary: 'Something that is known by its name has an empty one.',
  why: `Findings, scripts and folders name things as the file does, and what has no name cannot be pointed at.`,
  sources: ['EXCH Add-ADPermission -User'],

  check({ topology, report }) {
    for (const [what, { value, at }] of namesOf(topology)) {
      if (value.trim() === '')
        report({ at, message: `${what} has the name "${value}".`, help: 'Give it a name.' });
    }
  },

  examples: {
    good: [
      yaml`
        partners:
          fabrikam: { domains: [fabrikam.com] }
      `,
    ],
    bad: [
      yaml`
        partners:
          "": { domains: [fabrikam.com] }
        # ^^ A partner has the name ""
      `,
    ],
  },
};
