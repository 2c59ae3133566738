// When a step of the agenda ticks itself: by a run, a score or a changed file.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { SessionState } from '#session-core/model/state.ts';
import type { RunSummary } from '#session-core/model/types.ts';
import { AGENDA, HOST, play, report, START, start, tree } from '../kit.ts';
import { playRandom } from '../random.ts';
import { step as randomStep } from '../random-commands.ts';

const choose = (from = start(), agenda = AGENDA): SessionState =>
  play(from, [HOST, { type: 'agenda.choose', minutes: agenda.minutes }, { facts: { agenda } }]);
const stepCalled = ({ agenda }: SessionState, title: string): string =>
  agenda.order.find((id) => agenda.steps[id]?.title === title) ?? '';
const begin = (s: SessionState, title: string): SessionState =>
  play(s, [HOST, { type: 'agenda.begin', step: stepCalled(s, title) }]);
const isDone = (s: SessionState, title: string) => s.agenda.progress[stepCalled(s, title)]?.doneAt !== undefined;

/** A main run of other code, and what came of it. */
function ran(s: SessionState, params: string, summary: Partial<RunSummary> = {}): SessionState {
  const asked = play(s, [HOST, { type: 'run.request' }, { facts: { tree: tree({ 'params.yaml': params }) } }]);
  const run = Object.keys(asked.runs).at(-1) ?? '';
  return play(asked, [null, { type: 'run.report', run, report: report(summary) }]);
}

describe('[A7] a step ticks itself', () => {
  it('[A7] by a main run that succeeds while it is the current one', () => {
    const s = begin(choose(), 'Run');
    expect(isDone(s, 'Run')).toBe(false);
    expect(isDone(ran(s, 'a', { status: 'failed' }), 'Run')).toBe(false);
    const done = ran(s, 'a');
    expect(isDone(done, 'Run')).toBe(true);
    const at = done.agenda.progress[stepCalled(done, 'Run')]?.doneAt;
    expect(ran(done, 'b').agenda.progress[stepCalled(done, 'Run')]?.doneAt).toBe(at);
    expect(isDone(ran(begin(choose(), 'Welcome'), 'a'), 'Run')).toBe(false);
  });

  it('[A7] by a score that counts, which may be there before', () => {
    const s = begin(choose(), 'Score');
    expect(isDone(ran(s, 'a', { metrics: { 'cv.rmse': 2.51 } }), 'Score')).toBe(false);
    expect(isDone(ran(s, 'a', { metrics: { 'cv.rmse': 2.5 } }), 'Score')).toBe(true);
    expect(isDone(begin(ran(choose(), 'a', { metrics: { 'cv.rmse': 2.4 } }), 'Score'), 'Score')).toBe(true);
    // A result that is still checked does not count; when the checks end, it does.
    const checking = ran(s, 'a', { metrics: { 'cv.rmse': 2.4 }, checking: true });
    expect(isDone(checking, 'Score')).toBe(false);
    const run = Object.keys(checking.runs).at(-1) ?? '';
    expect(isDone(play(checking, [null, { type: 'run.check', run, findings: [] }]), 'Score')).toBe(true);
    const alarm = [{ code: 'leak-own-target', level: 'alarm', facts: { rows: 4, of: 9 } }] as const;
    expect(isDone(play(checking, [null, { type: 'run.check', run, findings: alarm }]), 'Score')).toBe(false);
  });

  it('[A7] by a score of its own task, not by one that the session still has of another', () => {
    const s = ran(choose(), 'a', { metrics: { 'cv.rmse': 2.4 } });
    const at = stepCalled(s, 'Score');
    const ofTask = (task: string) =>
      begin(
        {
          ...s,
          agenda: {
            ...s.agenda,
            steps: { ...s.agenda.steps, [at]: { ...s.agenda.steps[at]!, done: { score: 2.5, task } } },
          },
        },
        'Score',
      );
    expect(isDone(ofTask(s.task.id), 'Score')).toBe(true);
    expect(isDone(ofTask('another'), 'Score')).toBe(false);
  });

  it('[A7] by a changed file, not by the checkpoint that is loaded for it', () => {
    const s = begin(choose(), 'File');
    const cut = (from: SessionState, params: string) =>
      play(from, [null, { type: 'revision.cut' }, { facts: { tree: tree({ 'params.yaml': params }) } }]);
    expect(isDone(cut(s, 'a'), 'File')).toBe(true);
    const before = tree({});
    const after = tree({ 'params.yaml': 'loaded' });
    const merge = { ok: true, state: 'clean', tree: after, before } as const;
    const loaded = play(s, [HOST, { type: 'checkpoint.load', name: '1-start' }, { facts: { tree: before, merge } }]);
    expect([loaded.revision, isDone(loaded, 'File')]).toEqual([s.revision + 1, false]);
    expect(isDone(cut(loaded, 'b'), 'File')).toBe(true);
  });

  it('[A7] once, by an event, while it is current, and only steps that say when: whatever happens', () => {
    const counted = new Map<string, number>();
    const playSome = () =>
      fc.assert(
        fc.property(fc.array(randomStep, { minLength: 60, maxLength: 160, size: 'max' }), (steps) => {
          playRandom(steps, ({ state, after, events }) => {
            const { order, steps: all, progress, now } = after.agenda;
            expect([...order].sort()).toEqual(Object.keys(all).sort());
            expect(new Set(order).size).toBe(order.length);
            for (const id of Object.keys(progress)) expect(all).toHaveProperty([id]);
            if (now !== null) expect(progress[now]?.begunAt).toBeGreaterThanOrEqual(START);
            const ticks = events.filter((event) => event.type === 'agenda.ticked');
            expect(ticks.length).toBeLessThan(2 + Number(events.some(({ type }) => type === 'agenda.begun')));
            for (const { payload } of ticks) {
              counted.set(payload.why, (counted.get(payload.why) ?? 0) + 1);
              const { done } = all[payload.step]!;
              if (payload.why === 'hand') continue;
              expect(state.agenda.progress[payload.step]?.doneAt).toBeUndefined();
              if (payload.why === 'left') expect(done).toBeUndefined();
              else expect([now, Object.keys(done ?? {})]).toEqual([payload.step, [payload.why]]);
            }
          });
        }),
        { numRuns: 60 },
      );
    const kinds = ['run', 'score', 'file', 'left', 'hand'];
    // Chance alone may leave a rare one out of so few: then some more are played.
    for (let times = 0; times < 10 && !kinds.every((why) => counted.has(why)); times++) playSome();
    for (const why of kinds) expect(counted.get(why) ?? 0, why).toBeGreaterThan(0);
  });
});
