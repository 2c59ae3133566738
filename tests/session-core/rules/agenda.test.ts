// The agenda: its steps begin, tick themselves, and are edited while a session runs.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { SessionState } from '#session-core/model/state.ts';
import type { RunSummary } from '#session-core/model/types.ts';
import { decide, evolve } from '#session-core/session.ts';
import { viewOf } from '#session-core/view/view.ts';
import { AGENDA, ANNA, BEN, HOST, kinds, type Line, PRESENCE, play, report, start, tree, when } from '../kit.ts';
import { playRandom, untilEnough } from '../random.ts';
import { step as randomStep } from '../random-commands.ts';

const choose = (from = start(), agenda = AGENDA): SessionState =>
  play(from, [HOST, { type: 'agenda.choose', minutes: agenda.minutes }, { facts: { agenda } }]);
const stepCalled = ({ agenda }: SessionState, title: string): string =>
  agenda.order.find((id) => agenda.steps[id]?.title === title) ?? '';
const begin = (s: SessionState, title: string): SessionState =>
  play(s, [HOST, { type: 'agenda.begin', step: stepCalled(s, title) }]);
const titles = ({ agenda }: SessionState) => agenda.order.map((id) => agenda.steps[id]?.title);
const isDone = (s: SessionState, title: string) => s.agenda.progress[stepCalled(s, title)]?.doneAt !== undefined;
const facilitators = (s: SessionState) => viewOf(s, { kind: 'facilitator' }, PRESENCE);
const everybody = (s: SessionState) => viewOf(s, { kind: 'public' }, PRESENCE);

/** A main run of other code, and what came of it. */
function _ran(s: SessionState, params: string, summary: Partial<RunSummary> = {}): SessionState {
  const asked = play(s, [HOST, { type: 'run.request' }, { facts: { tree: tree({ 'params.yaml': params }) } }]);
  const run = Object.keys(asked.runs).at(-1) ?? '';
  return play(asked, [null, { type: 'run.report', run, report: report(summary) }]);
}

it('[A1] a session has the agenda it was created with, and another by choice; steps of the same title keep what they reached', () => {
  const s = begin(begin(choose(), 'Welcome'), 'Tour');
  expect(s.agenda).toMatchObject({ minutes: 45, now: stepCalled(s, 'Tour') });
  expect(isDone(s, 'Welcome')).toBe(true);
  const longer = { minutes: 90, steps: [...AGENDA.steps, { ...AGENDA.steps[0]!, title: 'Farewell' }] };
  const other = choose(s, longer);
  expect([titles(other).at(-1), other.agenda.now]).toEqual(['Farewell', stepCalled(other, 'Tour')]);
  expect([isDone(other, 'Welcome'), other.timer?.step]).toEqual([true, stepCalled(other, 'Tour')]);
  const back = play(other, [HOST, { type: 'agenda.undo' }]);
  expect([back.agenda.minutes, titles(back), isDone(back, 'Welcome')]).toEqual([45, titles(s), true]);
  expect(when(s, HOST, { type: 'agenda.choose', minutes: 7 })).toBe('not_found');
});

it('[A2] facilitators alone see the agenda, and everybody the place of a tour', () => {
  const s = begin(choose(), 'Tour');
  expect(facilitators(s).agenda).toMatchObject({ minutes: 45, now: stepCalled(s, 'Tour'), undo: true });
  for (const view of [everybody(s), viewOf(s, { kind: 'you', participant: BEN }, PRESENCE)])
    expect(JSON.stringify(view)).not.toMatch(/Hello\.|Who drives|Welcome/);
  expect(everybody(s).scene.place).toMatchObject({
    file: 'src/train.ts',
    index: 0,
    of: 2,
    sentence: 'Here it learns.',
  });
});

it('[A3] beginning a step starts its minutes and shows its scene, in any order, after the end without a timer', () => {
  const s = choose();
  expect(kinds(s, HOST, { type: 'agenda.begin', step: stepCalled(s, 'Run') })).toEqual([
    'agenda.begun',
    'timer.set',
    'scene.shown',
  ]);
  const run = begin(s, 'Run');
  expect(run.timer).toMatchObject({ minutes: 5, step: stepCalled(s, 'Run') });
  expect(run.scene.name).toBe('results');
  expect(begin(run, 'Welcome').scene.name).toBe('join');
  const ended = play(run, [HOST, { type: 'session.end' }]);
  const tour = begin(ended, 'Tour');
  expect(tour).toMatchObject({ timer: null, scene: { name: 'code' } });
  expect(kinds(tour, HOST, { type: 'tour.show', step: tour.agenda.now ?? '', place: 1 })).toEqual(['scene.shown']);
  expect(when(s, HOST, { type: 'agenda.begin', step: 'a99' })).toBe('not_found');
  expect(when(s, ANNA, { type: 'agenda.begin', step: stepCalled(s, 'Run') })).toBe('not_allowed');
});

