// The stages of a run: RAN, CACHED, SKIPPED or FAILED, with duration and reason.

import { t } from '#app/_strings/strings.ts';
import s from './stage-list.module.css';
import { StageShape } from './stage-shape.tsx';
import { type AnyStage, stageWord } from './stage-word.ts';

export function StageList({ stages }: { readonly stages: readonly AnyStage[] }) {
  return (
    <ol className={s['list']}>
      {stages.map((stage) => (
        <li key={stage.name} data-status={stage.status}>
          <StageShape status={stage.status} />
          <b>{stage.name}</b>
          <span className={s['status']}>{stageWord(stage)}</span>
          {stage.reason ? <p dir="auto">{t.stageReason(stage.reason)}</p> : null}
        </li>
      ))}
    </ol>
  );
}
