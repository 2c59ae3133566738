'use client';
// Sends commands and shows a refusal as a notice for a few seconds. Notices are polite and never take the focus.
import { createContext, type ReactNode, useCallback, useContext, useEffect, useMemo, useRef, useState } from 'react';
import { useSend } from '#app/_session/use-session.tsx';
import { lateRejectionText } from '#app/_strings/rejection-text.ts';
import { t } from '#app/_strings/strings.ts';
import type { ClientCommand } from '#session-core/model/client-commands.ts';
import type { Ack } from '#session-core/protocol/messages.ts';
import s from './command-actions.module.css';

interface Acting {
  /** Sends; a refusal is shown as a notice, and the ack is returned. */
  readonly act: (command: ClientCommand) => Promise<Ack>;
  readonly say: (sentence: string, kind?: 'good' | 'bad', offer?: Offer) => void;
  /** Whether this page has decided about the suggestion a moment ago. */
  readonly actedOn: (suggestion: string) => boolean;
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
const MOMENT_MS = 10_000;
/** What a driver or facilitator decides about a suggestion. */
const DECIDES: ReadonlySet<ClientCommand['type']> = new Set([
  'suggestion.pin',
  'suggestion.accept',
  'suggestion.unaccept',
  'suggestion.approve',
  'suggestion.decline',
  'suggestion.merge',
]);

export function ActProvider({ children }: { readonly children: ReactNode }) {
  const send = useSend();
  const [note, setNote] = useState<Note | null>(null);
  const say = useCallback((text: string, kind: 'good' | 'bad' = 'good', offer?: Offer) => {
    setNote((before) => ({ text, kind, n: (before?.n ?? 0) + 1, offer }));
  }, []);
  const acted = useRef(new Map<string, number>());
  const actedOn = useCallback((id: string) => (acted.current.get(id) ?? 0) > Date.now() - MOMENT_MS, []);
  const act = useCallback(
    async (command: ClientCommand) => {
      if (DECIDES.has(command.type) && 'suggestion' in command && command.suggestion)
        acted.current.set(command.suggestion, Date.now());
      const ack = await send(command);
      if (!ack.ok) void lateRejectionText(ack.rejection).then((text) => say(text, 'bad'));
      return ack;
    },
    [send, say],
  );
  useEffect(() => {
    if (note === null) return;
    const timer = setTimeout(() => setNote(null), note.offer ? OFFER_MS : NOTE_MS);
    return () => clearTimeout(timer);
  }, [note]);
  const acting = useMemo(() => ({ act, say, actedOn }), [act, say, actedOn]);
  return (
    <ActContext.Provider value={acting}>
      {children}
      <div className={s['place']} data-above-dialogs role="status">
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
