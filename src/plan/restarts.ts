import { frontEndOf, rolesBySite, type FrontEnd } from '../exchange/server-role.ts';
import type { PlannedServer, RestartTransport, Step } from './step.ts';
import { organizationPlace, placeOn, samePlace } from './places.ts';

type Connector = Extract<Step, { readonly kind: 'receive-connector' | 'send-connector' }>;

/**
 * Plans a restart of the Transport service on every server where Domain Security, bindings or domain-secure lists
 * are brought about.
 *
 * The document asks for it; later references do not, so it is a step of its own that an administrator may leave out.
 * Source: DOC S13.4, R21.
 */
export function planRestarts(
  steps: readonly Step[],
  servers: readonly PlannedServer[],
): readonly RestartTransport[] {
  const rolesIn = rolesBySite(servers.map(({ role, site }) => ({ role, site })));
  return servers.flatMap((server): readonly RestartTransport[] => {
    const connectors = steps.filter((step) => isOn(server.name, step));
    const reasons = reasonsFor(server, connectors, steps);
    if (reasons.length === 0) return [];
    return [
      {
        kind: 'restart',
        place: placeOn(server.name),
        server: server.name,
        services: servicesOf(
          server,
          frontEndOf(server.role, server.version, rolesIn(server.site)),
          connectors,
        ),
        reasons,
        origin: server.origin,
      },
    ];
  });
}

function isOn(server: string, step: Step): step is Connector {
  if (step.kind === 'receive-connector') return step.made === 'declared' && step.server === server;
  if (step.kind !== 'send-connector') return false;
  return step.made === 'declared' && step.sourceTransportServers.includes(server);
}

function reasonsFor(
  server: PlannedServer,
  connectors: readonly Connector[],
  steps: readonly Step[],
): readonly string[] {
  const secured = connectors.filter(({ domainSecureEnabled }) => domainSecureEnabled);
  const listening = connectors.filter(({ kind }) => kind === 'receive-connector');
  const home = server.role === 'edge' && server.subscribedTo === undefined;
  const listPlace = home ? placeOn(server.name) : organizationPlace;
  const hasLists = steps.some(
    (step) =>
      step.kind === 'transport-config' &&
      samePlace(step.place, listPlace) &&
      step.tlsSendDomainSecureList.length + step.tlsReceiveDomainSecureList.length > 0,
  );
  return [
    ...secured.map(({ name }) => `Domain Security on "${name}"`),
    ...listening.map(({ name }) => `bindings of "${name}"`),
    ...(secured.length > 0 && hasLists ? ['domain-secure lists'] : []),
  ];
}

/**
 * From 2013 on a connector belongs to one of two services, by its TransportRole; where that is left to Exchange,
 * both are restarted.
 *
 * Source: EXCH New-ReceiveConnector -TransportRole.
 */
function servicesOf(
  server: PlannedServer,
  frontEndRuns: FrontEnd,
  connectors: readonly Connector[],
): readonly string[] {
  const transport = 'MSExchangeTransport';
  const frontEnd = 'MSExchangeFrontEndTransport';
  if (server.role === 'clientAccess') return [frontEnd];
  if (frontEndRuns === 'elsewhere') return [transport];
  const services = new Set(
    connectors.flatMap((connector) => {
      if (connector.kind === 'send-connector') return [transport];
      const role = connector.parameters.find(({ parameter }) => parameter === 'TransportRole')?.value;
      const name = role?.kind === 'enum' ? role.names[0] : undefined;
      if (name === 'FrontendTransport') return [frontEnd];
      return name === 'HubTransport' ? [transport] : [transport, frontEnd];
    }),
  );
  return [transport, frontEnd].filter((service) => services.has(service));
}
