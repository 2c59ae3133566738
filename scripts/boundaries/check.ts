// `npm run check` runs this: who may import whom, no circles, no folder or file too long to read.
import { join } from 'node:path';
import { findProblems } from './problems.ts';
import { findTooLong } from './sizes.ts';
import { BOUNDARIES } from './table.ts';

const ROOT = join(import.meta.dirname, '../..');
const { graph, problems } = findProblems(ROOT, BOUNDARIES);
const all = [...problems, ...findTooLong(ROOT)];
for (const problem of all) console.error(problem);
console.log(`Read ${graph.imports.length} imports of ${graph.files.length} files, ${all.length || 'no'} problems.`);
process.exitCode = all.length ? 1 : 0;
