// What came of the tests of a run or preview: "12 of 12 tests pass", and those that fail, each with its line in the code.
// Invariant: it says nothing about the score, which tests do not change.
import { t } from '#app/_strings/strings.ts';
import type { Place, TestFailure, TestResults } from '#pipeline-core/core/report.ts';
import { ErrorPanel } from './run-error.tsx';
import { RunShape } from './run-shape.tsx';
import s from './tests.module.css';

export const failing = ({ failed, error }: TestResults): boolean => failed > 0 || error !== undefined;

/** In one line, beside the score. */
export function TestsLine({ tests, large = false }: { readonly tests: TestResults; readonly large?: boolean }) {
  const bad = failing(tests);
  return (
    <p className={s['line']} data-failing={bad} data-large={large} dir="auto">
      <RunShape outcome={bad ? 'failed' : 'better'} size={large ? 22 : 14} />
      <span>{sentence(tests)}</span>
    </p>
  );
}

/** The line, and the tests that fail. */
export function TestResult(props: {
  readonly tests: TestResults;
  /** So many of those that fail. */
  readonly most?: number;
  readonly onPlace?: (place: Place) => void;
}) {
  const { tests, most = tests.failures.length, onPlace } = props;
  const shown = tests.failures.slice(0, most);
  const more = tests.failed - shown.length;
  return (
    <div className={s['tests']}>
      <TestsLine tests={tests} />
      {tests.error ? <ErrorPanel error={tests.error} {...(onPlace ? { onPlace } : {})} /> : null}
      {shown.length > 0 ? (
        <ul className={s['failures']}>
          {shown.map((failure) => (
            <li key={`${failure.name} ${failure.line ?? ''}`}>
              <Failure failure={failure} {...(onPlace ? { onPlace } : {})} />
            </li>
          ))}
        </ul>
      ) : null}
      {more > 0 ? <p className={s['more']}>{t.tests.more(more)}</p> : null}
    </div>
  );
}

function Failure({ failure, onPlace }: { readonly failure: TestFailure; readonly onPlace?: (place: Place) => void }) {
  const { name, message, file, line, column, source } = failure;
  const place = file !== undefined && line !== undefined ? { file, line, ...(column ? { column } : {}) } : null;
  return (
    <>
      <p dir="auto">
        <b>{t.tests.failing}</b> <span>{name}</span>
      </p>
      <p className={s['message']} dir="auto">
        <span>{message}</span>
        {place === null ? null : onPlace ? (
          <button type="button" onClick={() => onPlace(place)}>{`${place.file}:${place.line}`}</button>
        ) : (
          <code translate="no">{`${place.file}:${place.line}`}</code>
        )}
      </p>
      {source === undefined ? null : <pre className={s['source']}>{source.trim()}</pre>}
    </>
  );
}

function sentence({ passed, failed, error, during }: TestResults): string {
  if (error === undefined) return t.tests.pass(passed, passed + failed);
  return during === undefined ? t.tests.unfinished : t.tests.unfinishedIn(during);
}
