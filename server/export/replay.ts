// The replay of a session, from its event log: what is public at the end, with the times at which it came.
// Invariant: a suggestion that is not public now is not in it, whatever it was before; no preview, no vote by name, no
// hold-out score; a name only where its owner asked to be credited by it.
import { mainRuns, outcomeOf } from '#session-core/client/scores.ts';
import { creditOf } from '#session-core/client/summary.ts';
import { initialState, type Revision, type SessionState } from '#session-core/model/state.ts';
import type { Replay } from '#session-core/protocol/http-api/replay-routes.ts';
import { isPublic } from '#session-core/rules/suggestion.ts';
import { evolve } from '#session-core/session.ts';
import { patchBetween } from '#session-core/text/patch.ts';
import { given, own } from '#session-core/util/immutable-map.ts';
import type { PublicView } from '#session-core/view/view-types.ts';
import type { Texts } from '../document/document.ts';
import type { SessionReadings } from '../session/session-api.ts';

/** Hours of typing make thousands of revisions; of those that were cut while typing paused, so many are shown. */
const MOST_PASSING = 300;

export async function replayOf(session: SessionReadings): Promise<Replay> {
  const [state, view] = [session.state(), session.view()];
  const { suggestions, from, to } = await suggestionsOf(session, view);
  const revisions = await revisionsOf(session, { state, view });
  return {
    title: view.title,
    sentence: Object.values(state.tasks)[0]?.sentence ?? view.task.sentence,
    from,
    to,
    ended: view.status === 'ended',
    revisions,
    suggestions,
    runs: runsOf(state, view),
  };
}

type Suggestions = Replay['suggestions'];

async function suggestionsOf(session: SessionReadings, view: PublicView) {
  const found = new Map<string, { at: number; votes: { at: number; n: number }[] }>();
  let state: SessionState = initialState;
  let to = 0;
  for (const event of await session.events()) {
    const before = state;
    state = evolve(state, event);
    to = event.at;
    if (state.suggestions === before.suggestions) continue;
    for (const [id, one] of Object.entries(state.suggestions)) {
      const old = own(before.suggestions, id);
      if (old === one || !isPublic(one) || !own(view.suggestions, id)) continue;
      const shown = found.get(id) ?? { at: event.at, votes: [] };
      found.set(id, shown);
      const n = Object.keys(one.voters).length;
      if (shown.votes.at(-1)?.n !== n) shown.votes.push({ at: event.at, n });
    }
  }
  const suggestions = [...found].flatMap(([id, { at, votes }]): Suggestions => {
    const one = own(view.suggestions, id);
    if (!one) return [];
    const { text, author, accepted, patch } = one;
    const more = given({ credit: creditOf(view, author), appliedAt: accepted?.at });
    return [{ id, text, at, hasPatch: patch !== undefined, votes, ...more }];
  });
  return { suggestions, from: state.createdAt, to };
}

interface Seen {
  readonly state: SessionState;
  readonly view: PublicView;
}

async function revisionsOf(session: SessionReadings, { state, view }: Seen): Promise<Replay['revisions']> {
  const made: Replay['revisions'][number][] = [];
  let before: Texts = {};
  for (const [n, revision] of kept(state)) {
    const read = await session.files(n);
    if (read === null) continue;
    const patch = patchBetween(before, read.files, n);
    before = read.files;
    const { at, why, by, suggestion } = revision;
    const more = given({
      credit: by === null ? undefined : creditOf(view, by),
      suggestion: own(view.suggestions, suggestion) ? suggestion : undefined,
    });
    made.push({ n, at, why, files: patch?.files ?? [], ...more });
  }
  return made;
}

/** All but some of those that were cut while typing paused, evenly left out; what ran is always there. */
function kept(state: SessionState): readonly (readonly [number, Revision])[] {
  const ran = new Set(Object.values(state.runs).map(({ revision }) => revision));
  const all = Object.entries(state.revisions).map(([n, revision]) => [Number(n), revision] as const);
  const isPassing = ([n, { why }]: readonly [number, Revision]) =>
    (why === 'pause' || why === 'opened') && !ran.has(n) && n !== state.revision;
  const passing = all.filter(isPassing);
  const every = Math.ceil(passing.length / MOST_PASSING);
  const left = new Set(passing.filter((_, i) => i % every === every - 1).map(([n]) => n));
  return every <= 1 ? all : all.filter((one) => !isPassing(one) || left.has(one[0]));
}

function runsOf(state: SessionState, view: PublicView): Replay['runs'] {
  return mainRuns(view).flatMap((run): Replay['runs'] => {
    const { metric, baselineMetric, unit, direction } = own(state.tasks, own(state.runs, run.id)?.task) ?? view.task;
    if (run.startedAt === undefined) return [];
    const more = given({
      endedAt: run.endedAt,
      score: run.status === 'succeeded' ? own(run.metrics, metric) : undefined,
      baseline: own(run.metrics, baselineMetric),
    });
    const { number = 0, revision, startedAt } = run;
    return [{ number, revision, startedAt, outcome: outcomeOf(run), metric, unit, direction, ...more }];
  });
}
