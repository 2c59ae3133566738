'use client';
// The runs so far as a strip: the symbol shows the outcome, the height the score. A click opens the run.
import { memo, useEffect, useRef } from 'react';
import { useRowsOfView, useView } from '#app/_session/use-session.tsx';
import { t } from '#app/_strings/strings.ts';
import { metricText } from '#app/_ui/format.ts';
import { dropWork, queueWork } from '#app/_ui/one-a-task.ts';
import { Empty } from '#app/_ui/panel.tsx';
import { mainRuns, mainRunsById, outcomeOf, type RunOutcome, scoreOf } from '#session-core/client/scores.ts';
import { RunShape } from '../scores/run-shape.tsx';
import { outcomeWord } from '../scores/verdict.tsx';
import s from './run-strip.module.css';

export function RunStrip(props: {
  readonly chosen?: string | null;
  /** Chosen to be compared. */
  readonly picked?: readonly string[];
  /** Without it, the strip is read-only. */
  readonly onChoose?: (run: string) => void;
  readonly most?: number;
}) {
  const { chosen = null, picked = [], onChoose, most = 60 } = props;
  const view = { ...useView('task'), runs: useRowsOfView(mainRunsById) };
  const runs = mainRuns(view).slice(-most);
  const end = useRef<HTMLOListElement>(null);
  const count = runs.length;
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new run, not a new drawing, moves the strip
  useEffect(() => {
    // To scroll lays the page out: in a task of its own.
    const toEnd = () => {
      const list = end.current;
      if (list) list.scrollLeft = list.scrollWidth;
    };
    queueWork(toEnd);
    return () => dropWork(toEnd);
  }, [count]);
  if (count === 0) return <Empty>{t.score.noneHint}</Empty>;
  const scores = runs.map((run) => scoreOf(run, view.task));
  const known = scores.filter((score) => score !== undefined);
  const low = Math.min(...known);
  const span = Math.max(...known) - low;
  return (
    <ol className={s['strip']} ref={end} aria-label={t.run.strip} tabIndex={-1}>
      {runs.map((run, i) => {
        const score = scores[i];
        return (
          <Run
            key={run.id}
            id={run.id}
            number={run.number ?? 0}
            score={score}
            outcome={outcomeOf(run)}
            height={score === undefined || span === 0 ? 0.5 : (score - low) / span}
            pressed={chosen === run.id || picked.includes(run.id)}
            onChoose={onChoose}
          />
        );
      })}
    </ol>
  );
}

/** A new run renders those only that it moves. */
const Run = memo(function Run(props: {
  readonly id: string;
  readonly number: number;
  readonly score: number | undefined;
  readonly outcome: RunOutcome;
  /** 0 to 1. */
  readonly height: number;
  readonly pressed: boolean;
  readonly onChoose: ((run: string) => void) | undefined;
}) {
  const { id, number, score, outcome, height, pressed, onChoose } = props;
  const label = `${t.score.run(number)} ${score === undefined ? '' : metricText(score)} ${outcomeWord(outcome)}`;
  const inside = (
    <>
      <span className={s['lane']} aria-hidden="true">
        <span style={{ bottom: `${height * 100}%` }}>
          <RunShape outcome={outcome} size={20} />
        </span>
      </span>
      {/* In the order of the label; drawn the other way round. */}
      <small aria-hidden="true">{`#${number}`}</small>{' '}
      <b aria-hidden="true">{score === undefined ? '—' : metricText(score)}</b>
    </>
  );
  return (
    <li>
      {onChoose ? (
        <button
          type="button"
          className={s['run']}
          aria-pressed={pressed}
          aria-label={label}
          onClick={() => onChoose(id)}
        >
          {inside}
        </button>
      ) : (
        <span className={s['run']} role="img" aria-label={label}>
          {inside}
        </span>
      )}
    </li>
  );
});
