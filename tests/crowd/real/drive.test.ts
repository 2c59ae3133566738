// `crowd drive` with a real server: editors that write in bursts, a suggestion that is applied meanwhile, and a hand-over in
// the middle of it. No line is lost and none is there twice.
import { existsSync, readdirSync, readFileSync, renameSync, unlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import WebSocket from 'ws';
import { WebsocketProvider } from 'y-websocket';
import * as Y from 'yjs';
import { patchBetween } from '#session-core/text/patch.ts';
import { connect, facilitate, type Person, post } from '../../simulation/participant.ts';
import { type ServerProcess, startServer } from '../../support/server-process.ts';
import { type CrowdHome, createHome, otherNode, type Running } from './crowd-process.ts';

/** A dozen processes and runs, one after the other. */
vi.setConfig({ testTimeout: 240_000, hookTimeout: 120_000 });

let server: ServerProcess;
let host: Person;
let ana: CrowdHome;
let other: Person;
let doc: Y.Doc;
const ends: (() => void)[] = [];
beforeAll(async () => {
  server = await startServer();
  const made = await post<{ sessionId: string; facilitatorSecret: string; joinCode: string }>(
    `${server.url}/api/sessions`,
    {
      title: 'Driven from a folder',
    },
  );
  host = await facilitate(server.url, made.sessionId, made.facilitatorSecret);
  await host.until((view) => view !== null);
  ana = createHome(otherNode());
  const cloned = await ana.crowd('.', 'clone', `${server.url}/j/${made.joinCode}`, 'mine', '--name', 'Ana', '--json');
  expect(cloned.json, cloned.err).toMatchObject({ displayName: 'Ana' });
  const { participantId } = cloned.json;
  const kept = join(ana.home, '.settings/tokens', `${made.sessionId}-${participantId}.json`);
  const { token } = JSON.parse(readFileSync(kept, 'utf8')) as { token: string };
  other = await connect(server.url, { sessionId: made.sessionId, participantId, displayName: 'Ana', token });
  doc = new Y.Doc();
  const headers = { authorization: `Bearer ${host.token}` };
  class WithToken extends WebSocket {
    constructor(address: string | URL, protocols?: string | string[]) {
      super(address, protocols, { headers });
    }
  }
  const provider = new WebsocketProvider(`${server.url.replace(/^http/, 'ws')}/doc`, made.sessionId, doc, {
    params: { tab: host.tab },
    disableBc: true,
    WebSocketPolyfill: WithToken as unknown as typeof globalThis.WebSocket,
  });
  ends.push(() => provider.destroy());
  await new Promise<void>((resolve) => provider.once('sync', () => resolve()));
});
afterAll(async () => {
  for (const end of ends) end();
  other?.close();
  host?.close();
  ana?.remove();
  await server?.remove();
});

const files = () => doc.getMap<Y.Text>('files');
const live = (path: string) => files().get(path)?.toString() ?? '';
const place = (path: string) => join(ana.home, 'mine', path);
const read = (path: string) => readFileSync(place(path), 'utf8');
const events = (running: Running) =>
  running
    .out()
    .split('\n')
    // The last one may still be on its way.
    .slice(0, -1)
    .map((line) => JSON.parse(line) as { event?: string; error?: object; files?: string[] });
/** Until it says so, however long a busy machine takes, or has ended without it. */
const began = async (running: Running) => {
  const said = () => events(running).map(({ event, error }) => error ?? event);
  await new Promise<void>((resolve) => {
    running.child.stdout?.on('data', () => said().includes('driving') && resolve());
    void running.ended.then(() => resolve());
  });
  expect(said(), running.err()).toContain('driving');
};
const times = (text: string, line: string) => text.split('\n').filter((one) => one === line).length;

/** Saves as VS Code does: the file is emptied, and then written. */
const saveInPlace = (path: string, text: string) => {
  writeFileSync(place(path), '');
  writeFileSync(place(path), text);
};
/** As Vim: a new file beside it is given its name. */
const saveByRename = (path: string, text: string) => {
  writeFileSync(place(`${path}~`), text);
  renameSync(place(`${path}~`), place(path));
};

it('refuses to begin where somebody else drives, and says how to wait', async () => {
  await host.send({ type: 'driver.take' });
  const said = await ana.crowd('mine', 'drive', '--json');
  expect(said).toMatchObject({
    code: 1,
    json: { error: { code: 'not_driving', advice: expect.stringContaining('--wait') } },
  });
});

it('keeps folder and live text the same, and stops at a hand-over without losing or doubling a line', async () => {
  const driving = ana.start('mine', 'drive', '--wait', '--json');
  await host.until((view) => view.hands.includes(other.participant));
  await host.send({ type: 'driver.offer', to: other.participant });
  await began(driving);

  // Bursts, each in its own way; many files at once.
  const lines: string[] = [];
  let train = read('src/train.ts');
  for (let n = 0; n < 12; n++) {
    const line = `// burst ${n}`;
    lines.push(line);
    train = `${line}\n${train}`;
    (n % 2 === 0 ? saveInPlace : saveByRename)('src/train.ts', train);
  }
  for (let n = 0; n < 6; n++) writeFileSync(place(`src/extra${n}.ts`), `export const extra = ${n};\n`);
  await expect.poll(() => live('src/train.ts')).toBe(train);
  await expect
    .poll(() => [0, 1, 2, 3, 4, 5].map((n) => live(`src/extra${n}.ts`)))
    .toEqual([0, 1, 2, 3, 4, 5].map((n) => `export const extra = ${n};\n`));

  // A suggestion is applied while the editor writes on in the same file, from what it has open.
  await host.until((view) => view.revision > 1);
  const { revision, files: texts } = (await (
    await fetch(`${server.url}/api/sessions/${host.sessionId}/files`)
  ).json()) as {
    revision: number;
    files: Record<string, string>;
  };
  const end = '// from a suggestion';
  const patch = patchBetween(texts, { ...texts, 'src/train.ts': `${texts['src/train.ts']}${end}\n` }, revision)!;
  const sent = await host.send({ type: 'suggestion.add', text: 'Say where it ends', patch });
  expect(await other.send({ type: 'suggestion.accept', suggestion: sent.ok ? sent.about! : '' })).toMatchObject({
    ok: true,
  });
  for (let n = 0; n < 3; n++) {
    const line = `// meanwhile ${n}`;
    lines.push(line);
    train = `${line}\n${train}`;
    saveByRename('src/train.ts', train);
  }
  const merged = `${train}${end}\n`;
  await expect.poll(() => live('src/train.ts')).toBe(merged);
  await expect.poll(() => read('src/train.ts')).toBe(merged);

  // The role moves in the middle of a burst; the new driver types at once.
  train = merged;
  for (let n = 0; n < 8; n++) {
    const line = `// last ${n}`;
    lines.push(line);
    train = `${line}\n${train}`;
    (n % 2 === 0 ? saveInPlace : saveByRename)('src/train.ts', train);
    if (n === 4) {
      expect(await host.send({ type: 'driver.take' })).toMatchObject({ ok: true });
      await expect.poll(() => host.view().driver?.participant).toBe(host.participant);
      files().get('src/train.ts')!.insert(live('src/train.ts').length, '// by the new driver\n');
    }
  }
  const ended = await driving.ended;
  expect(ended.json, ended.err).toMatchObject({ event: 'ended', why: 'moved', conflicts: [] });
  const [there, here] = [live('src/train.ts'), read('src/train.ts')];
  for (const line of [...lines, end, '// by the new driver']) {
    expect(times(here, line), `${line} here`).toBe(1);
    expect(times(there, line), `${line} in the session`).toBeLessThanOrEqual(1);
  }
  expect(times(there, '// by the new driver')).toBe(1);

  // What did not arrive is a change like any other.
  const suggested = await ana.crowd('mine', 'suggest', 'My last lines', '--no-wait', '--json');
  expect(suggested.json, suggested.err).toMatchObject({ status: 'open' });
  expect(await host.send({ type: 'suggestion.accept', suggestion: suggested.json.suggestion })).toMatchObject({
    ok: true,
  });
  await expect.poll(() => live('src/train.ts')).toBe(here);
});

it('asks about changes that nobody has seen, sends them if they are meant, and gives driving back with Ctrl-C', async () => {
  expect((await ana.crowd('mine', 'pull', '--json')).json).toMatchObject({ conflicts: [] });
  writeFileSync(place('notes.md'), 'Mine alone.\n');
  const refused = await ana.crowd('mine', 'drive', '--json');
  expect(refused.json).toMatchObject({ error: { code: 'unsent_changes' } });
  await host.send({ type: 'driver.offer', to: other.participant });
  const driving = ana.start('mine', 'drive', '--with-changes', '--json');
  await began(driving);
  await expect.poll(() => live('notes.md')).toBe('Mine alone.\n');
  // Saved in the last moment: it is sent before the role is given back.
  writeFileSync(place('notes.md'), 'Mine alone.\nAnd this.\n');
  driving.child.kill('SIGINT');
  const ended = await driving.ended;
  expect(ended, ended.err).toMatchObject({ code: 0, json: { event: 'ended', why: 'interrupted', changes: [] } });
  await expect.poll(() => host.view().driver).toBe(null);
  expect(live('notes.md')).toBe('Mine alone.\nAnd this.\n');
  expect(readdirSync(place('.crowd')).sort()).toEqual(['.gitignore', 'base.json', 'session.json']);
});

it('deletes nothing that it cannot read, takes its absence for no deletion, and sends no marker of a conflict', async () => {
  const BYTES = Buffer.from([1, 0xff, 2]);
  const change = async (edit: () => void) => {
    const { revision } = host.view();
    edit();
    await host.until((view) => view.revision > revision);
  };
  // Pulled, replaced by what is no text, and deleted in the session.
  await host.send({ type: 'driver.take' });
  await change(() => files().set('src/mine.ts', new Y.Text('shared\n')));
  expect((await ana.crowd('mine', 'pull', '--json')).json).toMatchObject({ conflicts: [] });
  expect(read('src/mine.ts')).toBe('shared\n');
  writeFileSync(place('src/mine.ts'), BYTES);
  await change(() => files().delete('src/mine.ts'));
  const pulled = await ana.crowd('mine', 'pull');
  expect(pulled, pulled.err).toMatchObject({ code: 0, err: expect.stringContaining('src/mine.ts was deleted') });
  expect(readFileSync(place('src/mine.ts')).equals(BYTES)).toBe(true);

  // In the way of files that arrive while one drives.
  await host.send({ type: 'driver.offer', to: other.participant });
  const driving = ana.start('mine', 'drive', '--json');
  await began(driving);
  const second = await ana.crowd('mine', 'drive', '--json');
  expect(second.json).toMatchObject({ error: { code: 'in_use' } });
  expect((await ana.crowd('mine', 'pull', '--json')).json).toMatchObject({ error: { code: 'in_use' } });
  writeFileSync(place('src/same.js'), 'export const a = 1;\n');
  writeFileSync(place('src/other.js'), 'export const b = 1;\n');
  const { revision, files: texts } = (await (
    await fetch(`${server.url}/api/sessions/${host.sessionId}/files`)
  ).json()) as { revision: number; files: Record<string, string> };
  const arriving = {
    'src/mine.ts': 'of the session\n',
    'src/same.js': 'export const a = 1;\n',
    'src/other.js': 'export const b = 2;\n',
  };
  const patch = patchBetween(texts, { ...texts, ...arriving }, revision)!;
  const sent = await host.send({ type: 'suggestion.add', text: 'Three more files', patch });
  expect(await other.send({ type: 'suggestion.accept', suggestion: sent.ok ? sent.about! : '' })).toMatchObject({
    ok: true,
  });
  await expect
    .poll(() => read('src/other.js'))
    .toBe('<<<<<<< yours\nexport const b = 1;\n=======\nexport const b = 2;\n>>>>>>> session\n');
  unlinkSync(place('src/mine.ts'));
  saveInPlace('src/same.js', 'export const a = 2;\n');
  await expect.poll(() => live('src/same.js')).toBe('export const a = 2;\n');
  await expect.poll(() => existsSync(place('src/mine.ts')) && read('src/mine.ts')).toBe('of the session\n');
  expect(live('src/mine.ts')).toBe('of the session\n');
  expect(live('src/other.js')).toBe('export const b = 2;\n');
  saveInPlace('src/other.js', 'export const b = 3;\n');
  await expect.poll(() => live('src/other.js')).toBe('export const b = 3;\n');
  driving.child.kill('SIGINT');
  const ended = await driving.ended;
  expect(ended, ended.err).toMatchObject({ code: 0, json: { changes: [], conflicts: [] } });
  expect(readdirSync(place('.crowd')).sort()).toEqual(['.gitignore', 'base.json', 'session.json']);
});
