'use client';
// The export of the code: a git bundle, and the command that clones and runs it.
import { DownloadLink } from '#app/_session/download-link.tsx';
import { useSessionId } from '#app/_session/use-session.tsx';
import { t } from '#app/_strings/strings.ts';
import s from './repository.module.css';

export function Repository() {
  const session = useSessionId();
  return (
    <div className={s['repository']}>
      <div className={s['row']}>
        <b>{t.exports.repository}</b>
        <DownloadLink href={`/api/sessions/${session}/repository`}>{t.exports.bundle}</DownloadLink>
      </div>
      <p className={s['hint']}>{t.exports.repositoryHint}</p>
      <code className={s['line']}>{t.exports.clone(`session-${session}.bundle`)}</code>
    </div>
  );
}
