import type { Envelope, Recipient } from '../message.ts';
import type { Action } from './notify.ts';
import { fromXtext, headerText, mailDate, printable, typedAddress } from './text.ts';

/** What is told about one recipient. */
export interface RecipientReport {
  readonly recipient: Recipient;
  readonly action: Action;
  /** The reply that decided it: of the next server, or our own. */
  readonly reply: string;
  /** The server that gave the reply; absent where it is our own. */
  readonly remoteServer?: string;
}

/** What a DSN is made of. */
export interface Report {
  /** The server of the topology that reports. */
  readonly reportingServer: string;
  readonly postmaster: string;
  readonly envelope: Envelope;
  /** At least one; all of them are told in one DSN. */
  readonly recipients: readonly [RecipientReport, ...RecipientReport[]];
  readonly subject: string;
  /** Unit: milliseconds since 1970. */
  readonly now: number;
  /** Until when it is tried again, for delays. Unit: milliseconds since 1970. */
  readonly retryUntil: number;
  /** Makes the DSN's own Message-ID and boundary; different at every call. */
  readonly unique: string;
  /** What follows the report: all of the message, or its header. */
  readonly returned: 'message' | '8-bit message' | 'header';
  /** Exchange 2013 and later mark what they cannot deliver. */
  readonly marksNdr: boolean;
}

/** A DSN around what it returns: the original message goes between the two. */
export interface DsnText {
  readonly before: string;
  readonly after: string;
}

const headings: Readonly<Record<Action, { readonly subject: string; readonly line: string }>> = {
  failed: { subject: 'Undeliverable', line: 'Delivery has failed to these recipients:' },
  delayed: {
    subject: 'Delivery delayed',
    line: 'Delivery to these recipients is delayed; it goes on being tried:',
  },
  delivered: { subject: 'Delivered', line: 'The message was delivered to these recipients:' },
  relayed: {
    subject: 'Relayed',
    line: 'The message was handed to servers that will not tell when it arrives, for these recipients:',
  },
};

/**
 * Writes a delivery status notification, all in ASCII.
 *
 * Its shape is Exchange's: what people read, what programs read, then the message or its header. The sentences are ours,
 * and the part for people is plain text only.
 * Source: RFC 3464; RFC 6522 (multipart/report); RFC 3834 §5 (Auto-Submitted).
 */
export function writeDsn(report: Report): DsnText {
  const boundary = `=_${report.unique}`;
  const original = report.returned === 'header' ? 'text/rfc822-headers' : 'message/rfc822';
  const parts = [
    headerOf(report, boundary),
    `--${boundary}\r\nContent-Type: text/plain; charset=us-ascii\r\n\r\n${humanPart(report)}`,
    `--${boundary}\r\nContent-Type: message/delivery-status\r\n\r\n${machinePart(report)}`,
    `--${boundary}\r\nContent-Type: ${original}\r\n${encodingOf(report)}\r\n`,
  ];
  return { before: parts.join('\r\n'), after: `\r\n--${boundary}--\r\n` };
}

function headerOf(report: Report, boundary: string): string {
  const { action } = report.recipients[0];
  const { messageId } = report.envelope;
  const subject = `${headings[action].subject}: ${report.subject}`.slice(0, 200);
  const fields = lines([
    `From: <${report.postmaster}>`,
    `To: <${printable(report.envelope.reversePath)}>`,
    `Date: ${mailDate(report.now)}`,
    `Subject: ${headerText(subject)}`,
    `Message-ID: <${report.unique}@${report.reportingServer}>`,
    `In-Reply-To: ${printable(messageId)}`,
    `References: ${printable(messageId)}`,
    'Auto-Submitted: auto-replied',
    ...(report.marksNdr && action === 'failed' ? ['X-MS-Exchange-Message-Is-Ndr:'] : []),
    'MIME-Version: 1.0',
    `Content-Type: multipart/report; report-type=delivery-status;\r\n boundary="${boundary}"`,
  ]);
  return fields + encodingOf(report);
}

/** A part with bytes over 127 says so, and so does every part around it. Source: RFC 2045 §6.4. */
function encodingOf({ returned }: Report): string {
  return returned === '8-bit message' ? 'Content-Transfer-Encoding: 8bit\r\n' : '';
}

function humanPart(report: Report): string {
  const { recipients, reportingServer } = report;
  const { line } = headings[recipients[0].action];
  return lines([
    line,
    '',
    ...recipients.map(({ recipient }) => `  ${printable(recipient.forwardPath)}`),
    '',
    'Diagnostic information for administrators:',
    '',
    `Generating server: ${reportingServer}`,
    ...recipients.flatMap(({ recipient, reply, remoteServer }) => [
      '',
      printable(recipient.forwardPath),
      ...(remoteServer === undefined ? [] : [`Receiving server: ${printable(remoteServer)}`]),
      `#${printable(reply)} ##`,
    ]),
  ]);
}

function machinePart(report: Report): string {
  const { envelope, recipients, reportingServer } = report;
  const { clientName } = envelope.origin;
  const message = [
    ...(envelope.envelopeId === undefined
      ? []
      : [`Original-Envelope-Id: ${printable(fromXtext(envelope.envelopeId))}`]),
    `Reporting-MTA: dns;${reportingServer}`,
    ...(clientName === '' ? [] : [`Received-From-MTA: dns;${printable(clientName)}`]),
    `Arrival-Date: ${mailDate(envelope.receivedAt)}`,
  ];
  return [message, ...recipients.map((one) => recipientFields(report, one))].map(lines).join('\r\n');
}

function recipientFields(
  report: Report,
  { recipient, action, reply, remoteServer }: RecipientReport,
): string[] {
  const { originalRecipient } = recipient;
  return [
    ...(originalRecipient === undefined
      ? []
      : [`Original-Recipient: ${printable(fromXtext(originalRecipient))}`]),
    `Final-Recipient: ${typedAddress(recipient.forwardPath)}`,
    `Action: ${action}`,
    `Status: ${statusOf(action, reply)}`,
    `Diagnostic-Code: smtp;${printable(reply)}`,
    ...(remoteServer === undefined ? [] : [`Remote-MTA: dns;${printable(remoteServer)}`]),
    `Last-Attempt-Date: ${mailDate(report.now)}`,
    ...(action === 'delayed' ? [`Will-Retry-Until: ${mailDate(report.retryUntil)}`] : []),
  ];
}

/** The enhanced code of a reply, or the least that its class says. Source: RFC 3463 §2. */
function statusOf(action: Action, reply: string): string {
  const enhanced = /^\d{3}[ -]([245]\.\d{1,3}\.\d{1,3})\b/.exec(reply)?.[1];
  if (enhanced !== undefined) return enhanced;
  switch (action) {
    case 'failed':
      return '5.0.0';
    case 'delayed':
      return '4.0.0';
    case 'delivered':
    case 'relayed':
      return '2.0.0';
  }
}

function lines(all: readonly string[]): string {
  return all.map((line) => `${line}\r\n`).join('');
}
