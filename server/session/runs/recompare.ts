// After a judgement of a run, by a facilitator or by its checks: the runs that were compared with it, compared with the run
// that takes its place.
import type { SessionState } from '#session-core/model/state.ts';
import type { Against, Id } from '#session-core/model/types.ts';
import { basesAfter, type Judgement } from '#session-core/rules/run-judgement.ts';

/** null: it is compared with none from now on. */
export async function recompare(
  state: SessionState,
  judgement: Judgement,
  compare: (against: Id, run: Id) => Promise<Against | undefined>,
): Promise<Readonly<Record<Id, Against | null>> | undefined> {
  const bases = [...basesAfter(state, judgement)];
  if (bases.length === 0) return undefined;
  const pairs = bases.map(async ([run, base]) => {
    const comparison = base === undefined ? undefined : await compare(base, run);
    return [run, comparison ?? null] as const;
  });
  return Object.fromEntries(await Promise.all(pairs));
}
