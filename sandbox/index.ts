// The sandbox's only public file: the pool, its types, and what the server may ask of runs, data and workspaces.

export { PipelineError } from '#pipeline-core/core/errors.ts';
export type { ErrorChanges } from '#pipeline-core/inspection/error-changes.ts';
export { type ParamChange, searchParams, type Trial, type TrialResult } from '#pipeline-core/workspace/param-search.ts';
export { buildOf } from './build/build-of.ts';
export { BIOME_CONFIG, COMPILER_OPTIONS } from './checks/teaching-rules.ts';
export { type Course, taskOf } from './course/course.ts';
export { CourseError } from './course/course-error.ts';
export { checkDataset, type Dataset, loadDataset } from './course/dataset.ts';
export { defaultCourse, shippedCourses } from './course/default-course.ts';
export { readCourse } from './course/read-course.ts';
export { readCourses } from './course/read-courses.ts';
export { TABLE_LIMITS } from './data/tidy-table.ts';
export { createDataProfiles, type DataProfiles } from './data-profile/data-profiles.ts';
export { NO_ERRORS, type RowOfRun, type RunErrors } from './data-profile/errors-of-run.ts';
export type { VisibleTable } from './data-profile/visible-table.ts';
export type { CourseAnswers } from './new-course/course-plan.ts';
export { createTableJobs, type TableJobs, TablesBusy } from './new-course/table-jobs.ts';
export { keepCurve, keepExplanation, keptCurve, keptExplanation } from './pool/explainers.ts';
export { FairQueue } from './pool/fair-queue.ts';
export { notRun } from './pool/not-run.ts';
export { createPool } from './pool/pool.ts';
export { DEFAULT_LIMITS } from './pool/pool-options.ts';
export { NoModel, PredictUnavailable, RowsRefused } from './pool/predict-unavailable.ts';
export type { CodeCheckJob, CodeFindings, FoundProblem } from './protocol/code-check.ts';
export type { Explained, ExplainHandle, ExplainJob, RowPushes } from './protocol/explain.ts';
export { type Expression, type ExpressionAnswer, readExpressionAnswer } from './protocol/expression.ts';
export {
  BUILD_HEADER,
  type Call,
  HOLDS_HEADER,
  LONGEST_MESSAGE,
  type Parts,
  packCall,
  packQuestion,
  type Question,
  RUN_UPGRADE,
} from './protocol/fleet.ts';
export type { Job, Limits, Predicted, Progress, Row } from './protocol/job.ts';
export type { LearningCurve } from './protocol/learning-curve.ts';
export { type Line, openLine } from './protocol/line.ts';
export type { Pool, RunHandle } from './protocol/pool.ts';
export { RunLost } from './protocol/run-lost.ts';
export { compareReports, compareReportsInSteps } from './runner/compare-reports.ts';
export { type HoldoutGain, holdoutGain } from './runner/holdout-gain.ts';
export { holdoutScore, UNSCORED } from './runner/holdout-score.ts';
export { answersOfShares, areShares } from './runner/read-predictions.ts';
export { lockOf } from './workspace/dvc-lock.ts';
export { guestLibrary, guestTypes, outsideFolder } from './workspace/guest-types.ts';
export { paramTexts } from './workspace/param-texts.ts';
