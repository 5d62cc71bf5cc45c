import { inOrder, type Checked, type Diagnostic } from '../base/diagnostic.ts';
import type { LocatedDocument, LocatedEntry } from '../source/located.ts';
import { bindAuthority } from './bind-authority.ts';
import { bindCertificate } from './bind-certificate.ts';
import { bindCredential } from './bind-credential.ts';
import { bindDelivery } from './bind-delivery.ts';
import { bindDnsFact } from './bind-dns.ts';
import { issuerWords } from './bind-issuer.ts';
import { bindOrganization } from './bind-organization.ts';
import { bindNetwork } from './bind-network.ts';
import { bindPartner } from './bind-partner.ts';
import { bindPolicy } from './bind-policy.ts';
import { bindReceiveConnector } from './bind-receive-connector.ts';
import { bindRehearsal } from './bind-rehearsal.ts';
import { bindRuleLevels } from './bind-rule-levels.ts';
import { bindSendConnector } from './bind-send-connector.ts';
import { bindServers } from './bind-server.ts';
import { bindTraceTest } from './bind-trace-test.ts';
import { bindTransportConfig } from './bind-transport-config.ts';
import { nameClashes } from './name-clashes.ts';
import { entriesOf, findEntry, findValue, mapOf } from './read-node.ts';
import { noteSites, resolver, type ConnectorScope } from './references.ts';
import type { NamedReference, Organization, Topology } from './topology.ts';

/**
 * Makes a topology of a document, as far as it can: what is malformed keeps its text, what is missing gets a default.
 *
 * Fails: gives no topology when the document is no map or has no organization whose version is known; `checkShape`
 * says why.
 */
export function bindTopology(document: LocatedDocument): Checked<Topology> {
  const root = mapOf(document.root);
  const organization = bindOrganization(findEntry(root, 'organization'));
  if (!organization) return { diagnostics: [] };
  const faults: Diagnostic[] = [];
  const value = bindAll(document, organization, faults);
  faults.push(
    ...nameClashes('server', value.servers),
    ...nameClashes('certificate', value.certificates),
    ...nameClashes('authority', value.authorities),
    ...nameClashes('partner', value.partners),
    ...nameClashes('credential', value.credentials),
    ...nameClashes('network', value.networks),
  );
  return { value, diagnostics: inOrder(faults) };
}

/** What is pointed at is bound before what points at it. */
function bindAll(document: LocatedDocument, organization: Organization, faults: Diagnostic[]): Topology {
  const root = mapOf(document.root);
  const asked: NamedReference[] = [];
  const section = (key: string): readonly LocatedEntry[] => entriesOf(findValue(root, key));

  const servers = bindServers(section('servers'), organization.exchangeVersion);
  noteSites(servers, asked);
  const resolveServer = resolver('server', servers, asked);
  const authorities = section('authorities').map((entry) => bindAuthority(entry, resolveServer));
  const resolveAuthority = resolver('authority', authorities, asked, issuerWords);
  const certificates = section('certificates').map((entry) =>
    bindCertificate(entry, resolveServer, resolveAuthority),
  );
  const selfSigned = certificates.filter(({ issuedBy }) => issuedBy.kind === 'selfSigned');
  const resolveRoot = resolver('authority', [...authorities, ...selfSigned], asked);
  const partners = section('partners').map((entry) => bindPartner(entry, resolveAuthority, resolveRoot));
  const resolvePartner = resolver('partner', partners, asked);
  const credentials = section('credentials').map(bindCredential);
  const resolveCredential = resolver('credential', credentials, asked);
  const scope: ConnectorScope = {
    version: organization.exchangeVersion.value,
    servers,
    resolveServer,
    resolvePartner,
    resolveCredential,
  };
  const sendConnectors = section('sendConnectors').map((entry) => bindSendConnector(entry, scope, faults));
  const receiveConnectors = section('receiveConnectors').map((entry) =>
    bindReceiveConnector(entry, scope, faults),
  );
  return {
    file: document.file,
    organization,
    servers,
    certificates,
    authorities,
    partners,
    credentials,
    networks: section('networks').map(bindNetwork),
    sendConnectors,
    receiveConnectors,
    transportConfig: bindTransportConfig(
      findEntry(root, 'transportConfig'),
      organization.name.at,
      sendConnectors,
      receiveConnectors,
    ),
    dns: section('dns').map(bindDnsFact),
    delivery: section('delivery').flatMap((entry) => bindDelivery(entry) ?? []),
    rehearsal: bindRehearsal(findValue(root, 'rehearsal')),
    policies: section('policies').map(bindPolicy),
    tests: section('tests').map(bindTraceTest),
    levels: bindRuleLevels(findValue(root, 'lint')),
    references: asked,
  };
}
