// A copy of an exported repository to check: what is in its folder, or what a commit would hold.
// Invariant: nothing in the repository itself changes; no out of an earlier run is in the copy.
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join, relative, sep } from 'node:path';
import { outputOf } from '../standalone-stages.ts';

export interface Copy {
  readonly path: string;
  remove(): void;
}

/** Neither needed nor ours. */
const LEFT_OUT = new Set(['node_modules', '.git', '.dvc']);
const TABLES = 'data/raw';

/** @param staged what git would commit, in place of what is in the folder */
export function copyOf(home: string, staged: boolean): Copy {
  const path = mkdtempSync(join(tmpdir(), `check-${basename(home).replaceAll(/[^A-Za-z0-9]/g, '')}-`));
  const copy = { path, remove: () => rmSync(path, { recursive: true, force: true }) };
  try {
    if (staged) checkOut(home, path);
    else cpSync(home, path, { recursive: true, filter: (from) => !LEFT_OUT.has(relative(home, from).split(sep)[0]!) });
    const modules = join(home, 'node_modules');
    if (existsSync(modules)) symlinkSync(modules, join(path, 'node_modules'), 'junction');
    return copy;
  } catch (error) {
    copy.remove();
    throw error;
  }
}

function checkOut(home: string, path: string): void {
  const { code, out } = outputOf('git', ['checkout-index', '--all', `--prefix=${path}${sep}`], { cwd: home });
  if (code !== 0) throw new Error(`What would be committed cannot be read: ${out.trim()}`);
  // Where whoever brought the table keeps it out of git.
  const tables = join(home, TABLES);
  if (!existsSync(tables)) return;
  mkdirSync(join(path, TABLES), { recursive: true });
  for (const name of readdirSync(tables).filter((one) => !existsSync(join(path, TABLES, one))))
    cpSync(join(tables, name), join(path, TABLES, name), { recursive: true });
}
