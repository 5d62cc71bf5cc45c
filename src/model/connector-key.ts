import type { Located } from '../base/span.ts';
import { splitConnectorKey } from '../mail/connector-name.ts';
import { partOf, type LocatedScalar } from '../source/located.ts';

/** The parts of a connector's key, each with its place. */
export interface LocatedConnectorKey {
  readonly server?: Located<string>;
  readonly name: Located<string>;
}

/** Takes the key `Server\Name` apart; a part that is empty has the place of the whole key. */
export function locateConnectorKey(key: LocatedScalar): LocatedConnectorKey {
  const { server, name } = splitConnectorKey(key.text);
  if (server === undefined) return { name: { value: name, at: key.at } };
  const start = key.text.length - name.length;
  return {
    server: { value: server, at: server === '' ? key.at : partOf(key, 0, server.length) },
    name: { value: name, at: name === '' ? key.at : partOf(key, start, key.text.length) },
  };
}
