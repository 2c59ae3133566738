// The draft of one drain: the state as it would be, the events and updates that make it so. Thrown away when they cannot
// be stored.
// Invariant: whether a frame may write is read from the seat as it stands at that point of the queue.
import type { SessionEvent } from '#session-core/model/events.ts';
import type { SessionState } from '#session-core/model/state.ts';
import { evolve } from '#session-core/session.ts';
import type { DocConnection } from '../document/doc-connection.ts';
import type { SharedDocument } from '../document/document.ts';
import { AHEAD, type Verdict } from '../document/validate-update.ts';
import { type Asked, drives, type Outcome, type Refusal, type Turn, type Typed } from './commit.ts';

export interface Draft {
  state(): SessionState;
  /** Time of its last event; 0 where there is none. */
  lastAt(): number;
  happened(event: SessionEvent): void;
  answer(asked: Asked, outcome: Outcome): void;
  /** Consecutive frames, in one transaction of the document. */
  type(run: readonly Typed[]): void;
  turn(): Turn;
}

export function createDraft(before: SessionState, room: SharedDocument): Draft {
  let state = before;
  const steps: { event: SessionEvent; state: SessionState }[] = [];
  const docUpdates: Uint8Array[] = [];
  const makers = new Set<DocConnection | null>();
  const typists = new Set<DocConnection>();
  const refusals: Refusal[] = [];
  const answers: { asked: Asked; outcome: Outcome }[] = [];

  const collect = (maker: DocConnection | null) => {
    const made = room.takeUpdates();
    if (made.length === 0) return;
    docUpdates.push(...made);
    makers.add(maker);
  };
  const note = ({ peer, early }: Typed, verdict: Verdict) => {
    peer.charge(verdict.work.steps);
    // Keys that overtook what was typed before them, while offline, come again behind it.
    if (verdict.kind === 'refused' && verdict.reason === AHEAD && early) return;
    if (verdict.kind === 'refused') refusals.push({ peer, ...verdict });
    else typists.add(peer);
  };

  return {
    state: () => state,
    lastAt: () => steps.at(-1)?.event.at ?? 0,
    happened(event) {
      state = evolve(state, event);
      steps.push({ event, state });
    },
    answer: (asked, outcome) => void answers.push({ asked, outcome }),
    type(run) {
      collect(null);
      const heard = run.filter(({ peer }) => !peer.refused);
      const allowed = heard.filter(({ peer }) => drives(state, peer));
      const { verdicts, corrected } = room.type(allowed.map(({ update }) => update));
      for (const [i, typed] of allowed.entries()) note(typed, verdicts[i]!);
      // A frame from elsewhere that brings nothing is an honest echo.
      for (const { peer, update } of heard) {
        if (drives(state, peer)) continue;
        const verdict = room.checkReadOnly(update);
        peer.charge(verdict.work.steps);
        if (verdict.kind === 'refused') refusals.push({ peer, ...verdict });
      }
      const peers = new Set(allowed.map(({ peer }) => peer));
      collect(corrected || peers.size !== 1 ? null : [...peers][0]!);
    },
    turn() {
      collect(null);
      const source = makers.size === 1 ? ([...makers][0] ?? null) : null;
      return { before, after: state, steps, docUpdates, source, typists, refusals, answers };
    },
  };
}
