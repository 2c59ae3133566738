'use client';
// The driver's page: editor on the left, top suggestions on the right, run bar below. No moderation.
import { type CSSProperties, useMemo, useRef, useState } from 'react';
import { applyQuickFix } from '#app/_features/editor/quick-fix.ts';
import { nextToApply } from '#app/_features/suggestions/queue.ts';
import { useEnded, useOfView, useSessionId, useView, useYou } from '#app/_session/use-session.tsx';
import { t } from '#app/_strings/strings.ts';
import type { Place } from '#pipeline-core/core/report.ts';
import { isOver, mainRuns } from '#session-core/client/scores.ts';
import { openSuggestions } from '#session-core/client/selectors.ts';
import type { Id } from '#session-core/model/types.ts';
import { runErrorText } from '#session-core/sentences/report-sentences.ts';
import { TourBar } from '../_features/agenda/tour-bar.tsx';
import { DriverActions } from '../_features/driver/driver-actions.tsx';
import { DriverBanner } from '../_features/driver/driver-banner.tsx';
import { DriverHandover } from '../_features/driver/driver-handover.tsx';
import { useAccept } from '../_features/driver/use-accept.ts';
import { CodeEditor } from '../_features/editor/code-editor.tsx';
import { LiveCode } from '../_features/editor/live-code.tsx';
import { useText } from '../_features/editor/use-text.ts';
import { MachinePanel } from '../_features/machine/machine-panel.tsx';
import { useNoticeSurface } from '../_features/notices/notices.tsx';
import { RunBar } from '../_features/runs/run-bar.tsx';
import { OrderPill } from '../_features/suggestions/order-pill.tsx';
import { SuggestionCard } from '../_features/suggestions/suggestion-card.tsx';
import { useSteadyOrder } from '../_features/suggestions/use-steady-order.ts';
import { useActing } from '../_session/command-actions.tsx';
import { Keys } from '../_session/keys/shortcuts.tsx';
import { useStored } from '../_session/use-stored.ts';
import { Button, ButtonLink } from '../_ui/button.tsx';
import { Dialog } from '../_ui/dialog.tsx';
import { Icon } from '../_ui/icon.tsx';
import { OnDemand } from '../_ui/on-demand.tsx';
import { PaneDivider } from '../_ui/pane-divider.tsx';
import { Empty, Hint } from '../_ui/panel.tsx';
import { useWide } from '../_ui/use-min-width.ts';
import s from './driver.module.css';
import { TopBar } from './top-bar.tsx';
import { useDriverPlace } from './use-driver-place.ts';

const MOST = 7;
const dataView = () => import('../_features/data/look-at-data.tsx').then((module) => module.LookAtData);

const NONE: ReadonlySet<Id> = new Set();
/** px that the suggestions beside the editor may have. */
const PANE = { least: 300, most: 700 } as const;
const PRESSED_TWICE_MS = 400;
/** The run bar has the error. */
const SHOWN_HERE = ['run_failed'] as const;
const APPLY_CHORD = 'Mod+Shift+Enter';

