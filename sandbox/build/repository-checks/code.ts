// Can the pipeline be read and its code be run, do its types fit, is it formatted: nothing of it runs here.
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { pathsOut } from '#pipeline-core/workspace/pipeline.ts';
import type { Workspace } from '../../workspace/workspace.ts';
import { outputOf } from '../standalone-stages.ts';
import { NOT_OURS } from '../standalone-workspace.ts';
import { linesOf, type Mark } from './mark.ts';
import { writeParamTypes } from './param-types.ts';

const STRIPPER = './types-hook.cjs';
/** Programs of these packages, which package.json has for development. */
const COMPILER = 'typescript/bin/tsc';
const LINTER = '@biomejs/biome/bin/biome';
/** As many as a terminal is read to the end. */
const MOST_FOUND = 20;

type Load = (url: string, context: object, next: () => never) => Promise<object>;

/** @param absent the tables that are not there */
export async function pipelineMark(home: string, { stages }: Workspace, absent: readonly string[]): Promise<Mark> {
  const found: string[] = [];
  const made = new Set(stages.flatMap(pathsOut));
  for (const { name, deps } of stages)
    for (const { path } of deps)
      if (!made.has(path) && !absent.includes(path) && !existsSync(join(home, path)))
        found.push(`${path}, which ${name} reads, is not there`);
  const { load } = (await import(new URL(STRIPPER, import.meta.url).href)) as { load: Load };
  const sources = readdirSync(home, { recursive: true, encoding: 'utf8' })
    .map((path) => path.replaceAll('\\', '/'))
    .filter((path) => path.endsWith('.ts') && !path.endsWith('.d.ts') && !NOT_OURS.test(path));
  for (const path of sources) {
    try {
      await load(pathToFileURL(join(home, path)).href, {}, neverNext);
    } catch (error) {
      found.push((error as Error).message.replaceAll(`${home}/`, ''));
    }
  }
  const note = `${stages.length} stages and ${sources.length} TypeScript files`;
  return found.length > 0 ? { name: 'pipeline', state: 'failed', found } : { name: 'pipeline', state: 'passed', note };
}

const neverNext = (): never => {
  throw new Error('Only files ending in .ts are read here');
};

export function typesMark(home: string): Mark {
  writeParamTypes(home);
  return toolMark('types', home, { program: COMPILER, args: ['--project', 'tsconfig.json', '--pretty', 'false'] });
}

export function styleMark(home: string): Mark {
  const args = ['check', '--colors=off', `--max-diagnostics=${MOST_FOUND}`];
  return toolMark('style', home, { program: LINTER, args, advice: 'npm run fix mends what can be mended' });
}

interface Tool {
  readonly program: string;
  readonly args: readonly string[];
  /** Where it fails. */
  readonly advice?: string;
}

function toolMark(name: 'types' | 'style', home: string, { program, args, advice }: Tool): Mark {
  const path = join(home, 'node_modules', program);
  if (!existsSync(path))
    return { name, state: 'failed', note: 'not installed; npm ci --ignore-scripts installs it, from a registry' };
  const { code, out } = outputOf(process.execPath, [path, ...args], { cwd: home });
  if (code === 0) return { name, state: 'passed' };
  return { name, state: 'failed', ...(advice === undefined ? {} : { note: advice }), found: linesOf(out) };
}
