// `npm run check` runs this: who may import whom, and no circles.
import { join } from 'node:path';
import { findProblems } from './problems.ts';
import { BOUNDARIES } from './table.ts';

const { graph, problems } = findProblems(join(import.meta.dirname, '../..'), BOUNDARIES);
for (const problem of problems) console.error(problem);
console.log(
  `Read ${graph.imports.length} imports of ${graph.files.length} files, ${problems.length || 'no'} problems.`,
);
process.exitCode = problems.length ? 1 : 0;
