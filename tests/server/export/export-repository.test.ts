// What is exported: real git reads it, names and scores are in it, and its stages run in plain Node.
import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, expect, it } from 'vitest';
import { fileNamesFault } from '#pipeline-core/workspace/file-names.ts';
import { outsideFolder } from '#sandbox/index.ts';
import { repositoryOf } from '#server/export/export-repository.ts';
import { createGitObjects } from '#server/export/git-objects.ts';
import { withLegalNames } from '#server/export/legal-names.ts';
import type { LiveSession } from '#server/session/session-api.ts';
import type { ClientCommand } from '#session-core/model/client-commands.ts';
import { HOSTILE_NAMES } from '../../support/hostile-names.ts';
import { joinAs, openSessions, type Person } from '../../support/registry-kit.ts';

const NOTICE = 'data/raw/students.csv is a table of the town, CC BY 4.0.';

const { open, closeAll } = openSessions();
const cleanups: (() => unknown)[] = [];
afterEach(async () => {
  await closeAll();
  for (const clean of cleanups.splice(0).reverse()) await clean();
});

function cloned(bundle: Buffer) {
  const home = mkdtempSync(join(tmpdir(), 'take-home-'));
  cleanups.push(() => rmSync(home, { recursive: true, force: true }));
  writeFileSync(join(home, 'session.bundle'), bundle);
  const folder = join(home, 'session');
  execFileSync('git', ['clone', '-q', join(home, 'session.bundle'), folder], { stdio: 'pipe' });
  return {
    folder,
    git: (...words: string[]) => execFileSync('git', ['-C', folder, ...words], { encoding: 'utf8' }).trim(),
  };
}

it('is a repository that git takes for whole, whatever it is made of', async () => {
  const repository = createGitObjects();
  const files = { 'b.txt': 'one\n', 'a/b.ts': '', 'a.ts': 'x'.repeat(70_000), 'a/c/d': 'ü€𝄞' };
  const author = { name: 'A <b>\nc', email: 'x>\n@y' };
  const first = repository.commit({
    tree: repository.tree(files),
    parents: [],
    author,
    at: 1_700_000_000_000,
    message: 'One',
  });
  const tree = repository.tree({ ...files, 'b.txt': 'two\n' });
  const second = repository.commit({
    tree,
    parents: [first],
    author: { ...author, name: '<>' },
    at: 1_700_000_001_000,
    message: 'Two\n\nauthor x\n',
  });
  const { git, folder } = cloned(
    await repository.bundle(second, { 'refs/heads/main': second, 'refs/tags/one': first }),
  );
  expect(git('fsck', '--strict')).not.toContain('error');
  expect(git('rev-parse', 'HEAD', 'one')).toBe(`${second}\n${first}`);
  expect(git('log', '--format=%an <%ae> %at %s')).toBe(
    'Crowd Programming <x @y> 1700000001 Two\nA b c <x @y> 1700000000 One',
  );
  expect(git('ls-files')).toBe('a.ts\na/b.ts\na/c/d\nb.txt');
  expect(readFileSync(join(folder, 'a/c/d'), 'utf8')).toBe('ü€𝄞');
});

it('is a repository that git takes for whole, whatever names a workspace was stored with', async () => {
  const names = fc.uniqueArray(
    fc.oneof(
      fc.constantFrom(...HOSTILE_NAMES),
      fc
        .array(fc.constantFrom('a', 'A', 'src', '.', '..', '', '.git', 'con', 'a.', '-', '__proto__', 'ü', 'git~1'), {
          minLength: 1,
          maxLength: 4,
        })
        .map((parts) => parts.join('/')),
    ),
    { minLength: 1, maxLength: 12 },
  );
  const author = { name: 'A', email: 'a@b' };
  await fc.assert(
    fc.asyncProperty(names, async (paths) => {
      const files = withLegalNames(Object.fromEntries(paths.map((path) => [path, `of ${path}`])));
      expect(fileNamesFault(Object.keys(files))).toBeNull();
      expect(Object.values(files).sort()).toEqual(paths.map((path) => `of ${path}`).sort());
      const repository = createGitObjects();
      const tree = repository.tree(files);
      const head = repository.commit({ tree, parents: [], author, at: 0, message: 'One' });
      const { git } = cloned(await repository.bundle(head, { 'refs/heads/main': head }));
      expect(git('fsck', '--strict')).toBe('');
      expect(git('status', '--porcelain')).toBe('');
    }),
    { numRuns: 15 },
  );
});

