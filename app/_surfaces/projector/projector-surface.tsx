'use client';
// The projector view: no controls, nothing pending; dark until T is pressed. The facilitator chooses the scene; the keys 1
// to 9 show another one here, and the arrow keys another column of the data, until the facilitator chooses again.
// Invariant: shows the public view only; connects as a viewer even if this browser has a cookie.
import { type CSSProperties, useEffect, useState } from 'react';
import { useOfView, useView } from '#app/_session/use-session.tsx';
import { t } from '#app/_strings/strings.ts';
import { lastShown, mainRuns, newestResult } from '#session-core/client/scores.ts';
import { openSuggestions } from '#session-core/client/selectors.ts';
import { SCENES, type Scene } from '#session-core/model/types.ts';
import type { PublicView } from '#session-core/view/view-types.ts';
import { DataScene } from '../../_features/data/data-scene.tsx';
import { columnBeside } from '../../_features/data/paging.ts';
import { useDataProfile } from '../../_features/data/use-data.ts';
import { useJoinAddress } from '../../_features/join/join-address.ts';
import { spacedCode } from '../../_features/join/join-qr.tsx';
import { RunLiveRegion } from '../../_features/notices/run-live-region.tsx';
import { RunNotice } from '../../_features/scores/run-notice.tsx';
import { TimerFace } from '../../_features/settings/timer-face.tsx';
import { ConnectionStatus } from '../../_session/connection-status.tsx';
import { Keys } from '../../_session/keys/shortcuts.tsx';
import { Icon } from '../../_ui/icon.tsx';
import { useZoom } from '../../_ui/use-zoom.ts';
import { CompareScene } from './compare-scene.tsx';
import { PollScene } from './poll-scene.tsx';
import s from './projector.module.css';
import { CodeScene, JoinScene, PipelineScene, QueueScene, ResultsScene } from './projector-scenes.tsx';
import { RevealScene } from './reveal-scene.tsx';

interface Own {
  readonly name: Scene;
  readonly column?: string;
  readonly seq: number;
}

/** The server renders this page in the session's language: where that has changed, it is asked again. */
function useSessionLanguage(): void {
  const language = useOfView((view) => view.settings.language);
  useEffect(() => {
    if (language !== t.lang) location.reload();
  }, [language]);
}

export function ProjectorSurface() {
  useSessionLanguage();
  const chosen = useOfView((view) => view.scene);
  const [own, setOwn] = useState<Own | null>(null);
  const [theme, setTheme] = useState<'dark' | 'light'>('dark');
  const zoom = useZoom();
  const shown: Pick<PublicView['scene'], 'name' | 'column' | 'place'> =
    own !== null && own.seq === chosen.seq ? own : chosen;
  const { name: scene, column, place } = shown;
  const go = (name: Scene) => setOwn({ name, seq: chosen.seq });
  const columns = useDataProfile(scene === 'data').value;
  const page = (step: number) => {
    const next = columns === null ? undefined : columnBeside(columns, column, step);
    if (next !== undefined) setOwn({ name: 'data', column: next, seq: chosen.seq });
  };
  return (
    <div className={s['page']} data-theme={theme} style={{ '--zoom': zoom } as CSSProperties}>
      <main id="main" className={s['scene']} data-scene={scene} aria-label={t.projector.scenes[scene]}>
        {scene === 'code' || scene === 'pipeline' || scene === 'results' ? (
          <h1 className="hidden-text">{t.projector.scenes[scene]}</h1>
        ) : null}
        {scene === 'join' ? <JoinScene /> : null}
        {scene === 'data' ? <DataScene column={column} /> : null}
        {scene === 'code' ? <CodeScene place={place} /> : null}
        {scene === 'pipeline' ? <PipelineScene /> : null}
        {scene === 'results' ? <ResultsScene /> : null}
        {scene === 'queue' ? <QueueScene /> : null}
        {scene === 'reveal' ? <RevealScene /> : null}
        {scene === 'compare' ? <CompareScene /> : null}
        {scene === 'poll' ? <PollScene /> : null}
      </main>
      {TILED.has(scene) ? null : <Notice />}
      <Foot scene={scene} />
      <Keys
        list={[
          ...SCENES.map((each, i) => ({ key: String(i + 1), what: t.projector.scenes[each], run: () => go(each) })),
          ...(scene === 'data'
            ? [
                { key: 'ArrowLeft', what: t.data.previous, run: () => page(-1) },
                { key: 'ArrowRight', what: t.data.next, run: () => page(1) },
              ]
            : []),
          { key: 't', what: t.projector.theme, run: () => setTheme(theme === 'dark' ? 'light' : 'dark') },
          { key: 'f', what: t.projector.full, run: () => void toggleFullscreen() },
        ]}
      />
      <RunLiveRegion />
    </div>
  );
}

async function toggleFullscreen(): Promise<void> {
  try {
    if (document.fullscreenElement) await document.exitFullscreen();
    else await document.documentElement.requestFullscreen();
  } catch {
    // The browser refused full screen; F11 still works.
  }
}

/** On every scene, so that nobody talks on over a run that failed. */
/** Their tile says what came of the newest run. */
const TILED: ReadonlySet<Scene> = new Set(['code', 'pipeline', 'results']);

function Notice() {
  const view = useView('runs', 'task');
  const runs = mainRuns(view);
  const newest = newestResult(runs);
  if (newest === undefined || newest.id === lastShown(runs, view.task)?.id) return null;
  return (
    <aside className={s['notice']}>
      <RunNotice run={newest} task={view.task} />
    </aside>
  );
}

function Foot({ scene }: { readonly scene: Scene }) {
  const view = useView('title', 'joinCode', 'people', 'suggestions');
  const { address } = useJoinAddress();
  const driver = useOfView((all) => all.participants[all.driver?.participant ?? '']?.displayName);
  return (
    <footer className={s['foot']}>
      <b dir="auto">{view.title}</b>
      {driver === undefined ? null : (
        <span>
          <Icon name="driver" size={24} /> <span>{t.now.drivesNow(driver)}</span>
        </span>
      )}
      <TimerFace />
      <span className={s['grow']} />
      {scene === 'join' ? null : (
        <span>
          <span translate="no">{address.replace(/^https?:\/\//, '')}</span>{' '}
          <code className={s['code']}>{spacedCode(view.joinCode)}</code>
        </span>
      )}
      <span>
        <Icon name="people" size={24} /> <span>{view.people.online}</span>
      </span>
      <span>
        <Icon name="suggestion" size={24} /> <span>{openSuggestions(view).length}</span>
      </span>
      <ConnectionStatus />
    </footer>
  );
}
