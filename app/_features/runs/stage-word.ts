// What a stage does or came to, in a word or two.
import type { StageProgress } from '#app/_session/run-progress.ts';
import { t } from '#app/_strings/strings.ts';
import { spanText } from '#app/_ui/format.ts';
import type { StageResult } from '#pipeline-core/core/report.ts';

export type AnyStage = StageProgress | StageResult;

export function stageWord(stage: AnyStage): string {
  const word = t.stage[stage.status];
  if (stage.status === 'ran') return `${word} ${spanText(stage.ms ?? 0)}`;
  const saved = 'savedMs' in stage ? stage.savedMs : undefined;
  if (stage.status === 'cached' && saved !== undefined) return `${word} (${t.stage.saved(spanText(saved))})`;
  const share = 'share' in stage ? stage.share : undefined;
  if (stage.status === 'running' && share !== undefined) return `${word} ${Math.round(share * 100)} %`;
  return word;
}
