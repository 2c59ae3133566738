// The live connection beside a server of the test's own: what the handshake says, and what becomes of a suggestion.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Server } from 'socket.io';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { suggest } from '#crowd/commands/suggest.ts';
import { writeBase } from '#crowd/folder/base.ts';
import { keepMembership } from '#crowd/folder/membership.ts';
import { createOutput } from '#crowd/program/output.ts';
import { connect } from '#crowd/server/live.ts';
import { CHECKS } from '#session-core/model/checks.ts';
import { PROTOCOL } from '#session-core/protocol/messages.ts';

let home: string;
let io: Server;
let address: string;
/** Below a path of the host, as behind a proxy. */
const PREFIX = '/workshop';
const member = () => ({
  server: `${address}${PREFIX}`,
  sessionId: 'abc',
  participantId: 'p1',
  displayName: 'Ana',
  title: 'T',
  token: 'secret',
});

beforeEach(async () => {
  home = mkdtempSync(join(tmpdir(), 'crowd-live-'));
  vi.stubEnv('CROWD_HOME', join(home, 'settings'));
  const server = createServer();
  io = new Server(server, { path: `${PREFIX}/socket` });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterEach(async () => {
  await io.close();
  vi.unstubAllEnvs();
  rmSync(home, { recursive: true, force: true });
});

it('says why nobody is there, at once', async () => {
  await io.close();
  vi.useFakeTimers({ toFake: ['setTimeout'] });
  try {
    // No time passes: it does not try again and again.
    await expect(connect(member(), 'crowd-1')).rejects.toThrow(/cannot be reached: connect ECONNREFUSED/);
  } finally {
    vi.useRealTimers();
  }
});

it('names the session in the address of the handshake, which nodes pass on by it', async () => {
  const addresses: string[] = [];
  io.use((socket, next) => {
    addresses.push(socket.request.url ?? '');
    next(Object.assign(new Error('refused'), { data: { code: 'not_joined', message: 'You have not joined.' } }));
  });
  await expect(connect(member(), 'crowd-1')).rejects.toMatchObject({ code: 'not_joined' });
  expect(addresses.map((said) => new URL(said, address).searchParams.get('session'))).toEqual(['abc']);
});

it.each([
  ['failed', 2],
  ['passed', 0],
] as const)('ends a suggestion whose style %s with %i, though its preview is not there yet', async (state, code) => {
  const checks = { ...Object.fromEntries(CHECKS.map((name) => [name, { state: 'passed' }])), style: { state } };
  const card = { id: 's1', author: 'p1', text: 'Scale', status: 'open', patch: { state: 'clean' }, checks };
  io.on('connection', (socket) => {
    const view = { suggestions: { s1: card } };
    socket.emit('snapshot', { protocol: PROTOCOL, logId: 'log', seq: 1, view, you: { own: {} }, youSeq: 1 });
    socket.on('command', (_, ack: (answer: object) => void) => ack({ ok: true, seq: 1, about: 's1' }));
  });
  const root = join(home, 'mine');
  mkdirSync(join(root, '.crowd'), { recursive: true });
  keepMembership(root, member());
  writeBase(root, { revision: 1, files: { 'dvc.yaml': 'stages: {}\n' }, beside: [] });
  writeFileSync(join(root, 'dvc.yaml'), 'stages: {}\n# mine\n');
  const lines: string[] = [];
  const output = { ...createOutput(false), line: (text: string) => lines.push(text), note: () => {} };
  expect(await suggest({ words: ['Scale'], options: { timeout: '0.01' }, output, folder: root })).toBe(code);
  expect(lines.join('\n')).toContain('Its preview is not there yet');
});
