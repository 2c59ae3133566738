// A replay, moment by moment: what the code, the suggestions and the scores were at a time, and how fast the time goes by.
// Invariant: works on the replay alone, without a session, a server or a clock.
import type { Replay } from '../protocol/http-api/replay-routes.ts';
import { applyHunks, type Files } from '../text/patch.ts';

/** 45 minutes go by in one. */
const RATE = 45;
/** A pause in which nothing happens takes at most so much of the session's time. */
const LONGEST_PAUSE_MS = 3 * 60_000;
/** So that the last change can be seen. */
const TAIL_MS = 90_000;

/** Lines of a file, counted from 1. */
export interface Change {
  readonly path: string;
  readonly fromLine: number;
  readonly toLine: number;
}

/** The code after a revision. */
export interface CodeStep {
  readonly n: number;
  readonly at: number;
  readonly files: Files;
  /** What it changed, first place first. */
  readonly changes: readonly Change[];
}

/** Every revision with its whole code; files that stay the same are the same strings. */
export function codeSteps({ revisions }: Replay): readonly CodeStep[] {
  let files: Files = {};
  return revisions.map(({ n, at, files: changed }) => {
    const next: Record<string, string> = { ...files };
    const changes: Change[] = [];
    for (const { path, hunks } of changed) {
      const done = applyHunks(Object.hasOwn(files, path) ? (files[path] ?? null) : null, hunks);
      if (!done.ok || done.value === null) {
        delete next[path];
        continue;
      }
      next[path] = done.value;
      let shift = 0;
      for (const { fromLine, removed, added } of hunks) {
        const from = fromLine + shift;
        changes.push({ path, fromLine: from, toLine: Math.max(from, from + added.length - 1) });
        shift += added.length - removed.length;
      }
    }
    files = next;
    return { n, at, files, changes };
  });
}

/** A moment at which something is to be seen, with where it is on the time of the replay. */
export interface Moment {
  readonly at: number;
  /** Milliseconds from the start of the replay. */
  readonly play: number;
}

export interface Timeline {
  /** Milliseconds that the replay takes at its usual speed. */
  readonly length: number;
  readonly moments: readonly Moment[];
  /** The session's time at a time of the replay. */
  at(play: number): number;
  /** And the reverse. */
  playOf(at: number): number;
}

export function timelineOf(replay: Replay): Timeline {
  const times = [
    replay.from,
    ...replay.revisions.map(({ at }) => at),
    ...replay.suggestions.flatMap(({ at, appliedAt }) => [at, ...(appliedAt === undefined ? [] : [appliedAt])]),
    ...replay.runs.map(({ startedAt, endedAt }) => endedAt ?? startedAt),
  ];
  const sorted = [...new Set(times)].sort((a, b) => a - b);
  let play = 0;
  const moments = sorted.map((at, i): Moment => {
    const pause = i === 0 ? 0 : at - (sorted[i - 1] ?? at);
    play += Math.min(pause, LONGEST_PAUSE_MS) / RATE;
    return { at, play };
  });
  const length = play + TAIL_MS / RATE;
  const between = (value: number, from: 'at' | 'play', to: 'at' | 'play'): number => {
    const i = moments.findLastIndex((moment) => moment[from] <= value);
    const here = moments[Math.max(0, i)];
    if (here === undefined) return 0;
    const next = moments[i + 1];
    if (i < 0) return here[to];
    if (next === undefined) return to === 'at' ? here.at : here.play;
    const share = (value - here[from]) / (next[from] - here[from] || 1);
    return here[to] + share * (next[to] - here[to]);
  };
  return {
    length,
    moments,
    at: (time) => between(time, 'play', 'at'),
    playOf: (at) => between(at, 'at', 'play'),
  };
}

export interface ShownSuggestion {
  readonly id: string;
  readonly text: string;
  readonly credit?: string;
  readonly votes: number;
  readonly applied: boolean;
}

export interface Frame {
  readonly code: CodeStep | undefined;
  /** The revision as the replay lists it. */
  readonly revision: Replay['revisions'][number] | undefined;
  /** Open ones by votes, then those that were applied, the newest first. */
  readonly suggestions: readonly ShownSuggestion[];
  /** Runs that are over, oldest first. */
  readonly runs: Replay['runs'];
  readonly running: Replay['runs'][number] | undefined;
  /** The newest score, and the best of its metric. */
  readonly last: Replay['runs'][number] | undefined;
  readonly best: Replay['runs'][number] | undefined;
}

const DOES_NOT_COUNT: ReadonlySet<string> = new Set(['suspect', 'struck', 'checking']);

export function frameAt(replay: Replay, steps: readonly CodeStep[], at: number): Frame {
  const index = steps.findLastIndex((step) => step.at <= at);
  const suggestions = replay.suggestions
    .filter((one) => one.at <= at)
    .map(({ id, text, credit, appliedAt, votes }) => ({
      id,
      text,
      ...(credit === undefined ? {} : { credit }),
      votes: votes.findLast((count) => count.at <= at)?.n ?? 0,
      applied: appliedAt !== undefined && appliedAt <= at,
      appliedAt: appliedAt ?? 0,
    }))
    .sort((a, b) =>
      a.applied === b.applied
        ? a.applied
          ? b.appliedAt - a.appliedAt
          : b.votes - a.votes
        : Number(a.applied) - Number(b.applied),
    )
    .map(({ appliedAt: _, ...shown }) => shown);
  const runs = replay.runs.filter(({ endedAt }) => endedAt !== undefined && endedAt <= at);
  const scored = runs.filter(({ score, outcome }) => score !== undefined && !DOES_NOT_COUNT.has(outcome));
  const last = scored.at(-1);
  const best = scored
    .filter(({ metric }) => metric === last?.metric)
    .reduce<Replay['runs'][number] | undefined>((one, run) => (one && !isBetter(run, one) ? one : run), undefined);
  return {
    code: steps[index],
    revision: replay.revisions[index],
    suggestions,
    runs,
    running: replay.runs.find(({ startedAt, endedAt = Number.POSITIVE_INFINITY }) => startedAt <= at && at < endedAt),
    last,
    best,
  };
}

const isBetter = (a: Replay['runs'][number], b: Replay['runs'][number]): boolean =>
  a.direction === 'lower' ? (a.score ?? 0) < (b.score ?? 0) : (a.score ?? 0) > (b.score ?? 0);
