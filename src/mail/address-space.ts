import {
  explainDomainPattern,
  isSubdomainOf,
  parseDomainPattern,
  printDomainPattern,
  sameDomain,
  type DomainPattern,
  type SmtpDomain,
} from './smtp-domain.ts';

/** What a Send connector serves, with its cost; `text` is what the author wrote. Unit: cost is 1 to 100, less wins. */
export type AddressSpace =
  | { readonly kind: 'smtp'; readonly text: string; readonly pattern: DomainPattern; readonly cost: number }
  | { readonly kind: 'accepted-domains'; readonly text: string; readonly cost: number }
  | {
      readonly kind: 'other';
      readonly text: string;
      /** Such as `X400`; compares in upper case. */
      readonly type: string;
      readonly space: string;
      readonly cost: number;
    };

/** Why a text is no address space; `scope` is the `Local:` in front that only 2007 RTM had. */
export type AddressSpaceFault =
  'mail-address' | 'wildcard' | 'cost' | 'missing-cost' | 'scope' | 'too-long' | 'malformed';

/**
 * Parses `[type:]space[;cost]`; the type is SMTP and the cost 1 where they are left out.
 *
 * `--` is every accepted domain. An X.400 space has semicolons of its own, so there the cost must be written.
 * Fails: returns undefined; `explainAddressSpace` has the reason.
 * Source: EXCH New-SendConnector -AddressSpaces.
 */
export function parseAddressSpace(text: string): AddressSpace | undefined {
  const read = readAddressSpace(text);
  return typeof read === 'string' ? undefined : read;
}

/** Tells why a text is no address space; undefined when it is one. */
export function explainAddressSpace(text: string): AddressSpaceFault | undefined {
  const read = readAddressSpace(text);
  return typeof read === 'string' ? read : undefined;
}

/** Writes an address space with its type and cost, as Exchange shows it: `SMTP:*.contoso.com;10`. */
export function printAddressSpace(space: AddressSpace): string {
  return `${typeOf(space)}:${printSpace(space)};${space.cost}`;
}

/** Writes the space alone, without type and cost: `*.contoso.com`. */
export function printSpace(space: AddressSpace): string {
  if (space.kind === 'smtp') return printDomainPattern(space.pattern);
  return space.kind === 'accepted-domains' ? '--' : space.space;
}

/**
 * Says whether an SMTP address space has the domain; `*.contoso.com` has contoso.com itself and all below it.
 *
 * `--` has none here, for what it has depends on the accepted domains.
 * Source: EXCH New-SendConnector -AddressSpaces.
 */
export function hasDomain(space: AddressSpace, domain: SmtpDomain): boolean {
  if (space.kind !== 'smtp') return false;
  const { pattern } = space;
  if (pattern.kind === 'all') return true;
  return (
    sameDomain(pattern.domain, domain) ||
    (pattern.kind === 'wildcard' && isSubdomainOf(domain, pattern.domain))
  );
}

/**
 * Compares how closely two spaces fit a domain that both have: negative when `a` is the more specific one.
 *
 * A whole domain comes before a wildcard, a longer wildcard before a shorter one, `*` last; `--` stands for whole
 * domains. The cost counts only among equals, so it is not looked at here.
 */
export function compareSpecificity(a: AddressSpace, b: AddressSpace): number {
  return specificity(b) - specificity(a);
}

function specificity(space: AddressSpace): number {
  // No domain has more labels than this, so whole domains come first.
  const wholeDomain = 128;
  if (space.kind !== 'smtp' || space.pattern.kind === 'domain') return wholeDomain;
  return space.pattern.kind === 'all' ? 0 : space.pattern.domain.labels.length;
}

function typeOf(space: AddressSpace): string {
  return space.kind === 'other' ? space.type : 'SMTP';
}

function readAddressSpace(text: string): AddressSpace | AddressSpaceFault {
  const [, writtenType, rest = ''] = /^(?:([a-z0-9-]+):)?(.*)$/is.exec(text.trim()) ?? [];
  const type = writtenType?.toUpperCase() ?? 'SMTP';
  // EXCH New-SendConnector -IsScopedConnector took the place of this prefix in 2007 SP1.
  if (type === 'LOCAL') return 'scope';
  if (type !== 'SMTP') return readOther(text, type, rest);
  const [space = '', costText, ...more] = rest.split(';');
  if (more.length > 0) return 'malformed';
  const cost = readCost(costText);
  if (cost === undefined) return 'cost';
  if (space === '--') return { kind: 'accepted-domains', text, cost };
  const pattern = parseDomainPattern(space);
  return pattern ? { kind: 'smtp', text, pattern, cost } : (explainDomainPattern(space) ?? 'malformed');
}

function readOther(text: string, type: string, rest: string): AddressSpace | AddressSpaceFault {
  const cut = rest.lastIndexOf(';');
  const tail = cut < 0 ? undefined : rest.slice(cut + 1).trim();
  if (type === 'X400' && !/^\d+$/.test(tail ?? '')) return 'missing-cost';
  const cost = readCost(tail);
  if (cost === undefined) return 'cost';
  const space = cut < 0 ? rest : rest.slice(0, cut);
  if (space.trim() === '' || /[\p{Cc}\p{Zl}\p{Zp}]/u.test(space)) return 'malformed';
  return { kind: 'other', text, type, space, cost };
}

function readCost(text: string | undefined): number | undefined {
  if (text === undefined) return 1;
  const cost = /^\d{1,3}$/.test(text.trim()) ? Number(text) : 0;
  return cost >= 1 && cost <= 100 ? cost : undefined;
}
