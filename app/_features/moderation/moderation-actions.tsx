'use client';
// What a facilitator can do with a suggestion: approve, decline with a reason, merge, and undo any of these.
import { type FormEvent, useState } from 'react';
import { useAct } from '#app/_session/command-actions.tsx';
import { useEnded, useView } from '#app/_session/use-session.tsx';
import { t } from '#app/_strings/strings.ts';
import { Button } from '#app/_ui/button.tsx';
import { Dialog } from '#app/_ui/dialog.tsx';
import { Field } from '#app/_ui/field.tsx';
import { Icon } from '#app/_ui/icon.tsx';
import { Empty } from '#app/_ui/panel.tsx';
import { mainRuns } from '#session-core/client/scores.ts';
import { openSuggestions } from '#session-core/client/selectors.ts';
import { similarSuggestions } from '#session-core/client/similar-suggestions.ts';
import { LIMITS } from '#session-core/model/limits.ts';
import type { SuggestionView } from '#session-core/view/view-types.ts';
import s from './moderation.module.css';

export function ModerationActions({ card }: { readonly card: SuggestionView }) {
  const act = useAct();
  const [sheet, setSheet] = useState<'decline' | 'merge' | null>(null);
  const suggestion = card.id;
  const waiting = card.status === 'pending';
  const close = () => setSheet(null);
  if (useEnded()) return null;
  return (
    <>
      {waiting ? (
        <Button look="primary" onClick={() => void act({ type: 'suggestion.approve', suggestion })}>
          <Icon name="check" size={18} /> <span>{t.host.approve}</span>
        </Button>
      ) : null}
      {waiting || card.status === 'open' ? (
        <>
          <Button onClick={() => setSheet('decline')}>{t.host.decline}</Button>
          <Button onClick={() => setSheet('merge')}>{t.host.merge}</Button>
        </>
      ) : null}
      {card.undo !== undefined ? (
        <Button look="quiet" onClick={() => card.undo && void act({ type: 'moderation.undo', seq: card.undo })}>
          <Icon name="undo" size={18} /> <span>{t.host.undo}</span>
        </Button>
      ) : null}
      <Dialog open={sheet === 'decline'} onClose={close} title={t.host.declineHead}>
        <Decline card={card} onDone={close} />
      </Dialog>
      <Dialog open={sheet === 'merge'} onClose={close} title={t.host.mergeHead}>
        <Merge card={card} onDone={close} />
      </Dialog>
    </>
  );
}

interface SheetProps {
  readonly card: SuggestionView;
  readonly onDone: () => void;
}

function Decline({ card, onDone }: SheetProps) {
  const act = useAct();
  const view = useView('runs');
  const [own, setOwn] = useState('');
  const last = mainRuns(view).at(-1)?.number;
  const ready = [...t.host.reasons, ...(last === undefined ? [] : [t.host.tried(last)])];
  const decline = async (reason: string) => {
    const ack = await act({ type: 'suggestion.decline', suggestion: card.id, reason });
    if (ack.ok) onDone();
  };
  return (
    <>
      <p dir="auto">{card.text}</p>
      <div className={s['reasons']}>
        {ready.map((reason) => (
          <Button key={reason} onClick={() => void decline(reason)}>
            {reason}
          </Button>
        ))}
      </div>
      <form
        className={s['own']}
        onSubmit={(event: FormEvent) => {
          event.preventDefault();
          if (own.trim() !== '') void decline(own.trim());
        }}
      >
        <Field
          label={t.host.ownReason}
          value={own}
          maxLength={LIMITS.reason}
          onChange={(event) => setOwn(event.target.value)}
          dir="auto"
          aside={
            <Button look="primary" type="submit" disabled={own.trim() === ''}>
              {t.host.decline}
            </Button>
          }
        />
      </form>
    </>
  );
}

function Merge({ card, onDone }: SheetProps) {
  const act = useAct();
  const view = useView('suggestions');
  const others = openSuggestions(view).filter((each) => each.id !== card.id);
  const alike = similarSuggestions(card.text, Object.values(view.suggestions), 4).filter((each) => each.id !== card.id);
  const rest = others.filter((each) => !alike.some((one) => one.id === each.id)).slice(0, 20);
  if (others.length === 0) return <Empty>{t.host.mergeNone}</Empty>;
  return (
    <>
      <p>{t.host.mergeHint(card.text)}</p>
      <ul className={s['targets']}>
        {[...alike, ...rest].map((target) => (
          <li key={target.id}>
            <button
              type="button"
              dir="auto"
              onClick={() =>
                void act({ type: 'suggestion.merge', suggestion: card.id, into: target.id }).then(
                  (ack) => ack.ok && onDone(),
                )
              }
            >
              <b>{target.votes}</b> <span>{target.text}</span>
            </button>
          </li>
        ))}
      </ul>
    </>
  );
}
