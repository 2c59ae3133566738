// what the rules and the views cost in a full session: 1000 people, 300 suggestions, 30 000 votes. Prints times.
// Run: node tests/bench/session-core.ts

import { initialState, type SessionState } from '#session-core/model/state.ts';
import type { Command } from '#session-core/model/system-commands.ts';
import type { Id } from '#session-core/model/types.ts';
import { diffViews } from '#session-core/protocol/messages.ts';
import type { DecisionContext } from '#session-core/rules/context.ts';
import { viewOf } from '#session-core/view/view.ts';
import type { Presence } from '#session-core/view/view-types.ts';
import { CREATE, join, patch, play, report, tree } from '../session-core/kit.ts';

const PEOPLE = 1_000;
const CARDS = 300;
const VOTES_EACH = 30;

let state: SessionState = play(initialState, [null, CREATE]);
const say = (who: Id | null, command: Command, facts: DecisionContext = {}) => {
  state = play(state, [who, command, { facts }]);
};
const time = (name: string, times: number, work: (i: number) => void) => {
  const began = performance.now();
  for (let i = 0; i < times; i++) work(i);
  const ms = performance.now() - began;
  console.log(`${name}: ${ms.toFixed(1)} ms, ${((ms / times) * 1000).toFixed(0)} us each`);
};

time(`${PEOPLE} joins under one name`, PEOPLE, (i) => {
  state = play(state, join('Otter', i === 0));
});
const people = Object.keys(state.participants);
const person = (i: number) => people[i % PEOPLE] as Id;
time(`${CARDS} suggestions, half with a patch`, CARDS, (i) =>
  say(person(i), { type: 'suggestion.add', text: `idea ${i}`, ...(i % 2 ? { patch: patch(`trees: ${i}`) } : {}) }),
);
const cards = Object.keys(state.suggestions);
const card = (i: number) => cards[i % CARDS] as Id;
time(`${PEOPLE * VOTES_EACH} votes`, PEOPLE * VOTES_EACH, (i) =>
  say(person(i), { type: 'suggestion.upvote', suggestion: card(i * 7 + Math.floor(i / PEOPLE) * 11) }),
);

const presence: Presence = {
  online: new Set(people),
  viewers: 1,
  mostParticipants: 1_200,
  gaps: [],
  retention: { keptUntil: 0 },
};
const both = () =>
  [viewOf(state, { kind: 'public' }, presence), viewOf(state, { kind: 'facilitator' }, presence)] as const;
let before = both();
const flushes = Array.from({ length: 200 }, (_, f) => {
  for (let i = 0; i < 20; i++)
    say(person(f * 20 + i), { type: i % 2 ? 'suggestion.upvote' : 'suggestion.unvote', suggestion: card(f * 13 + i) });
  const began = performance.now();
  const after = both();
  for (const [n, view] of after.entries()) diffViews(before[n] ?? {}, view);
  before = after;
  return performance.now() - began;
}).sort((a, b) => a - b);
console.log(
  `public + facilitator view and diff after 20 votes: p50 ${flushes[100]?.toFixed(2)} ms, p95 ${flushes[190]?.toFixed(2)} ms`,
);

const own = () => people.map((participant) => viewOf(state, { kind: 'you', participant }, presence));
let mine = own();
say(people[0] as Id, { type: 'run.request' }, { tree: tree({ a: '1' }) });
say(null, { type: 'run.report', run: Object.keys(state.runs).at(-1) as Id, report: report() });
time(`${PEOPLE} own parts and diffs after a run`, 1, () => {
  const after = own();
  for (const [i, view] of after.entries()) diffViews(mine[i] ?? {}, view);
  mine = after;
});
