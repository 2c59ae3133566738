'use client';
// What pushed the answer of the served model for a row, asked for by a press.
// Invariant: what is shown belongs to the values on the page: a changed value takes it away.
import { useMemo, useState } from 'react';
import { ask } from '#app/_session/http.ts';
import { useSessionId, useView, useYou } from '#app/_session/use-session.tsx';
import { t } from '#app/_strings/strings.ts';
import { Button } from '#app/_ui/button.tsx';
import { Chart } from '#app/_ui/charts/chart.tsx';
import { Hint } from '#app/_ui/panel.tsx';
import { pushesRoute } from '#session-core/protocol/http-api/explain-routes.ts';
import { answerAxis, type Pushes, pushBars } from './model-charts.ts';

type Row = Readonly<Record<string, string | number>>;
type Found = { readonly row: Row } & ({ readonly pushes: Pushes } | { readonly refused: string });

export function RowPushes({ row }: { readonly row: Row }) {
  const session = useSessionId();
  const { task } = useView('task');
  const you = useYou();
  const [asking, setAsking] = useState(false);
  const [last, setLast] = useState<Found | null>(null);
  const found = last?.row === row ? last : null;
  const spec = useMemo(
    () => (found && 'pushes' in found ? pushBars(found.pushes, found.row, answerAxis(task)) : null),
    [found, task],
  );
  if (you === null) return null;
  const request = async () => {
    setAsking(true);
    const forbidden = new Set([...task.forbidden, task.target]);
    const allowed = Object.fromEntries(Object.entries(row).filter(([name]) => !forbidden.has(name)));
    const answer = await ask(pushesRoute, { params: { id: session }, body: { row: allowed } });
    setAsking(false);
    setLast({ row, ...(answer.ok ? { pushes: answer.value } : { refused: answer.error.message }) });
  };
  return (
    <div>
      {spec ? (
        <Chart spec={spec} />
      ) : (
        <p>
          <Button look="outline" disabled={asking} onClick={() => void request()}>
            {asking ? t.explain.asking : t.explain.askPushes}
          </Button>
        </p>
      )}
      {found && 'refused' in found ? <Hint>{found.refused}</Hint> : null}
    </div>
  );
}
