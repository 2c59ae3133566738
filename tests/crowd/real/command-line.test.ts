// `crowd` as a user has it: a real server, its sandbox, and the bundled program in processes of its own, on the machine's
// own Node where that is an older one.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { facilitate, type Person, post } from '../../simulation/participant.ts';
import { type ServerProcess, startServer } from '../../support/server-process.ts';
import { type CrowdHome, createHome, otherNode } from './crowd-process.ts';

/** A dozen processes and runs, one after the other. */
vi.setConfig({ testTimeout: 240_000, hookTimeout: 120_000 });

let server: ServerProcess;
let host: Person;
let link: string;
let ana: CrowdHome;
beforeAll(async () => {
  server = await startServer();
  const made = await post<{ sessionId: string; facilitatorSecret: string; joinCode: string }>(
    `${server.url}/api/sessions`,
    { title: 'From my own editor' },
  );
  link = `${server.url}/j/${made.joinCode}`;
  host = await facilitate(server.url, made.sessionId, made.facilitatorSecret);
  await host.until((view) => view !== null);
  await host.send({ type: 'driver.take' });
  ana = createHome(otherNode());
});
afterAll(async () => {
  host?.close();
  ana?.remove();
  await server?.remove();
});

const read = (path: string) => readFileSync(join(ana.home, 'mine', path), 'utf8');

it('clone, run, change, preview, suggest, applied by the driver, pulled', async () => {
  const cloned = await ana.crowd('.', 'clone', link, 'mine', '--name', 'Ana', '--json');
  expect(cloned.json, cloned.err).toMatchObject({ displayName: 'Ana', title: 'From my own editor', revision: 1 });
  expect(host.view().participants[cloned.json.participantId]?.displayName).toBe('Ana');

  // The same bits as in the session.
  const ack = await host.send({ type: 'run.request' });
  const id = ack.ok ? ack.about! : '';
  // A result is compared with from when its checks have ended.
  await host.until(({ runs }) => runs[id]?.status === 'succeeded' && runs[id]?.checking !== true, 60_000);
  const { metrics } = host.view().runs[id]!;
  const run = await ana.crowd('mine', 'run', '--json');
  expect(run.code, run.err).toBe(0);
  expect(run.json.metrics).toEqual(metrics);

  expect((await ana.crowd('mine', 'suggest', 'Nothing yet')).err).toContain('Nothing differs from revision');
  const params = read('params.yaml');
  const changed = params.replace(/^model: \S+/m, 'model: ridge');
  expect(changed).not.toBe(params);
  writeFileSync(join(ana.home, 'mine/params.yaml'), changed);
  writeFileSync(join(ana.home, 'mine/notes.md'), 'Why ridge.\n');
  const diff = await ana.crowd('mine', 'diff');
  expect(diff.out).toContain('+model: ridge');
  expect(diff.out).toContain('+++ b/notes.md');
  const own = await ana.crowd('mine', 'run', '--json');

  const preview = await ana.crowd('mine', 'preview', '--json');
  expect(preview.json, preview.err).toMatchObject({ preview: { status: 'succeeded' } });
  const { task } = host.view();
  expect(preview.json.preview.metric).toBe(own.json.metrics[task.metric]);
  expect(Object.keys(host.view().suggestions)).toEqual([]);

  const suggested = await ana.crowd('mine', 'suggest', 'Use ridge');
  expect(suggested.code, suggested.err).toBe(0);
  expect(suggested.out).toContain('Sent as a suggestion: "Use ridge".');
  expect(suggested.out).toMatch(
    new RegExp(`^${task.metric.replaceAll('.', '\\.')} [\\d.]+ .*, without the changes [\\d.]+`, 'm'),
  );
  const [card] = Object.values(host.view().suggestions);
  expect(card).toMatchObject({ text: 'Use ridge', status: 'open', patch: { state: 'clean' } });

  expect(await host.send({ type: 'suggestion.accept', suggestion: card!.id })).toMatchObject({ ok: true });
  const status = await ana.crowd('mine', 'status', '--json');
  expect(status.json, status.err).toMatchObject({ suggestions: [{ text: 'Use ridge', status: 'accepted' }] });
  const pulled = await ana.crowd('mine', 'pull', '--json');
  expect(pulled.json, pulled.err).toMatchObject({ from: 1, conflicts: [] });
  expect(pulled.json.changes).toEqual([
    { path: 'notes.md', what: 'new' },
    { path: 'params.yaml', what: 'changed' },
  ]);
  expect(read('params.yaml')).toBe(changed);
  const after = await ana.crowd('mine', 'status', '--json');
  expect(after.json).toMatchObject({ changes: [], revision: pulled.json.to });
});

it('says what is wrong, which, and what to do', async () => {
  const outside = await ana.crowd('.', 'status');
  expect(outside).toMatchObject({ code: 1, err: expect.stringContaining('crowd clone <join link>') });
  const nobody = await ana.crowd('.', 'clone', 'http://127.0.0.1:9/j/ABC123', 'nowhere', '--json');
  expect(nobody).toMatchObject({ code: 1, json: { error: { code: 'unreached', advice: expect.any(String) } } });
  const unknown = await ana.crowd('.', 'clone', `${server.url}/j/ZZZZZZ`, 'nowhere', '--json');
  expect(unknown.json).toMatchObject({ error: { code: 'no_such_code' } });
  const short = await ana.crowd('.', 'clone', link, 'twice', '--name', 'A', '--json');
  expect(short.json.error).toMatchObject({ code: 'display_name_length', advice: expect.stringContaining('--name') });
  expect((await ana.crowd('.', 'clone', link, 'mine')).err).toContain('is not empty');
});

it('runs a stage that goes wrong as far as it may: it reads this folder and starts no program', async () => {
  const evaluate = read('src/evaluate.ts');
  const attempts = `import { readFileSync as read } from 'node:fs';
import { execSync as start } from 'node:child_process';
for (const attempt of [() => read('/etc/hostname'), () => start('true')])
  try { attempt(); console.log('DONE'); } catch (error) { console.log('REFUSED', (error as { code?: string }).code); }
`;
  writeFileSync(join(ana.home, 'mine/src/evaluate.ts'), attempts + evaluate);
  const run = await ana.crowd('mine', 'run');
  writeFileSync(join(ana.home, 'mine/src/evaluate.ts'), evaluate);
  expect(run.out.match(/^REFUSED ERR_ACCESS_DENIED$/gm)).toHaveLength(2);
  expect(run.out).not.toContain('DONE');
});
