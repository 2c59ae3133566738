'use client';
// Plays a session again: the code with what changes in it, the score, the suggestions, and the time line below.
// Invariant: everything comes from the replay that it is given, so it also plays without a server.
import { useEffect, useMemo, useRef } from 'react';
import { t } from '#app/_strings/strings.ts';
import { Button } from '#app/_ui/button.tsx';
import { clockText } from '#app/_ui/format.ts';
import { Icon } from '#app/_ui/icon.tsx';
import { Empty } from '#app/_ui/panel.tsx';
import { codeSteps, frameAt, type Timeline, timelineOf } from '#session-core/client/replay.ts';
import type { Replay } from '#session-core/protocol/http-api/replay-routes.ts';
import s from './replay.module.css';
import { ReplayCode } from './replay-code.tsx';
import { ReplayScore } from './replay-score.tsx';
import { ReplaySuggestions } from './replay-suggestions.tsx';
import { type Playback, SPEEDS, usePlayback } from './use-playback.ts';

const MINUTE = 60_000;

export function ReplayPlayer({ replay }: { readonly replay: Replay }) {
  const steps = useMemo(() => codeSteps(replay), [replay]);
  const timeline = useMemo(() => timelineOf(replay), [replay]);
  const playback = usePlayback(timeline);
  const frame = frameAt(replay, steps, timeline.at(playback.play));
  useKeys(playback);
  if (steps.length === 0) return <Empty>{t.replay.none}</Empty>;
  return (
    <section className={s['player']} aria-label={t.replay.title}>
      <ReplayCode step={frame.code} revision={frame.revision} suggestions={replay.suggestions} />
      <div className={s['side']}>
        <ReplayScore replay={replay} timeline={timeline} play={playback.play} frame={frame} />
        <ReplaySuggestions suggestions={frame.suggestions} />
      </div>
      <Controls replay={replay} timeline={timeline} playback={playback} />
    </section>
  );
}

function Controls(props: { readonly replay: Replay; readonly timeline: Timeline; readonly playback: Playback }) {
  const { replay, timeline, playback } = props;
  const { play, playing, over, speed } = playback;
  const minutes = (at: number) => Math.floor((at - replay.from) / MINUTE) + 1;
  const at = timeline.at(play);
  const last = timeline.moments.at(-1)?.at ?? at;
  return (
    <div className={s['controls']}>
      <Button
        look="primary"
        aria-label={playing ? t.replay.pause : over ? t.replay.again : t.replay.play}
        onClick={playback.toggle}
      >
        <Icon name={playing ? 'stop' : 'run'} />
      </Button>
      <Button look="quiet" onClick={() => playback.step(-1)}>
        {t.replay.previous}
      </Button>
      <Button look="quiet" onClick={() => playback.step(1)}>
        {t.replay.next}
      </Button>
      <div className={s['track']}>
        <Marks replay={replay} timeline={timeline} />
        <input
          type="range"
          min={0}
          max={Math.round(timeline.length)}
          step={50}
          value={Math.round(play)}
          aria-label={t.replay.seek}
          aria-valuetext={t.replay.time(minutes(at), minutes(last))}
          onChange={(event) => playback.seek(Number(event.target.value))}
        />
      </div>
      <span className={s['clock']} translate="no">
        {clockText(at - replay.from)}
      </span>
      <label className={s['speed']}>
        <span>{t.replay.speed}</span>
        <select value={speed} onChange={(event) => playback.setSpeed(Number(event.target.value))}>
          {SPEEDS.map((one) => (
            <option key={one} value={one}>
              {t.replay.times(one)}
            </option>
          ))}
        </select>
      </label>
    </div>
  );
}

/** Where runs ended and suggestions were applied. */
function Marks({ replay, timeline }: { readonly replay: Replay; readonly timeline: Timeline }) {
  const place = (at: number) => `${(100 * timeline.playOf(at)) / timeline.length}%`;
  return (
    <div className={s['marks']} aria-hidden="true">
      {replay.runs.map(({ number, endedAt, outcome }) =>
        endedAt === undefined ? null : (
          <i key={number} data-outcome={outcome} style={{ insetInlineStart: place(endedAt) }} />
        ),
      )}
      {replay.suggestions.map(({ id, appliedAt }) =>
        appliedAt === undefined ? null : <i key={id} data-applied style={{ insetInlineStart: place(appliedAt) }} />,
      )}
    </div>
  );
}

/** On the whole page, since nothing else is on it; what has a use for a key of its own keeps it. */
function useKeys(playback: Playback): void {
  const known = useRef(playback);
  known.current = playback;
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.altKey || event.ctrlKey || event.metaKey) return;
      const target = event.target instanceof Element ? event.target : null;
      const range = target?.matches('input[type="range"]') === true;
      if (target?.closest('input, select, textarea, [role="tab"]') && !range) return;
      const act = KEYS[event.key];
      // A focused button takes the space bar itself.
      if (act === undefined || (event.key === ' ' && target?.closest('button, a'))) return;
      event.preventDefault();
      act(known.current);
    };
    addEventListener('keydown', press);
    return () => removeEventListener('keydown', press);
  }, []);
}

const KEYS: Readonly<Record<string, (playback: Playback) => void>> = {
  ' ': (playback) => playback.toggle(),
  ArrowLeft: (playback) => playback.step(-1),
  ArrowRight: (playback) => playback.step(1),
  Home: (playback) => playback.seek(0),
  End: (playback) => playback.seek(Number.POSITIVE_INFINITY),
  '+': (playback) => playback.faster(1),
  '-': (playback) => playback.faster(-1),
};
