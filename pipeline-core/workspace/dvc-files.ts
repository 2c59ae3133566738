// The files that make an exported repository one for DVC: dvc.yaml and params.yaml laid out as DVC 3 writes them, and a
// dvc.lock of schema 2.0, so that `dvc status` says "up to date" in the exported repository.
// Format: DVC's own files (dashes under their key, deps and outs sorted by path, params by key, frozen last).
import { PipelineError } from '../core/errors.ts';
import { type Scalar, writeScalar } from '../core/yaml-scalar.ts';
import { declaredParams, type ParamTree, type ParamValue } from './params.ts';
import { type PlotAt, pathsOut, type Stage } from './pipeline.ts';

/** dvc.yaml of the stages, in their order. */
export function dvcYaml(stages: readonly Stage[]): string {
  const lines = ['stages:'];
  for (const stage of stages) {
    lines.push(`  ${stage.name}:`, `    cmd: ${writeScalar(stage.cmd)}`);
    const section = (name: string, items: readonly string[]) => {
      if (items.length > 0) lines.push(`    ${name}:`, ...items);
    };
    const item = (text: string) => `    - ${writeScalar(text)}`;
    section(
      'deps',
      inOrder(stage.deps).map(({ path }) => item(path)),
    );
    section(
      'params',
      stage.params
        .map(({ key }) => key)
        .sort()
        .map(item),
    );
    section(
      'outs',
      inOrder(stage.outs).map(({ path }) => item(path)),
    );
    // Metrics and plots are small and read by people: they stay in Git, not in DVC's cache.
    section(
      'metrics',
      inOrder(stage.metrics).flatMap(({ path }) => [`${item(path)}:`, '        cache: false']),
    );
    section('plots', inOrder(stage.plots).flatMap(plotLines));
    if (stage.frozen) lines.push('    frozen: true');
  }
  return `${lines.join('\n')}\n`;
}

/** params.yaml of a tree of values, without comments (an existing file keeps its own: see setParam). */
export function paramsYaml(params: ParamTree): string {
  return mapLines(params, 0)
    .map((line) => `${line}\n`)
    .join('');
}

export interface LockInput {
  readonly stages: readonly Stage[];
  /** Path -> text of every dep and out. */
  readonly files: Readonly<Record<string, string>>;
  readonly params: ParamTree;
  /** MD5 of the text as UTF-8, in hexadecimal. */
  readonly md5: (text: string) => string;
}

/** Throws PipelineError 'missing-file' for a dep or out that `files` lacks, 'unknown-param'. */
export function dvcLock({ stages, files, params, md5 }: LockInput): string {
  const lines = ["schema: '2.0'", 'stages:'];
  const entries = (name: string, paths: readonly string[], stage: Stage) => {
    if (paths.length === 0) return;
    lines.push(`    ${name}:`);
    for (const path of [...paths].sort()) {
      const text = files[path];
      if (text === undefined) {
        const message = `dvc.lock needs \`${path}\` of stage ${stage.name}, but there is no such file: run the pipeline first.`;
        throw new PipelineError('missing-file', message, { path, stage: stage.name });
      }
      // In quotes where an all-digit or digits-with-e hash would read back as a number.
      const hash = writeHash(md5(text));
      lines.push(
        `    - path: ${writeScalar(path)}`,
        '      hash: md5',
        `      md5: ${hash}`,
        `      size: ${utf8Length(text)}`,
      );
    }
  };
  for (const stage of stages) {
    lines.push(`  ${stage.name}:`, `    cmd: ${writeScalar(stage.cmd)}`);
    entries(
      'deps',
      stage.deps.map((dep) => dep.path),
      stage,
    );
    const declared = declaredParams(params, stage);
    const keys = Object.keys(declared).sort();
    if (keys.length > 0) {
      lines.push('    params:', '      params.yaml:');
      lines.push(...mapLines(Object.fromEntries(keys.map((key) => [key, declared[key]!])), 8));
    }
    entries('outs', pathsOut(stage), stage);
  }
  return `${lines.join('\n')}\n`;
}

/** Bytes of the text in UTF-8; a lone surrogate counts as the three bytes of U+FFFD that replace it. */
export function utf8Length(text: string): number {
  let bytes = 0;
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    if (unit < 0x80) bytes += 1;
    else if (unit < 0x800) bytes += 2;
    else if (unit >= 0xd800 && unit < 0xdc00 && (text.charCodeAt(i + 1) & 0xfc00) === 0xdc00) {
      bytes += 4;
      i++;
    } else bytes += 3;
  }
  return bytes;
}

function inOrder<T extends { readonly path: string }>(items: readonly T[]): T[] {
  return [...items].sort((a, b) => (a.path < b.path ? -1 : 1));
}

function plotLines(plot: PlotAt): string[] {
  const options: [string, string | undefined][] = [
    ['cache', 'false'],
    ['x', plot.x],
    ['y', plot.y],
    ['template', plot.template],
    ['title', plot.title],
    ['x_label', plot.xLabel],
    ['y_label', plot.yLabel],
    ['header', plot.header],
  ];
  const given = options.filter((option): option is [string, string] => option[1] !== undefined);
  const flag = (key: string, value: string) => ['cache', 'header'].includes(key) && /^(?:true|false)$/.test(value);
  const text = (key: string, value: string) => (flag(key, value) ? value : writeScalar(value));
  return [`    - ${writeScalar(plot.path)}:`, ...given.map(([key, value]) => `        ${key}: ${text(key, value)}`)];
}

function mapLines(map: ParamTree, indent: number): string[] {
  return Object.entries(map).flatMap(([key, value]) => {
    const head = `${' '.repeat(indent)}${writeScalar(key)}:`;
    if (Array.isArray(value)) {
      return value.length === 0
        ? [`${head} []`]
        : [head, ...value.map((item) => `${' '.repeat(indent)}- ${inline(item)}`)];
    }
    if (typeof value !== 'object' || value === null) return [`${head} ${writeScalar(value as Scalar)}`];
    const inner = value as ParamTree;
    return Object.keys(inner).length === 0 ? [`${head} {}`] : [head, ...mapLines(inner, indent + 2)];
  });
}

// Inside a list, nested values in brackets: JSON is YAML.
function inline(value: ParamValue): string {
  return typeof value === 'object' && value !== null ? JSON.stringify(value) : writeScalar(value as Scalar);
}

function writeHash(hash: string): string {
  return /^\d+(?:e\d+)?$/.test(hash) ? `'${hash}'` : hash;
}
