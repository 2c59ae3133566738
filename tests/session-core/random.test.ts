// The rules under random sessions: what holds whatever participants and the server do.
import fc from 'fast-check';
import * as v from 'valibot';
import { expect, it } from 'vitest';
import { effectsOf } from '#session-core/effects.ts';
import { clientCommandSchema } from '#session-core/model/client-commands.ts';
import type { SessionEvent } from '#session-core/model/events.ts';
import { CLIENT_COMMANDS } from '#session-core/model/rights.ts';
import type { SessionState } from '#session-core/model/state.ts';
import { answerBefore } from '#session-core/rules/idempotency.ts';
import { isPublic } from '#session-core/rules/suggestion.ts';
import { decide, evolve } from '#session-core/session.ts';
import { viewOf } from '#session-core/view/view.ts';
import { replay } from './kit.ts';
import { BEGINNING, playRandom, untilEnough } from './random.ts';
import { step } from './random-commands.ts';

const sessions = fc.array(step, { minLength: 40, maxLength: 160, size: 'max' });
const runs = { numRuns: 120 };

const happened = new Map<string, number>();
const count = (word: string) => happened.set(word, (happened.get(word) ?? 0) + 1);

function tryOut(more: { readonly numRuns: number }): void {
  fc.assert(
    fc.property(sessions, (steps) => {
      playRandom(steps, ({ command, events, refused, after }) => {
        if ((CLIENT_COMMANDS as readonly string[]).includes(command.type))
          expect(v.is(clientCommandSchema, command), JSON.stringify(command)).toBe(true);
        count(`${command.type} ${refused ?? (events.length > 0 ? 'done' : 'nothing')}`);
        for (const event of events) {
          count(event.type);
          effectsOf(event, after);
        }
      });
    }),
    more,
  );
}

it('[S11] decide never throws, and every client command is one the schema lets in', () => tryOut(runs));

it('[S11] evolve ignores events of an unknown type', () => {
  const state = replay(BEGINNING);
  const strange = { seq: state.seq + 1, at: 1, by: null, type: 'moon.landed', payload: {} } as unknown as SessionEvent;
  expect(evolve(state, strange)).toEqual({ ...state, seq: state.seq + 1 });
  const lost: SessionEvent[] = [
    { seq: 99, at: 1, by: 'p99', type: 'suggestion.upvoted', payload: { suggestion: 's99' } },
    {
      seq: 100,
      at: 1,
      by: null,
      type: 'run.finished',
      payload: { run: 'r99', report: { status: 'failed', stages: [], metrics: {}, findings: [], ms: 0, detail: '' } },
    },
    { seq: 101, at: 1, by: null, type: 'moderation.undone', payload: { seq: 4 } },
    { seq: 102, at: 1, by: null, type: 'participant.renamed', payload: { displayName: 'x' } },
  ];
  expect({ ...lost.reduce(evolve, state), seq: 0, activity: [], acting: null, recentCommands: {} }).toEqual({
    ...state,
    seq: 0,
    activity: [],
    acting: null,
    recentCommands: {},
  });
});

it('[S12] replaying the log yields the same state, and JSON loses nothing', () => {
  fc.assert(
    fc.property(sessions, (steps) => {
      const log = [...BEGINNING];
      const state = playRandom(steps, ({ events }) => void log.push(...events));
      expect(replay(JSON.parse(JSON.stringify(log)))).toEqual(state);
      const stored: SessionState = JSON.parse(JSON.stringify(state));
      expect(stored).toEqual(state);
      expect(log.map(({ seq }) => seq)).toEqual(log.map((_, i) => i + 1));
    }),
    runs,
  );
});

it('[S12] a state that came from JSON decides as the live one', () => {
  fc.assert(
    fc.property(sessions, (steps) => {
      playRandom(steps, ({ state, command, who, cause, at, facts }) => {
        if (state.seq % 7 !== 0) return;
        const meta = { at, cause, actor: { participant: who }, tab: 'tab-0', facts };
        const stored = decide(JSON.parse(JSON.stringify(state)), command, meta);
        expect(stored).toEqual(decide(state, command, meta));
      });
    }),
    { numRuns: 40 },
  );
});

