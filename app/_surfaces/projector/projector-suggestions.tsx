// Suggestions on the projector: votes, text, author, preview. Open ones only, and no controls.
import { PersonMarks } from '#app/_session/person-marks.tsx';
import { useOfView } from '#app/_session/use-session.tsx';
import { t } from '#app/_strings/strings.ts';
import type { SuggestionView } from '#session-core/view/view-types.ts';
import { PatchSummary } from '../../_features/editor/hunks.tsx';
import { RunShape } from '../../_features/scores/run-shape.tsx';
import { NotCounted, Verdict } from '../../_features/scores/verdict.tsx';
import { PreviewLine } from '../../_features/suggestions/preview-line.tsx';
import { VoteCount } from '../../_features/suggestions/vote-button.tsx';
import { Empty } from '../../_ui/panel.tsx';
import { useWide } from '../../_ui/use-min-width.ts';
import s from './projector-suggestions.module.css';

export function ProjectorSuggestions(props: {
  readonly cards: readonly SuggestionView[];
  /** Fills the scene and shows the previews. */
  readonly large?: boolean;
}) {
  const { cards, large = false } = props;
  const roomy = useWide(1700);
  const participants = useOfView((view) => view.participants);
  if (cards.length === 0) return <Empty>{t.projector.empty}</Empty>;
  return (
    <ol className={s['suggestions']} data-large={large}>
      {cards.map((card) => (
        <li key={card.id} data-pinned={card.pinned}>
          <VoteCount votes={card.votes} large />
          <div>
            {card.pinned ? <p className={s['pin']}>{t.card.pinned}</p> : null}
            <p className={s['text']} dir="auto">
              {card.text}
            </p>
            <p className={s['by']} dir="auto">
              <span translate="no">{participants[card.author]?.displayName ?? t.someone}</span>
              <PersonMarks id={card.author} />
              {large && card.patch ? (
                <>
                  <span>{' · '}</span>
                  <PatchSummary files={card.patch.files} />
                </>
              ) : null}
              {!large && (card.preview?.suspect || card.preview?.checking) ? (
                <NotCounted outcome={card.preview.suspect ? 'suspect' : 'checking'} />
              ) : null}
              {!large && card.preview?.verdict && !card.preview.suspect ? (
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
                <RunShape outcome="failed" size={20} />
                <span>
                  {card.preview.error.stage === null ? t.run.failedBefore : t.run.failedIn(card.preview.error.stage)}
                </span>
              </p>
            ) : null}
          </div>
        </li>
      ))}
    </ol>
  );
}
