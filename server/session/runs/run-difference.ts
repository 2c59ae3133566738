// Two runs beside each other: verdict, parameters, code, and what became better and worse. Worked out when somebody asks and
// kept, since a whole session looks at the same two.
// Invariant: two runs are worked out once, however many ask; only visible rows are in it.
import type { RunReport, Task } from '#pipeline-core/core/report.ts';
import { type DataProfiles, paramTexts } from '#sandbox/index.ts';
import type { SessionState } from '#session-core/model/state.ts';
import type { Against, Id, Tree } from '#session-core/model/types.ts';
import { taskOf } from '#session-core/rules/run.ts';
import { patchBetween } from '#session-core/text/patch.ts';
import type { TextStore } from '../../document/text-store.ts';
import type { Experiments, RunDifference } from '../session-api.ts';
import type { SessionData } from '../session-courses.ts';

const KEPT = 24;
const MOST_PARSED = 200;
const PARAMS = 'params.yaml';

export interface RunDifferences {
  /** Both runs exist. */
  between(before: Id, after: Id): Promise<RunDifference>;
  experiments(): Promise<Experiments>;
}

export function createRunDifferences(options: {
  readonly state: () => SessionState;
  readonly data: (task: Task) => SessionData;
  readonly looks: DataProfiles;
  readonly report: (run: Id) => Promise<RunReport | null>;
  readonly texts: TextStore;
  readonly compare: (against: Id, run: Id) => Promise<Against | undefined>;
}): RunDifferences {
  const { state, texts } = options;
  const kept = new Map<string, Promise<RunDifference>>();
  /** By the hash of params.yaml. */
  const parsed = new Map<string, Readonly<Record<string, string>>>();

  async function paramsOf(tree: Tree): Promise<Readonly<Record<string, string>>> {
    const hash = tree[PARAMS];
    if (hash === undefined) return {};
    const known = parsed.get(hash);
    if (known) return known;
    const read = paramTexts((await texts.textsOf({ [PARAMS]: hash }))[PARAMS]);
    if (parsed.size >= MOST_PARSED) parsed.clear();
    parsed.set(hash, read);
    return read;
  }

  async function workOut(before: Id, after: Id): Promise<RunDifference> {
    const { runs } = state();
    const [a, b] = [runs[before]!, runs[after]!];
    const [first, second] = await Promise.all([options.report(before), options.report(after)]);
    const [from, to] = await Promise.all([paramsOf(a.tree), paramsOf(b.tree)]);
    const [old, next] = await Promise.all([texts.textsOf(a.tree), texts.textsOf(b.tree)]);
    const task = taskOf(state(), b);
    return {
      comparison: (await options.compare(before, after)) ?? null,
      params: [...new Set([...Object.keys(from), ...Object.keys(to)])]
        .filter((key) => from[key] !== to[key])
        .map((key) => ({
          key,
          ...(from[key] === undefined ? {} : { before: from[key] }),
          ...(to[key] === undefined ? {} : { after: to[key] }),
        })),
      code: patchBetween(old, next, a.revision)?.files ?? [],
      errors:
        first?.predictions && second?.predictions && a.task === b.task
          ? await options.looks.changes(options.data(task).visible, first.predictions, second.predictions)
          : null,
    };
  }

  return {
    between(before, after) {
      const { runs } = state();
      const details = [before, after].map((id) => runs[id]?.report?.detail ?? runs[id]?.status);
      const key = [before, after, ...details].join(' ');
      const known = kept.get(key);
      if (known !== undefined) return known;
      const made = workOut(before, after);
      kept.set(key, made);
      // What could not be read is asked for again.
      made.catch(() => kept.delete(key));
      if (kept.size > KEPT) kept.delete(kept.keys().next().value!);
      return made;
    },

    async experiments() {
      const mains = Object.entries(state().runs).filter(([, run]) => run.kind === 'main');
      const params = await Promise.all(mains.map(([, { tree }]) => paramsOf(tree)));
      const keys = [...new Set(params.flatMap((own) => Object.keys(own)))];
      const columns = keys.map((key) => ({ key, values: params.map((own) => own[key] ?? null) }));
      const isSame = ({ values }: { readonly values: readonly (string | null)[] }) => new Set(values).size === 1;
      return {
        runs: mains.map(([id]) => id),
        changed: columns.filter((column) => !isSame(column)),
        same: columns.filter(isSame).map(({ key, values }) => ({ key, value: values[0] ?? '' })),
      };
    },
  };
}
