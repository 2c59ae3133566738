'use client';
// The code to take along: a link to clone and pull from while the session goes on, and the same as one file.
import { useState } from 'react';
import { useActing } from '#app/_session/command-actions.tsx';
import { DownloadLink } from '#app/_session/download-link.tsx';
import { ask } from '#app/_session/http.ts';
import { useSessionId } from '#app/_session/use-session.tsx';
import { t } from '#app/_strings/strings.ts';
import { Button } from '#app/_ui/button.tsx';
import { CopyField } from '#app/_ui/copy-field.tsx';
import { Hint } from '#app/_ui/panel.tsx';
import { cloneLinkRoute } from '#session-core/protocol/http-api/export-routes.ts';
import s from './repository.module.css';

export function Repository() {
  const session = useSessionId();
  const { say } = useActing();
  const [command, setCommand] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const make = async () => {
    setBusy(true);
    const answer = await ask(cloneLinkRoute, { params: { id: session } });
    setBusy(false);
    if (!answer.ok) return say(answer.error.message, 'bad');
    // As this browser reaches the server, which may be another address than the server's own name for itself.
    setCommand(`git clone ${location.origin}${new URL(answer.value.url).pathname}`);
  };
  return (
    <div className={s['repository']}>
      <b>{t.exports.repository}</b>
      <Hint>{t.exports.cloneHint}</Hint>
      <div className={s['row']}>
        <Button disabled={busy} onClick={() => void make()}>
          {t.exports.cloneLink}
        </Button>
        <DownloadLink href={`/api/sessions/${session}/repository`}>{t.exports.bundle}</DownloadLink>
        <DownloadLink href={`/api/sessions/${session}/repository.zip`}>{t.exports.zip}</DownloadLink>
        <DownloadLink href="/api/crowd.mjs">{t.exports.crowdFile}</DownloadLink>
      </div>
      <Hint>{t.exports.crowdHint}</Hint>
      {command === null ? null : (
        <CopyField
          key={command}
          label={t.exports.cloneCommand}
          hint={t.exports.cloneMade}
          text={command}
          words={t.links.copy}
        />
      )}
      <code className={s['line']}>{t.exports.clone(`session-${session}.bundle`)}</code>
    </div>
  );
}
