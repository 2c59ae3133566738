// Every class against scikit-learn's answers, by the cases of `npm run fuzz:models`: some hundred that were recorded
// (`--record`), and, where scikit-learn is installed, a few fresh ones.
import { describe, expect, it } from 'vitest';
import recorded from '#tests/fixtures/model-answers.json' with { type: 'json' };
import { startPeer } from '../../bench/peer.ts';
import { caseOf, compare, isThere, jobOf, type Theirs } from '../../fuzz/models/compare.ts';
import { KINDS } from '../../fuzz/models/kinds.ts';

const FRESH = 12;
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

  it('and in cases put to it now, where it is installed', async (context) => {
    const peer = await startPeer(new URL('../../fuzz/models/peer.py', import.meta.url));
    if (peer === null) return context.skip();
    // The same cases each time; `npm run fuzz:models` draws others.
    const seed = 2026;
    const there = KINDS.flatMap((kind, place) => (isThere(kind, peer.version) ? [place] : []));
    for (let k = 0; k < FRESH; k++) {
      const question = caseOf(seed * 100 + k, there[(seed + k) % there.length]!);
      const { outcome, why } = compare(question, (await peer.ask(jobOf(question))) as Theirs);
      const replay = `npm run fuzz:models -- --only ${question.seed} --kind ${KINDS.indexOf(question.kind)}`;
      expect(outcome === 'different' ? `${replay}: ${why}` : '').toBe('');
    }
    peer.close();
    // Each case is a dozen fits of another process.
  }, 300_000);
});
