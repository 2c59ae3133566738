'use client';
// A participant's answer to "How is the pace?" (a second tap removes it), and the meter that shows the facilitator the
// answers of the last minute.
import { useNow } from '#app/_session/clock.ts';
import { useAct } from '#app/_session/command-actions.tsx';
import { useOfFacilitatorView, useYou } from '#app/_session/use-session.tsx';
import { t } from '#app/_strings/strings.ts';
import { Hint, Panel } from '#app/_ui/panel.tsx';
import { pulseNow } from '#session-core/client/selectors.ts';
import s from './pulse.module.css';

const VALUES = ['fast', 'lost', 'fine'] as const;
const SIGNS = { fast: '»', lost: '?', fine: '✓' } as const;

export function PulseButtons() {
  const you = useYou();
  const act = useAct();
  if (you === null) return null;
  return (
    <fieldset className={s['pulse']}>
      <legend>{t.pulse.head}</legend>
      {VALUES.map((value) => (
        <button
          key={value}
          type="button"
          aria-pressed={you.pulse === value}
          onClick={() => void act({ type: 'pulse.set', value: you.pulse === value ? null : value })}
        >
          <span aria-hidden="true">{SIGNS[value]}</span> <span>{t.pulse[value]}</span>
        </button>
      ))}
    </fieldset>
  );
}

/** The weight of an answer decays to zero within a minute. */
export function PulseMeter() {
  const pulses = useOfFacilitatorView((view) => view.pulses);
  const now = useNow(2_000);
  if (pulses === undefined || now === null) return null;
  const { answers, ...weights } = pulseNow(pulses, now);
  const whole = weights.fast + weights.lost + weights.fine;
  return (
    <Panel title={t.pulse.head} aside={<Hint>{answers > 0 ? t.pulse.of(answers) : null}</Hint>}>
      {answers === 0 ? (
        <Hint>{t.pulse.none}</Hint>
      ) : (
        <ul className={s['meter']}>
          {VALUES.map((value) => (
            <li key={value} data-value={value}>
              <span>
                <span aria-hidden="true">{SIGNS[value]}</span> <span>{t.pulse[value]}</span>
              </span>
              <span className={s['track']}>
                <span style={{ inlineSize: `${Math.round((100 * weights[value]) / whole)}%` }} />
              </span>
              <b>{`${Math.round((100 * weights[value]) / whole)} %`}</b>
            </li>
          ))}
        </ul>
      )}
    </Panel>
  );
}
