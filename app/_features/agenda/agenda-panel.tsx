'use client';
// The facilitator's agenda: the current step with what to say and ask, its tour, its scene and checkpoint, and the next
// step. Going on to a step starts its minutes and shows its scene; a step ticks itself as the course says.
import { useState } from 'react';
import { useAct } from '#app/_session/command-actions.tsx';
import { useApi } from '#app/_session/use-api.ts';
import { useOfFacilitatorView, useSessionId } from '#app/_session/use-session.tsx';
import { t } from '#app/_strings/strings.ts';
import { Button } from '#app/_ui/button.tsx';
import { Hint, Panel } from '#app/_ui/panel.tsx';
import { nextStep, previousStep } from '#session-core/client/agenda.ts';
import { courseRoute } from '#session-core/protocol/http-api/work-routes.ts';
import type { AgendaView } from '#session-core/view/view-agenda.ts';
import s from './agenda.module.css';
import { AgendaEditor, LengthChoice } from './agenda-editor.tsx';
import { type Checkpoint, LoadDialog } from './load-dialog.tsx';
import { StepNow } from './step-now.tsx';

export function AgendaPanel() {
  const agenda = useOfFacilitatorView((view) => view.agenda);
  const read = useApi(courseRoute, { params: { id: useSessionId() } });
  const [chosen, setChosen] = useState<Checkpoint | null>(null);
  const [editing, setEditing] = useState(false);
  const { checkpoints = [], agendas = [] } = read.value ?? {};
  if (read.value === null || agenda === undefined) return null;
  const lengths = agendas.map(({ minutes }) => minutes);
  const planned = new Set(agenda.order.map((id) => agenda.steps[id]?.checkpoint));
  const loads = checkpoints
    .filter(({ name }) => !planned.has(name))
    .map((checkpoint) => (
      <Button key={checkpoint.name} look="quiet" onClick={() => setChosen(checkpoint)}>
        {t.agenda.loadNamed(checkpoint.title)}
      </Button>
    ));
  const step = agenda.now === null ? undefined : agenda.steps[agenda.now];
  const checkpoint = checkpoints.find(({ name }) => name === step?.checkpoint);
  const at = agenda.now === null ? 0 : agenda.order.indexOf(agenda.now) + 1;
  return (
    <Panel
      title={t.agenda.head}
      aside={
        <>
          {at > 0 ? <Hint>{t.agenda.step(at, agenda.order.length)}</Hint> : null}
          <Button look="quiet" aria-haspopup="dialog" onClick={() => setEditing(true)}>
            {t.agenda.edit}
          </Button>
        </>
      }
    >
      {agenda.order.length === 0 ? (
        <>
          <Hint>{t.agenda.none}</Hint>
          <LengthChoice lengths={lengths} chosen={agenda.minutes} />
          <div>{loads}</div>
        </>
      ) : (
        <>
          {step && agenda.now !== null ? (
            <StepNow id={agenda.now} step={step} checkpoint={checkpoint} onLoad={setChosen} />
          ) : null}
          <Ways agenda={agenda} />
          <AllSteps agenda={agenda} />
          {loads.length > 0 ? (
            <details className={s['all']}>
              <summary>{t.agenda.others}</summary>
              <div>{loads}</div>
            </details>
          ) : null}
        </>
      )}
      <LoadDialog chosen={chosen} onClose={() => setChosen(null)} />
      <AgendaEditor open={editing} onClose={() => setEditing(false)} agenda={agenda} lengths={lengths} />
    </Panel>
  );
}

/** One step back, and the next one that is not skipped. */
function Ways({ agenda }: { readonly agenda: AgendaView }) {
  const act = useAct();
  const before = previousStep(agenda);
  const next = nextStep(agenda);
  const title = next === undefined ? '' : (agenda.steps[next]?.title ?? '');
  return (
    <div className={s['ways']}>
      {agenda.now === null ? null : (
        <Button
          look="quiet"
          disabled={before === undefined}
          onClick={() => (before === undefined ? undefined : void act({ type: 'agenda.begin', step: before }))}
        >
          {t.agenda.back}
        </Button>
      )}
      {next === undefined ? (
        <Hint>{t.agenda.over}</Hint>
      ) : (
        <Button look="primary" onClick={() => void act({ type: 'agenda.begin', step: next })}>
          {agenda.now === null ? t.agenda.begin(title) : t.agenda.next(title)}
        </Button>
      )}
    </div>
  );
}

function AllSteps({ agenda }: { readonly agenda: AgendaView }) {
  const act = useAct();
  return (
    <details className={s['all']}>
      <summary>{t.agenda.all}</summary>
      <ol>
        {agenda.order.map((id, i) => {
          const step = agenda.steps[id];
          if (step === undefined) return null;
          const isNow = id === agenda.now;
          const state = step.skipped
            ? t.agenda.skipped
            : step.doneAt !== undefined
              ? t.agenda.done
              : isNow
                ? t.agenda.now
                : t.agenda.minutes(step.minutes);
          return (
            <li key={id}>
              <button
                type="button"
                aria-current={isNow ? 'step' : undefined}
                data-done={step.doneAt !== undefined}
                data-skipped={step.skipped === true}
                onClick={() => void act({ type: 'agenda.begin', step: id })}
              >
                <b>{step.doneAt === undefined ? i + 1 : '✓'}</b> <span dir="auto">{step.title}</span>{' '}
                <small>{state}</small>
              </button>
            </li>
          );
        })}
      </ol>
    </details>
  );
}
