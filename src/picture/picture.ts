/**
 * A topology as boxes and lines, before anything is drawn. Mail flows from left to right: who sends, through which
 * Receive connector, to which server; from there through which Send connector, and where to.
 */

/** How far TLS protects a connector's mail, from not at all to Domain Security. */
export type TlsState = 'none' | 'opportunistic' | 'required' | 'mutual';

/** The states, weakest first. */
export const tlsStates: readonly TlsState[] = ['none', 'opportunistic', 'required', 'mutual'];

/** What each state says to a reader who knows no connector. */
export const tlsWords: Readonly<Record<TlsState, string>> = {
  none: 'no TLS',
  opportunistic: 'TLS where the other side can',
  required: 'TLS or no mail',
  mutual: 'TLS, both sides prove who they are',
};

/** One box; its words are as in the topology, and each format makes them harmless. */
export interface Box {
  /** A word of ours, unique in the picture. */
  readonly id: string;
  readonly name: string;
  readonly lines: readonly string[];
  /** What a reader should not overlook, such as who may relay. */
  readonly alarm?: string;
  /** Connectors only. */
  readonly tls?: TlsState;
  readonly state: 'live' | 'disabled';
}

/** Someone outside; whoever has the same key is the same, and is drawn once. */
export interface OutsideBox extends Pick<Box, 'name' | 'lines'> {
  readonly key: readonly unknown[];
}

/** Servers that belong together: a site, or Edge servers. */
export interface ServerGroup {
  readonly id: string;
  readonly name: string;
  readonly servers: readonly Box[];
}

/** Mail on its way between two boxes of neighbouring columns. */
export interface Line {
  readonly from: string;
  readonly to: string;
  readonly tls: TlsState;
  readonly state: Box['state'];
}

/** All of it, column by column. */
export interface Picture {
  readonly title: string;
  /** The picture in sentences, for those who do not see it. */
  readonly sentences: readonly string[];
  readonly senders: readonly Box[];
  readonly receiveConnectors: readonly Box[];
  readonly organization: { readonly name: string; readonly lines: readonly string[] };
  readonly groups: readonly ServerGroup[];
  readonly sendConnectors: readonly Box[];
  readonly destinations: readonly Box[];
  readonly lines: readonly Line[];
}

/** The columns' headings, from left to right. */
export const headings = {
  senders: 'Who sends to us',
  receiveConnectors: 'Receive connectors',
  sendConnectors: 'Send connectors',
  destinations: 'Where mail goes',
} as const;
