import versionsFile from './catalogue/versions.json' with { type: 'json' };
import type { Confidence } from './confidence.ts';
import type { ServerRole } from './server-role.ts';
import type { ExchangeVersion } from './version.ts';

/** How the Exchange Management Shell works: in the process, through remoting, or as a snap-in that one loads. */
export type ShellKind = 'local' | 'remote' | 'snap-in';

/** The engine that a version's shell runs on. */
export interface PowerShellEngine {
  readonly oldest: string;
  readonly newest: string;
  readonly confidence: Confidence;
  readonly note?: string;
}

/** What a version is: its roles, its shell and the names that changed between versions. */
export interface Product {
  readonly version: ExchangeVersion;
  readonly name: string;
  /** The roles with transport. */
  readonly roles: readonly ServerRole[];
  readonly engine: PowerShellEngine;
  /** The shell for the organization, which is on every role but Edge, and the one on Edge servers. */
  readonly shell: { readonly organization: ShellKind; readonly edge: ShellKind };
  /** The snap-in that the shell is made of, where one loads it; later ones must not be loaded. */
  readonly snapIn?: string;
  /** The noun behind Get- and Set- for a server's transport settings; 2013 renamed it. */
  readonly transportServerNoun: 'TransportServer' | 'TransportService';
  /** The Windows services that take and send mail, by role. */
  readonly services: { readonly [role in ServerRole]?: readonly string[] };
  readonly sources: readonly string[];
  readonly notes?: readonly string[];
}

const products: readonly Product[] = (versionsFile as unknown as { readonly versions: readonly Product[] })
  .versions;

/** Tells what a version is. */
export function productOf(version: ExchangeVersion): Product {
  const product = products.find((one) => one.version === version);
  if (!product) throw new Error(`mailtopo bug: versions.json lacks ${version}`);
  return product;
}

/** Says whether a version has a role. Source: EXCH Get-ExchangeServer. */
export function hasRole(version: ExchangeVersion, role: ServerRole): boolean {
  return productOf(version).roles.includes(role);
}
