'use client';
// The facilitator's queue: suggestions waiting for approval, recently moderated ones with Undo, then the open ones.
import { useView } from '#app/_session/use-session.tsx';
import { t } from '#app/_strings/strings.ts';
import { Count, Empty, Panel } from '#app/_ui/panel.tsx';
import { DriverActions } from '../driver/driver-actions.tsx';
import { SuggestionCard } from '../suggestions/suggestion-card.tsx';
import { SuggestionQueue } from '../suggestions/suggestion-queue.tsx';
import s from './moderation.module.css';
import { ModerationActions } from './moderation-actions.tsx';

const UNDO_SHOWN = 2;

export function ModerationPanel() {
  const view = useView('suggestions', 'settings');
  const cards = Object.values(view.suggestions);
  const pending = cards.filter((card) => card.status === 'pending').sort((a, b) => a.at - b.at);
  const gone = cards
    .filter((card) => card.undo !== undefined && (card.status === 'declined' || card.status === 'merged'))
    .sort((a, b) => (b.undo ?? 0) - (a.undo ?? 0))
    .slice(0, UNDO_SHOWN);
  return (
    <>
      {pending.length > 0 || view.settings.approveFirst ? (
        <Panel title={t.host.pending} aside={<Count n={pending.length} loud={pending.length > 0} />}>
          {pending.length === 0 ? <Empty>{t.host.pendingNone}</Empty> : null}
          <ul className={s['list']}>
            {pending.map((card) => (
              <li key={card.id}>
                <SuggestionCard card={card} actions={<ModerationActions card={card} />} />
              </li>
            ))}
          </ul>
        </Panel>
      ) : null}
      {gone.length > 0 ? (
        <Panel title={t.host.justDone}>
          <ul className={s['list']}>
            {gone.map((card) => (
              <li key={card.id}>
                <SuggestionCard card={card} actions={<ModerationActions card={card} />} />
              </li>
            ))}
          </ul>
        </Panel>
      ) : null}
      <Panel title={t.tabs.suggestions} aside={<Count n={cards.filter((card) => card.status === 'open').length} />}>
        <SuggestionQueue
          empty={<Empty>{t.host.noSuggestions}</Empty>}
          actions={(card) => (
            <>
              <DriverActions card={card} />
              <ModerationActions card={card} />
            </>
          )}
        />
      </Panel>
    </>
  );
}
