'use client';
// The facilitator's agenda: the current step with what to say and ask, its scene and checkpoint, and the next step.
// The current step is the same on every page of the facilitators; nothing else happens automatically.
import { useState } from 'react';
import { useAct, useActing } from '#app/_session/command-actions.tsx';
import { useApi } from '#app/_session/use-api.ts';
import { useOfFacilitatorView, useSessionId } from '#app/_session/use-session.tsx';
import { t } from '#app/_strings/strings.ts';
import { Button } from '#app/_ui/button.tsx';
import { Dialog } from '#app/_ui/dialog.tsx';
import { Icon } from '#app/_ui/icon.tsx';
import { Hint, Panel } from '#app/_ui/panel.tsx';
import type { AnswerOf } from '#session-core/protocol/http-api/route.ts';
import { courseRoute } from '#session-core/protocol/http-api/work-routes.ts';
import s from './agenda-panel.module.css';
import { RevealButton } from './reveal-button.tsx';

interface Checkpoint {
  readonly name: string;
  readonly title?: string;
}
type AgendaStep = AnswerOf<typeof courseRoute>['agenda'][number];

export function AgendaPanel() {
  const act = useAct();
  const wanted = useOfFacilitatorView((view) => view.agendaStep) ?? 0;
  const read = useApi(courseRoute, { params: { id: useSessionId() } });
  const { agenda: steps = [], checkpoints = [] } = read.value ?? {};
  const at = Math.min(wanted, steps.length - 1);
  const setAt = (step: number) => void act({ type: 'agenda.go', step });
  const [chosen, setChosen] = useState<Checkpoint | null>(null);
  const step = steps[at];
  const next = steps[at + 1];
  const planned = new Set(steps.map(({ checkpoint }) => checkpoint));
  const others = checkpoints.filter(({ name }) => !planned.has(name));
  const loads = others.map((checkpoint) => (
    <Button key={checkpoint.name} look="quiet" onClick={() => setChosen(checkpoint)}>
      {t.agenda.loadNamed(checkpoint.title ?? checkpoint.name)}
    </Button>
  ));
  if (read.value === null) return null;
  if (!step) {
    return (
      <Panel title={t.agenda.head}>
        <Hint>{t.agenda.none}</Hint>
        {loads}
        <LoadDialog chosen={chosen} onClose={() => setChosen(null)} />
      </Panel>
    );
  }
  return (
    <Panel title={t.agenda.head} aside={<Hint>{t.agenda.step(at + 1, steps.length)}</Hint>}>
      <StepNow step={step} checkpoint={checkpoints.find(({ name }) => name === step.checkpoint)} onLoad={setChosen} />
      <div className={s['ways']}>
        <Button look="quiet" disabled={at === 0} onClick={() => setAt(at - 1)}>
          {t.agenda.back}
        </Button>
        {next ? (
          <Button look="primary" onClick={() => setAt(at + 1)}>
            {t.agenda.next(next.title)}
          </Button>
        ) : null}
      </div>
      <details className={s['all']}>
        <summary>{t.agenda.all}</summary>
        <ol>
          {steps.map(({ title, minutes }, i) => (
            <li key={title}>
              <button type="button" aria-current={i === at ? 'step' : undefined} onClick={() => setAt(i)}>
                <b>{i + 1}</b> <span>{title}</span> <small>{i === at ? t.agenda.now : t.agenda.minutes(minutes)}</small>
              </button>
            </li>
          ))}
        </ol>
        {others.length > 0 ? (
          <>
            <p>{t.agenda.others}</p>
            <div>{loads}</div>
          </>
        ) : null}
      </details>
      <LoadDialog chosen={chosen} onClose={() => setChosen(null)} />
    </Panel>
  );
}

function StepNow(props: {
  readonly step: AgendaStep;
  readonly checkpoint: Checkpoint | undefined;
  readonly onLoad: (checkpoint: Checkpoint) => void;
}) {
  const { step, checkpoint, onLoad } = props;
  const { act } = useActing();
  return (
    <div className={s['now']}>
      <h3>
        <span>{step.title}</span> <small>{t.agenda.minutes(step.minutes)}</small>
      </h3>
      <p>{step.say}</p>
      <p className={s['ask']}>
        <b>{t.agenda.ask}</b> <span>{step.ask}</span>
      </p>
      <div className={s['acts']}>
        <Button onClick={() => void act({ type: 'scene.show', scene: step.scene })}>
          <Icon name="screen" size={18} /> <span>{t.agenda.show(t.projector.scenes[step.scene])}</span>
        </Button>
        {checkpoint ? (
          <Button onClick={() => onLoad(checkpoint)}>{t.agenda.loadNamed(checkpoint.title ?? checkpoint.name)}</Button>
        ) : null}
        {step.reveal ? <RevealButton /> : null}
      </div>
    </div>
  );
}

function LoadDialog({ chosen, onClose }: { readonly chosen: Checkpoint | null; readonly onClose: () => void }) {
  const { act } = useActing();
  const title = chosen?.title ?? chosen?.name ?? '';
  return (
    <Dialog open={chosen !== null} onClose={onClose} title={t.agenda.loadHead(title)}>
      <p>{t.agenda.loadHint}</p>
      <div className={s['acts']}>
        <Button
          look="primary"
          onClick={() => {
            if (chosen) void act({ type: 'checkpoint.load', name: chosen.name });
            onClose();
          }}
        >
          {t.agenda.load}
        </Button>
        <Button onClick={onClose}>{t.cancel}</Button>
      </div>
    </Dialog>
  );
}
