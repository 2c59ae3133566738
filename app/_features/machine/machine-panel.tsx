'use client';
// "Let the machine try": facilitators and the driver start and stop a search for better parameters; everybody sees how far
// it is and what it found, and suggests that. It applies nothing by itself.
import { useState } from 'react';
import { useNow } from '#app/_session/clock.ts';
import { useAct } from '#app/_session/command-actions.tsx';
import { useView, useYou } from '#app/_session/use-session.tsx';
import { t } from '#app/_strings/strings.ts';
import { Button } from '#app/_ui/button.tsx';
import { changeText, metricText } from '#app/_ui/format.ts';
import { Hint, Panel } from '#app/_ui/panel.tsx';
import { LIMITS } from '#session-core/model/limits.ts';
import type { MachineBest } from '#session-core/model/machine-search.ts';
import type { PublicView } from '#session-core/view/view-types.ts';
import s from './machine.module.css';

const SECONDS = [LIMITS.searchLeast, 30, 60, LIMITS.searchMost];
/** Of a best with many changes; the patch has them all. */
const MOST_NAMED = 4;

type Search = NonNullable<PublicView['search']>;

export function MachinePanel() {
  const view = useView('search', 'status');
  const you = useYou();
  const act = useAct();
  const { search } = view;
  const may = you !== null && (you.facilitator || you.drives) && view.status === 'open';
  const running = search !== null && search.ended === undefined;
  if (search === null && !may) return null;
  return (
    <Panel title={t.machine.head} hint={t.machine.hint}>
      {running ? <Progress search={search} may={may} /> : null}
      {may && !running ? (
        <div className={s['buttons']}>
          {SECONDS.map((seconds) => (
            <Button key={seconds} look="outline" onClick={() => void act({ type: 'search.start', seconds })}>
              {t.machine.start(seconds)}
            </Button>
          ))}
        </div>
      ) : null}
      {search ? <Found search={search} /> : null}
    </Panel>
  );
}

function Progress({ search, may }: { readonly search: Search; readonly may: boolean }) {
  const act = useAct();
  const now = useNow(1000) ?? search.at;
  const over = Math.min(search.seconds, Math.max(0, (now - search.at) / 1000));
  return (
    <div className={s['progress']}>
      <p>{t.machine.running(Math.ceil(search.seconds - over))}</p>
      <progress aria-label={t.machine.progress} max={search.seconds} value={over} />
      {may ? (
        <Button look="danger" onClick={() => void act({ type: 'search.stop' })}>
          {t.machine.stop}
        </Button>
      ) : null}
    </div>
  );
}

function Found({ search }: { readonly search: Search }) {
  const { best, base, trials, ended, outdated } = search;
  return (
    <>
      {best === undefined ? (
        <p>{ended === undefined ? t.machine.none : t.machine.nothing}</p>
      ) : (
        <Best best={best} base={base} />
      )}
      {outdated ? <Hint>{t.machine.outdated}</Hint> : null}
      <p className={s['facts']}>
        {[trials > 0 ? t.machine.trials(trials) : null, ended ? t.machine.ended[ended.why] : null]
          .filter((fact) => fact !== null)
          .join(' · ')}
      </p>
    </>
  );
}

function Best({ best, base }: { readonly best: MachineBest; readonly base: number | undefined }) {
  const { task, status } = useView('task', 'status');
  const you = useYou();
  const act = useAct();
  const [sent, setSent] = useState<MachineBest | null>(null);
  const suggest = async () => {
    const text = t.machine.suggestion(changesText(best), metricText(best.metric));
    if ((await act({ type: 'suggestion.add', text, patch: best.patch })).ok) setSent(best);
  };
  return (
    <div className={s['best']}>
      <p>
        <span>{t.machine.best}</span> <b translate="no">{metricText(best.metric)}</b> <span>{task.unit}</span>{' '}
        {base === undefined ? null : <span translate="no">{changeText(best.metric - base)}</span>}
      </p>
      <p className={s['changes']} translate="no">
        {changesText(best)}
      </p>
      {you !== null && status === 'open' ? (
        <Button look="primary" disabled={sent === best} onClick={() => void suggest()}>
          {sent === best ? t.machine.sent : t.machine.suggest}
        </Button>
      ) : null}
    </div>
  );
}

/** The parameters that it changes, the first few by name: it fits a suggestion. */
export function changesText({ changes }: MachineBest): string {
  // A choice says more than a switch; a whole group of switches is many lines.
  const telling = changes.toSorted((a, b) => Number(isSwitch(a)) - Number(isSwitch(b)));
  const named = telling.slice(0, MOST_NAMED).map(({ key, before, after }) => t.machine.change(key, before, after));
  const more = changes.length - named.length;
  return [...named, ...(more > 0 ? [t.machine.more(more)] : [])].join(', ');
}

const isSwitch = ({ after }: MachineBest['changes'][number]): boolean => after === 'true' || after === 'false';