it('[S23] the minutes of the current step are those of the timer, which another driver does not restart', () => {
  const s = begin(choose(), 'Tour');
  const startedAt = s.timer?.startedAt;
  const edited = play(s, [HOST, { type: 'agenda.edit', step: stepCalled(s, 'Tour'), minutes: 12 }]);
  expect(edited.timer).toMatchObject({ minutes: 12, startedAt });
  const driven = play(edited, [HOST, { type: 'driver.take' }, { tab: 'host-1' }]);
  expect(driven.timer).toEqual(edited.timer);
  expect(play(driven, [HOST, { type: 'agenda.undo' }]).timer).toMatchObject({ minutes: 10, startedAt });
  const other = play(s, [HOST, { type: 'agenda.edit', step: stepCalled(s, 'Run'), minutes: 12 }]);
  expect(other.timer).toEqual(s.timer);
});

it('[S14] a timer is of a step that is there, or of none', () => {
  const added = play(choose(), [HOST, { type: 'agenda.add', after: null, title: 'Extra', minutes: 7 }]);
  const extra = begin(added, 'Extra');
  expect(extra.timer?.step).toBe(stepCalled(extra, 'Extra'));
  const undone = play(extra, [HOST, { type: 'agenda.undo' }]);
  expect(undone.timer).toMatchObject({ minutes: 7 });
  expect(undone.timer).not.toHaveProperty('step');
  const short = { minutes: 8, steps: AGENDA.steps.slice(0, 1) };
  expect(choose(begin(choose(), 'Run'), short).timer).not.toHaveProperty('step');
  // Back from an agenda whose step the older one has not.
  const other = { minutes: 9, steps: [...AGENDA.steps.slice(0, 1), { ...AGENDA.steps[2]!, title: 'Only here' }] };
  const there = begin(choose(begin(choose(), 'Welcome'), other), 'Only here');
  expect(play(there, [HOST, { type: 'agenda.undo' }]).timer).not.toHaveProperty('step');
});

it('[A1] steps of one title keep each its own progress', () => {
  const twice = { minutes: 30, steps: [AGENDA.steps[0]!, AGENDA.steps[2]!, AGENDA.steps[0]!] };
  const s = begin(begin(choose(start(), twice), 'Welcome'), 'Run');
  const longer = choose(s, { ...twice, minutes: 60 });
  const done = longer.agenda.order.map((id) => longer.agenda.progress[id]?.doneAt !== undefined);
  expect(done).toEqual([true, false, false]);
});

it('[A7, A8] what was typed before a step began does not tick it, and a tick that was taken away does not come back', () => {
  const typed = { facts: { tree: tree({ 'params.yaml': 'typed before' }) } };
  const s = choose();
  const begun = play(s, [HOST, { type: 'agenda.begin', step: stepCalled(s, 'File') }, typed]);
  const cut = (from: SessionState, changes: Record<string, string>) =>
    play(from, [null, { type: 'revision.cut' }, { facts: { tree: tree(changes) } }]);
  expect(isDone(begun, 'File')).toBe(false);
  expect(isDone(cut(begun, { 'params.yaml': 'typed before', 'README.md': 'x' }), 'File')).toBe(false);
  const worked = cut(begun, { 'params.yaml': 'typed in it' });
  expect(isDone(worked, 'File')).toBe(true);
  const step = stepCalled(s, 'File');
  const unticked = play(worked, [HOST, { type: 'agenda.tick', step, done: false }]);
  expect(isDone(cut(unticked, { 'params.yaml': 'typed in it', 'README.md': 'y' }), 'File')).toBe(false);
  const again = cut(begin(unticked, 'File'), { 'params.yaml': 'once more' });
  expect(isDone(again, 'File')).toBe(true);
});

it('[A4] a tour goes from place to place with the lines of the live text, until a scene is chosen', () => {
  const s = begin(choose(), 'Tour');
  const step = stepCalled(s, 'Tour');
  const moved = {
    facts: {
      places: [
        { file: 'src/train.ts', fromLine: 1, toLine: 2 },
        { file: 'params.yaml', fromLine: 8, toLine: 9 },
      ],
    },
  };
  const second = play(s, [HOST, { type: 'tour.show', step, place: 1 }, moved]);
  expect(everybody(second).scene.place).toMatchObject({
    index: 1,
    fromLine: 8,
    toLine: 9,
    sentence: 'Here one decides.',
  });
  expect(everybody(play(second, [HOST, { type: 'scene.show', scene: 'code' }])).scene).not.toHaveProperty('place');
  expect(when(s, HOST, { type: 'tour.show', step, place: 2 })).toBe('not_found');
  const gone = { facts: { places: [null, null] } };
  expect(when(s, HOST, { type: 'tour.show', step, place: 0 }, gone)).toBe('not_found');
  expect(play(s, [HOST, { type: 'agenda.begin', step }, gone]).scene.name).toBe('pipeline');
});

