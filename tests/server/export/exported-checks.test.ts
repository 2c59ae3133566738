// The checks of an exported repository as its people meet them: git's hook in a real working tree, with the compiler and the
// linter that package-lock.json pins.
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { exportedRepository } from '../../support/exported-repository.ts';

let made: Awaited<ReturnType<typeof exportedRepository>>;
let folder: string;
const ENV = {
  ...process.env,
  ...{ GIT_AUTHOR_NAME: 'A', GIT_AUTHOR_EMAIL: 'a@b.c', GIT_COMMITTER_NAME: 'A', GIT_COMMITTER_EMAIL: 'a@b.c' },
};
const git = (...words: string[]) => spawnSync('git', ['-C', folder, ...words], { encoding: 'utf8', env: ENV });
const npm = (...words: string[]) => spawnSync('npm', words, { cwd: folder, encoding: 'utf8', env: ENV });
const textAt = (path: string) => readFileSync(join(folder, path), 'utf8');
const write = (path: string, text: string) => {
  writeFileSync(join(folder, path), text);
  git('add', path);
};
/** What the hook says, and git's exit code. */
function commit(message: string): { readonly code: number | null; readonly said: string } {
  const { status, stdout, stderr } = git('commit', '-m', message);
  return { code: status, said: `${stdout}${stderr}` };
}

beforeAll(async () => {
  made = await exportedRepository({ notice: '', inRepository: true });
  folder = made.repository;
  // Those of this app's own node_modules: what npm fetched for them lies in its cache.
  execFileSync('npm', ['ci', '--ignore-scripts', '--prefer-offline', '--no-audit', '--no-fund'], {
    cwd: folder,
    stdio: 'pipe',
  });
}, 120_000);
afterAll(() => made.close());

it('pins what checks the code for every platform, by its content', () => {
  const { devDependencies } = JSON.parse(textAt('package.json')) as { devDependencies: Record<string, string> };
  const ours = JSON.parse(readFileSync(join(import.meta.dirname, '../../../package.json'), 'utf8')) as {
    dependencies: Record<string, string>;
  };
  for (const name of ['@biomejs/biome', 'typescript']) expect(devDependencies[name]).toBe(ours.dependencies[name]);
  const { packages } = JSON.parse(textAt('package-lock.json')) as {
    packages: Record<string, { link?: true; integrity?: string; dev?: true; resolved?: string }>;
  };
  const fetched = Object.entries(packages).filter(([path, { link }]) => path.startsWith('node_modules/') && !link);
  for (const platform of ['darwin-arm64', 'darwin-x64', 'linux-arm64', 'linux-x64', 'win32-x64'])
    for (const name of ['@biomejs/cli', '@typescript/typescript'])
      expect(fetched.map(([path]) => path)).toContain(`node_modules/${name}-${platform}`);
  for (const [path, { integrity, dev, resolved }] of fetched)
    expect([path, integrity?.slice(0, 7), dev, resolved]).toEqual([path, 'sha512-', true, undefined]);
});

it('refuses what fails by its name, all of it at once, and commits what is mended', { timeout: 120_000 }, () => {
  expect(npm('run', '--silent', 'hooks').status).toBe(0);
  const head = git('rev-parse', 'HEAD').stdout;
  const tests = textAt('src/test.ts');

  write('src/extra.ts', "export const color: string = 1;\nexport const shade   = 'dark'\n");
  write('src/test.ts', `${tests}\ntest('one is two', () => {\n  expect(1).toBe(2);\n});\n`);
  const all = commit('Break three things');
  expect(all.code).toBe(1);
  expect(all.said).toMatch(/^types +FAILED\n +src\/extra\.ts\(1,14\): error TS2322/m);
  expect(all.said).toMatch(/^style +FAILED.*\n +src\/extra\.ts format/m);
  expect(all.said).toMatch(/^tests +FAILED\n +one is two: expected 1 to be 2 \(src\/test\.ts:\d+\)/m);
  expect(all.said).toContain('Failed: types, style, tests\n');
  expect(git('rev-parse', 'HEAD').stdout).toBe(head);

  // Mended in the folder only: git would commit what fails still.
  writeFileSync(join(folder, 'src/extra.ts'), "export const color = 'red';\nexport const shade = 'dark';\n");
  writeFileSync(join(folder, 'src/test.ts'), tests);
  expect(commit('Forget to add it').said).toContain('Failed: types, style, tests\n');
  git('add', '.');
  const mended = commit('Mend them');
  expect([mended.code, mended.said]).toEqual([0, expect.not.stringContaining('FAILED')]);
  expect(mended.said).toMatch(/^preview +passed\n +cv\.rmse \d/m);
  expect(git('status', '--porcelain').stdout).toBe('');
  expect(git('log', '-1', '--format=%s').stdout).toBe('Mend them\n');
});

