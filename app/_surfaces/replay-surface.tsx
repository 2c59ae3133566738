'use client';
// The replay page: readable by everybody with its address, as the summary is. What happens while it is open is not added.
import { useApi } from '#app/_session/use-api.ts';
import { useOfView, useSessionId } from '#app/_session/use-session.tsx';
import { t } from '#app/_strings/strings.ts';
import { replayRoute } from '#session-core/protocol/http-api/replay-routes.ts';
import { ButtonLink } from '../_ui/button.tsx';
import { OnDemand } from '../_ui/on-demand.tsx';
import { Hint } from '../_ui/panel.tsx';
import s from './replay.module.css';

/** Its styles would otherwise come with every page of a session. */
const loadPlayer = async () => (await import('../_features/replay/replay-player.tsx')).ReplayPlayer;

export function ReplaySurface() {
  const session = useSessionId();
  const title = useOfView((view) => view.title);
  const { value, error } = useApi(replayRoute, { params: { id: session } });
  return (
    <main id="main" className={s['page']}>
      <header className={s['head']}>
        <h1 dir="auto">{title}</h1>
        <Hint>{t.replay.hint}</Hint>
        <ButtonLink look="outline" href={`/s/${session}/summary`}>
          {t.replay.back}
        </ButtonLink>
      </header>
      {value ? (
        <OnDemand load={loadPlayer} props={{ replay: value }} />
      ) : (
        <p role="status">{error ? t.replay.failed : t.loading}</p>
      )}
      <Hint>{t.replay.keys}</Hint>
    </main>
  );
}
