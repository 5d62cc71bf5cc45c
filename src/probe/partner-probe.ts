import type { PlannedPartner } from '../plan/step.ts';
import type { InboundHint } from './inbound.ts';
import type { DomainProbe } from './probe.ts';

/** Everything that was found out about the connection to a partner. */
export interface PartnerProbe {
  readonly partner: PlannedPartner;
  /** Who was asked for names, in words. */
  readonly names: string;
  readonly domains: readonly DomainProbe[];
  readonly inbound: readonly InboundHint[];
}
