'use client';
// The participant's page, phone first: tabs Now / Suggestions / Data / Code / Results, with Suggest and Raise hand always visible.
// On wide screens the suggestions are a second column. Invariant: Monaco loads only to write a patch, chart code only
// for Data and Results.
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { useEnded, useFirstView, useOfView, useSessionId, useStore, useYou } from '#app/_session/use-session.tsx';
import { t } from '#app/_strings/strings.ts';
import type { Place } from '#pipeline-core/core/report.ts';
import type { Anchor, SharedExpression } from '#session-core/model/client-commands.ts';
import { TourBar } from '../_features/agenda/tour-bar.tsx';
import { useNoticeSurface } from '../_features/notices/notices.tsx';
import { ParamsPanel } from '../_features/params/params-panel.tsx';
import type { Composer } from '../_features/suggestions/composer.tsx';
import { SuggestionQueue } from '../_features/suggestions/suggestion-queue.tsx';
import { useAct } from '../_session/command-actions.tsx';
import { Button } from '../_ui/button.tsx';
import { Dialog } from '../_ui/dialog.tsx';
import { Icon, type IconName } from '../_ui/icon.tsx';
import { early, OnDemand, useSoon } from '../_ui/on-demand.tsx';
import { Panel } from '../_ui/panel.tsx';
import { useWide } from '../_ui/use-min-width.ts';
import { NowTab } from './now-tab.tsx';
import s from './participant.module.css';
import { TopBar } from './top-bar.tsx';
import { useTour } from './use-tour.ts';

// Each loads with its tab or dialog: a phone that only votes never fetches them.
const liveCode = () => import('../_features/editor/live-code.tsx').then((module) => module.LiveCode);
const revisionCode = () => import('../_features/revisions/revision-code.tsx').then((module) => module.RevisionCode);
const dataView = () => import('../_features/data/look-at-data.tsx').then((module) => module.LookAtData);
const results = () => import('./results-tab.tsx').then((module) => module.Results);
const patchComposer = () =>
  import('../_features/suggestions/patch-composer.tsx').then((module) => module.PatchComposer);

const composer = early(async () => (await import('../_features/suggestions/composer.tsx')).Composer);
const keys = early(async () => (await import('../_session/keys/shortcuts.tsx')).Keys);
/** What most people open first. */
const SOON = [composer];

const TABS = ['now', 'suggestions', 'data', 'code', 'results'] as const;
type Tab = (typeof TABS)[number];
type Sheet =
  | ({ readonly kind: 'compose' } & Pick<Parameters<typeof Composer>[0], 'anchor' | 'start' | 'expression'>)
  | { readonly kind: 'patch' | 'params' };

/** The answer to a question, a guess, a search: what is typed there would be gone with its tab. */
const isWriting = (main: HTMLElement | null): boolean => {
  const field = document.activeElement;
  return field instanceof HTMLElement && main?.contains(field) === true && field.matches('input, textarea, select');
};

