/** Which messages a request is about. */
export type Selection =
  | { readonly kind: 'messages'; readonly ids: readonly number[] }
  | { readonly kind: 'queue'; readonly key: string }
  | { readonly kind: 'all' };

/** What an administrator asks of a queue. */
export type QueueRequest =
  | { readonly kind: 'list'; readonly limit: number; readonly queue?: string }
  /** Some messages behind one, for a page; with the name of a queue only those that wait there. */
  | { readonly kind: 'page'; readonly after: number; readonly limit: number; readonly queue?: string }
  | { readonly kind: 'show' | 'retry' | 'suspend' | 'resume'; readonly of: Selection }
  | { readonly kind: 'remove'; readonly of: Selection; readonly dsn: 'with' | 'without' }
  /** Copies messages into the folder of requests, from where they are fetched. */
  | { readonly kind: 'export'; readonly of: Selection; readonly prefix: string };

/** One queue, as it is told of. */
export interface QueueRow {
  readonly queue: string;
  readonly status: 'active' | 'retry' | 'suspended' | 'unreachable' | 'poison' | 'waiting';
  readonly messages: number;
  readonly lastError?: string;
  /** Unit: seconds from now. */
  readonly retryIn?: number;
}

/** One recipient, as it is told of. */
export interface RecipientRow {
  readonly address: string;
  readonly status: string;
  readonly queue?: string;
  readonly lastError?: string;
}

/** One message, as it is told of. */
export interface MessageRow {
  /** Text, for a program that reads numbers as doubles must not change it. */
  readonly id: string;
  readonly status: 'active' | 'ready' | 'retry' | 'suspended' | 'unreachable' | 'poison' | 'damaged';
  /** Unit: bytes. */
  readonly size: number;
  readonly received?: string;
  /** Unit: seconds. */
  readonly age: number;
  readonly from?: string;
  readonly messageId?: string;
  readonly subject?: string;
  readonly recipients: readonly RecipientRow[];
  readonly reason?: string;
}

/** What became of one message, or of one queue. */
export interface DoneRow {
  readonly what: string;
  readonly outcome: 'done' | 'not done';
  readonly detail: string;
  /** The name of the copy in the folder of requests. */
  readonly file?: string;
}

/** The answer to a request; what it is not about is absent. */
export interface QueueAnswer {
  readonly queues?: readonly QueueRow[];
  readonly messages?: readonly MessageRow[];
  /** How many messages there are, where not all are told of. */
  readonly total?: number;
  /** The message behind which a page goes on; absent at the end. */
  readonly next?: number;
  readonly done?: readonly DoneRow[];
  /** Why nothing was done. */
  readonly failure?: string;
}

/** Reads a request that came by file. Fails: returns undefined for what is none. */
export function parseQueueRequest(text: string): QueueRequest | undefined {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (!isObject(json)) return undefined;
  const { kind } = json;
  if (kind === 'list') {
    const { limit, queue } = json;
    if (typeof limit !== 'number' || (queue !== undefined && typeof queue !== 'string')) return undefined;
    return { kind, limit, ...(queue !== undefined && { queue }) };
  }
  const of = parseSelection(json['of']);
  if (of === undefined) return undefined;
  if (kind === 'show' || kind === 'retry' || kind === 'suspend' || kind === 'resume') return { kind, of };
  const { dsn, prefix } = json;
  if (kind === 'remove' && (dsn === 'with' || dsn === 'without')) return { kind, of, dsn };
  if (kind === 'export' && typeof prefix === 'string' && /^[0-9a-f-]{36}$/.test(prefix))
    return { kind, of, prefix };
  return undefined;
}

function parseSelection(json: unknown): Selection | undefined {
  if (!isObject(json)) return undefined;
  const { kind, ids, key } = json;
  if (kind === 'all') return { kind };
  if (kind === 'queue' && typeof key === 'string') return { kind, key };
  if (kind === 'messages' && Array.isArray(ids) && ids.every((id) => Number.isSafeInteger(id)))
    return { kind, ids: ids as number[] };
  return undefined;
}

function isObject(json: unknown): json is Readonly<Record<string, unknown>> {
  return typeof json === 'object' && json !== null;
}
