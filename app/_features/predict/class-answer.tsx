'use client';
// The answer for a row of a classification: a bar for the probability of each class. Of two classes a slider says from
// which probability on a row is taken for the second.
// Invariant: the slider changes what the row is taken for, never the probabilities or the score.
import { useId } from 'react';
import { t } from '#app/_strings/strings.ts';
import { percentText } from '#app/_ui/chart-numbers.ts';
import s from './what-if.module.css';

export function ClassAnswer(props: {
  readonly classes: readonly string[];
  readonly probabilities: Readonly<Record<string, number>>;
  /** The most probable class. */
  readonly prediction: string;
  /** In percent. */
  readonly threshold: number;
  readonly onThreshold: (percent: number) => void;
}) {
  const { classes, probabilities, prediction, threshold, onThreshold } = props;
  const id = useId();
  const [first = '', second = ''] = classes;
  const two = classes.length === 2;
  const positive = 100 * (probabilities[second] ?? 0) >= threshold;
  const taken = two ? (positive ? second : first) : prediction;
  return (
    <div className={s['classes']}>
      <b translate="no">{taken}</b>
      <dl className={s['shares']}>
        {classes.map((name) => (
          <div key={name} data-taken={name === taken}>
            <dt translate="no">{name}</dt>
            <dd>
              <i aria-hidden="true" style={{ inlineSize: `${100 * (probabilities[name] ?? 0)}%` }} />
              <span translate="no">{percentText(probabilities[name] ?? 0)}</span>
            </dd>
          </div>
        ))}
      </dl>
      {two ? (
        <div className={s['threshold']}>
          <label htmlFor={id}>{t.whatIf.threshold(second, threshold)}</label>
          <input
            id={id}
            type="range"
            min={1}
            max={99}
            step={1}
            value={threshold}
            aria-valuetext={`${threshold} %`}
            onChange={(event) => onThreshold(Number(event.target.value))}
          />
        </div>
      ) : null}
    </div>
  );
}
