import type { SendConnector } from '../config.ts';

/** Whether a reply is final for a recipient. */
export type Finality = 'put off' | 'refused';

/**
 * Applies a connector's ErrorPolicies to a reply.
 *
 * The documentation names the policies but not the replies that they are about, so which ones count as custom is ours:
 * DowngradeCustomFailures puts off what is refused for reasons of policy or security (5.7.x) or without an enhanced code;
 * UpgradeCustomFailures refuses what is put off for a reason of the mailbox or the message (4.1.x, 4.2.x, 4.6.x, 4.7.x). A
 * reply that comes from the DNS obeys DowngradeDnsFailures only.
 * Source: EXCH Set-SendConnector -ErrorPolicies.
 */
export function applyErrorPolicies(
  policies: SendConnector['errorPolicies'],
  finality: Finality,
  reply: string,
  from: 'server' | 'DNS',
): Finality {
  if (from === 'DNS') return policies.includes('DowngradeDnsFailures') ? 'put off' : finality;
  if (finality === 'refused' && policies.includes('DowngradeCustomFailures')) {
    const isCustom = /^5\d\d[ -]5\.7\.\d/.test(reply) || !/^5\d\d[ -]5\.\d/.test(reply);
    return isCustom ? 'put off' : 'refused';
  }
  if (finality === 'put off' && policies.includes('UpgradeCustomFailures')) {
    return /^4\d\d[ -]4\.[1267]\.\d/.test(reply) ? 'refused' : 'put off';
  }
  return finality;
}
