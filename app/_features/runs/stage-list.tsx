// The stages of a run: RAN, CACHED, SKIPPED or FAILED, with duration and reason.

import type { StageProgress } from '#app/_session/run-progress.ts';
import { t } from '#app/_strings/strings.ts';
import { spanText } from '#app/_ui/format.ts';
import type { StageResult } from '#pipeline-core/core/report.ts';
import s from './stage-list.module.css';
import { StageShape } from './stage-shape.tsx';

export type AnyStage = StageProgress | StageResult;

export function StageList({ stages }: { readonly stages: readonly AnyStage[] }) {
  return (
    <ol className={s['list']}>
      {stages.map((stage) => (
        <li key={stage.name} data-status={stage.status}>
          <StageShape status={stage.status} />
          <b>{stage.name}</b>
          <span className={s['status']}>{stageWord(stage)}</span>
          {stage.reason ? <p dir="auto">{t.reports.stageReason(stage.reason)}</p> : null}
        </li>
      ))}
    </ol>
  );
}

export function stageWord(stage: AnyStage): string {
  const word = t.stage[stage.status];
  if (stage.status === 'ran') return `${word} ${spanText(stage.ms ?? 0)}`;
  const saved = 'savedMs' in stage ? stage.savedMs : undefined;
  if (stage.status === 'cached' && saved !== undefined) return `${word} (${t.stage.saved(spanText(saved))})`;
  const share = 'share' in stage ? stage.share : undefined;
  if (stage.status === 'running' && share !== undefined) return `${word} ${Math.round(share * 100)} %`;
  return word;
}
