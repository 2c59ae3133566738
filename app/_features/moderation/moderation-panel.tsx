'use client';
// The facilitator's suggestions: those that wait for approval, and the others. Nothing moves under a finger: a card that was
// approved or declined stays where it is, with Undo, until the facilitator asks for the new order.
import { useMemo, useState } from 'react';
import { useView } from '#app/_session/use-session.tsx';
import { t } from '#app/_strings/strings.ts';
import { Count, Empty, Panel } from '#app/_ui/panel.tsx';
import type { SuggestionView } from '#session-core/view/view-types.ts';
import { DriverActions } from '../driver/driver-actions.tsx';
import { OrderPill } from '../suggestions/order-pill.tsx';
import { SuggestionCard } from '../suggestions/suggestion-card.tsx';
import { SuggestionQueue } from '../suggestions/suggestion-queue.tsx';
import { useSteadyOrder } from '../suggestions/use-steady-order.ts';
import s from './moderation.module.css';
import { ModerationActions } from './moderation-actions.tsx';

const LISTS = ['pending', 'all'] as const;
type List = (typeof LISTS)[number];

export function ModerationPanel() {
  const view = useView('suggestions', 'settings');
  const cards = Object.values(view.suggestions);
  const counts = {
    pending: cards.filter((card) => card.status === 'pending').length,
    all: cards.filter((card) => card.status === 'open').length,
  };
  const [chosen, setChosen] = useState<List | null>(null);
  // Without a choice: what was there to do when the page opened.
  const [first] = useState<List>(view.settings.approveFirst || counts.pending > 0 ? 'pending' : 'all');
  const list = chosen ?? first;
  const names = { pending: t.host.pending, all: t.tabs.suggestions };
  return (
    <Panel title={t.tabs.suggestions}>
      <fieldset className={s['lists']} aria-label={t.tabs.suggestions}>
        {LISTS.map((each) => (
          <button key={each} type="button" aria-pressed={list === each} onClick={() => setChosen(each)}>
            <span>{each === 'pending' ? names.pending : t.queue.all}</span>
            <Count n={counts[each]} loud={each === 'pending' && counts.pending > 0} />
          </button>
        ))}
      </fieldset>
      {list === 'pending' ? (
        <Pending cards={view.suggestions} />
      ) : (
        <SuggestionQueue
          empty={<Empty>{t.host.noSuggestions}</Empty>}
          actions={(card) => (
            <>
              <DriverActions card={card} />
              <ModerationActions card={card} />
            </>
          )}
        />
      )}
    </Panel>
  );
}

const NOBODY: ReadonlySet<string> = new Set();

/** Oldest first. */
function Pending({ cards }: { readonly cards: Readonly<Record<string, SuggestionView>> }) {
  const wanted = useMemo(
    () =>
      Object.values(cards)
        .filter((card) => card.status === 'pending')
        .sort((a, b) => a.at - b.at)
        .map((card) => card.id),
    [cards],
  );
  const steady = useSteadyOrder(wanted, { key: 'pending', own: NOBODY, exists: (id) => Object.hasOwn(cards, id) });
  return (
    <>
      {steady.order.length === 0 ? <Empty>{t.host.pendingNone}</Empty> : null}
      <ul className={s['list']}>
        {steady.order.map((id) => {
          const card = cards[id];
          return card ? (
            <li key={id}>
              <SuggestionCard card={card} actions={<ModerationActions card={card} />} />
            </li>
          ) : null;
        })}
      </ul>
      <OrderPill steady={steady} />
    </>
  );
}
