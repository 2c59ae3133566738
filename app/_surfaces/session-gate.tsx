'use client';
// Wraps every surface of a session: waits for the first view, says why the page was disconnected, asks people to join.
// Invariant: the page stays readable while the connection is down; a thin bar says so after two seconds. Where the join form
// is gone, the focus goes on to the session.

import { type ReactNode, type RefObject, useEffect, useRef } from 'react';
import { useNow } from '#app/_session/clock.ts';
import { useJoins, useTabToken } from '#app/_session/tab-token.ts';
import {
  SessionProvider,
  useConnectionState,
  useFinal,
  useFirstView,
  useMaybeOfView,
  useSessionId,
  useStore,
  useYou,
} from '#app/_session/use-session.tsx';
import { t } from '#app/_strings/strings.ts';
import { appPath } from '#app/_ui/base-path.ts';
import { NoticesProvider } from '../_features/notices/notices.tsx';
import { ActProvider } from '../_session/command-actions.tsx';
import { Button, ButtonLink } from '../_ui/button.tsx';
import { focusMain } from '../_ui/focus-main.ts';
import { OnDemand } from '../_ui/on-demand.tsx';
import s from './session-gate.module.css';

const joinHere = async () => (await import('../_features/join/join-here.tsx')).JoinHere;
const noCookies = async () => (await import('./no-cookies-bar.tsx')).NoCookiesBar;
const unsavedEdits = async () => (await import('../_features/editor/unsaved-edits-panel.tsx')).UnsavedEditsPanel;

interface GateProps {
  readonly sessionId: string;
  /** Connects without joining: the projector view. */
  readonly viewer?: boolean;
  /** Shown to somebody who has not joined; by default, the join form. */
  readonly fallback?: ReactNode;
  /** JSON of what the page came with, for somebody who has joined. */
  readonly first?: string | undefined;
  /** In a form that was in this place. */
  readonly justJoined?: boolean;
  readonly children: ReactNode;
}

export function SessionGate({ sessionId, viewer = false, fallback, first, justJoined = false, children }: GateProps) {
  const hadForm = useRef(justJoined);
  const token = useTabToken(sessionId);
  const joins = useJoins();
  return (
    <SessionProvider key={joins} sessionId={sessionId} viewer={viewer} first={first}>
      <ActProvider>
        <ReconnectBar large={viewer} />
        {token === null ? null : <OnDemand quiet load={noCookies} props={{ sessionId, large: viewer }} />}
        <EndedBar large={viewer} />
        <StorageBar large={viewer} />
        <Inside viewer={viewer} fallback={fallback} hadForm={hadForm}>
          {viewer ? children : <NoticesProvider>{children}</NoticesProvider>}
        </Inside>
      </ActProvider>
    </SessionProvider>
  );
}

interface InsideProps extends Pick<GateProps, 'viewer' | 'fallback' | 'children'> {
  /** Each join connects anew: kept outside of the connection. */
  readonly hadForm: RefObject<boolean>;
}

function Inside({ viewer, fallback, hadForm, children }: InsideProps) {
  const code = useMaybeOfView((view) => view.joinCode);
  const title = useMaybeOfView((view) => view.title);
  const you = useYou();
  const joined = useFirstView() !== null || you !== null;
  const final = useFinal();
  const session = useSessionId();
  const known = final === null && code !== undefined && title !== undefined;
  const asks = known && !joined && !viewer && fallback === undefined;
  const isIn = known && joined;
  useEffect(() => {
    if (asks) hadForm.current = true;
    if (!isIn || !hadForm.current) return;
    hadForm.current = false;
    focusMain();
  }, [asks, isIn, hadForm]);
  if (final !== null) {
    return (
      <main id="main" className={s['alone']}>
        <h1>{t.connection.closed}</h1>
        <p>{final.message || t.connection.closedOther}</p>
        <OnDemand load={unsavedEdits} props={{ sessionId: session }} />
        {final.code === 'protocol' ? (
          <Button look="primary" onClick={() => location.reload()}>
            {t.connection.reload}
          </Button>
        ) : (
          <ButtonLink look="primary" href="/">
            {t.connection.home}
          </ButtonLink>
        )}
      </main>
    );
  }
  if (code === undefined || title === undefined) {
    return (
      <main id="main" className={s['alone']} aria-busy="true">
        <div className={s['pulse']} aria-hidden="true" />
        <p>{t.loading}</p>
      </main>
    );
  }
  if (!joined && !viewer) {
    return fallback ?? <OnDemand load={joinHere} props={{ code, title }} />;
  }
  return children;
}

interface Large {
  /** On the projector view. */
  readonly large: boolean;
}

/** One line over the page. */
function Bar({ large, calm = false, children }: Large & { readonly calm?: boolean; readonly children: ReactNode }) {
  return (
    <div className={s['bar']} data-calm={calm} data-bar={large ? 'large' : ''} role="status">
      {children}
    </div>
  );
}

/** An ended session stays readable. */
function EndedBar({ large }: Large) {
  const session = useSessionId();
  return useMaybeOfView((view) => view.status) === 'ended' ? (
    <Bar calm large={large}>
      <span>{t.connection.ended}</span>
      <a href={appPath(`/s/${session}/summary`)}>{t.connection.toSummary}</a>
      <a href={appPath(`/s/${session}/replay`)}>{t.connection.toReplay}</a>
    </Bar>
  ) : null;
}

/** For those who can do something about it, or whose work waits for it. */
function StorageBar({ large }: Large) {
  const fault = useMaybeOfView((view) => view.storageFault);
  const you = useYou();
  return fault !== undefined && (you?.facilitator || you?.drives) ? (
    <Bar large={large}>{t.connection.storage[fault]}</Bar>
  ) : null;
}

const BAR_AFTER_MS = 2_000;
/** A page that has never been connected has nothing to lose yet. */
const FIRST_BAR_AFTER_MS = 10_000;

function ReconnectBar({ large }: Large) {
  // The last thing that was heard of the server.
  const restarting = useMaybeOfView((view) => view.restarting) === true;
  const connection = useConnectionState();
  const store = useStore();
  const now = useNow(1000, connection.downSince !== null);
  const after = useFirstView() === null ? BAR_AFTER_MS : FIRST_BAR_AFTER_MS;
  const isDown = connection.downSince !== null && now !== null && Date.now() - connection.downSince >= after;
  if (!isDown && !restarting) return null;
  return (
    <Bar large={large}>
      <span>{restarting ? t.connection.restarting : t.connection.bar}</span>
      <button type="button" onClick={store.retry}>
        {t.connection.retry}
      </button>
    </Bar>
  );
}
