'use client';
// The queue: Popular or New, filter, search. Nothing moves while it is on screen; changes wait behind a button.
import { type ReactNode, useMemo, useState } from 'react';
import { queueOf, type Show, type Sort, stagesNamed } from '#app/_features/suggestions/queue.ts';
import { useSteadyOrder } from '#app/_features/suggestions/use-steady-order.ts';
import { useFirstView, useView, useYou } from '#app/_session/use-session.tsx';
import { t } from '#app/_strings/strings.ts';
import { Button } from '#app/_ui/button.tsx';
import f from '#app/_ui/field.module.css';
import { Empty } from '#app/_ui/panel.tsx';
import type { Place } from '#pipeline-core/core/report.ts';
import { allSuggestions } from '#session-core/client/selectors.ts';
import type { SuggestionView } from '#session-core/view/view-types.ts';
import { OrderPill } from './order-pill.tsx';
import { SuggestionCard } from './suggestion-card.tsx';
import s from './suggestion-queue.module.css';

export function SuggestionQueue(props: {
  readonly actions?: (card: SuggestionView) => ReactNode;
  /** Shown if there are no suggestions yet. */
  readonly empty?: ReactNode;
  /** Opens the lines that a suggestion refers to. */
  readonly onPlace?: (place: Place) => void;
}) {
  const view = useView('suggestions', 'settings', 'participants', 'runs');
  const you = useYou();
  // What the page came with holds the first few only: the rest comes in its order, not behind the button.
  const begun = useFirstView() === null ? '' : 'first';
  const [sort, setSort] = useState<Sort>('popular');
  const [show, setShow] = useState<Show>('open');
  const [search, setSearch] = useState('');
  const cards = useMemo(() => queueOf(view, you, { sort, show, search }), [view, you, sort, show, search]);
  const ids = useMemo(() => cards.map((card) => card.id), [cards]);
  const own = useMemo(
    () => new Set(cards.filter((card) => card.author === you?.participant).map((card) => card.id)),
    [cards, you?.participant],
  );
  // Also those that have left the filter: a card that is applied or declined stays where it is and says so.
  const byId = useMemo(() => new Map(allSuggestions(view, you).map((card) => [card.id, card])), [view, you]);
  const steady = useSteadyOrder(ids, { key: `${sort} ${show} ${search} ${begun}`, own, exists: (id) => byId.has(id) });
  const statuses = (['pending', 'accepted', 'declined', 'merged'] as const).filter(
    (status) =>
      status === 'accepted' || you?.facilitator || Object.values(you?.own ?? {}).some((c) => c.status === status),
  );
  return (
    <div className={s['queue']}>
      <div className={s['tools']}>
        <fieldset className={s['sort']} aria-label={t.queue.sort}>
          {(['popular', 'new'] as const).map((each) => (
            <button key={each} type="button" aria-pressed={sort === each} onClick={() => setSort(each)}>
              {each === 'popular' ? t.queue.popular : t.queue.fresh}
            </button>
          ))}
        </fieldset>
        <select
          className={f['select']}
          aria-label={t.queue.filter}
          value={show}
          onChange={(event) => setShow(event.target.value as Show)}
        >
          <option value="open">{t.queue.all}</option>
          <option value="mine">{t.queue.mine}</option>
          <option value="code">{t.queue.withCode}</option>
          {stagesNamed(view).map((stage) => (
            <option key={stage} value={`stage:${stage}`}>
              {t.queue.stage(stage)}
            </option>
          ))}
          {statuses.map((status) => (
            <option key={status} value={status}>
              {t.queue.status[status]}
            </option>
          ))}
        </select>
        <input
          type="search"
          className={f['input']}
          aria-label={t.queue.search}
          placeholder={t.queue.searchShort}
          value={search}
          onChange={(event) => setSearch(event.target.value)}
          dir="auto"
        />
      </div>
      {view.settings.frozen ? <p className={s['frozen']}>{t.queue.frozen}</p> : null}
      {steady.order.length === 0 ? (
        show === 'open' && search === '' ? (
          (props.empty ?? <Empty>{t.queue.empty}</Empty>)
        ) : (
          <>
            <Empty>{t.queue.emptyFilter}</Empty>
            <Button
              onClick={() => {
                setShow('open');
                setSearch('');
              }}
            >
              {t.queue.showAll}
            </Button>
          </>
        )
      ) : (
        <ul className={s['list']}>
          {steady.order.map((id) => {
            const card = byId.get(id);
            return card ? (
              <li key={id}>
                <SuggestionCard
                  card={card}
                  actions={props.actions?.(card)}
                  {...(props.onPlace ? { onPlace: props.onPlace } : {})}
                />
              </li>
            ) : null;
          })}
        </ul>
      )}
      <OrderPill steady={steady} />
    </div>
  );
}
