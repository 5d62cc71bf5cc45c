import type { ServerRole } from './server-role.ts';
import type { VersionFact } from './version.ts';

/** What a connector is made for; it decides the defaults. Source: EXCH New-ReceiveConnector -Usage. */
export type ConnectorUsage = 'client' | 'custom' | 'internal' | 'internet' | 'partner';

/** Where a fact about a parameter is so: in versions, on roles, for usages; what is left out does not matter. */
export interface Condition extends VersionFact {
  readonly role?: readonly ServerRole[];
  readonly usage?: readonly ConnectorUsage[];
  /** A condition that no field above has words for; such an entry is for readers and never matches. */
  readonly words?: string;
}

/** A default value: sizes and durations as Exchange writes them, `null` for a property that is not set. */
export type DefaultValue = string | number | boolean | null | readonly string[];

/** A default value and where it is so; in a list the first entry that matches counts. */
export interface Default {
  readonly when?: Condition;
  readonly value: DefaultValue;
  /** Where it stands, when not in the reference of the cmdlet. */
  readonly source?: string;
  /** Says where sources disagree or are silent. */
  readonly note?: string;
}

/** The values of an enumeration, spelled as Exchange spells them. */
export interface EnumerationValues {
  readonly when?: VersionFact;
  readonly values: readonly string[];
}

/** What a value lies between; both ends count. Unit: as `unit` says, where a number has one. */
export interface ValueRange {
  readonly when?: VersionFact;
  readonly min?: string;
  readonly max?: string;
  readonly unit?: 'bytes' | 'KB' | 'characters';
  /** Whether `unlimited` is a value, too. */
  readonly unlimited?: true;
  /** The unit that the cmdlet gives to a number without one. */
  readonly bareNumber?: 'bytes' | 'KB';
}

/** A parameter of a cmdlet. */
export interface Parameter extends VersionFact {
  readonly type: string;
  /** The type of one value where the parameter takes several. */
  readonly element?: string;
  /** How the element type is known: `deduced` from the syntax of its values, or a page of the managed API. */
  readonly elementSource?: string;
  readonly multi?: true;
  readonly syntax?: readonly string[];
  readonly values?: readonly EnumerationValues[];
  readonly range?: readonly ValueRange[];
  readonly defaults?: readonly Default[];
  /** The parameter sets that have it; absent is all of them. */
  readonly sets?: readonly string[];
  /** Whether the reference marks it as required, in whatever set. */
  readonly required?: true;
  /** The parameter sets that demand it. */
  readonly requiredIn?: readonly string[];
  readonly position?: number;
  readonly pipeline?: true;
  readonly aliases?: readonly string[];
  /** The reference reserves it for Microsoft; we never write it. */
  readonly internal?: true;
  readonly deprecated?: true;
  /** Whether the 2007 reference shows it, or it is inferred. */
  readonly evidence2007?: 'documented' | 'inferred';
  readonly since2007?: 'RTM' | 'SP1';
  /** Only the reference of 2018 has it, which still told the versions apart. */
  readonly only2018Revision?: true;
  readonly addedAfter2018?: true;
  readonly notes?: readonly string[];
}

/** The 2007 page of a cmdlet, and how much it says. */
export interface Evidence2007 {
  readonly level: 'documented' | 'inferred';
  readonly url?: string;
  readonly rtmUrl?: string;
  readonly inferredWhy?: string;
  readonly mandatory?: readonly string[];
}

/** A cmdlet of the Exchange Management Shell. */
export interface Cmdlet extends VersionFact {
  readonly name: string;
  /** Path in the reference's repository. */
  readonly source: string;
  readonly evidence2007?: Evidence2007;
  readonly supersededBy?: { readonly cmdlet: string; readonly when: VersionFact };
  readonly notes?: readonly string[];
  /** Parameter sets of the reference, and the parameters that they take by position. */
  readonly parameterSets: { readonly [set: string]: { readonly positional: readonly string[] } };
  readonly parameters: { readonly [parameter: string]: Parameter };
}