export function DriverSurface() {
  const view = useView('runs', 'suggestions');
  const you = useYou();
  const session = useSessionId();
  const text = useText(session);
  const { act, say } = useActing();
  const accept = useAccept();
  const wide = useWide(700);
  const large = useWide(2400);
  const huge = useWide(3400);
  const [pane, setPane] = useStored('cp-driver-pane');
  const [handoverOpen, setHandoverOpen] = useState(false);
  const [dataOpen, setDataOpen] = useState(false);
  const [machineOpen, setMachineOpen] = useState(false);
  const place = useDriverPlace();
  const drives = you?.drives ?? false;
  const ended = useEnded();
  const may = !ended && (drives || (you?.facilitator ?? false));
  const last = mainRuns(view).at(-1);
  const error = last && isOver(last) ? last.error : undefined;
  const mark = useMemo(
    () =>
      error?.file !== undefined && error.line !== undefined
        ? {
            file: error.file,
            line: error.line,
            ...(error.column ? { column: error.column } : {}),
            message: runErrorText(t.reports.runErrors, error),
          }
        : null,
    [error],
  );
  useNoticeSurface(place.open, SHOWN_HERE);
  const run = () => void act({ type: 'run.request' });
  const applying = useRef(false);
  const apply = () => {
    const next = nextToApply(view);
    if (!next) return say(t.drive.nothingToApply, 'bad');
    // A key that is held or pressed twice applies one suggestion only, although the next one moves up at once.
    if (applying.current) return;
    applying.current = true;
    void accept(next.card, next.how === 'hand' ? 'hand' : undefined).finally(() => {
      setTimeout(() => {
        applying.current = false;
      }, PRESSED_TWICE_MS);
    });
  };
  return (
    <div className={s['page']}>
      <TopBar>
        <ButtonLink look="quiet" href={you?.facilitator ? `/s/${session}/host` : `/s/${session}`}>
          {t.driver.back}
        </ButtonLink>
        <Button look="quiet" aria-haspopup="dialog" onClick={() => setMachineOpen(true)}>
          {t.machine.head}
        </Button>
        <Button look="quiet" aria-haspopup="dialog" onClick={() => setDataOpen(true)}>
          {t.tabs.data}
        </Button>
        <Button look="outline" onClick={() => setHandoverOpen(true)}>
          <Icon name="driver" size={18} /> <span>{t.driver.head}</span>
        </Button>
      </TopBar>
      <main
        id="main"
        className={s['main']}
        style={pane === '' ? undefined : ({ '--pane': `${pane}px` } as CSSProperties)}
      >
        <div className={s['editor']}>
          <DriverBanner onDriverPage />
          {place.tour ? <TourBar place={place.tour} onGo={place.toTour} /> : null}
          {wide ? (
            <CodeEditor
              sessionId={session}
              mark={mark}
              show={place.show}
              onRun={run}
              onApply={apply}
              fontSize={huge ? 28 : large ? 22 : 16}
            />
          ) : (
            <>
              <div className={s['laptop']}>
                <Hint>{t.drive.laptop}</Hint>
              </div>
              <LiveCode sessionId={session} mark={place.mark} />
            </>
          )}
        </div>
        <PaneDivider
          label={t.drive.paneWidth}
          width={pane === '' ? null : Number(pane)}
          least={PANE.least}
          most={PANE.most}
          onWidth={(px) => setPane(String(px))}
        />
        <TopSuggestions onPlace={place.open} />
      </main>
      <RunBar
        may={may}
        onPlace={place.open}
        {...(drives && text ? { onApplyFix: (quickFix) => void applyQuickFix(text.state.doc, quickFix) } : {})}
      />
      <Dialog open={handoverOpen} onClose={() => setHandoverOpen(false)} title={t.driver.head}>
        <DriverHandover />
      </Dialog>
      <Dialog open={machineOpen} onClose={() => setMachineOpen(false)} title={t.machine.head}>
        <MachinePanel />
      </Dialog>
      <Dialog side open={dataOpen} onClose={() => setDataOpen(false)} title={t.tabs.data}>
        <OnDemand load={dataView} props={{}} />
      </Dialog>
      <Keys
        list={[
          { key: 'Mod+Enter', what: t.keys.run, run },
          { key: 'Escape', what: t.keys.leave },
          { key: 'F1', what: t.keys.palette },
          { key: 'a', what: t.keys.apply, ...(may ? { run: apply } : {}) },
          { key: APPLY_CHORD, what: t.keys.applyTyping, ...(may ? { run: apply } : {}) },
        ]}
      />
    </div>
  );
}

function TopSuggestions({ onPlace }: { readonly onPlace: (place: Place) => void }) {
  const you = useYou();
  const view = useView('suggestions');
  const done = useOfView((all) =>
    Object.values(all.suggestions)
      .filter((card) => card.accepted !== undefined && card.status === 'accepted')
      .reduce<(typeof all.suggestions)[string] | undefined>(
        (latest, card) => (latest && (latest.accepted?.at ?? 0) >= (card.accepted?.at ?? 0) ? latest : card),
        undefined,
      ),
  );
  const top = useMemo(
    () =>
      openSuggestions(view)
        .slice(0, MOST)
        .map((card) => card.id),
    [view],
  );
  const steady = useSteadyOrder(top, {
    key: 'top',
    own: NONE,
    exists: (id) => Object.hasOwn(view.suggestions, id),
  });
  const suggestions = steady.order.flatMap((id) => view.suggestions[id] ?? []);
  const next = nextToApply(view)?.card.id;
  const may = (you?.drives ?? false) || (you?.facilitator ?? false);
  return (
    <aside className={s['suggestions']} aria-label={t.drive.suggestions}>
      <h2>{t.drive.suggestions}</h2>
      {suggestions.length === 0 ? <Empty>{t.drive.empty}</Empty> : null}
      <ul>
        {suggestions.map((card) => (
          <li key={card.id}>
            <SuggestionCard
              card={card}
              onPlace={onPlace}
              actions={may ? <DriverActions card={card} {...(card.id === next ? { chord: APPLY_CHORD } : {})} /> : null}
            />
          </li>
        ))}
        {done && !steady.order.includes(done.id) ? (
          <li>
            <SuggestionCard card={done} onPlace={onPlace} actions={may ? <DriverActions card={done} /> : null} />
          </li>
        ) : null}
      </ul>
      <OrderPill steady={steady} />
    </aside>
  );
}
