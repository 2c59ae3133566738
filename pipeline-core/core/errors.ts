// The one error class of this library: what is wrong, which thing, what to do about it.

export class PipelineError extends Error {
  override readonly name = 'PipelineError';
  readonly code: string;
  readonly facts: Readonly<Record<string, string | number>>;

  /** @param code short and stable, for programs: 'unknown-column' ...; @param message a sentence for people */
  constructor(code: string, message: string, facts: Readonly<Record<string, string | number>> = {}) {
    super(message);
    this.code = code;
    this.facts = facts;
  }
}

const LONGEST = 100;

/** The candidates nearest to `name` by edit distance, best first; none that differ in more than a third. */
export function nearNames(name: string, candidates: readonly string[], most = 3): string[] {
  // Nobody mistypes more than this; and the distance of long words takes long.
  if (name.length > LONGEST) return [];
  const limit = Math.max(1, Math.ceil(name.length / 3));
  return candidates
    .filter((candidate) => Math.abs(candidate.length - name.length) <= limit)
    .map((candidate) => ({ candidate, distance: editDistance(name.toLowerCase(), candidate.toLowerCase()) }))
    .filter((entry) => entry.distance <= limit)
    .sort((a, b) => a.distance - b.distance || (a.candidate < b.candidate ? -1 : 1))
    .slice(0, most)
    .map((entry) => entry.candidate);
}

// Levenshtein 1966, two rows.
function editDistance(a: string, b: string): number {
  let before = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const swap = before[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1);
      row.push(Math.min(swap, before[j]! + 1, row[j - 1]! + 1));
    }
    before = row;
  }
  return before[b.length]!;
}
