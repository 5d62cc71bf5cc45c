/** The Exchange versions, oldest first; 2007 is Service Pack 1 and later. */
export const exchangeVersions = ['2007', '2010', '2013', '2016', '2019', 'SE'] as const;

/** One of the versions, as a topology names it. */
export type ExchangeVersion = (typeof exchangeVersions)[number];

/** Something that is so from one version on, until another one, or always; both ends count. */
export interface VersionFact {
  readonly since?: ExchangeVersion;
  readonly until?: ExchangeVersion;
}

/**
 * Parses a version without regard to case.
 *
 * Fails: returns undefined.
 */
export function parseVersion(text: string): ExchangeVersion | undefined {
  return exchangeVersions.find((version) => version.toLowerCase() === text.toLowerCase());
}

/** Compares two versions: negative when `a` is the older one. */
export function compareVersions(a: ExchangeVersion, b: ExchangeVersion): number {
  return exchangeVersions.indexOf(a) - exchangeVersions.indexOf(b);
}

/** Says whether a fact is so in a version. */
export function holdsIn(version: ExchangeVersion, fact: VersionFact): boolean {
  const { since, until } = fact;
  return (
    (since === undefined || compareVersions(since, version) <= 0) &&
    (until === undefined || compareVersions(version, until) <= 0)
  );
}

/** Lists the versions in which a fact is so, oldest first. */
export function versionsWith(fact: VersionFact): readonly ExchangeVersion[] {
  return exchangeVersions.filter((version) => holdsIn(version, fact));
}