it('[S8] a resent command happens once', () => {
  fc.assert(
    fc.property(sessions, (steps) => {
      const done: { who: string; cause: string; seq: number }[] = [];
      const state = playRandom(steps, ({ who, cause, events, after }) => {
        if (who !== null && events.length > 0) done.push({ who, cause, seq: after.seq });
      });
      for (const { who, cause, seq } of done) {
        if (state.participants[who]?.removed) continue;
        const known = answerBefore(state, who, cause);
        // Only those of a removed participant, or older than the last 50, are not kept.
        if (known === null) continue;
        expect(known.seq).toBe(seq);
        count('resend answered');
      }
    }),
    { numRuns: 60 },
  );
});

it('[G4] one vote per participant, one pin, one driver, one offer, whatever happens', () => {
  fc.assert(
    fc.property(sessions, (steps) => {
      playRandom(steps, ({ after: s }) => {
        const cards = Object.values(s.suggestions);
        const view = viewOf(
          s,
          { kind: 'public' },
          { online: new Set(), viewers: 0, mostParticipants: 1_200, gaps: [], retention: { keptUntil: 0 } },
        );
        for (const [id, card] of Object.entries(s.suggestions)) {
          expect(card.voters[card.author]).toBe(true);
          if (card.mergedInto !== undefined) expect(s.suggestions[card.mergedInto]).toBeDefined();
          if (isPublic(card)) expect(view.suggestions[id]?.votes).toBe(new Set(Object.keys(card.voters)).size);
          expect(card.status === 'accepted').toBe(card.accepted !== undefined);
        }
        const pinned = cards.filter((card) => card.pinned);
        expect(pinned.length).toBeLessThan(2);
        for (const card of pinned) expect([card.status, typeof card.pinnedAt]).toEqual(['open', 'number']);
        for (const id of [s.driver?.participant, s.offer?.to]) if (id) expect(s.participants[id]?.removed).toBe(false);
        if (s.offer) expect(s.offer.to).not.toBe(s.driver?.participant);
        for (const id of Object.keys(s.hands))
          expect([s.participants[id]?.removed, id === s.driver?.participant]).toEqual([false, false]);
        expect(Object.keys(s.revisions)).toHaveLength(s.revision);
        const waiting = Object.values(s.runs).filter(({ kind, status }) => kind === 'main' && status === 'queued');
        expect(waiting.length).toBeLessThan(3);
        const here = Object.values(s.participants)
          .filter(({ removed }) => !removed)
          .map(({ displayName }) => displayName.toLowerCase());
        expect(new Set(here).size).toBe(here.length);
      });
    }),
    { numRuns: 40 },
  );
});

const OFTEN = [
  'suggestion.accept done',
  'suggestion.unaccept done',
  'suggestion.merge done',
  'moderation.undo done',
  'driver.accept done',
  'preview.request done',
  'revision.restore done',
];
const SOMETIMES = [
  'preview.reused',
  'run.finished',
  'run.interrupted',
  'run.checked',
  'driver.offerClosed',
  'suggestion.edited',
  'resend answered',
];
const REFUSED = / (conflict|not_allowed|not_found|wrong_status|frozen)$/;

it('has really tried: every command was done, and the rare ones too', () => {
  const atLeast = (least: number, words: readonly string[]) =>
    words.filter((word) => (happened.get(word) ?? 0) < least);
  const missing = () => [
    ...atLeast(
      1,
      CLIENT_COMMANDS.map((type) => `${type} done`),
    ),
    ...atLeast(11, OFTEN),
    ...atLeast(6, SOMETIMES),
  ];
  untilEnough(
    () => tryOut({ numRuns: 100 }),
    () => missing().length === 0,
  );
  expect(missing()).toEqual([]);
  expect([...happened.keys()].filter((word) => REFUSED.test(word)).length).toBeGreaterThan(20);
});
