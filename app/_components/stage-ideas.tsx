// The ideas on the wall: votes, text, author, what each would do to the metric. Only open ones; nothing to press.
// RUNS IN browser
import { useOfView } from '#app/_client/use-session.tsx';
import { t } from '#app/_strings/strings.ts';
import type { SuggestionView } from '#session-core/view/view-types.ts';
import { PatchWords } from './hunks.tsx';
import { Empty } from './panel.tsx';
import { PreviewLine } from './preview-line.tsx';
import { RunShape } from './run-shape.tsx';
import s from './stage-ideas.module.css';
import { Verdict } from './verdict.tsx';
import { VoteCount } from './vote-button.tsx';
import { useWide } from './wide.ts';

export function StageIdeas(props: {
  readonly cards: readonly SuggestionView[];
  /** Over the whole scene, with what each would do. */
  readonly large?: boolean;
}) {
  const { cards, large = false } = props;
  const roomy = useWide(1700);
  const participants = useOfView((view) => view.participants);
  if (cards.length === 0) return <Empty>{t.stageView.empty}</Empty>;
  return (
    <ol className={s['ideas']} data-large={large}>
      {cards.map((card) => (
        <li key={card.id} data-pinned={card.pinned}>
          <VoteCount votes={card.votes} large />
          <div>
            {card.pinned ? <p className={s['pin']}>{t.card.pinned}</p> : null}
            <p className={s['text']} dir="auto">
              {card.text}
            </p>
            <p className={s['by']} dir="auto">
              {participants[card.author]?.alias ?? t.someone}
              {large && card.patch ? (
                <>
                  {' · '}
                  <PatchWords files={card.patch.files} />
                </>
              ) : null}
              {!large && card.preview?.verdict ? (
                <Verdict
                  comparison={{
                    verdict: card.preview.verdict,
                    ...(card.preview.change === undefined ? {} : { change: card.preview.change }),
                  }}
                />
              ) : null}
            </p>
            {large && card.preview && !card.preview.error ? (
              <PreviewLine preview={card.preview} brief={!roomy} />
            ) : null}
            {card.preview?.error ? (
              <p className={s['fails']}>
                <RunShape standing="failed" size={20} />
                {card.preview.error.stage === null ? t.run.failedBefore : t.run.failedIn(card.preview.error.stage)}
              </p>
            ) : null}
          </div>
        </li>
      ))}
    </ol>
  );
}
