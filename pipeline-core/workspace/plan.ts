// Which stages will run, and why, before anything runs. A pure function of what is and what was:
//
//   params.yaml: prepare.minAge 15 -> 16        prepare*   runs: its param changed
//                                              /        \
//   src/evaluate.ts changed               train*     evaluate*   run: prepare runs again (and its own file changed)
//
// Invariant: a stage runs if something it declares differs from its last success, if its outs are gone, if it is forced, or
// if a stage before it runs; a frozen stage runs only when forced or when it has no outs, and shields what follows it.
import { PipelineError } from '../core/errors.ts';
import type { OwnChange, StageChange, StageReason } from '../core/report.ts';
import { edgesOf, topologicalOrder } from './graph.ts';
import { type FlatParams, leafParams, type ParamTree, type ParamValue, sameParam, showParam } from './params.ts';
import { pathsOut, type Stage } from './pipeline.ts';

/** What a stage was when it last succeeded. */
export interface StageRecord {
  readonly cmd: string;
  /** Path -> SHA-256. */
  readonly deps: Readonly<Record<string, string>>;
  /** The declared params by dotted key (leafParams). */
  readonly params: FlatParams;
  /** Path -> SHA-256 of outs, metrics and plots. */
  readonly outs: Readonly<Record<string, string>>;
  readonly library: string;
}

export type Change =
  | { readonly type: 'new' }
  | { readonly type: 'forced' }
  | { readonly type: 'cmd'; readonly before: string; readonly after: string }
  /** `before` or `after` is absent where the param was added to or taken from what the stage reads. */
  | { readonly type: 'param'; readonly key: string; readonly before?: ParamValue; readonly after?: ParamValue }
  /** `by`: the stage that writes the file. */
  | { readonly type: 'file'; readonly path: string; readonly by?: string }
  | { readonly type: 'dep-added' | 'dep-removed' | 'out-added' | 'out-removed' | 'out-missing'; readonly path: string }
  | { readonly type: 'library' }
  | { readonly type: 'upstream'; readonly stage: string; readonly because: readonly Change[] };

export interface PlannedStage {
  readonly name: string;
  readonly willRun: boolean;
  readonly reason: StageReason;
  /** All causes, not only those of the reason; for a frozen stage what it leaves unheeded. */
  readonly changes: readonly Change[];
}

export interface PlanInput {
  readonly stages: readonly Stage[];
  /** Path -> SHA-256 of every file of the workspace and its data. */
  readonly files: Readonly<Record<string, string>>;
  readonly params: ParamTree;
  readonly library: string;
  /** By stage name; absent: it never succeeded. */
  readonly last: Readonly<Record<string, StageRecord>>;
  readonly force?: readonly string[];
  /** Whether the kept copy of an out still exists. Default: all do. */
  readonly exists?: (path: string, sha256: string) => boolean;
}

/**
 * One entry a stage, in the order they run. A stage after one that runs is planned to run; when its turn comes and its
 * deps turn out the same, the runner may still answer it from the cache.
 * Throws PipelineError 'unknown-param', 'unknown-stage' (in force), 'missing-file', 'cycle'.
 */
export function planStages(input: PlanInput): PlannedStage[] {
  demandForced(input);
  const planned = new Map<string, PlannedStage>();
  const edges = edgesOf(input.stages);
  for (const stage of topologicalOrder(input.stages)) {
    const last = Object.hasOwn(input.last, stage.name) ? input.last[stage.name] : undefined;
    const before = [...new Set(edges.filter((edge) => edge.to === stage.name).map((edge) => edge.from))];
    const running = before.filter((name) => planned.get(name)!.willRun);
    const own = stageChanges(stage, { now: factsNow(stage, input, planned), last, exists: input.exists });
    const upstream = running.map(
      (name): Change => ({ type: 'upstream', stage: name, because: planned.get(name)!.changes }),
    );
    const forced = input.force?.includes(stage.name) === true;
    const changes: Change[] = [...(forced ? [{ type: 'forced' } as const] : []), ...own, ...upstream];
    planned.set(stage.name, verdict(stage, { changes, forced, last }));
  }
  return [...planned.values()];
}

/** What a stage is about to run with. A dep whose hash is not known yet (its maker runs first) is left out. */
export interface StageFacts {
  readonly cmd: string;
  readonly deps: Readonly<Record<string, string>>;
  /** Deps that a stage before it writes: path -> stage. */
  readonly madeBy?: Readonly<Record<string, string>>;
  readonly params: FlatParams;
  readonly library: string;
}

export interface ChangeInput {
  readonly now: StageFacts;
  readonly last?: StageRecord | undefined;
  readonly exists?: ((path: string, sha256: string) => boolean) | undefined;
}

