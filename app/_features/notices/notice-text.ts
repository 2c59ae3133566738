// A notice as one sentence: for the pop-up, the list and screen readers.
import { t } from '#app/_strings/strings.ts';
import { changeText } from '#app/_ui/format.ts';
import { type Notice, sentenceOfNotice } from '#session-core/client/notices.ts';
import { outcomeWord } from '../scores/verdict.tsx';

export const noticeText = (notice: Notice): string => sentenceOfNotice(t.notice.sentences, notice);

/** "−0.132 better", once the run of an applied suggestion has a result. */
export function resultText(notice: Notice): string | null {
  if (notice.code !== 'suggestion_applied' || notice.facts.result === null) return null;
  const { run, outcome, change } = notice.facts.result;
  const word = outcomeWord(outcome);
  return t.notice.result(run, change === undefined ? word : `${changeText(change)} ${word}`);
}
