// `npm run check` of an exported repository: dvc.yaml and params.yaml can be read, and every TypeScript file can be run.
// `npm run hooks` has git do it before each commit.
import { chmodSync, copyFileSync, existsSync, mkdirSync, readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { pathsOut } from '#pipeline-core/workspace/pipeline.ts';
import { askGit } from './standalone-stages.ts';
import { NOT_OURS, workspaceAt } from './standalone-workspace.ts';

const STRIPPER = './types-hook.cjs';
const HOOK = 'pre-commit';

type Load = (url: string, context: object, next: () => never) => Promise<object>;

/** The exit code. */
export async function check(home: string): Promise<number> {
  const { stages } = workspaceAt(home);
  const problems: string[] = [];
  const made = new Set(stages.flatMap(pathsOut));
  for (const { name, deps } of stages)
    for (const { path } of deps)
      if (!made.has(path) && !existsSync(join(home, path))) problems.push(`${path}, which ${name} reads, is not there`);
  const { load } = (await import(new URL(STRIPPER, import.meta.url).href)) as { load: Load };
  const sources = readdirSync(home, { recursive: true, encoding: 'utf8' })
    .map((path) => path.replaceAll('\\', '/'))
    .filter((path) => path.endsWith('.ts') && !path.endsWith('.d.ts') && !NOT_OURS.test(path));
  for (const path of sources) {
    try {
      await load(pathToFileURL(join(home, path)).href, {}, neverNext);
    } catch (error) {
      problems.push((error as Error).message);
    }
  }
  for (const problem of problems) console.error(problem);
  if (problems.length === 0)
    console.log(`${stages.length} stages and ${sources.length} TypeScript files are in order.`);
  return problems.length === 0 ? 0 : 1;
}

const neverNext = (): never => {
  throw new Error('Only files ending in .ts are read here');
};

/** Git runs a hook from its own folder only, so that nobody who clones gets one unasked. */
export function installHook(home: string): void {
  // In a folder of another repository it would be that one's hook.
  const common = existsSync(join(home, '.git')) ? askGit(home, 'rev-parse', '--git-common-dir') : null;
  if (common === null) throw new Error('There is no .git here: run `git init` first.');
  const elsewhere = askGit(home, 'config', 'core.hooksPath');
  if (elsewhere) throw new Error(`Git looks for hooks in ${elsewhere}: add \`npm run check\` to its ${HOOK}.`);
  const folder = join(resolve(home, common), 'hooks');
  mkdirSync(folder, { recursive: true });
  const hook = join(folder, HOOK);
  if (existsSync(hook)) throw new Error(`${hook} is there already: add \`npm run check\` to it.`);
  copyFileSync(join(home, '.githooks', HOOK), hook);
  chmodSync(hook, 0o755);
  console.log(`Before each commit git runs ${hook}.`);
}
