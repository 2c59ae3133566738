// Everything that is wrong with the imports below a root, one text each.
import { findCycles } from './cycles.ts';
import { type ImportGraph, readImportGraph } from './import-graph.ts';
import type { Boundaries } from './table.ts';
import { findUnused, findViolations } from './violations.ts';

export function findProblems(root: string, boundaries: Boundaries): { graph: ImportGraph; problems: string[] } {
  const topFolders = Object.keys(boundaries.areas).filter((name) => !name.includes('/'));
  const graph = readImportGraph(root, topFolders, boundaries.skipped);
  const problems = [
    ...findViolations(graph, boundaries),
    ...findUnused(graph, boundaries).map((line) => `scripts/boundaries/table.ts allows too much: ${line}`),
    ...findCycles(graph).map(({ members, imports }) =>
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
