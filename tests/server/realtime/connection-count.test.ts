// More connections than the process may have files open: some are refused, the log says so, and the server goes on.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { join } from 'node:path';
import { expect, it } from 'vitest';

const PROGRAM = `
import http from 'node:http';
import { limitConnectionCount } from '#server/realtime/connection-count.ts';
import { createLog } from '#server/platform/log.ts';
const server = http.createServer((_, response) => response.end('ok'));
const limit = limitConnectionCount(server, createLog('warn'));
const passing = http.createServer();
const half = limitConnectionCount(passing, createLog('warn'), 2);
server.listen(0, '127.0.0.1', () => {
  limit.listening();
  half.listening();
  const { port } = server.address();
  console.log(JSON.stringify({ port, most: server.maxConnections, passed: passing.maxConnections }));
});
`;

it.skipIf(process.platform === 'win32')('refuses them with a line in the log and answers those it has', async () => {
  const root = join(import.meta.dirname, '../../..');
  const args = ['-c', 'ulimit -n 128 && exec "$0" "$@"', process.execPath, '--input-type=module', '--eval', PROGRAM];
  const child = spawn('sh', args, { cwd: root, env: { PATH: process.env['PATH'], NODE_NO_WARNINGS: '1' } });
  let log = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    log += text;
  });
  const [first] = (await once(child.stdout.setEncoding('utf8'), 'data')) as [string];
  const { port, most, passed } = JSON.parse(first) as { port: number; most: number; passed: number };
  // Each of these may need another one to the node that it is passed on to.
  expect(Math.abs(passed - most / 2)).toBeLessThanOrEqual(2);
  expect(most).toBeGreaterThan(16);
  expect(most).toBeLessThan(110);
  const sockets: Socket[] = [];
  for (let n = 0; n < most + 20; n++) {
    const socket = connect(port, '127.0.0.1');
    socket.on('error', () => undefined);
    sockets.push(socket);
    await once(socket, 'connect');
  }
  await expect.poll(() => log).toContain('"event":"connections_refused"');
  for (const socket of sockets) socket.destroy();
  await expect
    .poll(
      () =>
        fetch(`http://127.0.0.1:${port}/`).then(
          (answer) => answer.text(),
          () => '',
        ),
      { timeout: 10_000 },
    )
    .toBe('ok');
  child.kill();
  await once(child, 'exit');
});
