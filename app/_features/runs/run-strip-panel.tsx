'use client';
// The strip of runs in its panel: a click opens a run; while two are being chosen, it chooses one of them.
import { useState } from 'react';
import { useRowsOfView } from '#app/_session/use-session.tsx';
import { t } from '#app/_strings/strings.ts';
import { Button } from '#app/_ui/button.tsx';
import { Panel } from '#app/_ui/panel.tsx';
import { mainRunsById } from '#session-core/client/scores.ts';
import { PairLink, usePair } from '../experiments/pair-link.tsx';
import { RunStrip } from './run-strip.tsx';

export function RunStripPanel(props: {
  readonly chosen: string | null;
  readonly onChoose: (run: string) => void;
  readonly hint?: string;
}) {
  const { chosen, onChoose, hint } = props;
  const many = Object.keys(useRowsOfView(mainRunsById)).length > 1;
  const [choosing, setChoosing] = useState(false);
  const [picked, toggle] = usePair();
  return (
    <Panel
      title={t.run.strip}
      {...(hint === undefined ? {} : { hint })}
      aside={
        many ? (
          <Button look="quiet" aria-pressed={choosing} onClick={() => setChoosing(!choosing)}>
            {choosing ? t.experiments.pairStop : t.experiments.pairStart}
          </Button>
        ) : null
      }
    >
      <RunStrip {...(choosing ? { picked, onChoose: toggle } : { chosen, onChoose })} />
      {choosing ? <PairLink picked={picked} /> : null}
    </Panel>
  );
}
