// A session for component tests: the real rules and views of session-core, the page's own store and hooks around the
// component; only the socket and the HTTP routes are replaced. What a test does, a person does: it clicks and types.
import { act, render } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import type { ReactNode } from 'react';
import { vi } from 'vitest';
import { ActProvider } from '#app/_session/command-actions.tsx';
import { tabId } from '#app/_session/tab.ts';
import { SessionProvider, useMaybeOfView } from '#app/_session/use-session.tsx';
import { inTurn } from '#app/_ui/in-turn.ts';
import { whenWorkIsDone } from '#app/_ui/one-a-task.ts';
import type { ClientCommand } from '#session-core/model/client-commands.ts';
import { type FactsArgument, type RejectionCode, rejection } from '#session-core/model/rejection.ts';
import type { SessionState } from '#session-core/model/state.ts';
import type { Command } from '#session-core/model/system-commands.ts';
import type { Id } from '#session-core/model/types.ts';
import { type Ack, PROTOCOL } from '#session-core/protocol/messages.ts';
import { ackOfRejection } from '#session-core/protocol/messages-for-programs.ts';
import { aboutOf } from '#session-core/rules/idempotency.ts';
import { viewOf } from '#session-core/view/view.ts';
import type { Presence } from '#session-core/view/view-types.ts';
import { decideLine, HOST, type Line, PRESENCE, play, replay, START, start } from '../../session-core/kit.ts';
import { type Listener, serve } from './connection.ts';

export interface TestSession {
  readonly id: string;
  state(): SessionState;
  /** Somebody else, or the server, does something. */
  say(...line: Line): Promise<void>;
  /** What the person on the page sent, in order. */
  readonly sent: readonly ClientCommand[];
  /** The next command is refused so, as the server does before the rules are asked. */
  refuseNext<C extends RejectionCode>(code: C, ...facts: FactsArgument<C>): void;
  /** Commands are not answered until the returned function is called. */
  hold(): () => Promise<void>;
  /** Answers of the HTTP routes by the end of their address. */
  readonly answers: Record<string, object>;
  /** Who is on the page from its next connection on. */
  becomes(person: Id): void;
  /** Shows a component to this person; null: a viewer, who has not joined. */
  show(who: Id | null, ui: ReactNode): Promise<{ readonly user: ReturnType<typeof userEvent.setup>; leave(): void }>;
}

let sessions = 0;

export function openSession(from: SessionState = start(), presence: Presence = PRESENCE): TestSession {
  // What was fetched is kept with the page under the session's id.
  const sessionId = `session-${sessions++}`;
  let state = from;
  let who: Id | null = null;
  let refusal: Ack | null = null;
  let held: Promise<void> | null = null;
  const sent: ClientCommand[] = [];
  const answers: Record<string, object> = {};
  const listeners = new Set<Listener>();

  const snapshot = () => ({
    protocol: PROTOCOL,
    logId: 'log',
    seq: state.seq,
    youSeq: state.seq,
    view: viewOf(state, { kind: who === HOST ? 'facilitator' : 'public' } as { kind: 'public' }, presence),
    you: who === null ? null : viewOf(state, { kind: 'you', participant: who }, presence),
  });
  const tell = () => {
    for (const listener of listeners) listener.snapshot(snapshot());
  };
  const answer = (command: Command): Ack => {
    if (refusal) {
      const ack = refusal;
      refusal = null;
      return ack;
    }
    const outcome = decideLine(state, [who, command]);
    if (!outcome.ok) return ackOfRejection(outcome.error);
    state = replay(outcome.value, state);
    tell();
    const about = aboutOf(state, { command, participant: who, events: outcome.value });
    return { ok: true, seq: state.seq, ...(about === undefined ? {} : { about }) };
  };

  serve((listener) => {
    listeners.add(listener);
    listener.snapshot(snapshot());
    return {
      async send(command) {
        sent.push(command);
        await held;
        return answer(command);
      },
      retry: () => undefined,
      close: () => void listeners.delete(listener),
    };
  });
  vi.stubGlobal('fetch', async (path: string) => {
    const [, body] = Object.entries(answers).find(([end]) => path.endsWith(end)) ?? [];
    return new Response(JSON.stringify(body ?? {}), {
      status: body || !path.includes('files') ? 200 : 404,
      headers: { date: new Date().toUTCString() },
    });
  });

  return {
    id: sessionId,
    state: () => state,
    sent,
    answers,
    say: async (...line) => {
      await act(async () => {
        state = play(state, line);
        tell();
      });
      await shownInTurn();
    },
    refuseNext(...what) {
      refusal = ackOfRejection(rejection(...what));
    },
    hold() {
      const gate = Promise.withResolvers<void>();
      held = gate.promise;
      return () =>
        act(async () => {
          held = null;
          gate.resolve();
        });
    },
    becomes(person) {
      who = person;
    },
    async show(person, ui) {
      who = person;
      // On a stopped clock nothing a person does takes time.
      const user = userEvent.setup(vi.isFakeTimers() ? { delay: null } : {});
      const { unmount } = render(
        <SessionProvider sessionId={sessionId}>
          <ActProvider>
            <WhenKnown>{ui}</WhenKnown>
          </ActProvider>
        </SessionProvider>,
      );
      await act(async () => {
        await tabId();
        // The connection, and what loads by itself after the first view.
        await vi.dynamicImportSettled();
        await inTurn(() => vi.dynamicImportSettled());
      });
      await shownInTurn();
      return { user, leave: unmount };
    },
  };
}

/** What is shown in a task of its own, and what that shows. */
async function shownInTurn(): Promise<void> {
  if (!vi.isFakeTimers()) await act(() => new Promise<void>((done) => whenWorkIsDone(done)));
}

/** As the session's gate does: nothing is shown before the first view came. */
function WhenKnown({ children }: { readonly children: ReactNode }) {
  return useMaybeOfView((view) => view.id) === undefined ? null : children;
}

/** Stops the clock at this time after the session's start; what it returns moves it on. */
export function stopClock(after: number): (ms: number) => Promise<void> {
  vi.useFakeTimers({ now: START + after });
  // Testing Library lets a turn pass after each event, and knows stopped clocks by this name only.
  vi.stubGlobal('jest', { advanceTimersByTime: (ms: number) => vi.advanceTimersByTime(ms) });
  return (ms) => act(async () => void (await vi.advanceTimersByTimeAsync(ms)));
}
