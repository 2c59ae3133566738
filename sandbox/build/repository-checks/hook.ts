// `npm run hooks` of an exported repository: has git check what it commits.
import { chmodSync, copyFileSync, existsSync, mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { askGit } from '../standalone-stages.ts';

const HOOK = 'pre-commit';

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
