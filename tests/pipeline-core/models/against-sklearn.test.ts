// Every class against scikit-learn's answers, by the cases of `npm run fuzz:models`: some hundred that were recorded
// (`--record`). A few fresh ones, where scikit-learn is installed: tests/scripts/fresh-model-cases.test.ts.
import { describe, expect, it } from 'vitest';
import recorded from '#tests/fixtures/model-answers.json' with { type: 'json' };
import { caseOf, compare, type Theirs } from '../../fuzz/models/compare.ts';
import { KINDS } from '../../fuzz/models/kinds.ts';

interface Kept extends Theirs {
  readonly seed: number;
  readonly kind: number;
  readonly name: string;
}
const cases = recorded.cases as readonly Kept[];

describe('against scikit-learn', () => {
  it.each(KINDS.map((kind, place) => [`${kind.name} ${kind.ask} (${place})`, place] as const))('%s', (_, place) => {
    const own = cases.filter(({ kind }) => kind === place);
    expect(own.length).toBeGreaterThan(3);
    const verdicts = own.map((kept) => {
      expect(KINDS[place]!.name).toBe(kept.name);
      return { seed: kept.seed, ...compare(caseOf(kept.seed, place), kept) };
    });
    expect(verdicts.filter(({ outcome }) => outcome === 'different')).toEqual([]);
    expect(verdicts.some(({ outcome }) => outcome === 'same')).toBe(true);
  });

  it('sees a difference where there is one', () => {
    const kept = cases.find(({ name }) => name === 'Ridge')!;
    const moved = (kept.answer as number[]).map((value) => value + 0.001);
    expect(compare(caseOf(kept.seed, kept.kind), { ...kept, answer: moved }).outcome).toBe('different');
  });
});
