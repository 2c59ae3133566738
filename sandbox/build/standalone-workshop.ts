// `workshop` outside the sandbox: the same functions over the real files of a workspace's folder.
// Invariant: what the sandbox refuses is refused here too, so that a pipeline that runs here runs there.
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { pickParams } from '#pipeline-core/workspace/params.ts';
import { pathsOut, type Stage } from '#pipeline-core/workspace/pipeline.ts';
import { createWorkshop } from '../guest/workshop.ts';
import { readWorkspace, type Workspace } from '../workspace/workspace.ts';

interface Place {
  readonly home: string;
  readonly workspace: Workspace;
  /** The stage whose command this process runs; undefined for any other script. */
  readonly stage: Stage | undefined;
}

// By script, since one process may run several stages.
const places = new Map<string, Place>();

function place(): Place {
  const script = resolve(process.argv[1] ?? '.');
  const known = places.get(script);
  if (known !== undefined) return known;
  const home = homeOf(script);
  const texts = Object.fromEntries(['dvc.yaml', 'params.yaml'].map((name) => [name, textAt(join(home, name))]));
  const paths = readdirSync(home, { recursive: true, encoding: 'utf8' }).map((path) => path.replaceAll('\\', '/'));
  const files = Object.fromEntries(paths.filter((path) => path.endsWith('.ts')).map((path) => [path, '']));
  const data = paths.filter((path) => path.startsWith('data/raw/'));
  const workspace = readWorkspace({ ...files, ...texts }, data);
  const entry = relative(home, script).replaceAll('\\', '/');
  const place = { home, workspace, stage: workspace.stages.find((stage) => stage.entry === entry) };
  places.set(script, place);
  return place;
}

function homeOf(script: string): string {
  for (const start of [process.cwd(), dirname(script)]) {
    for (let at = start; ; at = dirname(at)) {
      if (existsSync(join(at, 'dvc.yaml'))) return at;
      if (dirname(at) === at) break;
    }
  }
  throw new Error('There is no dvc.yaml here: run this in the folder of a workspace');
}

function textAt(path: string): string {
  return existsSync(path) ? readFileSync(path, 'utf8') : '';
}

const workshop = createWorkshop({
  read(path) {
    const { home, stage } = place();
    if (stage !== undefined && ![...stage.deps.map((dep) => dep.path), ...pathsOut(stage)].includes(path)) {
      throw new Error(
        `${stage.name} reads ${path}, which is not among its deps: add it to deps of ${stage.name} in dvc.yaml`,
      );
    }
    return readFileSync(join(home, path), 'utf8');
  },
  write(path, text) {
    const { home, stage } = place();
    if (stage !== undefined && !pathsOut(stage).includes(path)) {
      throw new Error(
        `${stage.name} writes ${path}, which is not among its outs, metrics or plots: add it to outs of ${stage.name} in dvc.yaml`,
      );
    }
    mkdirSync(dirname(join(home, path)), { recursive: true });
    writeFileSync(join(home, path), text);
  },
  params() {
    const { workspace, stage } = place();
    return structuredClone(stage === undefined ? workspace.params : pickParams(workspace.params, stage));
  },
  progress: () => {},
});

export const { readText, writeText, readCsv, writeCsv, readJson, writeJson, params, progress } = workshop;
