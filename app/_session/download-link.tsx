'use client';
// A link to a file of the session. Where the browser keeps no cookies, a plain link would be refused: then the file is
// fetched with this tab's token and handed to the browser.
import { type ReactNode, useState } from 'react';
import { Button, ButtonLink, type ButtonLook } from '#app/_ui/button.tsx';
import { saveFile } from '#app/_ui/save-file.ts';
import s from './download-link.module.css';
import { fileOf } from './http.ts';
import { useTabToken } from './tab-token.ts';
import { useSessionId } from './use-session.tsx';

export function DownloadLink(props: {
  readonly href: string;
  readonly look?: ButtonLook;
  readonly children: ReactNode;
}) {
  const { href, look = 'outline', children } = props;
  const token = useTabToken(useSessionId());
  const [busy, setBusy] = useState(false);
  const [fault, setFault] = useState<string | null>(null);
  if (token === null) {
    return (
      <ButtonLink file look={look} href={href}>
        {children}
      </ButtonLink>
    );
  }
  const load = async () => {
    setBusy(true);
    const file = await fileOf(href, token);
    setBusy(false);
    setFault(file.ok ? null : file.error.message);
    if (file.ok) saveFile(file.value.name, file.value.blob);
  };
  return (
    <>
      <Button look={look} disabled={busy} onClick={() => void load()}>
        {children}
      </Button>
      {fault === null ? null : (
        <span className={s['fault']} role="alert">
          {fault}
        </span>
      )}
    </>
  );
}
