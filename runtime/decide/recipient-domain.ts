import type { RejectedDomains } from '../config.ts';
import { domainOf } from './domain-match.ts';

const reservedTopLevel: ReadonlySet<string> = new Set(['test', 'example', 'invalid', 'localhost']);
const reservedSecondLevel: ReadonlySet<string> = new Set(['example.com', 'example.net', 'example.org']);

/**
 * Finds the kind for which a recipient is rejected; undefined where it is none of those that the connector rejects.
 *
 * What lies below a reserved domain is reserved with it: RFC 2606 §2, §3. An address literal has no labels.
 * Source: EXCH New-ReceiveConnector -RejectReservedTopLevelRecipientDomains.
 */
export function rejectedDomainOf(
  rejected: readonly RejectedDomains[],
  forwardPath: string,
): RejectedDomains | undefined {
  const domain = rejected.length === 0 ? undefined : domainOf(forwardPath)?.toLowerCase();
  if (domain === undefined || domain.startsWith('[')) return undefined;
  const labels = domain.split('.');
  return rejected.find((kind) => isOf(kind, labels));
}

function isOf(kind: RejectedDomains, labels: readonly string[]): boolean {
  switch (kind) {
    case 'reserved top level':
      return reservedTopLevel.has(labels.at(-1) ?? '');
    case 'reserved second level':
      return reservedSecondLevel.has(labels.slice(-2).join('.'));
    case 'single label':
      return labels.length === 1;
  }
}
