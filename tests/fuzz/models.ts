// `npm run fuzz:models`: random cases for every class of pipeline-core against scikit-learn. Prints the seed, each
// unexplained difference with what replays it, and exits 1 where there is one. `--cases 1000`, `--seed n`, `--kind Ridge`
// (or its number), `--only n` replays one case; `--record file` keeps scikit-learn's answers, which tests/pipeline-core
// replays without it: those of the kinds asked, beside what the file holds of others. PYTHON=... asks another scikit-learn.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { startPeer } from '../bench/peer.ts';
import { caseOf, compare, isThere, jobOf, type Theirs } from './models/compare.ts';
import { KINDS } from './models/kinds.ts';

interface Recorded extends Theirs {
  readonly seed: number;
  readonly kind: number;
  readonly name: string;
  readonly by: string;
}

const { values } = parseArgs({
  options: {
    cases: { type: 'string', default: '1000' },
    seed: { type: 'string' },
    only: { type: 'string' },
    kind: { type: 'string' },
    record: { type: 'string' },
  },
});
const seed = Number(values.seed ?? Math.floor(Math.random() * 1e6));
const peer = await startPeer(new URL('models/peer.py', import.meta.url));
if (peer === null) {
  console.error('scikit-learn is not installed (Debian: python3-sklearn): there is nothing to compare with.');
  process.exit(1);
}
const cases = values.only === undefined ? Number(values.cases) : 1;
const wanted = KINDS.flatMap((kind, k) => {
  const asked = values.kind === undefined || values.kind === kind.name || values.kind === String(k);
  return asked && isThere(kind, peer.version) ? [k] : [];
});
console.log(`seed ${seed}: ${cases} cases against scikit-learn ${peer.version}`);
const counts = new Map<string, Record<string, number>>();
const recorded: Recorded[] = [];
let different = 0;
for (let k = 0; k < cases; k++) {
  const own = values.only === undefined ? seed * 100_000 + k : Number(values.only);
  // Kinds in turn, so that each is asked as often.
  const place = wanted[k % wanted.length]!;
  const question = caseOf(own, place);
  const { kind } = question;
  const theirs = (await peer.ask(jobOf(question))) as Theirs;
  const { outcome, why } = compare(question, theirs);
  const label = `${kind.name} ${kind.ask}`;
  const count = counts.get(label) ?? {};
  count[outcome] = (count[outcome] ?? 0) + 1;
  counts.set(label, count);
  if (outcome === 'different') {
    different++;
    console.log(`DIFFERENT ${kind.name} ${JSON.stringify(question.params).slice(0, 200)}\n  ${why}`);
    console.log(`  replay: npm run fuzz:models -- --only ${own} --kind ${place}`);
  }
  recorded.push({ seed: own, kind: place, name: kind.name, by: peer.version, ...rounded(theirs) });
}
peer.close();
for (const [name, count] of counts) {
  const parts = Object.entries(count).map(([outcome, times]) => `${times} ${outcome}`);
  console.log(`${name.padEnd(52)} ${parts.join(', ')}`);
}
console.log(`${different} unexplained differences in ${cases} cases (seed ${seed})`);
if (values.record !== undefined) {
  const before = existsSync(values.record)
    ? (JSON.parse(readFileSync(values.record, 'utf8')) as { cases: Recorded[] })
    : null;
  const others = before?.cases.filter(({ kind }) => !wanted.includes(kind)) ?? [];
  const all = [...others, ...recorded].sort((a, b) => a.kind - b.kind || a.seed - b.seed);
  writeFileSync(values.record, `${JSON.stringify({ cases: all })}\n`);
}
if (different > 0) process.exitCode = 1;

// Twelve digits are more than any tolerance.
function rounded(theirs: Theirs): Theirs {
  return JSON.parse(
    JSON.stringify(theirs, (_, value) => (typeof value === 'number' ? Number(value.toPrecision(12)) : value)),
  ) as Theirs;
}
