// Of many people a view holds some: whoever it names anywhere is among them, whatever happens.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { viewOf } from '#session-core/view/view.ts';
import { everybodyIn } from '#session-core/view/view-people.ts';
import type { PublicView } from '#session-core/view/view-types.ts';
import { ANNA, BEN, CLEO, HOST, PRESENCE, play, start, withSuggestion } from '../kit.ts';
import { playRandom } from '../random.ts';
import { step } from '../random-commands.ts';

const few = { ...PRESENCE, mostShown: 1 };
const pub = (state: Parameters<typeof viewOf>[0]) => viewOf(state, { kind: 'public' }, few);
const shown = (state: Parameters<typeof viewOf>[0]) => Object.keys(pub(state).participants);

describe('of many people', () => {
  it('[V21] shows the first, the facilitators, and who is named', () => {
    expect(shown(start())).toEqual([HOST]);
    expect(Object.keys(viewOf(start(), { kind: 'public' }, { ...few, mostShown: 2 }).participants)).toEqual([
      HOST,
      ANNA,
    ]);
    const [suggested] = withSuggestion(start());
    expect(shown(suggested)).toEqual([HOST, BEN]);
    expect(shown(play(suggested, [CLEO, { type: 'hand.raise' }]))).toEqual([HOST, BEN, CLEO]);
    expect(viewOf(suggested, { kind: 'public' }, PRESENCE).participants).toEqual(everybodyIn(suggested, PRESENCE));
  });

  it('does not show by it who has a pending suggestion', () => {
    const strict = play(start(), [HOST, { type: 'session.configure', approveFirst: true }]);
    const [pending] = withSuggestion(strict);
    expect(shown(pending)).toEqual([HOST]);
    expect(Object.keys(viewOf(pending, { kind: 'facilitator' }, few).participants)).toEqual([HOST, BEN]);
  });

  it('[V21] counts all of them', () => {
    expect(pub(start()).people).toEqual(viewOf(start(), { kind: 'public' }, PRESENCE).people);
  });

  it('[V21] names nobody whom it does not show', () => {
    const sessions = fc.array(step, { minLength: 40, maxLength: 120, size: 'max' });
    fc.assert(
      fc.property(sessions, (steps) => {
        playRandom(steps, ({ after: state }) => {
          if (state.seq % 5 !== 0) return;
          const present = new Set(Object.keys(everybodyIn(state, few)));
          for (const kind of ['public', 'facilitator'] as const) {
            const view = viewOf(state, { kind }, few) as PublicView;
            const named = idsIn(namedParts(view)).filter((id) => present.has(id));
            for (const id of named) expect(view.participants, `${kind}: ${id}`).toHaveProperty(id);
          }
        });
      }),
      { numRuns: 60 },
    );
  });
});

/** Without a list of ids that no page shows by name: who joined in a burst. */
function namedParts({ participants: _, ...view }: PublicView & { readonly joinBurst?: unknown }): object {
  const { joinBurst: __, ...rest } = view;
  return rest;
}

function idsIn(value: unknown): string[] {
  if (typeof value === 'string') return /^p[0-9a-f]+$/.test(value) ? [value] : [];
  if (typeof value !== 'object' || value === null) return [];
  // What an entry of the activity list is about: where that is somebody, their name is one of its facts.
  const parts = Object.entries(value).filter(([key]) => key !== 'about');
  return parts.flatMap(([key, one]) => [...idsIn(key), ...idsIn(one)]);
}
