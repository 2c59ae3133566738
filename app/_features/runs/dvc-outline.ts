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
    const item = /^\s*-\s+["']?([^"':]+)["']?:?\s*$/.exec(line)?.[1];
    if (item !== undefined && (list === null || listIndent < 0 || indent === listIndent)) {
      listIndent = indent;
      list?.push(item.trim());
    } else if (key !== undefined && stage && (listIndent < 0 || indent <= listIndent)) {
      list = READS.has(key) ? stage.deps : WRITES.has(key) ? stage.outs : null;
      listIndent = -1;
    }
  }
  return stages;
}

/** An edge for each out of one stage that is a dep of another. */
export function edgesOf(stages: readonly StageOutline[]): StageEdge[] {
  return stages.flatMap((to) =>
    to.deps.flatMap((file) =>
      stages
        .filter((from) => from.name !== to.name && from.outs.some((out) => out === file || file.startsWith(`${out}/`)))
        .map((from) => ({ from: from.name, to: to.name, file })),
    ),
  );
}
