import type { TransportConfig } from '../../runtime/config.ts';
import type { Plan } from '../plan/step.ts';
import type { TraceExample } from './trace-model.ts';

/** An address that nobody has. Source: RFC 5737 §3. */
const stranger = '203.0.113.9';

/** Makes the questions that are asked most of a topology: each partner in both directions, and a stranger who relays. */
export function usualQuestions(plan: Plan, config: TransportConfig): readonly TraceExample[] {
  const ours = config.acceptedDomains.find(({ domain }) => !domain.startsWith('*'))?.domain;
  const [server] = config.servers;
  return [
    ...plan.partners.flatMap(({ name, domains, issuedBy }): readonly TraceExample[] => {
      const [theirs] = domains;
      if (theirs === undefined || ours === undefined) return [];
      const entrance = config.receiveConnectors.find(({ partner }) => partner === name);
      const exit = config.sendConnectors.find(({ partner }) => partner === name);
      const [first] = entrance?.bindings ?? [];
      const incoming: TraceExample = {
        title: `${name} sends to us`,
        written: {
          from: `postmaster@${theirs}`,
          to: [`postmaster@${ours}`],
          client: name,
          ...(entrance && { server: entrance.server }),
          ...(first && first.port !== 25 && { binding: String(first.port) }),
          tls: issuedBy === undefined ? 'tls' : 'mutual',
        },
      };
      const source = exit?.sourceTransportServers[0] ?? server?.name;
      const outgoing: TraceExample = {
        title: `We send to ${name}`,
        written: {
          from: `postmaster@${ours}`,
          to: [`postmaster@${theirs}`],
          ...(source !== undefined && { server: source }),
        },
      };
      return [...(entrance ? [incoming] : []), outgoing];
    }),
    {
      title: 'A stranger wants to relay',
      written: {
        from: 'someone@elsewhere.example',
        to: ['anyone@elsewhere.example'],
        client: stranger,
        ...(server && { server: server.name }),
      },
    },
  ];
}
