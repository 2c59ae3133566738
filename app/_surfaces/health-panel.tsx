'use client';
// Server health: this page's connection, the event loop delay, and missing sandbox protections. And the exports.
import { useEffect, useState } from 'react';
import { DownloadLink } from '#app/_session/download-link.tsx';
import { ask } from '#app/_session/http.ts';
import { useOfFacilitatorView, useSessionId, useView } from '#app/_session/use-session.tsx';
import { t } from '#app/_strings/strings.ts';
import type { AnswerOf } from '#session-core/protocol/http-api/route.ts';
import { healthRoute } from '#session-core/protocol/http-api/server-routes.ts';
import { Repository } from '../_features/repository/repository.tsx';
import s from '../_features/settings/host-panels.module.css';
import { ConnectionStatus } from '../_session/connection-status.tsx';
import { ButtonLink } from '../_ui/button.tsx';
import { Hint, Panel } from '../_ui/panel.tsx';

type Health = AnswerOf<typeof healthRoute>;
const EVERY_MS = 5_000;

export function HealthPanel() {
  const view = useView('people');
  const gaps = useOfFacilitatorView((view) => view.gaps) ?? [];
  const [health, setHealth] = useState<Health | null>(null);
  useEffect(() => {
    let here = true;
    const look = () =>
      void ask(healthRoute, {}).then((answer) => {
        if (here) setHealth(answer.ok ? answer.value : null);
      });
    look();
    const timer = setInterval(look, EVERY_MS);
    return () => {
      here = false;
      clearInterval(timer);
    };
  }, []);
  return (
    <Panel title={t.health.head} aside={<ConnectionStatus />}>
      <dl className={s['facts']}>
        <div>
          <dt>{t.health.online}</dt>
          <dd>{view.people.online}</dd>
        </div>
        <div>
          <dt>{t.health.sockets}</dt>
          <dd>{health?.sockets ?? '—'}</dd>
        </div>
        <div>
          <dt>{t.health.lag}</dt>
          <dd>{health === null ? '—' : `${Math.round(health.loopLagMs)} ms`}</dd>
        </div>
      </dl>
      {gaps.length === 0 ? (
        <Hint>{t.health.allProtections}</Hint>
      ) : (
        <ul className={s['gaps']}>
          {gaps.map((gap) => (
            <li key={gap}>{gap}</li>
          ))}
        </ul>
      )}
    </Panel>
  );
}

const TABLES = ['suggestions', 'votes', 'answers', 'runs', 'activity'] as const;

export function ExportPanel() {
  const session = useSessionId();
  return (
    <Panel title={t.exports.head} hint={t.exports.hint}>
      {TABLES.map((table) => (
        <div key={table} className={s['export']}>
          <b>{t.exports[table]}</b>
          <DownloadLink href={`/api/sessions/${session}/export/${table}.csv`}>CSV</DownloadLink>
          <DownloadLink href={`/api/sessions/${session}/export/${table}.csv?separator=semicolon`}>
            {t.exports.semicolons}
          </DownloadLink>
          <DownloadLink href={`/api/sessions/${session}/export/${table}.json`}>JSON</DownloadLink>
        </div>
      ))}
      <Repository />
      <ButtonLink look="outline" fresh href={`/s/${session}/summary`}>
        {t.connection.toSummary}
      </ButtonLink>
    </Panel>
  );
}
