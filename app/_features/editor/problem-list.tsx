// What is wrong in the code of all files, below the editor; nothing where nothing is.
import { t } from '#app/_strings/strings.ts';
import type { Place } from '#pipeline-core/core/report.ts';
import s from './file-actions.module.css';
import type { Problem } from './monaco/type-check.ts';

export function ProblemList(props: {
  readonly problems: readonly Problem[];
  readonly onPlace: (place: Place) => void;
}) {
  const { problems, onPlace } = props;
  if (problems.length === 0) return null;
  return (
    <details className={s['problems']}>
      <summary>{t.files.problems(problems.length)}</summary>
      <ul className={s['found']}>
        {problems.map(({ path, line, message }) => (
          <li key={`${path}:${line}:${message}`}>
            <button type="button" onClick={() => onPlace({ file: path, line })}>
              <b translate="no">{`${path}:${line}`}</b> <span>{message}</span>
            </button>
          </li>
        ))}
      </ul>
    </details>
  );
}
