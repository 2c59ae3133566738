// `npm run reproduce` of an exported repository: runs every stage anew and compares what it wrote with dvc.lock.
// Invariant: no out of an earlier run is there when the first stage begins.
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { pathsOut } from '#pipeline-core/workspace/pipeline.ts';
import { readLock } from '../workspace/dvc-lock.ts';
import { factsAt, LOCK, runStages } from './standalone-stages.ts';
import { workspaceAt } from './standalone-workspace.ts';

/** The exit code: 0 where everything is the same, 1 where something differs, 2 where there is nothing to compare with. */
export function reproduce(home: string): number {
  const workspace = workspaceAt(home);
  if (!existsSync(join(home, LOCK))) {
    console.error(`There is no ${LOCK} to compare with: npm start writes one.`);
    return 2;
  }
  const locked = readLock(readFileSync(join(home, LOCK), 'utf8'));
  const outs = workspace.stages.flatMap(pathsOut);
  const sources = factsAt(home, workspace);
  const changed = [...locked].filter(([path, { md5 }]) => !outs.includes(path) && sources.get(path)?.md5 !== md5);
  for (const [path] of changed) console.log(`changed since ${LOCK}: ${path}`);
  for (const path of outs) rmSync(join(home, path), { force: true });
  runStages(workspace.stages);
  const facts = factsAt(home, workspace);
  let same = 0;
  const differing: string[] = [];
  for (const path of outs) {
    const before = locked.get(path);
    const isSame = before !== undefined && before.md5 === facts.get(path)?.md5;
    if (isSame) same += 1;
    else differing.push(path);
    console.log(`${before === undefined ? 'not locked' : isSame ? 'same      ' : 'differs   '} ${path}`);
  }
  if (differing.length === 0) console.log(`Same to the last bit: ${same} of ${outs.length} outs.`);
  else console.log(`${differing.length} of ${outs.length} outs differ from ${LOCK}.`);
  return differing.length === 0 ? 0 : 1;
}
