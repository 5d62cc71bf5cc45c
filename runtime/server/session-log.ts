import type { ReceiveConnector } from '../config.ts';
import type { Log, LogFields } from '../log.ts';
import type { LogonOutcome } from '../users/logon.ts';
import { noTranscript, type Transcript } from '../witness.ts';
import { ReceivedText } from './received-text.ts';
import type { TlsState } from './receiver.ts';
import type { Reply } from './reply.ts';
import type { SessionContext } from './session.ts';
import { permissionsText, tarpitText, tlsText } from './session-rows.ts';

/** What a session's log is made with. */
export interface SessionLogOptions {
  readonly log: Log;
  readonly sessionId: string;
  readonly clientAddress: string;
  readonly connector: Pick<ReceiveConnector, 'name' | 'protocolLoggingLevel'>;
  /** The protocol log of the session, where its connector keeps one. */
  readonly transcript?: Transcript;
}

/** Tells the log what happens in one session, and nothing that may be a password. */
export class SessionLog {
  readonly #options: SessionLogOptions;
  readonly #text = new ReceivedText();
  readonly #transcript: Transcript;

  constructor(options: SessionLogOptions) {
    this.#options = options;
    this.#transcript = options.transcript ?? noTranscript;
  }

  tell(event: string, fields: LogFields): void {
    this.#tell('info', event, fields);
  }

  command(line: string): void {
    this.#received(this.#text.ofCommand(line));
  }

  response(line: string): void {
    this.#received(this.#text.ofResponse(line));
  }

  tarpit(reply: Reply, seconds: number): void {
    this.tell('tarpit', { seconds });
    this.#transcript.note('*', tarpitText(reply, seconds));
  }

  permissions({ permissionsOf, principal }: Pick<SessionContext, 'permissionsOf' | 'principal'>): void {
    if (this.#transcript === noTranscript) return;
    this.#transcript.note('*', permissionsText(permissionsOf(principal)), 'Set Session Permissions');
  }

  tlsStarted({ protocol, cipher, presented, internalServer }: TlsState): void {
    const certificate = presented?.names;
    const chain = presented?.chain.kind === 'refused' ? presented.chain.reason : presented?.chain.kind;
    this.tell('TLS started', { protocol, cipher, certificate, chain, internalServer });
    if (this.#transcript === noTranscript) return;
    this.#transcript.note('*', '', tlsText({ protocol, cipher }));
    if (certificate !== undefined) this.#transcript.note('*', certificate.join(';'), 'Received certificate');
  }

  serverNotRecognised(server: string): void {
    const copy = `internal.pem of ${server}`;
    this.#tell('warning', 'server not recognised', { server, copy, to: 'the folder internal of the keys' });
  }

  loggedOn(user: string): void {
    this.tell('logged on', { client: this.#options.clientAddress, user });
  }

  logonFailed(outcome: LogonOutcome): void {
    const client = this.#options.clientAddress;
    this.#tell('warning', 'logon failed', { client, ...failureOf(outcome) });
  }

  #received(data: string): void {
    if (this.#options.connector.protocolLoggingLevel !== 'Verbose') return;
    this.tell('received', { data });
    this.#transcript.note('<', data);
  }

  #tell(level: 'info' | 'warning', event: string, fields: LogFields): void {
    const { log, sessionId, connector } = this.#options;
    log(level, event, { session: sessionId, connector: connector.name, ...fields });
  }
}

/** What is not the name of a user may be a password in the wrong place, and is not told. */
function failureOf(outcome: LogonOutcome): { readonly user?: string; readonly reason: string } {
  if (outcome.kind === 'busy') return { reason: 'too many wait for their logon' };
  const user = outcome.kind === 'logged on' ? outcome.user.name : outcome.known;
  if (user === undefined) return { reason: 'unknown user' };
  return { user, reason: outcome.kind === 'wrong' ? 'wrong password' : 'users may not submit here' };
}