it('[A5] facilitators add, rename, move and skip steps', () => {
  const s = choose();
  const [welcome, tour] = [stepCalled(s, 'Welcome'), stepCalled(s, 'Tour')];
  const edited = play(
    s,
    [HOST, { type: 'agenda.add', after: welcome, title: '  A  break ', minutes: 10 }],
    [HOST, { type: 'agenda.edit', step: tour, title: 'The code', skipped: true }],
    [HOST, { type: 'agenda.move', step: welcome, after: tour }],
  );
  expect(titles(edited).slice(0, 3)).toEqual(['A break', 'The code', 'Welcome']);
  expect(edited.agenda.steps[tour]).toMatchObject({ title: 'The code', skipped: true, ask: 'What do you see?' });
  for (const [command, outcome] of [
    [{ type: 'agenda.edit', step: tour, title: ' ' }, 'invalid'],
    [{ type: 'agenda.edit', step: tour, ask: 'x'.repeat(161) }, 'invalid'],
    [{ type: 'agenda.edit', step: 'a99', minutes: 3 }, 'not_found'],
    [{ type: 'agenda.add', after: 'a99', title: 'x', minutes: 3 }, 'not_found'],
    [{ type: 'agenda.move', step: tour, after: 'a99' }, 'not_found'],
    [{ type: 'agenda.move', step: tour, after: welcome }, []],
    [{ type: 'agenda.edit', step: tour, minutes: 10, skipped: false }, []],
  ] as const)
    expect(kinds(s, HOST, command), JSON.stringify(command)).toEqual(outcome);
  const full = Array.from({ length: 95 }).reduce<SessionState>(
    (now) => play(now, [HOST, { type: 'agenda.add', after: null, title: 'x', minutes: 1 }]),
    s,
  );
  expect(when(full, HOST, { type: 'agenda.add', after: null, title: 'x', minutes: 1 })).toBe('too_many_steps');
});

describe('[A6] undo', () => {
  const planOf = ({ agenda: { minutes, order, steps } }: SessionState) => ({ minutes, order, steps });

  it('[A6] takes back the newest edit of any kind, whatever happened since, and nothing that was reached', () => {
    let edits = 0;
    const tryOut = () =>
      fc.assert(
        fc.property(fc.array(randomStep, { minLength: 60, maxLength: 160, size: 'max' }), (steps) => {
          playRandom(steps, ({ state, after, command, events, at }) => {
            if (!/^agenda\.(choose|add|edit|move)$/.test(command.type) || events.length === 0) return;
            const meta = { at, cause: `undo-${after.seq}`, actor: { participant: HOST } };
            const undo = decide(after, { type: 'agenda.undo' }, meta);
            if (!undo.ok) return;
            edits++;
            const back = undo.value.reduce(evolve, after);
            expect(planOf(back)).toEqual(planOf(state));
            for (const [id, reached] of Object.entries(after.agenda.progress))
              if (state.agenda.progress[id]) expect(back.agenda.progress[id]).toEqual(reached);
          });
        }),
        { numRuns: 60 },
      );
    untilEnough(tryOut, () => edits > 15);
    expect(edits).toBeGreaterThan(15);
  });

  it('[A6] reaches back 20 edits, and no further than the choice of the agenda', () => {
    const s = choose();
    const edits = Array.from(
      { length: 25 },
      (_, i): Line => [HOST, { type: 'agenda.edit', step: s.agenda.order[0]!, title: `T${i}` }],
    );
    const undo: Line = [HOST, { type: 'agenda.undo' }];
    const back = play(play(s, ...edits), ...Array.from({ length: 20 }, () => undo));
    expect([titles(back)[0], when(back, ...undo)]).toEqual(['T4', 'nothing_to_undo']);
    expect(titles(play(play(s, ...edits.slice(0, 2)), undo, undo, undo))).toEqual([]);
  });
});

it('[A8] other steps are ticked when the session goes on, and all of them by hand', () => {
  const s = begin(begin(choose(), 'Tour'), 'Run');
  expect([isDone(s, 'Welcome'), isDone(s, 'Tour'), isDone(s, 'Run')]).toEqual([false, true, false]);
  const back = begin(s, 'Welcome');
  expect([isDone(back, 'Run'), isDone(back, 'Tour')]).toEqual([false, true]);
  const tick = (title: string, done: boolean): Line => [
    HOST,
    { type: 'agenda.tick', step: stepCalled(s, title), done },
  ];
  const ticked = play(s, tick('Score', true), tick('Tour', false));
  expect([isDone(ticked, 'Score'), isDone(ticked, 'Tour')]).toEqual([true, false]);
  expect(kinds(ticked, ...tick('Score', true))).toEqual([]);
});
