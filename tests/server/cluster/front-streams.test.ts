// Streams that a front passes on to another node: all bytes, both ways, until one end is gone or the node's time is up.
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { describe, expect, it } from 'vitest';
import { at, nowhere, startNode, upgrade } from '../../support/front-node.ts';
import { ask } from '../../support/test-server.ts';

describe('a stream', () => {
  it('to another node passes bytes both ways, and ends with either side', async () => {
    const b = await startNode('b', nowhere);
    const a = await startNode('a', at(b.url));
    const { socket, answer } = await upgrade(a.port, '/socket/?session=x', 'Cookie: k=1\r\n');
    expect(answer).toContain('X-Node: b');
    expect(b.got[0]?.headers).toMatchObject({ cookie: 'k=1', upgrade: 'echo', connection: 'Upgrade', host: 'h' });
    socket.write('hello');
    expect(String((await once(socket, 'data'))[0])).toBe('hello');
    expect(a.front.openTo()).toEqual([b.url]);
    b.upgraded[0]?.destroy();
    await once(socket, 'close');
    await expect.poll(() => a.front.openTo()).toEqual([]);
  });

  it('brings each visitor all of its own bytes in order, also where several read slowly', async () => {
    const b = await startNode('b', nowhere);
    const a = await startNode('a', at(b.url));
    const lines = await Promise.all([1, 2, 3].map(() => upgrade(a.port, '/doc/x')));
    const brought = await Promise.all(
      lines.map(async ({ socket }, n) => {
        const sent = Buffer.alloc(8 * 1024 * 1024, `line ${n} `);
        const hash = createHash('sha256');
        let bytes = 0;
        const all = Promise.withResolvers<void>();
        socket.on('data', (chunk: Buffer) => {
          hash.update(chunk);
          bytes += chunk.length;
          socket.pause();
          setImmediate(() => socket.resume());
          if (bytes >= sent.length) all.resolve();
        });
        socket.write(sent);
        await all.promise;
        return [bytes, hash.digest('hex') === createHash('sha256').update(sent).digest('hex')];
      }),
    );
    expect(brought).toEqual(lines.map(() => [8 * 1024 * 1024, true]));
  });

  it('and a request to a node whose time is up are cut', async () => {
    const b = await startNode('b', nowhere);
    const a = await startNode('a', at(b.url));
    const { socket } = await upgrade(a.port, '/doc/x');
    const waiting = ask(a.port, '/api/sessions/x/never', {});
    await expect.poll(() => b.got.length).toBe(2);
    a.front.cut('http://127.0.0.1:1');
    expect(a.front.openTo()).toEqual([b.url]);
    a.front.cut(b.url);
    await once(socket, 'close');
    expect((await waiting).status).toBe(503);
    await expect.poll(() => a.front.openTo()).toEqual([]);
  });
});
