'use client';
// One suggestion: votes, text, patch, preview, status with reason, and edit or withdraw for its author.
// Invariant: text from participants is plain text with dir="auto", never HTML; every status is shown in words.
import { memo, type ReactNode, useState } from 'react';
import { PersonMarks } from '#app/_session/person-marks.tsx';
import { useOfView, useYou } from '#app/_session/use-session.tsx';
import { t } from '#app/_strings/strings.ts';
import { Icon } from '#app/_ui/icon.tsx';
import { OnDemand } from '#app/_ui/on-demand.tsx';
import type { Place } from '#pipeline-core/core/report.ts';
import type { RunView, SuggestionView } from '#session-core/view/view-types.ts';
import { CheckMarks } from '../checks/check-marks.tsx';
import { CodeText } from '../editor/code-text.tsx';
import { HiddenWarning, Hunks, PatchSummary } from '../editor/hunks.tsx';
import { OwnSuggestion } from './own-suggestion.tsx';
import { PreviewLine } from './preview-line.tsx';
import s from './suggestion-card.module.css';
import { VoteButton } from './vote-button.tsx';

const sharedAnswer = () => import('../scratch/shared-answer.tsx').then((module) => module.SharedAnswer);

interface CardProps {
  readonly card: SuggestionView;
  /** What the driver or facilitator may do with it. */
  readonly actions?: ReactNode;
  readonly onPlace?: (place: Place) => void;
  /** Shows the patch initially. */
  readonly opened?: boolean;
}

export const SuggestionCard = memo(function SuggestionCard({ card, actions, onPlace, opened = false }: CardProps) {
  const displayName = useOfView((view) => view.participants[card.author]?.displayName) ?? t.someone;
  const you = useYou();
  const [open, setOpen] = useState(opened);
  const mine = you?.participant === card.author;
  const [looks, setLooks] = useState(false);
  const { patch, anchor, expression, preview, checks } = card;
  const waits = card.status === 'open' || card.status === 'pending';
  return (
    <article className={s['card']} data-status={card.status} data-pinned={card.pinned}>
      <VoteButton card={card} />
      <div className={s['body']}>
        {card.pinned ? (
          <p className={s['pin']}>
            <Icon name="pin" size={16} /> <span>{t.card.pinned}</span>
          </p>
        ) : null}
        <p className={s['text']} dir="auto">
          {card.text}
        </p>
        <p className={s['meta']}>
          <span>
            <span>{mine ? t.card.mine : t.card.by(displayName)}</span>
            {mine ? null : <PersonMarks id={card.author} />}
          </span>
          {card.stage ? <span className={s['stage']}>{card.stage}</span> : null}
          {anchor ? (
            onPlace ? (
              <button
                type="button"
                className={s['place']}
                onClick={() => onPlace({ file: anchor.file, line: anchor.fromLine })}
              >
                <code translate="no">{t.card.at(anchor.file, anchor.fromLine, anchor.toLine)}</code>
              </button>
            ) : (
              <span>
                <code translate="no">{t.card.at(anchor.file, anchor.fromLine, anchor.toLine)}</code>
              </span>
            )
          ) : null}
        </p>
        <State card={card} />
        {expression ? (
          <div className={s['patch']}>
            <button type="button" className={s['toggle']} aria-expanded={looks} onClick={() => setLooks(!looks)}>
              <Icon name="results" size={18} /> <span>{looks ? t.card.hideAnswer : t.card.answer[expression.as]}</span>
            </button>
            <code className={s['expression']} translate="no">
              <CodeText>{expression.code}</CodeText>
            </code>
            {looks ? <OnDemand load={sharedAnswer} props={{ suggestion: card.id, expression }} /> : null}
          </div>
        ) : null}
        {patch ? (
          <div className={s['patch']}>
            <button type="button" className={s['toggle']} aria-expanded={open} onClick={() => setOpen(!open)}>
              <Icon name="code" size={18} />
              {open ? <span>{t.card.hide}</span> : <PatchSummary files={patch.files} />}
            </button>
            {waits ? (
              <span className={s['fit']} data-state={patch.state}>
                {patch.state === 'conflict' ? t.card.conflict(patch.line) : t.card[patch.state]}
              </span>
            ) : null}
            {open ? <Hunks files={patch.files} /> : <HiddenWarning files={patch.files} />}
          </div>
        ) : null}
        {patch && checks ? (
          <CheckMarks
            checks={checks}
            suggestion={card.id}
            version={patch.version}
            mayFix={waits && (mine || you?.drives === true || you?.facilitator === true)}
          />
        ) : null}
        {preview ? <PreviewLine preview={preview} {...(onPlace ? { onPlace } : {})} /> : null}
        {mine ? <OwnSuggestion card={card} /> : null}
        {actions ? <div className={s['actions']}>{actions}</div> : null}
      </div>
    </article>
  );
});

function State({ card }: { readonly card: SuggestionView }) {
  const into = useOfView((view) => view.suggestions[card.mergedInto ?? '']?.text);
  const run = useOfView((view) => view.runs[card.accepted?.run ?? '']);
  const words = stateWords(card, into, run);
  if (words === null) return null;
  return (
    <p className={s['state']} data-status={card.status}>
      <Icon name={card.status === 'accepted' ? 'check' : card.status === 'pending' ? 'timer' : 'close'} size={16} />
      <span>{words}</span>
    </p>
  );
}

function stateWords(card: SuggestionView, into: string | undefined, run: RunView | undefined): string | null {
  switch (card.status) {
    case 'open':
      return null;
    case 'pending':
      return card.flagged ? t.card.flagged : t.card.pending;
    case 'accepted':
      if (run?.number === undefined) return t.card.accepted;
      return run.status === 'failed' ? t.card.acceptedFailed(run.number) : t.card.acceptedRun(run.number);
    case 'declined':
      return t.card.declined(card.reason ?? '');
    case 'merged':
      return t.card.merged(into ?? '…');
    case 'withdrawn':
      return t.card.withdrawn;
  }
}
