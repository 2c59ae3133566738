'use client';
// Sends commands and shows a refusal as a notice for a few seconds. Notices are polite and never take the focus.
import { createContext, type ReactNode, useCallback, useContext, useEffect, useMemo, useState } from 'react';
import { useSend } from '#app/_session/use-session.tsx';
import { rejectionText } from '#app/_strings/rejection-text.ts';
import { t } from '#app/_strings/strings.ts';
import type { ClientCommand } from '#session-core/model/client-commands.ts';
import type { Ack } from '#session-core/protocol/messages.ts';
import s from './command-actions.module.css';

interface Acting {
  /** Sends; a refusal is shown as a notice, and the ack is returned. */
  readonly act: (command: ClientCommand) => Promise<Ack>;
  readonly say: (sentence: string, kind?: 'good' | 'bad', offer?: Offer) => void;
}
/** The action that a notice offers, such as Undo. */
interface Offer {
  readonly label: string;
  readonly run: () => void;
}
interface Note {
  readonly text: string;
  readonly kind: 'good' | 'bad';
  readonly n: number;
  readonly offer?: Offer | undefined;
}

const ActContext = createContext<Acting | null>(null);
const NOTE_MS = 6_000;
const OFFER_MS = 15_000;

export function ActProvider({ children }: { readonly children: ReactNode }) {
  const send = useSend();
  const [note, setNote] = useState<Note | null>(null);
  const say = useCallback((text: string, kind: 'good' | 'bad' = 'good', offer?: Offer) => {
    setNote((before) => ({ text, kind, n: (before?.n ?? 0) + 1, offer }));
  }, []);
  const act = useCallback(
    async (command: ClientCommand) => {
      const ack = await send(command);
      if (!ack.ok) say(rejectionText(ack.rejection), 'bad');
      return ack;
    },
    [send, say],
  );
  useEffect(() => {
    if (note === null) return;
    const timer = setTimeout(() => setNote(null), note.offer ? OFFER_MS : NOTE_MS);
    return () => clearTimeout(timer);
  }, [note]);
  const acting = useMemo(() => ({ act, say }), [act, say]);
  return (
    <ActContext.Provider value={acting}>
      {children}
      <div className={s['place']} role="status">
        {note ? (
          <p key={note.n} className={s['note']} data-kind={note.kind}>
            <span aria-hidden="true">{note.kind === 'bad' ? '!' : '✓'}</span>
            <span dir="auto">{note.text}</span>
            {note.offer ? (
              <button
                type="button"
                className={s['offer']}
                onClick={() => {
                  setNote(null);
                  note.offer?.run();
                }}
              >
                {note.offer.label}
              </button>
            ) : null}
            <button type="button" onClick={() => setNote(null)} aria-label={t.close}>
              ×
            </button>
          </p>
        ) : null}
      </div>
    </ActContext.Provider>
  );
}

export function useActing(): Acting {
  const acting = useContext(ActContext);
  if (acting === null) throw new Error('This component is not inside ActProvider.');
  return acting;
}

export const useAct = () => useActing().act;
