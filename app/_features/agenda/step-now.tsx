'use client';
// The current step: what to say and ask, when it is done, its tour, scene and checkpoint.
import { useAct } from '#app/_session/command-actions.tsx';
import { useView } from '#app/_session/use-session.tsx';
import { t } from '#app/_strings/strings.ts';
import { Button } from '#app/_ui/button.tsx';
import { metricText } from '#app/_ui/format.ts';
import { Icon } from '#app/_ui/icon.tsx';
import { openPoll } from '#session-core/client/polls.ts';
import type { DoneWhen } from '#session-core/model/agenda.ts';
import type { AgendaStepView } from '#session-core/view/view-agenda.ts';
import { RevealButton } from '../settings/reveal-button.tsx';
import s from './agenda.module.css';
import type { Checkpoint } from './load-dialog.tsx';
import { TourControl } from './tour-control.tsx';

export function StepNow(props: {
  readonly id: string;
  readonly step: AgendaStepView;
  readonly checkpoint: Checkpoint | undefined;
  readonly onLoad: (checkpoint: Checkpoint) => void;
}) {
  const { id, step, checkpoint, onLoad } = props;
  const act = useAct();
  const isDone = step.doneAt !== undefined;
  return (
    <div className={s['now']}>
      <h3>
        <span dir="auto">{step.title}</span> <small>{t.agenda.minutes(step.minutes)}</small>
      </h3>
      {step.say === '' ? null : <p dir="auto">{step.say}</p>}
      {step.ask === '' ? null : (
        <p className={s['ask']}>
          <b>{t.agenda.ask}</b> <span dir="auto">{step.ask}</span>
        </p>
      )}
      {step.show ? <TourControl id={id} places={step.show} /> : null}
      <div className={s['acts']}>
        <Button onClick={() => void act({ type: 'scene.show', scene: step.scene })}>
          <Icon name="screen" size={18} /> <span>{t.agenda.show(t.projector.scenes[step.scene])}</span>
        </Button>
        {step.ask === '' ? null : <AskEverybody question={step.ask} choices={step.choices} />}
        {checkpoint ? <Button onClick={() => onLoad(checkpoint)}>{t.agenda.loadNamed(checkpoint.title)}</Button> : null}
        {step.reveal ? <RevealButton /> : null}
      </div>
      <label className={s['done']}>
        <input
          type="checkbox"
          checked={isDone}
          onChange={() => void act({ type: 'agenda.tick', step: id, done: !isDone })}
        />
        <span>
          <span className="hidden-text">{t.agenda.tick(step.title)}</span>{' '}
          <span>{isDone ? t.agenda.isDone : doneText(step.done)}</span>
        </span>
      </label>
    </div>
  );
}

function doneText(done: DoneWhen | undefined): string {
  if (done === undefined) return t.agenda.doneWhen.hand;
  if ('run' in done) return t.agenda.doneWhen.run;
  return 'score' in done ? t.agenda.doneWhen.score(metricText(done.score)) : t.agenda.doneWhen.file(done.file);
}

/** Opens the step's question on everybody's page, and shows it on the projector. */
function AskEverybody({
  question,
  choices,
}: {
  readonly question: string;
  readonly choices?: readonly string[] | undefined;
}) {
  const act = useAct();
  const isOpen = openPoll(useView('polls'))?.question === question;
  const ask = async () => {
    const ack = isOpen
      ? ({ ok: true } as const)
      : await act({ type: 'poll.open', question, ...(choices ? { choices: [...choices] } : {}) });
    if (ack.ok) await act({ type: 'scene.show', scene: 'poll' });
  };
  return (
    <Button aria-pressed={isOpen} title={t.agenda.askAllHint} onClick={() => void ask()}>
      {t.agenda.askAll}
    </Button>
  );
}
