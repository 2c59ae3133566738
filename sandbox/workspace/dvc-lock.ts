// dvc.lock, schema 2.0: what each stage read and wrote when it ran last, by MD5 and size, as DVC 3 writes and checks it.
// Invariant: a stage of which a dep or an out is not known is not in it, so that what it says is true.
import { createHash } from 'node:crypto';
import { PipelineError } from '#pipeline-core/core/errors.ts';
import { writeScalar } from '#pipeline-core/core/yaml-scalar.ts';
import { declaredParams, type ParamValue } from '#pipeline-core/workspace/params.ts';
import { pathsOut, type Stage } from '#pipeline-core/workspace/pipeline.ts';
import { plainValue } from '#pipeline-core/workspace/templates.ts';
import { COURSE_YAML, readWorkspace, type Workspace, yamlTree } from './workspace.ts';

export interface LockFact {
  readonly md5: string;
  readonly size: number;
}
interface FolderFact extends LockFact {
  readonly nfiles: number;
}

export function factOf(content: string | Uint8Array): LockFact {
  return { md5: md5Of(content), size: Buffer.byteLength(content) };
}

const md5Of = (content: string | Uint8Array): string => createHash('md5').update(content).digest('hex');

/** Stages in the order of dvc.yaml. @param facts of all files that there are, by path */
export function lockText({ stages, params }: Workspace, facts: ReadonlyMap<string, LockFact>): string {
  const written = stages.flatMap((stage) => {
    const deps = factsOf(
      stage.deps.map(({ path, folder }) => folder ?? path),
      facts,
    );
    const outs = factsOf(pathsOut(stage), facts);
    return deps === null || outs === null
      ? []
      : stageLines(stage, { deps, outs, params: declaredParams(params, stage) });
  });
  return `${["schema: '2.0'", written.length === 0 ? 'stages: {}' : 'stages:', ...written].join('\n')}\n`;
}

type Texts = Readonly<Record<string, string>>;

/** Of a run that is over. null: its dvc.yaml cannot be read. */
export function lockOf(run: {
  readonly files: Texts;
  readonly data: Texts;
  readonly outs: Readonly<Record<string, LockFact>>;
}): string | null {
  const texts = { ...run.files, ...run.data };
  const facts = new Map(Object.entries(texts).map(([path, text]) => [path, factOf(text)]));
  for (const [path, { md5, size }] of Object.entries(run.outs)) facts.set(path, { md5, size });
  try {
    return lockText(readWorkspace(run.files, Object.keys(run.data)), facts);
  } catch (error) {
    if (error instanceof PipelineError) return null;
    throw error;
  }
}

/** What a dvc.lock says of each file, by path. Throws PipelineError where it cannot be read. */
export function readLock(text: string): ReadonlyMap<string, LockFact> {
  const facts = new Map<string, LockFact>();
  const root = plainValue(yamlTree('dvc.lock', text, COURSE_YAML));
  for (const stage of Object.values(groupOf(groupOf(root)['stages']))) {
    const { deps, outs } = groupOf(stage);
    for (const entry of [deps, outs].flatMap((list) => (Array.isArray(list) ? (list as ParamValue[]) : []))) {
      const { path, md5, size } = groupOf(entry);
      // A folder is not compared by itself: what is in it is.
      if (typeof path === 'string' && typeof md5 === 'string' && typeof size === 'number' && !md5.endsWith('.dir'))
        facts.set(path, { md5, size });
    }
  }
  return facts;
}

type Located = readonly (readonly [string, LockFact | FolderFact])[];

/** By path, as DVC sorts them; null: one of them is not there. */
function factsOf(paths: readonly string[], facts: ReadonlyMap<string, LockFact>): Located | null {
  const found = [...new Set(paths)]
    .sort(byCode)
    .map((path) => [path, facts.get(path) ?? folderFact(path, facts)] as const);
  return found.every((one): one is readonly [string, LockFact] => one[1] !== null) ? found : null;
}

/** As DVC hashes a folder: the MD5 of the list of its files, as Python's json writes it. */
function folderFact(folder: string, facts: ReadonlyMap<string, LockFact>): FolderFact | null {
  const inside = [...facts].filter(([path]) => path.startsWith(`${folder}/`));
  if (inside.length === 0) return null;
  const list = inside
    .map(([path, { md5 }]) => ({ md5, relpath: path.slice(folder.length + 1) }))
    .sort((a, b) => byCode(a.relpath, b.relpath))
    .map(({ md5, relpath }) => `{"md5": "${md5}", "relpath": ${JSON.stringify(relpath)}}`);
  const size = inside.reduce((sum, [, fact]) => sum + fact.size, 0);
  return { md5: `${md5Of(`[${list.join(', ')}]`)}.dir`, size, nfiles: inside.length };
}

function stageLines(
  { name, cmd, params: declared }: Stage,
  facts: { readonly deps: Located; readonly outs: Located; readonly params: Readonly<Record<string, ParamValue>> },
): string[] {
  const files = (section: string, located: Located) =>
    located.length === 0 ? [] : [`    ${section}:`, ...located.flatMap(([path, fact]) => fileLines(path, fact))];
  return [
    `  ${writeScalar(name)}:`,
    `    cmd: ${writeScalar(cmd)}`,
    ...files('deps', facts.deps),
    ...(declared.length === 0 ? [] : ['    params:', '      params.yaml:', ...valueLines(facts.params, '        ')]),
    ...files('outs', facts.outs),
  ];
}

const fileLines = (path: string, fact: LockFact | FolderFact): string[] => [
  `    - path: ${writeScalar(path)}`,
  '      hash: md5',
  `      md5: ${writeScalar(fact.md5)}`,
  `      size: ${fact.size}`,
  ...('nfiles' in fact ? [`      nfiles: ${fact.nfiles}`] : []),
];

function valueLines(values: Readonly<Record<string, ParamValue>>, indent: string): string[] {
  return Object.entries(values).flatMap(([key, value]) => {
    const head = `${indent}${writeScalar(key)}:`;
    if (isGroup(value) && Object.keys(value).length > 0) return [head, ...valueLines(value, `${indent}  `)];
    // JSON is YAML: lists and empty groups.
    return [`${head} ${typeof value === 'object' && value !== null ? JSON.stringify(value) : writeScalar(value)}`];
  });
}

const isGroup = (value: ParamValue | undefined): value is Readonly<Record<string, ParamValue>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const groupOf = (value: ParamValue | undefined): Readonly<Record<string, ParamValue>> => (isGroup(value) ? value : {});

const byCode = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
