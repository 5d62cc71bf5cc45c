import { join } from 'node:path';

import type { ExchangeVersion, Server } from '../config.ts';

/** The logs that a transport server of Exchange keeps. */
export type LogName = 'tracking' | 'receive' | 'send' | 'connectivity';

/** How one log is written by one version of Exchange. */
export interface LogLayout {
  /** Relative to the folder of the server. */
  readonly folder: string;
  readonly prefix: string;
  /** Whether a file is for a day or for an hour. */
  readonly period: 'day' | 'hour';
  readonly title: string;
  readonly fields: readonly string[];
  /** What all files of the log may take. Unit: bytes. */
  readonly totalLength: number;
}

const megabyte = 1024 ** 2;

/** A file is closed at this length, and removed after these days. Source: EXCH Set-TransportService -ReceiveProtocolLogMaxFileSize, -ReceiveProtocolLogMaxAge. */
export const fileLimits: { readonly length: number; readonly days: number } = {
  length: 10 * megabyte,
  days: 30,
};

const protocolFields =
  'date-time,connector-id,session-id,sequence-number,local-endpoint,remote-endpoint,event,data,context';
const connectivityFields = 'date-time,session,source,destination,direction,description';

/** Source: EXCH message tracking; each version adds fields to those of the one before. */
const trackingFields = {
  '2007':
    'date-time,client-ip,client-hostname,server-ip,server-hostname,source-context,connector-id,source,event-id,internal-message-id,message-id,' +
    'recipient-address,recipient-status,total-bytes,recipient-count,related-recipient-address,reference,message-subject,sender-address,' +
    'return-path,message-info',
  since2010: ',directionality,tenant-id,original-client-ip,original-server-ip,custom-data',
  since2016: ',transport-traffic-type,log-id,schema-version',
} as const;

function trackingFieldsOf(version: ExchangeVersion): string {
  if (version === '2007') return trackingFields['2007'];
  const fields = trackingFields['2007'] + trackingFields.since2010;
  if (version === '2010') return fields;
  const since2013 = fields.replace(',message-id,', ',message-id,network-message-id,');
  return version === '2013' ? since2013 : since2013 + trackingFields.since2016;
}

function isOld(version: ExchangeVersion): boolean {
  return version === '2007' || version === '2010';
}

/** The version that the second line of every log names. */
export function logVersion(version: ExchangeVersion): string {
  if (version === '2007') return '8.0.0.0';
  return version === '2010' ? '14.0.0.0' : '15.0.0.0';
}

/** Says whether a server keeps a log of its outgoing connections where nobody has said so. Source: EXCH connectivity logging. */
export function logsConnectivity({ exchangeVersion }: Server): boolean {
  return !isOld(exchangeVersion);
}

/** Tells where a server keeps a log, and in which form. Source: EXCH protocol logging, message tracking, connectivity logging. */
export function layoutOf(name: LogName, { exchangeVersion: version, role }: Server): LogLayout {
  const logs = join('TransportRoles', 'Logs');
  const ofRole = isOld(version) ? logs : join(logs, roleFolders[role]);
  const period = isOld(version) ? 'day' : 'hour';
  switch (name) {
    case 'tracking':
      return {
        folder: join(logs, 'MessageTracking'),
        prefix: 'MSGTRK',
        period,
        title: 'Message Tracking Log',
        fields: trackingFieldsOf(version).split(','),
        totalLength: 1000 * megabyte,
      };
    case 'receive':
      return protocol(
        join(ofRole, 'ProtocolLog', 'SmtpReceive'),
        'RECV',
        'SMTP Receive Protocol Log',
        period,
      );
    case 'send':
      return protocol(join(ofRole, 'ProtocolLog', 'SmtpSend'), 'SEND', 'SMTP Send Protocol Log', period);
    case 'connectivity':
      return {
        folder: join(ofRole, 'Connectivity'),
        prefix: 'CONNECTLOG',
        period,
        title: 'Transport Connectivity Log',
        fields: connectivityFields.split(','),
        totalLength: 1000 * megabyte,
      };
  }
}

const roleFolders: Record<Server['role'], string> = {
  hub: 'Hub',
  mailbox: 'Hub',
  clientAccess: 'FrontEnd',
  edge: 'Edge',
};

function protocol(folder: string, prefix: string, title: string, period: LogLayout['period']): LogLayout {
  const fields = protocolFields.split(',');
  return { folder, prefix, period, title, fields, totalLength: 250 * megabyte };
}
