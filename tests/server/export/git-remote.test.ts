// The git remote of a session, read by real git over HTTP: clone, pull of what is new, branches, tags, notes, and refusals.
import { execFile } from 'node:child_process';
import { createHmac } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { facilitate, joinAs, type Person } from '../../simulation/participant.ts';
import { createManualPool, type ManualPool } from '../../support/manual-pool.ts';
import { startTestServer, type TestServer } from '../../support/test-server.ts';

const run = promisify(execFile);
let server: TestServer;
let pool: ManualPool;
let home: string;
let clones = 0;
beforeAll(async () => {
  pool = createManualPool();
  server = await startTestServer({}, { pool });
  home = mkdtempSync(join(tmpdir(), 'clones-'));
});
afterAll(async () => {
  await server.close();
  rmSync(home, { recursive: true, force: true });
});

/** No settings of whoever runs the tests, no question for a password. */
const ENV = { PATH: process.env['PATH'], GIT_TERMINAL_PROMPT: '0', GIT_CONFIG_NOSYSTEM: '1', HOME: '/nonexistent' };
const git = async (...words: string[]): Promise<string> => (await run('git', words, { env: ENV })).stdout.trim();
const gitFails = async (...words: string[]): Promise<string> =>
  run('git', words, { env: ENV }).then(
    () => 'it worked',
    (error: { stderr: string }) => error.stderr,
  );
async function clone(url: string) {
  clones += 1;
  const folder = join(home, String(clones));
  await git('clone', '-q', url, folder);
  return { folder, git: (...words: string[]) => git('-C', folder, ...words) };
}

/** The server answers with what it had for two seconds. */
async function fetched(inside: (...words: string[]) => Promise<string>, ...look: string[]): Promise<string> {
  await inside('fetch', '-q', '--prune');
  return inside(...look);
}

