import { parseTcpBinding } from '../mail/tcp-binding.ts';
import type { LocatedEntry } from '../source/located.ts';
import { mapOf, nameOf, textAt, written } from './read-node.ts';
import type { Delivery } from './topology.ts';

/** Reads where mail for an accepted domain goes; undefined when the entry says neither of the two ways. */
export function bindDelivery(entry: LocatedEntry): Delivery | undefined {
  const map = mapOf(entry.value);
  const domain = nameOf(entry.key);
  const folder = textAt(map, 'maildir');
  if (folder) return { kind: 'maildir', domain, folder };
  const endpoint = textAt(map, 'smtp');
  return endpoint && { kind: 'smtp', domain, endpoint: written(endpoint, parseTcpBinding) };
}