it('holds nothing that starts by itself: ours stay ours, and npm install runs no script', async () => {
  const { session } = await open();
  const evil = JSON.stringify({ name: 'x', scripts: { preinstall: 'echo > ran', install: 'echo > ran' } });
  const files = {
    'dvc.yaml': 'stages: {}\n',
    'package.json': evil,
    'libraries/danfojs/package.json': evil,
    'libraries/danfojs/index.js': 'evil',
    'node_modules/workshop/index.js': 'evil',
    'binding.gyp': '{}',
    'npm.cmd': 'echo',
    '.npmrc': 'ignore-scripts=false',
    '.gitattributes': 'evil',
    '.github/workflows/x.yml': 'evil',
    'data/raw/students.csv': 'evil',
  };
  const stored: LiveSession = { ...session, files: async () => ({ files }) as never };
  const { folder, git } = cloned(
    (await repositoryOf(stored, { outside: outsideFolder(), notice: NOTICE, inRepository: true }))!,
  );
  const ours = git('ls-files').split('\n');
  expect(ours.filter((path) => path.startsWith('renamed/'))).toHaveLength(Object.keys(files).length - 1);
  expect(ours.filter((path) => path.startsWith('.'))).toEqual([
    ...['.dockerignore', '.dvc/.gitignore', '.dvc/config', '.gitattributes', '.githooks/pre-commit'],
    ...['.github/workflows/ci.yml', '.gitignore', '.npmrc', '.pre-commit-config.yaml'],
  ]);
  for (const path of ['package.json', 'libraries/danfojs/package.json', 'libraries/danfojs/index.js', '.npmrc'])
    expect(readFileSync(join(folder, path), 'utf8')).not.toMatch(/evil|preinstall|ignore-scripts=false/);
  expect(git('ls-files', 'node_modules', 'binding.gyp', 'npm.cmd')).toBe('');
  // Whatever else gets into the folder, npm is not to run it.
  writeFileSync(join(folder, 'libraries/danfojs/binding.gyp'), '{}');
  const own = join(folder, 'package.json');
  const about = JSON.parse(readFileSync(own, 'utf8')) as { scripts: Record<string, string> };
  writeFileSync(own, JSON.stringify({ ...about, scripts: { ...about.scripts, preinstall: 'echo > ran' } }));
  execFileSync('npm', ['install', '--offline', '--no-audit', '--no-fund'], { cwd: folder, stdio: 'pipe' });
  expect(existsSync(join(folder, 'ran'))).toBe(false);
  expect(existsSync(join(folder, 'node_modules/workshop/index.js'))).toBe(true);
});

it('has the columns in place of a table that its facilitator keeps', async () => {
  const { session } = await open();
  const { folder, git } = cloned(
    (await repositoryOf(session, { outside: outsideFolder(), notice: '', inRepository: false }))!,
  );
  expect(git('ls-files', 'data')).toBe('data/raw/README.md');
  expect(git('ls-files', 'references')).toBe('references/data-dictionary.md\nreferences/schema.json');
  const about = readFileSync(join(folder, 'data/raw/README.md'), 'utf8');
  const columns = readFileSync(join(folder, 'references/data-dictionary.md'), 'utf8');
  for (const { name } of session.course().schema.columns) expect(columns).toContain(`\n| \`${name}\` | `);
  for (const table of Object.values(session.tables()))
    for (const text of [about, columns]) expect(text).not.toContain(table.slice(0, 40));
  expect(readFileSync(join(folder, '.gitignore'), 'utf8')).toContain('data/raw/*.csv');
});

