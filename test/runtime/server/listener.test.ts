import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openListener } from '../../../runtime/server/listener.ts';

test('listener: a connection that the system cannot hand over does not end the process', async (context) => {
  const refused: string[] = [];
  const server = await openListener(
    { address: '127.0.0.1', port: 0 },
    { accept: () => undefined, refused: ({ message }) => void refused.push(message) },
  );
  context.after(() => server.close());
  // What Node emits where accept(2) fails.
  server.emit('error', new Error('accept EMFILE'));
  assert.deepEqual(refused, ['accept EMFILE']);
});
