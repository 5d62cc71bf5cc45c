import type { Located } from '../base/span.ts';
import { hasDomain } from '../mail/address-space.ts';
import { isSubdomainOf, parseSmtpDomain, sameDomain, type SmtpDomain } from '../mail/smtp-domain.ts';
import type { ReceiveConnector, SendConnector } from './topology.ts';

/**
 * Gives the domains that a domain-secure connector secures: its partner's, of which a Send connector may serve a part;
 * without a partner, those that a Send connector names in full.
 */
export function securedDomains(connector: SendConnector | ReceiveConnector): readonly Located<string>[] {
  const isSend = 'addressSpaces' in connector;
  if (connector.partner) {
    const domains = connector.partner.target?.domains ?? [];
    return isSend ? domains.filter(({ value }) => mayServe(connector, value)) : domains;
  }
  if (!isSend) return [];
  return connector.addressSpaces.flatMap(({ parsed, at }) => {
    const isDomain = parsed?.kind === 'smtp' && parsed.pattern.kind === 'domain';
    return isDomain ? [{ value: parsed.pattern.domain.text, at }] : [];
  });
}

/** What is no domain, such as a wildcard, is kept for the rule that reports it. */
function mayServe(connector: SendConnector, text: string): boolean {
  const domain = parseSmtpDomain(text);
  return domain === undefined || servesDomain(connector, domain);
}

/**
 * Says whether mail of a domain goes or comes through a connector: by its address spaces, or by its partner's domains.
 *
 * A Receive connector without a partner knows its clients by address alone, so no domain can be ruled out.
 */
export function servesDomain(connector: SendConnector | ReceiveConnector, domain: SmtpDomain): boolean {
  if ('addressSpaces' in connector) {
    return connector.addressSpaces.some(({ parsed }) => parsed !== undefined && hasDomain(parsed, domain));
  }
  if (!connector.partner?.target) return true;
  return connector.partner.target.domains.some(({ value }) => {
    const own = parseSmtpDomain(value);
    return own !== undefined && (sameDomain(domain, own) || isSubdomainOf(domain, own));
  });
}
