import { noWitness, type Transcript } from '../witness.ts';
import type { SendingContext } from './sending-context.ts';
import type { CarrierTerms } from './smtp-carrier.ts';

/** What the connectivity log, and the protocol log where there is one, are told of one outgoing connection. */
export class LineNotes {
  readonly session: string;
  readonly terms: CarrierTerms;
  readonly #context: SendingContext;
  #messages = 0;
  #bytes = 0;

  constructor(context: SendingContext, terms: CarrierTerms, session: string) {
    this.#context = context;
    this.terms = terms;
    this.session = session;
    this.step('+', terms.connector?.name ?? 'inside the organization');
  }

  /** Notes one step; the words are ours, for Exchange documents none. Source: EXCH connectivity logging. */
  step(direction: '+' | '-' | '>', description: string): void {
    const { server, witness } = this.#context;
    const { destination } = this.terms;
    witness?.connect({ server: server.name, session: this.session, destination, direction, description });
  }

  /** Counts a message that the other end has answered. Unit: bytes. */
  count(size: number): void {
    this.#messages += 1;
    this.#bytes += size;
  }

  end(): void {
    this.step('-', `Messages: ${this.#messages} Bytes: ${this.#bytes}`);
  }

  /** Opens the protocol log of the connection. Source: EXCH New-SendConnector -ProtocolLoggingLevel. */
  transcript(remote: string): { readonly transcript?: Transcript } {
    const { server, witness = noWitness } = this.#context;
    const { connector } = this.terms;
    if (connector?.protocolLoggingLevel !== 'Verbose') return {};
    const { name } = connector;
    const subject = { side: 'send', server: server.name, connector: name, session: this.session } as const;
    const transcript = witness.transcript(subject);
    transcript.between('', remote);
    return { transcript };
  }
}
