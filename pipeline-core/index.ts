// The public surface of pipeline-core, and the only barrel of the repository: one line a file, sorted.
// RUNS IN browser | server | child | isolate
export * from './cache-key.ts';
export * from './column.ts';
export * from './csv.ts';
export * from './dvc-files.ts';
export * from './errors.ts';
export * from './graph.ts';
export * from './matrix.ts';
export * from './metrics.ts';
export * from './models/decision-tree.ts';
export * from './models/dummy.ts';
export * from './models/forest.ts';
export * from './models/linear-regression.ts';
export * from './models/model.ts';
export * from './models/registry.ts';
export * from './models/ridge.ts';
export * from './param-controls.ts';
export * from './params.ts';
export * from './pipeline.ts';
export * from './plan.ts';
export * from './read-pipeline.ts';
export * from './report.ts';
export * from './rng.ts';
export * from './split.ts';
export * from './table.ts';
export * from './yaml-scalar.ts';
