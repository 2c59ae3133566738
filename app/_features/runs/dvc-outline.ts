// The stages of a dvc.yaml with their inputs and outputs, for drawing the graph only; the runner has the real parser.
// Invariant: never throws; skips what it does not understand. No YAML library, because phones load this file.

export interface StageOutline {
  readonly name: string;
  readonly deps: readonly string[];
  /** outs, metrics and plots */
  readonly outs: readonly string[];
}
export interface StageEdge {
  readonly from: string;
  readonly to: string;
  /** The file that connects them. */
  readonly file: string;
}

const READS = new Set(['deps']);
const WRITES = new Set(['outs', 'metrics', 'plots']);

const placeOf = (stage: { deps: string[]; outs: string[] }, key: string): string[] | null =>
  READS.has(key) ? stage.deps : WRITES.has(key) ? stage.outs : null;

/** Stages in the order of the file. */
export function stagesOf(text: string): StageOutline[] {
  const stages: { name: string; deps: string[]; outs: string[] }[] = [];
  let inside = false;
  let stageIndent = -1;
  let list: string[] | null = null;
  let listIndent = -1;
  for (const raw of text.split('\n')) {
    const line = raw.replace(/(^|\s)#.*$/, '').trimEnd();
    if (line.trim() === '') continue;
    const indent = line.length - line.trimStart().length;
    if (indent === 0) {
      inside = /^stages\s*:/.test(line);
      continue;
    }
    if (!inside) continue;
    if (stageIndent < 0) stageIndent = indent;
    const key = /^\s*([\w.-]+)\s*:\s*$/.exec(line)?.[1];
    if (indent === stageIndent) {
      list = null;
      if (key !== undefined) stages.push({ name: key, deps: [], outs: [] });
      continue;
    }
    const stage = stages.at(-1);
    const [, listKey, items] = /^\s*([\w.-]+)\s*:\s*\[(.*)\]\s*$/.exec(line) ?? [];
    if (listKey !== undefined && items !== undefined && stage && (listIndent < 0 || indent <= listIndent)) {
      const written = items.split(',').map((item) => item.trim().replace(/^["']|["']$/g, ''));
      placeOf(stage, listKey)?.push(...written.filter((item) => item !== ''));
      list = null;
      listIndent = -1;
      continue;
    }
    const item = /^\s*-\s+["']?([^"':]+)["']?:?\s*$/.exec(line)?.[1];
    if (item !== undefined && (list === null || listIndent < 0 || indent === listIndent)) {
      listIndent = indent;
      list?.push(item.trim());
    } else if (key !== undefined && stage && (listIndent < 0 || indent <= listIndent)) {
      list = placeOf(stage, key);
      listIndent = -1;
    }
  }
  return stages;
}

/** Whether what writes `out` makes `dep`: the file, a folder it lies in, or one of the files a template names. */
function makes(out: string, dep: string): boolean {
  if (out === dep || dep.startsWith(`${out}/`)) return true;
  const [written, read] = [parts(out), parts(dep)];
  if (written.length === 1 && read.length === 1) return false;
  // Both with templates: alike but for the names inside them. One of them: it stands for whatever is between its ends.
  if (written.length > 1 && read.length > 1) return written.join('\0') === read.join('\0');
  const [pattern, plain] = written.length > 1 ? [written, dep] : [read, out];
  return new RegExp(`^${pattern.map((part) => part.replaceAll(/[\\^$.*+?()[\]{}|]/g, '\\$&')).join('.+')}$`).test(
    plain,
  );
}
/** `models/${item}.json` is ['models/', '.json']. */
const parts = (path: string): string[] => path.split(/\$\{[^}]*\}/);

/** An edge for each out of one stage that is a dep of another. */
export function edgesOf(stages: readonly StageOutline[]): StageEdge[] {
  return stages.flatMap((to) =>
    to.deps.flatMap((file) =>
      stages
        .filter((from) => from.name !== to.name && from.outs.some((out) => makes(out, file)))
        .map((from) => ({ from: from.name, to: to.name, file })),
    ),
  );
}
