/** Writes a rule that compiles and fails its test: npm run new:rule -- send-connector/smart-host-without-dns-off */
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

const template = `import { yaml, type RuleModule } from '../../src/rule-kit.ts';

export const rule: RuleModule = {
  severity: 'error',
  summary: 'One sentence that states the fault.',
  why: \`Why it is a fault.\`,
  sources: ['EXCH New-SendConnector -Parameter'],

  check({ topology, report }) {
    for (const connector of topology.sendConnectors) {
      if (connector.name.value !== 'To be written') continue;
      report({ at: connector.name.at, message: \`"\${connector.name.value}" is to be written.\`, help: 'Write the rule.' });
    }
  },

  examples: {
    good: [
      yaml\`
        sendConnectors:
          To Fabrikam: { addressSpaces: [fabrikam.com] }
      \`,
    ],
    bad: [
      yaml\`
        sendConnectors:
          To Fabrikam: { addressSpaces: [fabrikam.com] }
          #              ^^^^^^^^^^^^^ words of the message
      \`,
    ],
  },
};
`;

const [name = ''] = process.argv.slice(2);
const path = `rules/${name}.ts`;
if (!/^[a-z-]+\/[a-z0-9]+(-[a-z0-9]+)*$/.test(name)) {
  console.error('usage: npm run new:rule -- <category>/<rule-id>');
  process.exitCode = 2;
} else if (existsSync(path)) {
  console.error(`${path} is there already`);
  process.exitCode = 3;
} else {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, template);
  console.log(`${path}: write the rule and its examples, then: npm run gen && npm test`);
}