it('tells who changed what, whose idea it was and what it scored', async () => {
  const { kit, session, host } = await open();
  const say = async (person: Person, command: ClientCommand) => {
    const ack = person.say(command);
    await kit.clock.advance(60);
    const answer = await ack;
    expect(answer).toMatchObject({ ok: true });
    return answer.ok ? (answer.about ?? '') : '';
  };
  const finish = async (n: number, rmse: number) => {
    kit.pool.jobs[n]?.finish({ metrics: { 'cv.rmse': rmse } });
    await kit.clock.advance(60);
  };
  await finish(0, 2.5);
  const joining = Promise.all([joinAs(session, 'Calm Otter'), joinAs(session, 'Red Fox')]);
  await kit.clock.advance(60);
  const [otter, fox] = await joining;
  await say(otter, { type: 'participant.credit', name: 'Ada Lovelace' });
  const hunk = { fromLine: 3, removed: ['trees: 100'], added: ['trees: 300'] };
  const patch = { revision: 1, files: [{ path: 'params.yaml', hunks: [hunk] }] };
  const card = await say(otter, { type: 'suggestion.add', text: 'Three hundred trees', patch });
  await say(fox, { type: 'suggestion.upvote', suggestion: card });
  const secret = await say(fox, { type: 'suggestion.add', text: 'A thing nobody may read' });
  await say(host, { type: 'suggestion.decline', suggestion: secret, reason: 'later' });
  await say(host, { type: 'suggestion.accept', suggestion: card });
  await finish(
    kit.pool.jobs.findIndex(({ job }) => job.kind === 'main' && job.runId !== 'r3'),
    2.4,
  );
  const bundle = await repositoryOf(session, { outside: outsideFolder(), notice: NOTICE, inRepository: true });
  const { git } = cloned(bundle!);
  expect(git('log', '--format=%an|%s', '--reverse', '--first-parent')).toBe(
    'Crowd Programming|Starting point\nAda Lovelace|Three hundred trees\nCrowd Programming|Add the report of the session',
  );
  const message = git('log', '-1', '--format=%B', 'HEAD^');
  for (const line of ['Suggested-by: Ada Lovelace', 'Votes: 2', 'Accepted-by: Host', 'Revision: 2'])
    expect(message).toContain(line);
  expect(git('tag', '-n')).toMatch(/^run-1 +cv\.rmse 2\.5000\nrun-2 +cv\.rmse 2\.4000/);
  expect(git('log', '-1', '--format=%an|%s', 'HEAD^^2')).toBe('Ada Lovelace|Three hundred trees');
  expect(git('diff', '--stat', 'HEAD~2', '--', 'params.yaml')).toContain('1 insertion');
  expect(git('tag')).toBe('run-1\nrun-2');
  expect(git('log', '--all', '-p', '--', 'params.yaml', 'src')).not.toContain('nobody may read');
  expect(git('log', '--all', '--format=%B')).not.toContain('nobody may read');
});

it('passes on the licences of its libraries, and the one that the facilitator chose', async () => {
  const { kit, session, host } = await open();
  const bundled = async () =>
    cloned((await repositoryOf(session, { outside: outsideFolder(), notice: NOTICE, inRepository: true }))!);
  const { folder, git } = await bundled();
  expect(readFileSync(join(folder, 'LICENSE'), 'utf8')).toMatch(
    /^MIT License\n\nCopyright \(c\) \d{4} the participants of the session /,
  );
  const chosen = host.say({ type: 'session.configure', license: 'CC0-1.0' });
  await kit.clock.advance(60);
  expect(await chosen).toMatchObject({ ok: true });
  // What was made before keeps the licence of then; what is made now has the one that its README names.
  const now = await bundled();
  for (const path of ['LICENSE', 'README.md', 'package.json'])
    expect(readFileSync(join(now.folder, path), 'utf8')).toMatch(/CC0[- ]1\.0/);
  expect(now.git('show', 'HEAD~1:LICENSE')).toContain('MIT License');
  expect(now.git('rev-parse', 'HEAD~1')).toBe(git('rev-parse', 'HEAD~1'));
  const hunk = { fromLine: 3, removed: ['trees: 100'], added: ['trees: 300'] };
  const patch = { revision: 1, files: [{ path: 'params.yaml', hunks: [hunk] }] };
  const added = host.say({ type: 'suggestion.add', text: 'Three hundred trees', patch });
  await kit.clock.advance(60);
  const card = await added;
  const accepted = host.say({ type: 'suggestion.accept', suggestion: (card.ok && card.about) || '' });
  await kit.clock.advance(60);
  expect(await accepted).toMatchObject({ ok: true });
  const later = await bundled();
  expect(readFileSync(join(later.folder, 'LICENSE'), 'utf8')).toContain('CC0 1.0 Universal');
  expect(later.git('show', `${git('rev-list', '--max-parents=0', 'HEAD')}:LICENSE`)).toContain('MIT License');
  // Who passes the libraries on passes their licences on, with the repository and with each library alone.
  const licenses = {
    danfojs: ['Crowd Programming authors', 'Copyright (c) [2020] [danfo.js]'],
    'pipeline-core': ['Crowd Programming authors'],
    workshop: ['Crowd Programming authors', 'Copyright Eemeli Aro'],
  };
  const notices = readFileSync(join(folder, 'THIRD_PARTY_NOTICES.txt'), 'utf8');
  for (const [library, owners] of Object.entries(licenses)) {
    const own = readFileSync(join(folder, 'libraries', library, 'THIRD_PARTY_NOTICES.txt'), 'utf8');
    for (const owner of owners) for (const text of [notices, own]) expect(text).toContain(owner);
    expect(own).toContain('Permission is hereby granted, free of charge');
  }
  expect(notices.startsWith(`${NOTICE}\n\n`)).toBe(true);
  expect(readFileSync(join(folder, 'libraries/danfojs/index.js'), 'utf8')).toContain('Copyright 2022 JsData');
});
