import type { CertificateFault } from '../../runtime/decide/client-certificate.ts';
import type { InboundDecision } from '../../runtime/decide/inbound-security.ts';
import { rights, type Permissions, type SessionPrincipal } from '../../runtime/decide/permissions.ts';
import type { RelayDecision, SenderDecision } from '../../runtime/decide/relay.ts';

const faults: Readonly<Record<CertificateFault, string>> = {
  'no certificate': 'none was shown',
  'untrusted root': 'its root is not trusted for that domain',
  expired: 'it has expired',
  'not yet valid': 'it is not valid yet',
  'wrong purpose': 'it is not made for clients',
  broken: 'its chain is broken',
  'domain not covered': 'it does not bear that domain',
};

/** Says in words what MAIL was told about TLS and Domain Security. */
export function securityWords(decision: InboundDecision): string {
  switch (decision.kind) {
    case 'accepted':
      return 'TLS is as it has to be';
    case 'TLS required':
      return 'the connector requires TLS, and the client uses none';
    case 'domain-secure without TLS':
      return `${decision.domain} is on tlsReceiveDomainSecureList, and the client uses no TLS`;
    case 'domain-secure on another connector':
      return `${decision.domain} is on tlsReceiveDomainSecureList, and the connector has no Domain Security`;
    case 'domain-secure certificate refused':
      return `${decision.domain} is on tlsReceiveDomainSecureList, and of the certificate: ${faults[decision.fault]}`;
  }
}

/** Says in words why a sender is refused. */
export function senderWords(decision: SenderDecision, { principal }: Permissions): string {
  const right =
    decision === 'may not submit'
      ? 'ms-Exch-SMTP-Submit'
      : 'ms-Exch-SMTP-Accept-Any-Sender, or for our own domains ms-Exch-SMTP-Accept-Authoritative-Domain-Sender';
  return `the session is ${principalWords[principal]} and lacks the right ${right}`;
}

const principalWords: Readonly<Record<SessionPrincipal, string>> = {
  anonymous: 'anonymous',
  'externally secured': 'externally secured, by its address alone',
  user: 'that of a user',
  'Exchange server': 'that of an Exchange server of ours',
  partner: 'that of a domain-secure partner',
};

/** Lists what a session may do, by what gives it. */
export function permissionWords({ principal, granted }: Permissions): string {
  if (granted.length === rights.length)
    return `the session is ${principalWords[principal]}, and has every right`;
  const sources = [...new Set(granted.map(({ from }) => from))];
  const lists = sources.map((source) => {
    const theirs = granted.filter(({ from }) => from === source);
    return `${theirs.map(({ right }) => right.replace(/^ms-Exch-(SMTP-)?/, '')).join(', ')} (${source})`;
  });
  return `the session is ${principalWords[principal]}, and has ${lists.length === 0 ? 'no right' : lists.join('; ')}`;
}

/** Says in words what a recipient was decided by. */
export function relayWords(decision: RelayDecision, recipient: string): string {
  switch (decision.kind) {
    case 'accepted domain': {
      const { domain, type } = decision.domain;
      return `taken: ${domain} is an accepted domain (${type})`;
    }
    case 'any recipient':
      return `taken: the session may relay to anyone, by ${decision.from}`;
    case 'refused': {
      const domain = recipient.slice(recipient.lastIndexOf('@') + 1);
      const what = decision.reason === 'no domain' ? 'it has no domain' : `${domain} is no accepted domain`;
      return `refused: ${what}, and the session lacks Accept-Any-Recipient`;
    }
  }
}
