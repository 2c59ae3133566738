'use client';
// The queue: Popular or New, filter, search. Nothing moves while it is on screen; changes wait behind a button.
import { type ReactNode, useDeferredValue, useMemo, useState } from 'react';
import { queueOf, type Show, type Sort, stagesNamed } from '#app/_features/suggestions/queue.ts';
import { useSteadyOrder } from '#app/_features/suggestions/use-steady-order.ts';
import { useFirstView, useOfView, useView, useYou } from '#app/_session/use-session.tsx';
import { t } from '#app/_strings/strings.ts';
import { Button } from '#app/_ui/button.tsx';
import f from '#app/_ui/field.module.css';
import { Empty } from '#app/_ui/panel.tsx';
import type { Place } from '#pipeline-core/core/report.ts';
import { allSuggestions } from '#session-core/client/selectors.ts';
import type { PublicView, SuggestionView } from '#session-core/view/view-types.ts';
import { OrderPill } from './order-pill.tsx';
import { SuggestionCard } from './suggestion-card.tsx';
import s from './suggestion-queue.module.css';

const NOBODY: PublicView['participants'] = {};
/** More than a phone shows at once. */
const FIRST_DRAWN = 10;

export function SuggestionQueue(props: {
  readonly actions?: (card: SuggestionView) => ReactNode;
  /** Shown if there are no suggestions yet. */
  readonly empty?: ReactNode;
  /** Opens the lines that a suggestion refers to. */
  readonly onPlace?: (place: Place) => void;
}) {
  const { suggestions, settings } = useView('suggestions', 'settings');
  const you = useYou();
  // What the page came with holds the first few only: the rest comes in its order, not behind the button.
  const begun = useFirstView() === null ? '' : 'first';
  const [sort, setSort] = useState<Sort>('popular');
  const [show, setShow] = useState<Show>('open');
  const [search, setSearch] = useState('');
  // Whoever comes or goes, and each step of a run, renders no list in which nothing has changed.
  const participants = useOfView((view) => (search === '' ? NOBODY : view.participants));
  const cards = useMemo(
    () => queueOf({ suggestions, participants }, you, { sort, show, search }),
    [suggestions, participants, you, sort, show, search],
  );
  const ids = useMemo(() => cards.map((card) => card.id), [cards]);
  const own = useMemo(
    () => new Set(cards.filter((card) => card.author === you?.participant).map((card) => card.id)),
    [cards, you?.participant],
  );
  // Also those that have left the filter: a card that is applied or declined stays where it is and says so.
  const byId = useMemo(
    () => new Map(allSuggestions({ suggestions }, you).map((card) => [card.id, card])),
    [suggestions, you],
  );
  const steady = useSteadyOrder(ids, { key: `${sort} ${show} ${search} ${begun}`, own, exists: (id) => byId.has(id) });
  const ordered = useMemo(() => steady.order.flatMap((id) => byId.get(id) ?? []), [steady.order, byId]);
  // One change can be of every card: to render them all in one task would keep a phone from answering a finger.
  const drawn = useDeferredValue(ordered, ordered.slice(0, FIRST_DRAWN));
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
          <StageOptions />
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
      {settings.frozen ? <p className={s['frozen']}>{t.queue.frozen}</p> : null}
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
          {drawn.map((card) => (
            <li key={card.id}>
              <SuggestionCard
                card={card}
                actions={props.actions?.(card)}
                {...(props.onPlace ? { onPlace: props.onPlace } : {})}
              />
            </li>
          ))}
        </ul>
      )}
      <OrderPill steady={steady} />
    </div>
  );
}

/** The names of the stages are short texts, which are compared as one. */
function StageOptions() {
  const names = useOfView((view) => stagesNamed(view).join('\n'));
  return names === ''
    ? null
    : names.split('\n').map((stage) => (
        <option key={stage} value={`stage:${stage}`}>
          {t.queue.stage(stage)}
        </option>
      ));
}
