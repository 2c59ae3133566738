// Our models against scikit-learn itself, in cases of `npm run fuzz:models` that nobody recorded.
import { expect, it } from 'vitest';
import { startPeer } from '../bench/peer.ts';
import { caseOf, compare, isThere, jobOf, type Theirs } from '../fuzz/models/compare.ts';
import { KINDS } from '../fuzz/models/kinds.ts';

const FRESH = 12;

it('models answer as scikit-learn does in fresh cases, where it is installed', async (context) => {
  const peer = await startPeer(new URL('../fuzz/models/peer.py', import.meta.url));
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