/** Everything in which the stage differs from its last success; empty: nothing changed. */
export function stageChanges(stage: Stage, { now, last, exists = () => true }: ChangeInput): Change[] {
  if (last === undefined) return [{ type: 'new' }];
  const changes: Change[] = [];
  if (now.cmd !== last.cmd) changes.push({ type: 'cmd', before: last.cmd, after: now.cmd });
  changes.push(...paramChanges(now.params, last.params));
  for (const { path } of stage.deps) {
    const by = now.madeBy?.[path];
    if (!Object.hasOwn(last.deps, path)) changes.push({ type: 'dep-added', path });
    else if (now.deps[path] !== undefined && now.deps[path] !== last.deps[path]) {
      changes.push({ type: 'file', path, ...(by === undefined ? {} : { by }) });
    }
  }
  for (const path of Object.keys(last.deps)) {
    if (!stage.deps.some((dep) => dep.path === path)) changes.push({ type: 'dep-removed', path });
  }
  const outs = pathsOut(stage);
  for (const path of outs) {
    const sha256 = last.outs[path];
    if (sha256 === undefined) changes.push({ type: 'out-added', path });
    else if (!exists(path, sha256)) changes.push({ type: 'out-missing', path });
  }
  for (const path of Object.keys(last.outs)) if (!outs.includes(path)) changes.push({ type: 'out-removed', path });
  if (now.library !== last.library) changes.push({ type: 'library' });
  return changes;
}

const MOST_LISTED = 3;
/** A value of params.yaml may be a page long, and is in the reason of each stage that reads it. */
const LONGEST = 100;

/** The changes as a reason that fits a screen. */
export function reasonOf(
  changes: readonly Change[],
  code: 'changes' | 'frozen' | 'frozen-runs' = 'changes',
): StageReason {
  const more = changes.length - MOST_LISTED;
  return { code, changes: changes.slice(0, MOST_LISTED).map(listed), ...(more > 0 ? { more } : {}) };
}

function listed(change: Change): StageChange {
  if (change.type !== 'upstream') return ownChange(change);
  const because = rootCause(change.because);
  return { type: 'upstream', stage: change.stage, ...(because === undefined ? {} : { because }) };
}

function ownChange(change: Exclude<Change, { type: 'upstream' }>): OwnChange {
  switch (change.type) {
    case 'cmd':
      return { type: 'cmd', before: shortened(change.before), after: shortened(change.after) };
    case 'param':
      return {
        type: 'param',
        key: change.key,
        ...(change.before === undefined ? {} : { before: shortened(showParam(change.before)) }),
        ...(change.after === undefined ? {} : { after: shortened(showParam(change.after)) }),
      };
    default:
      return change;
  }
}

const shortened = (text: string): string => (text.length > LONGEST ? `${text.slice(0, LONGEST - 1)}…` : text);

// Down a chain of stages the first cause is what people want to know, not the chain.
function rootCause([first]: readonly Change[]): OwnChange | undefined {
  if (first === undefined) return undefined;
  return first.type === 'upstream' ? rootCause(first.because) : ownChange(first);
}

function paramChanges(now: FlatParams, last: FlatParams): Change[] {
  const changes: Change[] = [];
  for (const [key, after] of Object.entries(now)) {
    const before = Object.hasOwn(last, key) ? last[key] : undefined;
    if (before === undefined) changes.push({ type: 'param', key, after });
    else if (!sameParam(before, after)) changes.push({ type: 'param', key, before, after });
  }
  for (const [key, before] of Object.entries(last)) {
    if (!Object.hasOwn(now, key)) changes.push({ type: 'param', key, before });
  }
  return changes;
}

interface VerdictInput {
  readonly changes: readonly Change[];
  readonly forced: boolean;
  readonly last: StageRecord | undefined;
}

function verdict(stage: Stage, { changes, forced, last }: VerdictInput): PlannedStage {
  const { name } = stage;
  if (!stage.frozen || forced) return { name, willRun: changes.length > 0, reason: reasonOf(changes), changes };
  const gone = changes.find((change) => change.type === 'out-missing' || change.type === 'out-added');
  if (last === undefined || gone !== undefined)
    return { name, willRun: true, reason: reasonOf([gone ?? { type: 'new' }], 'frozen-runs'), changes };
  return { name, willRun: false, reason: reasonOf(changes, 'frozen'), changes };
}

function factsNow(stage: Stage, input: PlanInput, planned: ReadonlyMap<string, PlannedStage>): StageFacts {
  const deps: Record<string, string> = {};
  const madeBy: Record<string, string> = {};
  for (const { path, line } of stage.deps) {
    const maker = input.stages.find((other) => pathsOut(other).includes(path));
    if (maker !== undefined) {
      madeBy[path] = maker.name;
      const before = Object.hasOwn(input.last, maker.name) ? input.last[maker.name] : undefined;
      const sha256 = before?.outs[path];
      if (!planned.get(maker.name)!.willRun && sha256 !== undefined) deps[path] = sha256;
    } else if (Object.hasOwn(input.files, path)) deps[path] = input.files[path]!;
    else {
      const message = `\`${path}\` in deps of ${stage.name} is neither a file nor an out of a stage.`;
      throw new PipelineError('missing-file', message, { file: 'dvc.yaml', line, stage: stage.name });
    }
  }
  return { cmd: stage.cmd, deps, madeBy, params: leafParams(input.params, stage), library: input.library };
}

function demandForced({ stages, force = [] }: PlanInput): void {
  const names = stages.map((stage) => stage.name);
  for (const name of force) {
    if (names.includes(name)) continue;
    throw new PipelineError(
      'unknown-stage',
      `There is no stage "${name}" to force: the stages are ${names.join(', ')}.`,
    );
  }
}
