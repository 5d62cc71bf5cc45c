import assert from 'node:assert/strict';
import { emitter } from '../../src/emit/exchange-shell/index.ts';
import type { Artefact } from '../../src/emit/emitter.ts';
import { makePlan } from '../../src/plan/make-plan.ts';
import type { Plan } from '../../src/plan/step.ts';
import { bind } from './topology-text.ts';

/** A text artefact of the scripts. */
export type ScriptFile = Extract<Artefact, { readonly kind: 'text' }>;

/** Plans a topology that must bind. */
export function planOf(text: string): Plan {
  const { value, diagnostics } = bind(text);
  assert.ok(value, diagnostics[0]?.message);
  return makePlan(value);
}

/** Emits the scripts of a topology. */
export async function emitScripts(text: string): Promise<readonly Artefact[]> {
  return emitter.emit(planOf(text), ({ start }) => text.slice(0, start).split('\n').length);
}

/** Emits the texts among them, by path. */
export async function scriptTexts(text: string): Promise<ReadonlyMap<string, ScriptFile>> {
  const artefacts = await emitScripts(text);
  return new Map(
    artefacts.flatMap((artefact) => (artefact.kind === 'text' ? [[artefact.path, artefact] as const] : [])),
  );
}

/** The bytes of a text artefact as they are written to the disk. */
export function bytesOf({ text, encoding }: ScriptFile): string {
  return encoding === 'utf-8-bom-crlf' ? `\ufeff${text.replaceAll('\n', '\r\n')}` : text;
}

/**
 * A topology that has one of everything the scripts write, for any version; names are hostile where a name may be.
 *
 * `inside` is the role of the server inside the organization.
 */
export function everything(version: string, inside: string): string {
  const tls = version === '2007' ? '' : 'tlsAuthLevel: EncryptionOnly';
  const later = version === '2007' ? '' : 'bareLinefeedRejectionEnabled: true';
  return `
mailtopo: 1
organization:
  name: Contoso
  exchangeVersion: "${version}"
  acceptedDomains: { contoso.com: authoritative, relay.contoso.com: internalRelay }
servers:
  HUB01: { role: ${inside}, fqdn: hub01.contoso.com, addresses: [10.0.0.11], site: Munich }
  EDGE01: { role: edge, fqdn: mail.contoso.com, addresses: [192.0.2.25], subscribedTo: Munich }
  EDGE02: { role: edge, fqdn: alone.contoso.com, addresses: [192.0.2.26] }
certificates:
  contoso-mail:
    issuedBy: contoso-root
    domains: [mail.contoso.com, contoso.com]
    installedOn: [EDGE01, HUB01]
    services: [SMTP]
    file: contoso-mail.pem
  by-name: { issuedBy: public, domains: [mail.contoso.com], installedOn: [EDGE02], services: [SMTP, IIS] }
authorities:
  contoso-root: { file: contoso-root.pem, trustedOn: [EDGE01] }
  elsewhere: { trustedOn: [EDGE01] }
partners:
  fabrikam: { domains: [fabrikam.com, fabrikam.net], addresses: [198.51.100.0/24, 198.51.101.1-198.51.101.20] }
credentials:
  scanner-cloud: { username: contoso, passwordFrom: { env: SCANNER } }
sendConnectors:
  To Fabrikam: { partner: fabrikam, sourceTransportServers: [EDGE01], domainSecureEnabled: true, fqdn: mail.contoso.com }
  "O’Brien's $(exit) \`n ‘relay’ 📧":
    addressSpaces: ["SMTP:*.scans.example;10", scans.example]
    smartHosts: [in.scans.example, 192.0.2.99]
    smartHostAuthMechanism: BasicAuthRequireTLS
    authenticationCredential: scanner-cloud
    sourceTransportServers: [HUB01]
    requireTLS: true
    maxMessageSize: 20 MB
    connectionInactivityTimeOut: 5m
    comment: "it’s; $(Remove-Item) #> 'x'"
    ${tls}
  Alone: { server: EDGE02, addressSpaces: ["*"], usage: internet }
receiveConnectors:
  From Fabrikam:
    server: EDGE01
    partner: fabrikam
    bindings: ["192.0.2.25:25"]
    fqdn: mail.contoso.com
    authMechanism: [Tls]
    requireTLS: true
    domainSecureEnabled: true
    permissionGroups: [AnonymousUsers, Partners]
  "HUB01\\\\It‘s $x":
    bindings: ["10.0.0.11:2526", "[::]:2526"]
    remoteIPRanges: [10.0.8.0/24, "10.0.9.0(255.255.255.192)", 10.0.7.1-10.0.7.20, 10.0.6.6, "2001:db8::/32"]
    permissionGroups: [AnonymousUsers]
    banner: "220 it’s 'here'"
    maxMessageSize: 36MB
    maxInboundConnection: unlimited
    tarpitInterval: "00:00:07"
    protocolLoggingLevel: verbose
    extendedRights: { 'NT AUTHORITY\\ANONYMOUS LOGON': [ms-Exch-SMTP-Accept-Any-Recipient], 'CONTOSO\\O’Brien': [ms-Exch-Bypass-Anti-Spam] }
    ${later}
transportConfig:
  maxSendSize: 30MB
`;
}
