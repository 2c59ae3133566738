// Everything that is wrong with the imports below a root, one text each.
import { findCycles } from './cycles.ts';
import { type ImportGraph, readImportGraph } from './import-graph.ts';
import type { Boundaries } from './table.ts';
import { findUnused, findViolations, holds } from './violations.ts';

export function findProblems(root: string, boundaries: Boundaries): { graph: ImportGraph; problems: string[] } {
  const topFolders = Object.keys(boundaries.areas).filter((name) => !name.includes('/'));
  const graph = readImportGraph(root, topFolders, boundaries.skipped);
  const uncut = ({ from, file }: { from: string; file: string | null }) =>
    boundaries.uncut.some(([a, b]) => holds(a, from) && file !== null && holds(b, file));
  const cycles = findCycles({ ...graph, imports: graph.imports.filter((each) => !uncut(each)) });
  const problems = [
    ...findViolations(graph, boundaries),
    ...findUnused(graph, boundaries).map((line) => `scripts/boundaries/table.ts allows too much: ${line}`),
    ...cycles.map(({ members, imports }) =>
      [
        `Circle: ${[...members, members[0]].join(' -> ')}`,
        ...imports.map(
          ({ from, line, specifier, typeOnly }) =>
            `  ${from}:${line} imports ${typeOnly ? 'types of ' : ''}'${specifier}'`,
        ),
      ].join('\n'),
    ),
  ];
  return { graph, problems };
}
