import { writtenTrue, yaml, type RuleModule } from '../../src/rule-kit.ts';

export const rule: RuleModule = {
  severity: 'error',
  summary: 'A Send connector has Domain Security and goes out through the Front End Transport service.',
  why: `With FrontendProxyEnabled the Front End Transport service makes the connection outside, and Domain Security is not
    supported on that way: mail for the domains on TLSSendDomainSecureList waits in the queue and expires. The Mailbox
    server has to connect by itself.`,
  sources: ['EXCH New-SendConnector -FrontendProxyEnabled', 'EXCH New-SendConnector -DomainSecureEnabled'],

  check({ topology, report }) {
    for (const connector of topology.sendConnectors) {
      const proxied = writtenTrue(connector, 'frontendProxyEnabled');
      const { name, domainSecureEnabled } = connector;
      if (!proxied || !domainSecureEnabled.value) continue;
      report({
        at: proxied.at,
        message: `Send connector "${name.value}" has Domain Security, but sends through the Front End Transport service.`,
        related: [{ at: domainSecureEnabled.at, note: 'Domain Security' }],
        help: 'Set frontendProxyEnabled: false.',
        fix: { description: 'Send without the front end.', edits: [{ at: proxied.at, text: 'false' }] },
      });
    }
  },

  examples: {
    good: [
      yaml`
        sendConnectors:
          To Fabrikam: { addressSpaces: [fabrikam.com], domainSecureEnabled: true, sourceTransportServers: [MBX1] }
          Internet: { addressSpaces: ["*"], frontendProxyEnabled: true, sourceTransportServers: [MBX1] }
      `,
    ],
    bad: [
      yaml`
        sendConnectors:
          To Fabrikam:
            addressSpaces: [fabrikam.com]
            domainSecureEnabled: true
            frontendProxyEnabled: true
            #                     ^^^^ sends through the Front End
            sourceTransportServers: [MBX1]
      `,
    ],
  },
};