describe('the git remote of a session', () => {
  let made: Awaited<ReturnType<TestServer['create']>>;
  let host: Person;
  let ada: Person;
  const linkOf = async ({ token }: { token: string }): Promise<string> => {
    const { status, json } = await server.ask(`/api/sessions/${made.sessionId}/clone-links`, { method: 'POST', token });
    expect(status).toBe(201);
    return json.url.replace('localhost', '127.0.0.1');
  };
  const send = async (person: Person, command: Parameters<Person['send']>[0]): Promise<string> => {
    const ack = await person.send(command);
    if (!ack.ok) throw new Error(ack.rejection.message);
    return ack.about ?? '';
  };
  const trees = (value: number, from = 0) => ({
    revision: host.view().revision,
    files: [
      {
        path: 'notes.md',
        hunks: [{ fromLine: 1, removed: from === 0 ? [] : [`${from} trees`], added: [`${value} trees`] }],
      },
    ],
  });

  beforeEach(async () => {
    made = await server.create({ title: 'Über Bäume & mehr' });
    host = await facilitate(server.url, made.sessionId, made.facilitatorSecret);
    ada = await joinAs(server.url, made.joinCode, 'Ada');
    await ada.until(({ revision }) => revision > 0);
  });

  it('clones, pulls a merged suggestion with its branch, and moves only what is new', async () => {
    const { folder, git: inside } = await clone(await linkOf(ada));
    expect(await inside('log', '--format=%an|%s')).toBe('Crowd Programming|Starting point');
    expect(await git('-C', folder, 'remote', 'get-url', 'origin')).toMatch(/\/uber-baume-mehr\.git$/);

    const card = await send(ada, { type: 'suggestion.add', text: 'Note the trees', patch: trees(300) });
    await send(host, { type: 'suggestion.upvote', suggestion: card });
    await expect.poll(() => fetched(inside, 'branch', '-r')).toContain('origin/suggestion/1');
    expect(await inside('log', '-1', '--format=%an|%s', 'origin/suggestion/1')).toBe('Ada|Note the trees');
    await send(host, { type: 'suggestion.accept', suggestion: card });
    const before = Number((await inside('count-objects', '-v')).match(/in-pack: (\d+)/)?.[1]);
    await expect.poll(() => fetched(inside, 'log', '-1', '--format=%s', 'origin/main')).toBe('Note the trees');
    await inside('pull', '-q', '--ff-only');
    expect(readFileSync(join(folder, 'notes.md'), 'utf8')).toBe('300 trees');
    expect(await inside('branch', '-r')).not.toContain('suggestion/1');
    expect(await inside('log', '--format=%s|%p', '--first-parent', '-1')).toMatch(/^Note the trees\|\w+ \w+$/);
    const body = await inside('log', '-1', '--format=%B');
    for (const line of ['Suggested-by: Ada', 'Votes: 2', 'Accepted-by: Facilitator']) expect(body).toContain(line);
    // Two commits, their trees and one file at most: the libraries are not sent again.
    const stats = await inside('count-objects', '-v');
    const after = Number(stats.match(/in-pack: (\d+)/)?.[1]) + Number(stats.match(/^count: (\d+)/m)?.[1]);
    expect(after - before).toBeLessThanOrEqual(4);
    expect(await inside('fsck', '--strict', '--no-dangling')).toBe('');
    // Another clone has the same objects by the same names.
    const other = await clone(await linkOf(host));
    expect(await other.git('rev-parse', 'HEAD')).toBe(await inside('rev-parse', 'HEAD'));
  });

  it('moves four objects for each of 40 steps that were applied since', { timeout: 120_000 }, async () => {
    const { git: inside } = await clone(await linkOf(host));
    const objects = async () => {
      const stats = await inside('count-objects', '-v');
      return Number(stats.match(/in-pack: (\d+)/)?.[1]) + Number(stats.match(/^count: (\d+)/m)?.[1]);
    };
    const before = await objects();
    await send(host, { type: 'session.configure', previews: 'off' });
    // Nobody may send more than three at once.
    const people = await Promise.all(
      Array.from({ length: 14 }, (_, i) => joinAs(server.url, made.joinCode, `Guest ${i}`)),
    );
    for (let n = 1; n <= 40; n++) {
      const patch = trees(n, n - 1);
      const card = await send(people[n % people.length]!, { type: 'suggestion.add', text: `--exec=${n}\u0000`, patch });
      await send(host, { type: 'suggestion.accept', suggestion: card });
    }
    await expect.poll(() => fetched(inside, 'show', 'origin/main:notes.md'), { timeout: 20_000 }).toBe('40 trees');
    // Two commits, of which both have one tree, and one file.
    expect((await objects()) - before).toBe(4 * 40);
    expect(await inside('rev-list', '--count', '--merges', 'origin/main')).toBe('40');
    expect(await inside('fsck', '--strict', '--no-dangling')).toBe('');
    for (const person of people) person.close();
  });

  it('has a tag and a note for each run, and keeps its commits when somebody is called otherwise', async () => {
    const { git: inside } = await clone(await linkOf(ada));
    const first = await inside('rev-parse', 'HEAD');
    for (const { job, finish } of pool.jobs)
      if (job.sessionId === made.sessionId) finish({ metrics: { 'cv.rmse': 2.5 } });
    await ada.until(({ runs }) => Object.values(runs).some(({ status }) => status === 'succeeded'));
    await send(ada, { type: 'participant.credit', name: 'Ada Lovelace' });
    await send(ada, { type: 'suggestion.add', text: 'Note the trees', patch: trees(300) });
    await expect.poll(() => fetched(inside, 'branch', '-r')).toContain('origin/suggestion/1');
    expect(await inside('log', '-1', '--format=%an', 'origin/suggestion/1')).toBe('Ada Lovelace');
    await inside('fetch', '-q', '--tags', 'origin', '+refs/notes/*:refs/notes/*');
    expect(await inside('tag', '-n')).toMatch(/^run-1 +cv\.rmse 2\.5000/);
    expect(await inside('log', '-1', '--notes=metrics', '--format=%N')).toMatch(/^Run #1: cv\.rmse 2\.5000/);
    expect(await inside('rev-parse', 'origin/main')).toBe(first);

    // The report is renewed without a further run.
    const report = () => fetched(inside, 'show', 'refs/reports/latest:README.md');
    await inside('config', '--add', 'remote.origin.fetch', '+refs/reports/*:refs/reports/*');
    expect(await report()).toContain('MIT, see [LICENSE]');
    expect(await host.send({ type: 'session.configure', license: 'CC0-1.0' })).toMatchObject({ ok: true });
    await expect.poll(report).toContain('CC0-1.0, see [LICENSE]');
    expect(await inside('show', 'refs/reports/latest:LICENSE')).toContain('CC0 1.0 Universal');
    expect(await inside('rev-parse', 'origin/main')).toBe(first);
  });

  it('makes one clone a link, and says where to get another', async () => {
    const url = await linkOf(ada);
    await clone(url);
    const bare = `${server.url}/s/${made.sessionId}.git`;
    expect(await gitFails('clone', '-q', bare, join(home, 'bare'))).toContain('Make a clone link');
    const forged = url.replace(/\.[\w-]{43}\//, `.${'A'.repeat(43)}/`);
    // Names that every object has are nobody's.
    for (const name of ['constructor', '__proto__', 'toString']) {
      const nonce = '0'.repeat(16);
      const of = (secret: string) =>
        createHmac('sha256', secret).update(`clone ${made.sessionId} ${name} ${nonce}`).digest('base64url');
      for (const secret of ['', 'undefined']) {
        const path = `${server.url}/git/${made.sessionId}/${name}.${nonce}.${of(secret)}/x.git`;
        expect((await fetch(`${path}/info/refs?service=git-upload-pack`)).status, name).toBe(403);
      }
    }
    expect(await gitFails('clone', '-q', forged, join(home, 'forged'))).toContain('Make a clone link');
    const signed = bare.replace('http://', `http://x:${ada.token}@`);
    expect(await gitFails('clone', '-q', signed, join(home, 'signed'))).toContain('A name or password in the address');
    await server
      .ask(`/api/sessions/${made.sessionId}/clone-links`, { method: 'POST' })
      .then(({ json }) => expect(json.error.code).toBe('not_joined'));
  });

  it('gives a class that clones at once the same repository', async () => {
    const links = await Promise.all([ada, host, ada, host].map(linkOf));
    const heads = await Promise.all(links.map(async (url) => (await clone(url)).git('rev-parse', 'HEAD')));
    expect(new Set(heads).size).toBe(1);
    expect(server.log.filter((line) => line.includes('git_failed'))).toEqual([]);
  });

  it('takes no push, and nothing of somebody who was removed', async () => {
    const url = await linkOf(ada);
    const { git: inside, folder } = await clone(url);
    await inside('config', 'user.name', 'x');
    await inside('config', 'user.email', 'x@y');
    await inside('commit', '-q', '--allow-empty', '-m', 'Mine');
    expect(await gitFails('-C', folder, 'push', '-q')).toContain('read-only: send your change as a suggestion');
    await send(host, { type: 'participant.remove', participant: ada.participant });
    expect(await gitFails('-C', folder, 'fetch')).toContain('You were removed');
  });

  it('refuses requests that no git sends', async () => {
    const url = new URL(await linkOf(ada));
    const post = (body: Buffer, encoding?: string) =>
      fetch(`${url.href}/git-upload-pack`, {
        method: 'POST',
        body: new Uint8Array(body),
        headers: encoding === undefined ? {} : { 'content-encoding': encoding },
      });
    const want = (name: string) => Buffer.from(`0032want ${name}\n00000009done\n`);
    for (const body of [
      '',
      '0000',
      'zzzz',
      '0009done\n',
      '0003',
      'fffe',
      `0032want ${'a'.repeat(39)}g\n00000009done\n`,
    ]) {
      expect((await post(Buffer.from(body))).status, body).toBe(400);
    }
    expect((await post(Buffer.alloc(2_000_000, 'a'))).status).toBe(400);
    expect((await post(gzipSync(Buffer.alloc(50_000_000)), 'gzip')).status).toBe(400);
    expect(await (await post(want('b'.repeat(40)))).text()).toMatch(/^[0-9a-f]{4}ERR b{40} is not here/);
    expect((await fetch(`${url.href}/HEAD`)).status).toBe(404);
    expect((await fetch(`${url.href}/objects/../../../etc/passwd`)).status).toBeGreaterThanOrEqual(400);
  });
});