export function ParticipantSurface() {
  const session = useSessionId();
  const store = useStore();
  const ended = useEnded();
  const wide = useWide(1000);
  const mayPatch = useWide(700);
  const [reading, setReading] = useState<string | null>(null);
  const [tab, setTab] = useState<Tab>('now');
  const [sheet, setSheet] = useState<Sheet | null>(null);
  const [mark, setMark] = useState<{ file: string; fromLine: number; toLine: number } | null>(null);
  const main = useRef<HTMLElement>(null);
  const front = useRef<HTMLDivElement>(null);
  const shown = wide && tab === 'suggestions' ? 'now' : tab;
  // A tour goes to its lines on every phone, but takes nobody away from what they write.
  const { tour, key: place } = useTour();
  const [followed, setFollowed] = useState<string | null>(null);
  // On a laptop the column scrolls, on a phone the whole page.
  const toTop = useCallback(() => {
    for (const box of [main.current, front.current]) box?.scrollTo({ top: 0 });
  }, []);
  const go = useCallback(
    (next: Tab) => {
      setMark(null);
      setTab(next);
      toTop();
    },
    [toTop],
  );
  // Always the same function: each suggestion has it, and would be rendered with the page.
  const toPlace = useCallback(
    (place: Place) => {
      go('code');
      // The tour's lines are left: the bar has the way back.
      setFollowed(null);
      setMark({ file: place.file, fromLine: place.line, toLine: place.line });
    },
    [go],
  );
  const toTour = () => {
    go('code');
    setMark(tour);
    setFollowed(place);
  };
  // biome-ignore lint/correctness/useExhaustiveDependencies: once for each place of the tour, not when a sheet closes
  useEffect(() => {
    if (place !== null && sheet === null && !isWriting(main.current)) toTour();
    if (place === null && followed !== null) setMark(null);
    if (place === null) setFollowed(null);
  }, [place]);
  useSoon(SOON, useFirstView() === null);
  useNoticeSurface((place) => {
    setSheet(null);
    toPlace(place);
  });
  const suggestAbout = useMemo(
    () =>
      ended
        ? {}
        : {
            onSuggest: (start: string, expression?: SharedExpression) =>
              setSheet({ kind: 'compose', start, ...(expression ? { expression } : {}) }),
          },
    [ended],
  );
  const compose = (anchor?: Anchor) => setSheet(anchor ? { kind: 'compose', anchor } : { kind: 'compose' });
  const close = () => setSheet(null);
  const about = sheet?.kind === 'compose' ? sheet : null;
  return (
    <div className={s['page']}>
      <TopBar />
      <main id="main" ref={main} className={s['main']} data-tab={shown}>
        <div ref={front} className={s['front']}>
          {tour ? (
            <TourBar place={tour} onGo={shown === 'code' && mark !== null && followed === place ? null : toTour} />
          ) : null}
          {shown === 'now' ? (
            <NowTab
              onResults={() => go('results')}
              onParams={() => setSheet({ kind: 'params' })}
              onSuggestions={() => go(wide ? 'now' : 'suggestions')}
              onPlace={toPlace}
              onTop={toTop}
            />
          ) : null}
          {shown === 'suggestions' ? <SuggestionQueue onPlace={toPlace} /> : null}
          {shown === 'data' ? <OnDemand load={dataView} props={suggestAbout} /> : null}
          {shown === 'code' ? (
            <div className={s['code']}>
              {mayPatch && !ended ? (
                <div className={s['codeTools']}>
                  <Button look="signal" onClick={() => setSheet({ kind: 'patch' })}>
                    <Icon name="code" /> <span>{t.compose.changeCode}</span>
                  </Button>
                </div>
              ) : null}
              {ended ? (
                <OnDemand load={revisionCode} props={{}} />
              ) : (
                <OnDemand
                  load={liveCode}
                  props={{
                    sessionId: session,
                    mark,
                    onFile: setReading,
                    onLine: ({ file, line }) => {
                      const revision = store.get().view?.revision;
                      if (revision !== undefined) compose({ file, fromLine: line, toLine: line, revision });
                    },
                  }}
                />
              )}
            </div>
          ) : null}
          {shown === 'results' ? <OnDemand load={results} props={{ onPlace: toPlace, ...suggestAbout }} /> : null}
        </div>
        {wide ? (
          <aside className={s['side']} aria-label={t.tabs.suggestions}>
            <Panel title={t.tabs.suggestions}>
              <SuggestionQueue onPlace={toPlace} />
            </Panel>
          </aside>
        ) : null}
      </main>
      <footer className={s['foot']}>
        {ended ? null : <ActionRow onSuggest={() => compose()} />}
        <nav className={s['tabs']} aria-label={t.tabs.label}>
          {TABS.filter((each) => !(wide && each === 'suggestions')).map((each) => (
            <button
              key={each}
              type="button"
              aria-current={shown === each ? 'page' : undefined}
              onClick={() => go(each)}
            >
              <Icon name={ICONS[each]} size={22} />
              <span>{t.tabs[each]}</span>
            </button>
          ))}
        </nav>
      </footer>
      <Dialog open={sheet?.kind === 'compose'} onClose={close} title={t.compose.head}>
        <OnDemand
          load={composer}
          props={{
            onDone: close,
            ...(about?.anchor ? { anchor: about.anchor } : {}),
            ...(about?.start ? { start: about.start } : {}),
            ...(about?.expression ? { expression: about.expression } : {}),
          }}
        />
      </Dialog>
      <Dialog open={sheet?.kind === 'params'} onClose={close} title={t.params.head}>
        <ParamsPanel />
      </Dialog>
      <Dialog open={sheet?.kind === 'patch'} onClose={close} title={t.compose.changeCode} wide>
        <OnDemand load={patchComposer} props={{ file: reading, onSent: close, onCancel: close }} />
      </Dialog>
      <OnDemand
        quiet
        load={keys}
        props={{
          list: [
            ...(ended ? [] : [{ key: 's', what: t.actions.suggest, run: () => compose() }]),
            { key: '1', what: t.tabs.now, run: () => go('now') },
            { key: '2', what: t.tabs.suggestions, run: () => go('suggestions') },
            { key: '3', what: t.tabs.data, run: () => go('data') },
            { key: '4', what: t.tabs.code, run: () => go('code') },
            { key: '5', what: t.tabs.results, run: () => go('results') },
          ],
        }}
      />
    </div>
  );
}

const ICONS: Readonly<Record<Tab, IconName>> = {
  now: 'now',
  suggestions: 'suggestion',
  data: 'data',
  code: 'code',
  results: 'results',
};

function ActionRow({ onSuggest }: { readonly onSuggest: () => void }) {
  const act = useAct();
  const you = useYou();
  const place = useOfView((view) => view.hands.indexOf(you?.participant ?? '') + 1);
  const up = you?.hand ?? false;
  return (
    <div className={s['actions']}>
      <Button look="signal" wide onClick={onSuggest}>
        <Icon name="suggestion" /> <span>{t.actions.suggest}</span>
      </Button>
      <Button
        look={up ? 'primary' : 'outline'}
        wide
        aria-pressed={up}
        onClick={() => void act({ type: up ? 'hand.lower' : 'hand.raise' })}
      >
        <Icon name="hand" />{' '}
        <span>{up ? (place > 0 ? t.actions.handUp(place) : t.actions.handDown) : t.actions.hand}</span>
      </Button>
    </div>
  );
}
