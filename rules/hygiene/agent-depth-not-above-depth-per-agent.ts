import { defaultOf, writtenValue, yaml, type RuleModule } from '../../src/rule-kit.ts';

const whole = 'maxAllowedAgentGeneratedMessageDepth';
const perAgent = 'maxAllowedAgentGeneratedMessageDepthPerAgent';

export const rule: RuleModule = {
  severity: 'warning',
  summary: 'Agents together may answer each other no more often than one of them alone.',
  why: `A message that a transport agent makes may lead another agent to make one. The depth for all agents should be larger
    than the depth for one, or the second never counts.`,
  sources: [
    'EXCH Set-TransportConfig -MaxAllowedAgentGeneratedMessageDepth',
    'EXCH Set-TransportConfig -MaxAllowedAgentGeneratedMessageDepthPerAgent',
  ],

  check({ topology, report }) {
    const { transportConfig, organization } = topology;
    const version = organization.exchangeVersion.value;
    const depthOf = (key: string): number =>
      Number(
        writtenValue(transportConfig, key)?.value ?? defaultOf({ object: 'transportConfig', key, version }),
      );
    const [all, one] = [whole, perAgent].map((key) => writtenValue(transportConfig, key));
    const blamed = all ?? one;
    // What is no number compares with nothing, and is malformed-parameter-value's.
    if (!blamed || !(depthOf(whole) <= depthOf(perAgent))) return;
    report({
      at: blamed.at,
      message: `Agents together may go ${depthOf(whole)} deep, and one of them alone ${depthOf(perAgent)}.`,
      related: all && one ? [{ at: one.at, note: 'the depth for one agent' }] : [],
      help: `Set ${whole} to more than ${depthOf(perAgent)}.`,
    });
  },

  examples: {
    good: [
      yaml`
        transportConfig: { maxAllowedAgentGeneratedMessageDepth: 4, maxAllowedAgentGeneratedMessageDepthPerAgent: 3 }
      `,
    ],
    bad: [
      yaml`
        transportConfig: { maxAllowedAgentGeneratedMessageDepth: 2 }
        #                                                        ^ together may go 2 deep, and one of them alone 2
      `,
    ],
  },
};
