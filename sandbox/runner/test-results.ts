// What came of a run's tests, from the outs of the stages that declare some.
// Invariant: a place that a child names is shown only where the workspace has it.
import type { RunError, TestFailure, TestResults } from '#pipeline-core/core/report.ts';
import { pathsOut, type Stage } from '#pipeline-core/workspace/pipeline.ts';
import { isTestsOut } from '#pipeline-core/workspace/tests-out.ts';
import { parseTests, type WrittenTests } from '../protocol/tests-out.ts';
import type { Texts } from '../workspace/paths.ts';
import type { Outs } from './run-cache.ts';

/** Its failure is not a failure of the run. */
export const isTestStage = (stage: Stage): boolean => pathsOut(stage).some(isTestsOut);

const MOST_FAILURES = 20;

/** undefined: the stage wrote something else under that name. */
export function testsOf(stage: Stage, outs: Outs, files: Texts): TestResults | undefined {
  const path = pathsOut(stage).find(isTestsOut);
  const written = path === undefined ? null : parseTests(String(outs.get(path)));
  if (written === null) return undefined;
  const { passed, failed, failures } = written;
  return { passed, failed, failures: failures.map((failure) => placed(failure, files)) };
}

export function withTests(known: TestResults | undefined, more: TestResults): TestResults {
  if (known === undefined) return more;
  const ended = known.error === undefined ? more : known;
  return {
    passed: known.passed + more.passed,
    failed: known.failed + more.failed,
    failures: [...known.failures, ...more.failures].slice(0, MOST_FAILURES),
    ...(ended.error ? { error: ended.error } : {}),
    ...(ended.during === undefined ? {} : { during: ended.during }),
  };
}

/** @param test the one that ran when the stage ended */
export function testsEnded(error: RunError, test: string | undefined): TestResults {
  return { passed: 0, failed: 0, failures: [], error, ...(test === undefined ? {} : { during: test }) };
}

function placed({ file, line, column, ...what }: WrittenTests['failures'][number], files: Texts): TestFailure {
  if (file === undefined || line === undefined || !Object.hasOwn(files, file)) return what;
  const source = files[file]!.split('\n')[line - 1];
  if (source === undefined) return what;
  return { ...what, file, line, ...(column === undefined ? {} : { column }), source: source.slice(0, 300) };
}
