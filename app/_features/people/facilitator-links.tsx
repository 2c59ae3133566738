'use client';
// Facilitator links: made for oneself or a co-host, shown once, listed without their secret, revoked.
// Invariant: whoever has just created a session, or whose browser keeps no cookies, sees a link to keep before anything else:
// without one a lost cookie, or a reload, leaves the session without anybody who runs it.
import { useEffect, useRef, useState } from 'react';
import { useActing } from '#app/_session/command-actions.tsx';
import { ask } from '#app/_session/http.ts';
import { tabToken, wasHandedOver } from '#app/_session/tokens.ts';
import { useOfFacilitatorView, useSessionId, useView } from '#app/_session/use-session.tsx';
import { t } from '#app/_strings/strings.ts';
import { Button } from '#app/_ui/button.tsx';
import { CopyField } from '#app/_ui/copy-field.tsx';
import { Dialog } from '#app/_ui/dialog.tsx';
import { timeText } from '#app/_ui/format.ts';
import { Hint, Panel } from '#app/_ui/panel.tsx';
import { facilitatorLinkRoute } from '#session-core/protocol/http-api/session-routes.ts';
import s from './people.module.css';

/** In the address of the host page that a created session opens. */
const CREATED = 'created';

interface Shown {
  readonly url: string;
  readonly keep: boolean;
}

/** Makes a link; `shown` is the new one until it is put away. */
function useNewLink() {
  const session = useSessionId();
  const { say } = useActing();
  const [shown, setShown] = useState<Shown | null>(null);
  const [busy, setBusy] = useState(false);
  const make = async (keep: boolean) => {
    setBusy(true);
    const answer = await ask(facilitatorLinkRoute, { params: { id: session }, body: {} });
    setBusy(false);
    if (!answer.ok) return say(answer.error.message, 'bad');
    const { pathname, hash } = new URL(answer.value.hostUrl);
    setShown({ url: `${location.origin}${pathname}${hash}`, keep });
  };
  return { shown, busy, make, put: () => setShown(null) };
}

/** On the host page itself: the link to keep, where the session has just been created or this tab alone knows who this is. */
export function FirstLink() {
  const session = useSessionId();
  const { shown, make, put } = useNewLink();
  const begun = useRef(false);
  // biome-ignore lint/correctness/useExhaustiveDependencies: once, when the page opens
  useEffect(() => {
    const query = new URLSearchParams(location.search);
    const created = query.has(CREATED);
    // A link for each page of this tab would be too many.
    const isAlone = tabToken(session) !== null && !wasHandedOver(session);
    if (begun.current || !(created || isAlone)) return;
    begun.current = true;
    if (created) history.replaceState(null, '', location.pathname);
    void make(true);
  }, []);
  return <LinkDialog shown={shown} onDone={put} />;
}

export function FacilitatorLinks() {
  const { participants } = useView('participants');
  const links = Object.entries(useOfFacilitatorView((view) => view.facilitatorLinks) ?? {});
  const { act } = useActing();
  const { shown, busy, make, put } = useNewLink();

  return (
    <Panel title={t.links.head} hint={t.links.hint}>
      <div className={s['buttons']}>
        <Button look="outline" disabled={busy} onClick={() => void make(true)}>
          {t.links.mine}
        </Button>
        <Button look="outline" disabled={busy} onClick={() => void make(false)}>
          {t.links.coHost}
        </Button>
        {links.length > 1 ? (
          <Button look="quiet" onClick={() => void act({ type: 'facilitator.unlink' })}>
            {t.links.revokeAll}
          </Button>
        ) : null}
      </div>
      {links.length === 0 ? <Hint>{t.links.none}</Hint> : null}
      <ul className={s['list']}>
        {links.map(([id, { at, by, madeBy, reusable }]) => (
          <li key={id}>
            <span className={s['displayName']} translate="no" dir="auto">
              <span>{t.links.from[madeBy](by === null ? '' : (participants[by]?.displayName ?? t.someone))}</span>
              <span>{reusable ? ` (${t.links.reusable})` : ''}</span>
            </span>
            <span className={s['time']}>{timeText(at)}</span>
            <Button look="quiet" onClick={() => void act({ type: 'facilitator.unlink', link: id })}>
              {t.links.revoke}
            </Button>
          </li>
        ))}
      </ul>
      <LinkDialog shown={shown} onDone={put} />
    </Panel>
  );
}

function LinkDialog({ shown, onDone }: { readonly shown: Shown | null; readonly onDone: () => void }) {
  return (
    <Dialog open={shown !== null} onClose={onDone} title={shown?.keep ? t.links.keepHead : t.links.coHostHead}>
      <p>{shown?.keep ? t.links.keepHint : t.links.coHostHint}</p>
      {shown ? <CopyField label={t.host.secret} text={shown.url} words={t.links.copy} /> : null}
      <div className={s['buttons']}>
        <Button onClick={onDone}>{t.links.done}</Button>
      </div>
    </Dialog>
  );
}
