// Views made of what events changed: the same as views made whole, and so are the patches, whatever happens in between.
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { type Changes, diffViews } from '#session-core/protocol/messages.ts';
import {
  type ChangedParts,
  PARTS_OF_PRESENCE,
  partsChangedBy,
  unionOfParts,
} from '#session-core/view/changed-parts.ts';
import { viewAfter, viewOf } from '#session-core/view/view.ts';
import type { Presence, PublicView } from '#session-core/view/view-types.ts';
import { PRESENCE, replay } from '../kit.ts';
import { BEGINNING, playRandom, untilEnough } from '../random.ts';
import { type Step, step } from '../random-commands.ts';

const sessions = fc.array(step, { minLength: 40, maxLength: 140, size: 'max' });
const KINDS = ['public', 'facilitator'] as const;
const known = new Map<string, number>();

const presenceOf = ({ a, b }: Step, people: readonly string[]): Presence => ({
  online: new Set(people.filter((_, i) => (a + i) % 3 > 0)),
  narrow: new Set(people.filter((_, i) => (b + i) % 4 === 0)),
  viewers: b % 3,
  mostParticipants: people.length + (a % 3),
  ...(b % 7 ? { mostShown: 2 } : {}),
  gaps: a % 5 ? [] : ['no cgroups here'],
  retention: { keptUntil: b },
  ...(a % 4 ? {} : { storageFault: 'full' }),
  ...(b % 5 ? {} : { restarting: true }),
  ...(b % 6 ? {} : { joinBurst: { at: b, count: 20, seconds: 5, participants: people.slice(0, 2) } }),
});

/** Their order is that of the keys, which no reader minds. */
const sorted = ({ set, del }: Changes) => [...set, ...del].map((change) => JSON.stringify(change)).sort();

function compareInRandomSessions(numRuns: number): void {
  fc.assert(
    fc.property(sessions, (steps) => {
      let presence: Presence = PRESENCE;
      const views = KINDS.map((kind) => viewOf(replay(BEGINNING), { kind }, presence) as PublicView);
      let parts: ChangedParts = new Set();
      let at = 0;
      playRandom(steps, ({ events, after: state }) => {
        const chosen = steps[at % steps.length]!;
        at += 1;
        for (const event of events) {
          parts = unionOfParts(parts, partsChangedBy(event));
          known.set(event.type, (known.get(event.type) ?? 0) + 1);
        }
        // Several events between two flushes, and none.
        if (chosen.a % 3 === 0) return;
        if (chosen.b % 4 === 0) {
          presence = presenceOf(chosen, Object.keys(state.participants));
          parts = unionOfParts(parts, PARTS_OF_PRESENCE);
        }
        for (const [i, kind] of KINDS.entries()) {
          const whole = viewOf(state, { kind }, presence) as PublicView;
          const before = views[i]!;
          const made = parts === 'all' ? whole : viewAfter(before, parts, { state, kind, presence });
          expect(made).toEqual(whole);
          expect(sorted(diffViews(before, made))).toEqual(sorted(diffViews(before, whole)));
          views[i] = made;
        }
        parts = new Set();
      });
    }),
    { numRuns },
  );
}

it('are those made whole, and their patches too', () => compareInRandomSessions(80));

it('and every kind of event that is listed did happen', () => {
  const listed = [
    'suggestion.upvoted',
    'suggestion.unvoted',
    'suggestion.added',
    'suggestion.edited',
    'hand.raised',
    'hand.lowered',
    'pulse.set',
    'guess.set',
    'poll.answered',
    'participant.joined',
    'participant.renamed',
    'patch.states',
  ];
  const missing = () => listed.filter((type) => (known.get(type) ?? 0) < 3);
  untilEnough(
    () => compareInRandomSessions(20),
    () => missing().length === 0,
  );
  expect(missing()).toEqual([]);
});
