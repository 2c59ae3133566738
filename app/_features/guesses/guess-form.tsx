'use client';
// Guess the metric before the next run. A way to take part without writing code.
import { type FormEvent, useState } from 'react';
import { useAct } from '#app/_session/command-actions.tsx';
import { PersonMarks } from '#app/_session/person-marks.tsx';
import { useView, useYou } from '#app/_session/use-session.tsx';
import { t } from '#app/_strings/strings.ts';
import { Button } from '#app/_ui/button.tsx';
import { Field } from '#app/_ui/field.tsx';
import { metricText } from '#app/_ui/format.ts';
import { Hint, Panel } from '#app/_ui/panel.tsx';
import { mainRuns, scoreRange } from '#session-core/client/scores.ts';
import s from './guess-form.module.css';

export function GuessForm() {
  const view = useView('guessCount', 'task');
  const you = useYou();
  const act = useAct();
  const [typed, setTyped] = useState('');
  const [wrong, setWrong] = useState<string | null>(null);
  if (you === null) return null;
  const guess = async (event: FormEvent) => {
    event.preventDefault();
    const value = Number(typed.trim().replace(',', '.'));
    const { least = Number.NEGATIVE_INFINITY, most = Number.POSITIVE_INFINITY } = scoreRange(view.task);
    const shown = (bound: number) => (Number.isFinite(bound) ? String(bound) : '');
    const noNumber = typed.trim() === '' || !Number.isFinite(value);
    const fault = noNumber
      ? t.guess.invalid(metricText(most === 1 ? 0.75 : 2.45))
      : value < least || value > most
        ? t.guess.outside(shown(least), shown(most))
        : null;
    setWrong(fault);
    if (fault !== null) return;
    const ack = await act({ type: 'guess.set', value });
    if (ack.ok) setTyped('');
  };
  return (
    <Panel title={t.guess.head} aside={<Hint>{t.guess.count(view.guessCount)}</Hint>}>
      <form className={s['line']} onSubmit={(event) => void guess(event)}>
        <Field
          label={t.guess.label(view.task.metric)}
          {...(you.guess === undefined ? {} : { hint: t.guess.yours(metricText(you.guess)) })}
          error={wrong}
          value={typed}
          inputMode="decimal"
          autoComplete="off"
          onChange={(event) => setTyped(event.target.value)}
          aside={
            <Button look="primary" type="submit">
              {t.guess.set}
            </Button>
          }
        />
      </form>
      <ClosestGuesses />
    </Panel>
  );
}

/** Of the last run that was guessed. */
export function ClosestGuesses() {
  const view = useView('runs', 'participants');
  const run = mainRuns(view).findLast((each) => each.guesses !== undefined && each.guesses.length > 0);
  if (!run?.guesses) return null;
  return (
    <div className={s['closest']}>
      <p>{`${t.guess.closest}, ${t.score.run(run.number ?? 0)}`}</p>
      <ol>
        {run.guesses.map((guess) => (
          <li key={guess.participant}>
            <b dir="auto" translate="no">
              {view.participants[guess.participant]?.displayName ?? t.someone}
            </b>
            <PersonMarks id={guess.participant} /> <span translate="no">{metricText(guess.value)}</span>
          </li>
        ))}
      </ol>
    </div>
  );
}
