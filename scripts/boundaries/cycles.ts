// Circles in the import graph, between files and between folders. Circles of types count: whoever reads one of the
// files has to read all of them.
import type { Import, ImportGraph } from './import-graph.ts';

export interface Cycle {
  /** The files and folders in the circle, each importing the next, the last one the first. All are in one folder. */
  readonly members: readonly string[];
  /** For each member one import that leads to the next. */
  readonly imports: readonly Import[];
}

/**
 * Looks at each folder in turn: its files and subfolders may not import each other in a circle. So every circle is
 * found once, in the folder that holds all of it.
 */
export function findCycles(graph: ImportGraph): Cycle[] {
  const arrowsIn = new Map<string, Map<string, Map<string, Import>>>();
  for (const each of graph.imports) {
    if (each.file === null || each.file === each.from) continue;
    const [folder, from, to] = whereTheyPart(each.from, each.file);
    const arrows = arrowsIn.get(folder) ?? new Map<string, Map<string, Import>>();
    arrowsIn.set(folder, arrows);
    const targets = arrows.get(from) ?? new Map<string, Import>();
    arrows.set(from, targets);
    if (!targets.has(to)) targets.set(to, each);
  }
  return [...arrowsIn.values()].flatMap(cyclesAmong);
}

/** The deepest folder that holds both files, and which of its children holds each. */
function whereTheyPart(from: string, to: string): [folder: string, from: string, to: string] {
  const a = from.split('/');
  const b = to.split('/');
  let depth = 0;
  while (a[depth] === b[depth]) depth++;
  const upTo = (parts: string[], length: number) => parts.slice(0, length).join('/');
  return [upTo(a, depth), upTo(a, depth + 1), upTo(b, depth + 1)];
}

/** A shortest circle through each member that is in one and was not in an earlier one. */
function cyclesAmong(arrows: ReadonlyMap<string, ReadonlyMap<string, Import>>): Cycle[] {
  const seen = new Set<string>();
  return [...arrows.keys()].sort().flatMap((start) => {
    const members = seen.has(start) ? null : wayBack(start, arrows);
    if (!members) return [];
    for (const member of members) seen.add(member);
    const imports = members.map((member, i) => arrows.get(member)!.get(members[(i + 1) % members.length]!)!);
    return [{ members, imports }];
  });
}

/** Breadth first from `start` until an arrow leads back to it. */
function wayBack(start: string, arrows: ReadonlyMap<string, ReadonlyMap<string, Import>>): string[] | null {
  const cameFrom = new Map<string, string | null>([[start, null]]);
  for (const member of cameFrom.keys())
    for (const next of arrows.get(member)?.keys() ?? []) {
      if (next === start) {
        const way: string[] = [];
        for (let at: string | null = member; at !== null; at = cameFrom.get(at) ?? null) way.unshift(at);
        return way;
      }
      if (!cameFrom.has(next)) cameFrom.set(next, member);
    }
  return null;
}
