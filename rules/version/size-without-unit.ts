import { compareVersions, writtenValue, yaml, type RuleModule } from '../../src/rule-kit.ts';

export const rule: RuleModule = {
  severity: 'warning',
  summary: 'A size limit of the organization has no unit, where versions disagree on what that means.',
  why: `Set-TransportConfig of 2007 and 2010 takes a number without a unit for kilobytes, that of 2013 and later for bytes: the
    same line means 10 GB in one and 10 MB in the other. With the unit written there is one reading.`,
  sources: ['EXCH Set-TransportConfig -MaxSendSize', 'EXCH Set-TransportConfig -MaxReceiveSize'],

  check({ topology, report }) {
    const { organization, servers, transportConfig } = topology;
    const versions = [organization.exchangeVersion, ...servers.map(({ version }) => version)];
    const old = versions.find(({ value }) => compareVersions(value, '2010') <= 0);
    if (!old) return;
    const isKilobytes = compareVersions(organization.exchangeVersion.value, '2010') <= 0;
    const unit = isKilobytes ? 'KB' : 'B';
    for (const key of ['maxSendSize', 'maxReceiveSize']) {
      const size = writtenValue(transportConfig, key);
      if (!size || !/^\d+$/.test(size.value.trim())) continue;
      const meant = `${size.value.trim()}${unit}`;
      report({
        at: size.at,
        message: `"${key}" is "${size.value}" without a unit, which is kilobytes in Exchange 2007 and 2010 and bytes from 2013 on.`,
        related: [{ at: old.at, note: `Exchange ${old.value}` }],
        help: `Write ${meant}, if you mean what Exchange ${organization.exchangeVersion.value} takes it for.`,
        fix: { description: `Write ${meant}.`, edits: [{ at: size.at, text: meant }] },
      });
    }
  },

  examples: {
    good: [
      yaml`
        organization: { name: Contoso, exchangeVersion: "2010" }
        transportConfig: { maxSendSize: 10MB, maxReceiveSize: unlimited }
      `,
      yaml`
        organization: { name: Contoso, exchangeVersion: "2016" }
        transportConfig: { maxSendSize: 10485760 }
      `,
    ],
    bad: [
      yaml`
        organization: { name: Contoso, exchangeVersion: "2010" }
        transportConfig: { maxSendSize: 10240, maxReceiveSize: 10MB }
        #                               ^^^^^ which is kilobytes in Exchange 2007 and 2010
      `,
    ],
  },
};
