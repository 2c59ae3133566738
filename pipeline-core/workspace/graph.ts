// Which stage feeds which: an edge from the stage that writes a file to each stage that reads it.
// Invariant: every order here is stable; where the graph leaves a choice, the order of dvc.yaml decides.
import { PipelineError } from '../core/errors.ts';
import { pathsOut, type Stage } from './pipeline.ts';

export interface Edge {
  readonly from: string;
  readonly to: string;
  /** The files between them. */
  readonly paths: readonly string[];
}

/** One edge for each pair of stages, in the order of the reading stage and its deps. */
export function edgesOf(stages: readonly Stage[]): Edge[] {
  const owner = new Map(stages.flatMap((stage) => pathsOut(stage).map((path) => [path, stage.name] as const)));
  return stages.flatMap((stage) => {
    const paths = new Map<string, string[]>();
    for (const dep of stage.deps) {
      const from = owner.get(dep.path);
      if (from !== undefined) paths.set(from, [...(paths.get(from) ?? []), dep.path]);
    }
    return [...paths].map(([from, own]) => ({ from, to: stage.name, paths: own }));
  });
}

/** The stages so that each comes after all it reads from. Throws PipelineError 'cycle'. */
export function topologicalOrder(stages: readonly Stage[]): Stage[] {
  const { ordered, left } = peel(stages);
  if (left.length === 0) return ordered;
  throw new PipelineError(
    'cycle',
    `The stages ${left.map((stage) => stage.name).join(', ')} wait for each other in a circle.`,
  );
}

/** All stages that `name` depends on, in topological order. Throws PipelineError 'unknown-stage', 'cycle'. */
export function ancestors(stages: readonly Stage[], name: string): string[] {
  return reach(stages, name, (edge) => [edge.to, edge.from]);
}

/** All stages that depend on `name`, in topological order. Throws PipelineError 'unknown-stage', 'cycle'. */
export function descendants(stages: readonly Stage[], name: string): string[] {
  return reach(stages, name, (edge) => [edge.from, edge.to]);
}

/** The names along one circle of stages, or null where there is none. */
export function findCycle(stages: readonly Stage[]): string[] | null {
  const left = new Set(peel(stages).left.map((stage) => stage.name));
  const [start] = left;
  if (start === undefined) return null;
  // Every stage left waits for another one left, so walking back must come to a stage already seen.
  const edges = edgesOf(stages);
  const walk = [start];
  for (;;) {
    const before = edges.find((edge) => edge.to === walk.at(-1) && left.has(edge.from))!.from;
    const seen = walk.indexOf(before);
    if (seen >= 0) return walk.slice(seen).reverse();
    walk.push(before);
  }
}

// Kahn 1962: take the first stage of the file whose makers are all taken, again and again.
function peel(stages: readonly Stage[]): { ordered: Stage[]; left: Stage[] } {
  const edges = edgesOf(stages);
  const left = [...stages];
  const ordered: Stage[] = [];
  for (;;) {
    const waits = (stage: Stage) =>
      edges.some((edge) => edge.to === stage.name && left.some((other) => other.name === edge.from));
    const next = left.findIndex((stage) => !waits(stage));
    if (next < 0) return { ordered, left };
    ordered.push(...left.splice(next, 1));
  }
}

function reach(stages: readonly Stage[], name: string, ends: (edge: Edge) => readonly [string, string]): string[] {
  if (!stages.some((stage) => stage.name === name)) {
    const names = stages.map((stage) => stage.name).join(', ');
    throw new PipelineError('unknown-stage', `There is no stage "${name}": the stages are ${names}.`, { stage: name });
  }
  const edges = edgesOf(stages).map(ends);
  const found = new Set<string>();
  const open = [name];
  for (let at = open.pop(); at !== undefined; at = open.pop()) {
    for (const [near, far] of edges) {
      if (near !== at || found.has(far)) continue;
      found.add(far);
      open.push(far);
    }
  }
  return topologicalOrder(stages)
    .map((stage) => stage.name)
    .filter((own) => found.has(own));
}
