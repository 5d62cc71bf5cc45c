import type { Server } from '../../runtime/config.ts';
import {
  decideNextHop,
  tooLargeReply,
  unreachableReply,
  type NextHop,
  type RoutingDecision,
} from '../../runtime/decide/next-hop.ts';
import type { ServerTarget } from '../../runtime/decide/outbound-session.ts';
import { domainOfPath } from '../../runtime/queue/route.ts';
import { repliesOf, wireText } from '../../runtime/server/reply.ts';
import type { Departure } from './departure.ts';
import { handOn, leave } from './hand-on.ts';
import type { SessionTrace } from './session.ts';
import { serverNamed, speakerIn, type World } from './world.ts';

/** What became of a message at one server, for one recipient. */
export type StepEnd =
  | { readonly kind: 'delivered'; readonly hop: Extract<NextHop, { kind: 'delivery' }> }
  | { readonly kind: 'leaves'; readonly departure: Departure }
  /** To another server of the topology, which takes it. */
  | { readonly kind: 'handed on'; readonly handing: Handing }
  /** It stays in the queue, which shows the reply. */
  | {
      readonly kind: 'waits';
      readonly reply: string;
      readonly handing?: Handing;
      readonly departure?: Departure;
    }
  /** Its sender gets a DSN with the reply. */
  | {
      readonly kind: 'returned';
      readonly reply: string;
      readonly handing?: Handing;
      readonly departure?: Departure;
    }
  /** It comes to a server where it has been, and so on until there are too many hops. */
  | {
      readonly kind: 'goes round';
      readonly server: Server;
      readonly reply: string;
      readonly handing: Handing;
    };

/** How a message is handed to a server of the topology: by routing itself, or by a Send connector that leads there. */
export interface Handing {
  readonly to: ServerTarget;
  /** Other servers that would do, in the order in which they are tried. */
  readonly others: readonly ServerTarget[];
  /** Servers that were tried before it, or after it where none would do. */
  readonly passed: readonly Handing[];
  readonly session: SessionTrace;
  readonly departure?: Departure;
}

/** A server on the way of a message. */
export interface RouteStep {
  readonly server: Server;
  readonly decision: RoutingDecision;
  readonly end: StepEnd;
}

/** A message for one recipient. */
export interface Mail {
  readonly reversePath: string;
  readonly forwardPath: string;
  /** Unit: bytes. */
  readonly size: number;
}

/** Follows a message from the queue of a server to where it is delivered, leaves, waits or is returned. */
export async function traceRoute(world: World, first: Server, mail: Mail): Promise<readonly RouteStep[]> {
  const steps: RouteStep[] = [];
  let server = first;
  for (;;) {
    const visited = [...steps.map((step) => step.server), server];
    const step = await stepAt(world, server, mail);
    const handing = step.end.kind === 'handed on' ? step.end.handing : undefined;
    if (handing === undefined) return [...steps, step];
    const again = visited.find(({ name }) => name === handing.to.server.name);
    if (again !== undefined) {
      const { hopCountExceeded } = repliesOf(speakerIn(world, again));
      const reply = wireText(hopCountExceeded, 'shown').trimEnd();
      return [...steps, { ...step, end: { kind: 'goes round', server: again, reply, handing } }];
    }
    steps.push(step);
    server = handing.to.server;
  }
}

async function stepAt(world: World, server: Server, mail: Mail): Promise<RouteStep> {
  const domain = domainOfPath(world.config, mail.forwardPath);
  const decision = decideNextHop(world.config, { server, domain, size: mail.size });
  return { server, decision, end: await endOf(world, server, decision.hop, mail) };
}

async function endOf(world: World, server: Server, hop: NextHop, mail: Mail): Promise<StepEnd> {
  switch (hop.kind) {
    case 'delivery':
      return { kind: 'delivered', hop };
    case 'unreachable':
      return { kind: 'waits', reply: unreachableReply(hop) };
    case 'too large':
      return {
        kind: 'returned',
        reply: tooLargeReply,
      };
    case 'servers':
      return handOn(world, server, hop.servers, mail);
    case 'connector':
      return leave(world, server, hop.connector, hop.domain, mail);
  }
}

/** The server in whose queue a message begins. */
export function startServer(world: World, name: string): Server {
  const server = serverNamed(world, name);
  if (server === undefined) throw new Error(`the topology has no server ${name}`);
  return server;
}
