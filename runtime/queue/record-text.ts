import type { Change } from './message-state.ts';
import type { MessageRecord } from './stored-message.ts';

/** Writes the JSON part of a record. */
export function recordText(value: MessageRecord | Change): Buffer {
  return Buffer.from(JSON.stringify(value), 'utf8');
}
