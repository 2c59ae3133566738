'use client';
// Choosing two runs to be compared, and the way to their page.
import { useCallback, useState } from 'react';
import { useSessionId, useView } from '#app/_session/use-session.tsx';
import { t } from '#app/_strings/strings.ts';
import { ButtonLink } from '#app/_ui/button.tsx';
import { Hint } from '#app/_ui/panel.tsx';

/** A third choice takes the place of the first. */
export function usePair(): readonly [readonly string[], (run: string) => void] {
  const [picked, setPicked] = useState<readonly string[]>([]);
  const toggle = useCallback(
    (run: string) =>
      setPicked((before) => (before.includes(run) ? before.filter((id) => id !== run) : [...before, run].slice(-2))),
    [],
  );
  return [picked, toggle];
}

/** The earlier run is what the later one is compared with. */
export function PairLink({ picked }: { readonly picked: readonly string[] }) {
  const session = useSessionId();
  const { runs } = useView('runs');
  const numbers = picked.map((id) => runs[id]?.number ?? 0).sort((a, b) => a - b);
  const [before, after] = numbers;
  if (before === undefined || after === undefined) return <Hint>{t.experiments.pairHint(2 - picked.length)}</Hint>;
  return (
    <ButtonLink look="primary" href={`/s/${session}/compare/${before}/${after}`}>
      {t.experiments.pairGo(before, after)}
    </ButtonLink>
  );
}