it('sees an answer among the inputs, a stage that fails, and a pipeline that cannot be read', {
  timeout: 120_000,
}, () => {
  const check = () => npm('run', '--silent', 'check').stdout;
  const [student, model, pipeline] = [textAt('src/student.ts'), textAt('src/model.ts'), textAt('dvc.yaml')];
  const params = textAt('params.yaml');
  write('src/student.ts', student.replace("  absences: 'number',\n", "  absences: 'number',\n  G3: 'number',\n"));
  write('params.yaml', params.replace('columns:\n', 'columns:\n  G3: true\n'));
  expect(check()).toMatch(/^leakage +FAILED\n +"G3" is among the inputs/m);
  expect(commit('Leak').code).toBe(1);
  write('src/student.ts', student);
  write('params.yaml', params);

  write('src/model.ts', `${model}\nthrow new Error('no model today');\n`);
  const failing = check();
  expect(failing).toMatch(/^preview +FAILED: the stage train failed\n[\s\S]*no model today/m);
  expect(failing).toMatch(/^tests +not checked: the stage train failed$/m);
  write('src/model.ts', 'enum Model { A }\n');
  expect(check()).toMatch(/^pipeline +FAILED\n +src\/model\.ts:1/m);
  write('src/model.ts', model);

  write('dvc.yaml', 'stages: [\n');
  const unread = check();
  expect(unread).toMatch(/^pipeline +FAILED/m);
  expect(unread).toMatch(/^tests +not checked/m);
  write('dvc.yaml', pipeline);
  git('reset', '-q', '--hard');
});

it('formats with npm run fix, and types params() by the params.yaml of now', { timeout: 60_000 }, () => {
  write('src/untidy.ts', "import { params } from 'workshop'\nconsole.log(params().seed)\n");
  expect(npm('run', '--silent', 'fix').status).toBe(0);
  expect(textAt('src/untidy.ts')).toBe("import { params } from 'workshop';\nconsole.log(params().seed);\n");
  expect(npm('run', '--silent', 'check').stdout).toMatch(/^types +passed\nstyle +passed/m);
  write('src/untidy.ts', "import { params } from 'workshop';\nconsole.log(params().nonsense);\n");
  expect(npm('run', '--silent', 'check').stdout).toMatch(/^types +FAILED\n +src\/untidy\.ts\(2,\d+\): error TS2339/m);
  git('rm', '-qf', 'src/untidy.ts');
});

it('says what is missing, and fails by what it has to check with', { timeout: 60_000 }, () => {
  const [table, aside] = ['data/raw/students.csv', 'aside.csv'];
  renameSync(join(folder, table), join(folder, aside));
  const check = () => npm('run', '--silent', 'check');
  expect(check().stdout).toMatch(/^pipeline +FAILED\n.*data\/raw\/students\.csv/m);
  // Where whoever brought the table keeps it.
  writeFileSync(join(folder, 'data/raw/README.md'), 'Put the table here.\n');
  const without = check();
  expect([without.status, without.stdout]).toEqual([0, expect.stringMatching(/^types +passed\nstyle +passed$/m)]);
  expect(without.stdout).toMatch(new RegExp(`^tests +not checked: ${table} is not here$`, 'm'));
  rmSync(join(folder, 'data/raw/README.md'));
  renameSync(join(folder, aside), join(folder, table));

  rmSync(join(folder, 'node_modules/typescript'), { recursive: true });
  const { stdout, status } = check();
  expect(status).toBe(1);
  expect(stdout).toMatch(/^types +FAILED: not installed; npm ci --ignore-scripts installs it/m);
});

it('installs its hook in a second working tree too, and says where git looks elsewhere', () => {
  git('worktree', 'add', '-q', '../beside');
  const beside = join(made.home, 'beside');
  const hooks = () =>
    spawnSync('node', ['libraries/workshop/start.js', '--hooks'], { cwd: beside, encoding: 'utf8' }).stderr;
  expect(hooks()).toContain('pre-commit is there already');
  rmSync(join(folder, '.git/hooks/pre-commit'));
  expect([hooks(), textAt('.git/hooks/pre-commit')]).toEqual(['', expect.stringContaining('check -- --staged')]);
  mkdirSync(join(made.home, 'elsewhere'));
  git('config', 'core.hooksPath', '/elsewhere');
  expect(hooks()).toContain('/elsewhere');
});
