// The task of a session that has not been created yet.
import type { Task } from '#pipeline-core/core/report.ts';

export const NO_TASK: Task = {
  course: '',
  id: '',
  kind: 'regression',
  sentence: '',
  dataset: '',
  target: '',
  targetUnit: '',
  classes: [],
  forbidden: [],
  metric: '',
  measure: 'rmse',
  baselineMetric: '',
  unit: '',
  direction: 'lower',
  folds: 0,
  holdoutFraction: 0,
  groups: null,
};
