import type { Located } from '../base/span.ts';
import type { ReceiveConnector, SendConnector, TransportConfig } from '../model/topology.ts';

type Writing = Pick<SendConnector | ReceiveConnector | TransportConfig, 'written'>;

/** Finds the one value that an object writes for a parameter; undefined for `null`, a list, or what is not written. */
export function writtenValue({ written }: Writing, key: string): Located<string> | undefined {
  const node = written.find((one) => one.key.value === key)?.node;
  return node?.kind === 'scalar' && node.value !== null ? { value: node.text, at: node.at } : undefined;
}

/** Finds a switch that an object writes as true. */
export function writtenTrue(object: Writing, key: string): Located<string> | undefined {
  const found = writtenValue(object, key);
  return found?.value.toLowerCase() === 'true' ? found : undefined;
}
