import type { Cmdlet } from '../exchange/cmdlet.ts';

/** A parameter as the digest of the references has it; versions are listed one by one. */
export interface DigestParameter {
  readonly type: string;
  readonly versions: readonly string[];
  readonly sets: '*' | readonly string[];
  readonly default?: string | { readonly [key: string]: string };
  readonly range?: readonly string[] | object;
  readonly enum?: readonly string[];
  readonly enumByVersion?: { readonly [key: string]: readonly string[] };
  readonly element?: string;
  readonly elementEvidence?: string;
  readonly valueSyntax?: readonly string[];
  readonly versionNotes?: { readonly [version: string]: string };
  readonly versions2018?: readonly string[];
  readonly onlyIn2018Revision?: true;
  readonly multi?: true;
  readonly required?: true;
  readonly requiredIn?: readonly string[];
  readonly position?: number;
  readonly pipeline?: true;
  readonly aliases?: readonly string[];
  readonly internal?: true;
  readonly deprecated?: true;
  readonly evidence2007?: 'documented' | 'inferred';
  readonly since2007?: 'RTM' | 'SP1';
  readonly addedAfter2018?: true;
}

/** A cmdlet as the digest of the references has it. */
export interface DigestCmdlet {
  readonly appliesTo: readonly string[];
  readonly source: string;
  readonly parameterSets: Cmdlet['parameterSets'];
  readonly parameters: { readonly [name: string]: DigestParameter };
  readonly v2007?: NonNullable<Cmdlet['evidence2007']>;
  readonly supersededBy?: { readonly [key: string]: string };
  readonly docQuirk?: string;
}
