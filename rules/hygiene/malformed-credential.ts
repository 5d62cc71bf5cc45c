import { yaml, type RuleModule } from '../../src/rule-kit.ts';

export const rule: RuleModule = {
  severity: 'error',
  summary: 'A credential has no user name, or says nowhere that a password could be found.',
  why: `The bundle reads the password from an environment variable or a file when it needs it, and scripts ask for it by
    the name of the variable. A name with other characters is no variable in some shells, and the password itself in
    that place would end up in every copy of the file.`,
  sources: ['EXCH New-SendConnector -AuthenticationCredential', 'PS about_Environment_Variables'],

  check({ topology, report }) {
    for (const { name, username, passwordFrom } of topology.credentials) {
      if (username.value.trim() === '') {
        report({
          at: username.at,
          message: `Credential "${name.value}" has no user name.`,
          help: 'Write the user name under "username".',
        });
      }
      const place = passwordFrom.value;
      if ('env' in place ? /^[a-z_][a-z0-9_]*$/i.test(place.env) : place.file.trim() !== '') continue;
      report({
        at: passwordFrom.at,
        message: `Credential "${name.value}" names ${'env' in place ? 'no environment variable' : 'no file'} that could hold its password.`,
        help: 'Write the name of a variable, such as "env: SCANNER_CLOUD_PASSWORD", or of a file.',
      });
    }
  },

  examples: {
    good: [
      yaml`
        credentials:
          scanner-cloud: { username: contoso, passwordFrom: { env: SCANNER_CLOUD_PASSWORD } }
          filter: { username: contoso, passwordFrom: { file: /run/secrets/filter } }
      `,
    ],
    bad: [
      yaml`
        credentials:
          scanner-cloud: { username: contoso, passwordFrom: { env: "pass word!" } }
          #                                                 ^^^^^^^^^^^^^^^^^^^^^ names no environment variable
          filter: { username: "", passwordFrom: { file: /run/secrets/filter } }
          #                   ^^ has no user name
      `,
    ],
  },
};
