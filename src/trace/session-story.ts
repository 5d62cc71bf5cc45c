import type { AddressRange, ReceiveConnector } from '../../runtime/config.ts';
import type { CertificateChoice } from '../../runtime/decide/certificate.ts';
import type { ReceiveElimination } from '../../runtime/decide/receive-connector.ts';
import type { ReceiveTlsDecision } from '../../runtime/decide/receive-tls.ts';
import { securityWords, senderWords, permissionWords } from './ground-words.ts';
import type { SessionTrace } from './session.ts';
import type { Line } from './story.ts';

/** Tells a session up to the reply to MAIL. */
export function sessionLines(trace: SessionTrace): readonly Line[] {
  const { refusal, dialogue, transaction } = trace;
  const lines: Line[] = [...connectorLines(trace), ...tlsLines(trace.tls, trace.connector)];
  const mail = dialogue.find(({ command }) => command.startsWith('MAIL'));
  if (mail?.because?.kind === 'security')
    lines.push({ kind: 'bad', text: securityWords(mail.because.decision) });
  const permissions = mail?.because?.kind === 'sender' ? mail.because.permissions : transaction?.permissions;
  const known = permissions ?? trace.context?.permissionsOf(trace.context.principal);
  if (known !== undefined)
    lines.push({
      kind: 'fact',
      text: permissionWords(known),
      ...(trace.connector && { about: trace.connector }),
    });
  if (transaction?.authenticatedDomain !== undefined)
    lines.push({
      kind: 'fact',
      text: `Domain Security: the certificate speaks for ${transaction.authenticatedDomain}`,
    });
  if (mail?.because?.kind === 'sender' && mail.because.decision !== 'accepted')
    lines.push({ kind: 'bad', text: senderWords(mail.because.decision, mail.because.permissions) });
  const said = dialogue.filter(({ command }) => !command.startsWith('RCPT'));
  lines.push(
    ...said.map(({ command, reply }): Line => ({ kind: 'said', text: `${command} -> ${firstLine(reply)}` })),
  );
  if (refusal !== undefined && refusal.at === 'connect')
    lines.push({ kind: 'bad', text: `no Receive connector takes this client: ${refusal.reply}` });
  if (refusal !== undefined && refusal.at === 'message')
    lines.push({ kind: 'bad', text: `the end of the message -> ${refusal.reply}` });
  return lines;
}

function firstLine(reply: string): string {
  const [first = '', ...more] = reply.split('\r\n');
  const words = more.map((line) => line.slice(4));
  return more.length === 0 ? first : `${first}; ${words.join(', ')}`;
}

const passedOver: Readonly<Record<ReceiveElimination, string>> = {
  'other server': 'it is on another server',
  disabled: 'it is disabled',
  'other port': 'it listens on another port',
  'other local address': 'it listens on another address',
  'client outside ranges': 'its remote ranges do not hold the client',
  'wider range': 'its range is wider',
  'wildcard binding': 'it binds all addresses, the other one this address',
  'listed later': 'its range and binding are the same, and it is listed later',
};

function connectorLines({ choice, server, session }: SessionTrace): readonly Line[] {
  const lines: Line[] = [];
  if (choice.chosen !== undefined) {
    const { connector, range } = choice.chosen;
    const text = `Receive connector "${connector.name}": ${rangeText(range)} is its closest range that holds ${session.client}`;
    lines.push({ kind: 'fact', text, about: connector });
  }
  const here = choice.eliminated.filter(({ connector }) => connector.server === server.name);
  for (const { connector, reason } of here)
    lines.push({ kind: 'not', text: `not "${connector.name}": ${passedOver[reason]}`, about: connector });
  return lines;
}

function rangeText({ first, last }: AddressRange): string {
  return first === last ? first : `${first}-${last}`;
}

function tlsLines(
  tls: ReceiveTlsDecision | undefined,
  connector: ReceiveConnector | undefined,
): readonly Line[] {
  if (tls === undefined || connector === undefined) return [];
  if (tls.kind === 'offered') {
    const { certificate } = tls.choice.chosen;
    const asked = tls.clients.asked === 'for a certificate' ? '; a client certificate is asked for' : '';
    const text = `STARTTLS is offered with the certificate "${certificate.name}", for the name ${connector.fqdn}${asked}`;
    return [{ kind: 'fact', text, about: certificate }, ...certificateLines(tls.choice)];
  }
  if (tls.reason === 'no Tls in AuthMechanism')
    return [{ kind: 'fact', text: 'STARTTLS is not offered: authMechanism lacks Tls', about: connector }];
  const wanted = connector.tlsCertificateName ?? `the name ${connector.fqdn}`;
  return [
    {
      kind: 'bad',
      text: `STARTTLS is not offered: no certificate for ${wanted} can be used`,
      about: connector,
    },
    ...certificateLines(tls.choice),
  ];
}

/** Tells which certificates of a server were passed over; those of other servers are not worth a word. */
export function certificateLines({ eliminated }: CertificateChoice): readonly Line[] {
  return eliminated
    .filter(({ reason }) => reason !== 'not installed on server')
    .map(({ certificate, reason }): Line => ({
      kind: 'not',
      text: `not the certificate "${certificate}": ${reason}`,
    }));
}
