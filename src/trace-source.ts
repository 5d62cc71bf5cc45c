import { X509Certificate } from 'node:crypto';
import { factsOf } from '../runtime/server/certificate-facts.ts';
import type { CertificateFacts } from '../runtime/decide/certificate.ts';
import { inOrder, type Diagnostic } from './base/diagnostic.ts';
import type { Span } from './base/span.ts';
import { chainEnd, type NamedRoot } from './certificate/chain-end.ts';
import type { PemFile } from './certificate/pem-file.ts';
import { transportConfig } from './emit/node-smtp/config.ts';
import { lintSource, type LintOptions } from './lint-source.ts';
import type { Topology } from './model/topology.ts';
import { makePlan } from './plan/make-plan.ts';
import type { Plan } from './plan/step.ts';
import { lineFinder } from './report/text-position.ts';
import type { ClientCertificate } from './trace/scenario.ts';
import { makeWorld, type World } from './trace/world.ts';

/** A topology that questions can be asked about. */
export interface Askable {
  readonly world: World;
  readonly topology: Topology;
  readonly plan: Plan;
  readonly text: string;
  /** Where an object of the configuration stands; undefined for what Exchange's setup makes. */
  originOf(about: object): Span | undefined;
  /** The same as `topology.yaml:31`. */
  placeOf(about: object): string | undefined;
  /** Makes what a client shows out of a file of certificates; the first one in it is its own. */
  certificateIn(name: string, file: PemFile): ClientCertificate | { readonly fault: string };
}

/** What could be made of a topology, and what is to be said about it. */
export interface AskableSource {
  /** Absent where too little of it could be read. */
  readonly askable?: Askable;
  readonly diagnostics: readonly Diagnostic[];
}

/** What is wrong with the text itself, so that nobody knows what is asked about. */
const unreadable: ReadonlySet<string> = new Set(['yaml-syntax', 'schema', 'unknown-reference']);

/**
 * Prepares a topology for questions.
 *
 * What a rule calls an error does not stop it: that something is an open relay is best seen in a trace. Without a
 * moment to judge by, lint judges no dates, and a trace takes the present.
 */
export function askableSource(file: string, text: string, options: LintOptions): AskableSource {
  const { topology, diagnostics } = lintSource(file, text, options);
  const stops = diagnostics.some(({ rule, severity }) => severity === 'error' && unreadable.has(rule));
  if (topology === undefined || stops) return { diagnostics: inOrder(diagnostics) };
  const plan = makePlan(topology);
  const { config, origins } = transportConfig(plan);
  const partners = new Map(plan.partners.map((partner) => [partner, partner.origin] as const));
  const originOf = (about: object): Span | undefined => {
    const isSetup = 'source' in about && about.source === 'setup';
    return isSetup ? undefined : (origins.get(about) ?? partners.get(about as Plan['partners'][number]));
  };
  const lineOf = lineFinder(text);
  const certificateOf = options.certificateOf ?? ((): PemFile => ({ kind: 'missing' }));
  const askable: Askable = {
    world: makeWorld({
      config,
      partners: plan.partners,
      facts: factsIn(plan, certificateOf),
      now: options.now ?? Date.now(),
    }),
    topology,
    plan,
    text,
    originOf,
    placeOf(about) {
      const origin = originOf(about);
      return origin && `${origin.file}:${lineOf(origin)}`;
    },
    certificateIn: (name, pem) =>
      certificateIn(name, pem, rootsIn(plan, certificateOf), installationsIn(plan, certificateOf)),
  };
  return { askable, diagnostics };
}

type ReadPem = (relativePath: string) => PemFile;

/** Reads certificates with the transport's own eyes, so that both see the same names and dates. */
function factsIn(plan: Plan, certificateOf: ReadPem): ReadonlyMap<string, CertificateFacts> {
  return new Map(
    plan.certificates.flatMap(({ name, file }) => {
      const read = file === undefined ? undefined : certificateOf(file);
      const leaf = read?.kind === 'read' ? read.certificates[0] : undefined;
      return leaf === undefined ? [] : [[name, factsOf(new X509Certificate(leaf.pem))] as const];
    }),
  );
}

/** Tells which servers have a certificate, by its text; as in the transport, one for SMTP alone counts. */
function installationsIn(plan: Plan, certificateOf: ReadPem): ReadonlyMap<string, readonly string[]> {
  return new Map(
    plan.certificates.flatMap(({ file, services, installedOn }) => {
      const read = file === undefined || !services.includes('SMTP') ? undefined : certificateOf(file);
      const leaf = read?.kind === 'read' ? read.certificates[0] : undefined;
      return leaf === undefined ? [] : [[leaf.pem, installedOn] as const];
    }),
  );
}

function rootsIn(plan: Plan, certificateOf: ReadPem): readonly NamedRoot[] {
  return plan.authorities.flatMap(({ name, file }) => {
    const read = file === undefined ? undefined : certificateOf(file);
    const certificate = read?.kind === 'read' ? read.certificates[0] : undefined;
    return certificate === undefined ? [] : [{ name, certificate }];
  });
}

function certificateIn(
  name: string,
  file: PemFile,
  roots: readonly NamedRoot[],
  installations: ReadonlyMap<string, readonly string[]>,
): ClientCertificate | { readonly fault: string } {
  if (file.kind === 'missing') return { fault: 'there is no such file' };
  if (file.kind === 'unreadable') return { fault: `the file cannot be read: ${file.reason}` };
  const [leaf, ...beside] = file.certificates;
  if (leaf === undefined) return { fault: 'the file holds no certificate in PEM' };
  const { names, notBefore, notAfter, extendedKeyUsage } = leaf;
  const installedOn = installations.get(leaf.pem);
  return {
    kind: 'file',
    name,
    names,
    notBefore,
    notAfter,
    leadsTo: chainEnd(leaf, beside, roots),
    ...(installedOn && { installedOn }),
    ...(extendedKeyUsage && { extendedKeyUsage }),
  };
}
