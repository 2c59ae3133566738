// Main runs: requested, queued, started, finished; guesses and credit.
import { describe, expect, it } from 'vitest';
import type { SessionState } from '#session-core/model/state.ts';
import { lastSucceeded, newestServable, newestSucceeded } from '#session-core/rules/run.ts';
import {
  ANNA,
  BEN,
  CLEO,
  driven,
  HOST,
  kinds,
  merged,
  next,
  patch,
  play,
  report,
  start,
  TASK,
  TREE1,
  tree,
  tried,
  when,
  withSuggestion,
} from '../kit.ts';

const A = tree({ 'params.yaml': 'a' });
const B = tree({ 'params.yaml': 'b' });
const C = tree({ 'params.yaml': 'c' });
const request = { type: 'run.request' } as const;
const of = (run: string, more: object = {}) => ({ type: 'run.report', run, report: report(more) }) as const;
/** Two main runs: one of A runs, one of B waits. Their ids. */
function busy(): { s: SessionState; a: string; b: string } {
  const one = play(driven(), [ANNA, request, { facts: { tree: A } }]);
  const a = Object.keys(one.runs).at(-1) ?? '';
  const s = play(one, [null, { type: 'run.start', run: a }], [ANNA, request, { facts: { tree: B } }]);
  return { s, a, b: Object.keys(s.runs).at(-1) ?? '' };
}

describe('asking for a run', () => {
  it('[R1] takes the text as it is and numbers the run', () => {
    expect(when(driven(), ANNA, request, { facts: { tree: A } })).toEqual([
      ['revision.cut', { n: 2, tree: A, why: 'run' }],
      ['run.requested', { kind: 'main', revision: 2, tree: A, why: 'request' }],
    ]);
    const { s, a, b } = busy();
    expect([s.runs[a]?.number, s.runs[b]?.number]).toEqual([2, 3]);
    expect(when(driven(), ANNA, { ...request, force: ['train'] }, { facts: { tree: TREE1 } })).toMatchObject([
      ['run.requested', { revision: 1, force: ['train'] }],
    ]);
  });

  it('[R2] runs one and queues one, which newer code replaces', () => {
    const { s, a, b } = busy();
    expect(when(s, ANNA, request, { facts: { tree: B } })).toEqual([]);
    expect(when(s, HOST, request, { facts: { tree: C } })).toEqual([
      ['revision.cut', expect.objectContaining({ tree: C, why: 'run' })],
      ['run.cancelled', { run: b }],
      ['run.requested', expect.objectContaining({ tree: C, why: 'request' })],
    ]);
    expect(kinds(s, ANNA, { ...request, force: ['train'] }, { facts: { tree: B } })).toEqual([
      'run.cancelled',
      'run.requested',
    ]);
    const after = play(s, [HOST, request, { facts: { tree: C } }]);
    expect([after.runs[a]?.status, after.runs[b]?.status]).toEqual(['running', 'cancelled']);
  });

  it('[R3] replaces the queued run after an accept', () => {
    const { s, b } = busy();
    const [added, id] = withSuggestion(s, { patch: patch('trees: 9') });
    const facts = { merge: merged(C, B) };
    expect(kinds(added, ANNA, { type: 'suggestion.accept', suggestion: id }, { facts })).toEqual([
      'revision.cut',
      'suggestion.accepted',
      'run.cancelled',
      'run.requested',
    ]);
    const after = play(added, [ANNA, { type: 'suggestion.accept', suggestion: id }, { facts }]);
    expect(after.runs[b]?.status).toBe('cancelled');
  });

  it('[R4] follows by itself only where it is wanted and new', () => {
    const [s, id] = withSuggestion(driven(), { patch: patch('trees: 9') });
    const accept = [ANNA, { type: 'suggestion.accept', suggestion: id }, { facts: { merge: merged(A) } }] as const;
    const off = play(s, [HOST, { type: 'session.configure', autoRun: false }]);
    expect(kinds(off, ...accept)).toEqual(['revision.cut', 'suggestion.accepted']);
    const same = [ANNA, { type: 'suggestion.accept', suggestion: id }, { facts: { merge: merged(TREE1) } }] as const;
    expect(kinds(s, ...same)).toEqual(['suggestion.accepted']);
  });
});

describe('from start to end', () => {
  it('[R5] ends once', () => {
    const { s, a } = busy();
    expect(kinds(s, null, { type: 'run.start', run: a })).toEqual([]);
    expect(kinds(s, null, of(a))).toEqual(['run.finished']);
    const over = play(s, [null, of(a)]);
    for (const command of [
      of(a, { status: 'failed' }),
      { type: 'run.start', run: a },
      { type: 'run.interrupt', run: a },
    ] as const)
      expect(kinds(over, null, command)).toEqual([]);
    expect(kinds(over, null, of('r99'))).toEqual([]);
    expect(play(over, [ANNA, request, { facts: { tree: C } }]).runs[a]?.status).toBe('succeeded');
  });

  it('[R5] starts and ends in one step where it was reported before it was seen to start', () => {
    const { s, b } = busy();
    expect(kinds(s, null, of(b, { status: 'failed' }))).toEqual(['run.started', 'run.finished']);
    expect(kinds(s, null, of(b, { status: 'cancelled' }))).toEqual(['run.cancelled']);
  });

  it('[R6] can be cancelled while it is not over', () => {
    const { s, a } = busy();
    const cancel = { type: 'run.cancel', run: a } as const;
    expect(when(s, ANNA, cancel)).toEqual([['run.cancelled', { run: a }]]);
    expect(when(play(s, [ANNA, cancel]), ANNA, cancel)).toBe('run_over');
    expect(when(s, ANNA, { ...cancel, run: 'r99' })).toBe('not_found');
    const secret = play(s, [BEN, { type: 'preview.request', patch: patch('x') }, { facts: tried(C) }]);
    const draft = secret.drafts[BEN]?.run ?? '';
    expect(when(secret, ANNA, { ...cancel, run: draft })).toBe('not_found');
    const [sent] = withSuggestion(secret, { patch: patch('x') });
    expect(when(sent, ANNA, { ...cancel, run: draft })).toHaveLength(1);
  });

  it('[R7] is interrupted by a restart, without a score', () => {
    const { s, a } = busy();
    const cut = play(s, [null, { type: 'run.interrupt', run: a }], [null, of(a)]);
    expect(cut.runs[a]).toMatchObject({ status: 'interrupted' });
    expect(cut.runs[a]?.report).toBeUndefined();
    expect(lastSucceeded(cut)?.[0]).toBe('r3');
  });

  it('[R18] is compared with the success before it, a preview with one of the current task', () => {
    const { s, a, b } = busy();
    const both = play(s, [null, of(a)], [null, of(b)]);
    expect(newestSucceeded(both)?.[0]).toBe(b);
    expect(newestSucceeded(both, b)?.[0]).toBe(a);
    // A report that comes late is not compared with a later run.
    expect(newestSucceeded(both, a)?.[0]).toBe('r3');
    const task = { ...TASK, id: 'another' };
    const load = { type: 'checkpoint.load', name: '6-second-question' } as const;
    const asked = play(both, [HOST, load, { facts: { tree: TREE1, merge: merged(C), task } }]);
    expect(asked.task.id).toBe('another');
    expect(lastSucceeded(asked)).toBeUndefined();
    expect(newestSucceeded(asked)?.[0]).toBe(b);
  });

  it('[R19] is served while its model answers; else the last one that did', () => {
    const { s, a, b } = busy();
    const findings = [{ code: 'served-fails', level: 'alarm', facts: { fault: 'thrown', message: 'no' } }] as const;
    expect(newestServable(play(s, [null, of(a)], [null, of(b)]))?.[0]).toBe(b);
    const broken = play(s, [null, of(a)], [null, of(b, { findings })]);
    expect(broken.runs[b]?.status).toBe('succeeded');
    expect(newestServable(broken)?.[0]).toBe(a);
    const none = play(start(), [HOST, request, { facts: { tree: A } }]);
    const run = Object.keys(none.runs).at(-1) ?? '';
    const only = { ...none, runs: { [run]: none.runs[run]! } };
    expect(newestServable(play(only, [null, of(run, { findings })]))?.[0]).toBe(run);
  });
});

describe('guesses', () => {
  it('[R8] close at the start; the closest three are shown on a success', () => {
    const guess = (value: number) => ({ type: 'guess.set', value }) as const;
    const s = play(driven(), [HOST, guess(2.0)], [ANNA, guess(2.6)], [BEN, guess(2.8)], [CLEO, guess(2.4)]);
    const run = next('r', s);
    const on = play(s, [ANNA, request, { facts: { tree: TREE1 } }], [null, { type: 'run.start', run }]);
    expect(on.guesses).toEqual({});
    const late = play(on, [BEN, guess(1)]);
    const done = play(late, [null, of(run, { metrics: { 'cv.rmse': 2.7 } })]);
    expect(done.runs[run]?.guesses?.map(({ participant }) => participant)).toEqual([ANNA, BEN, CLEO]);
    expect(done.runs[run]).not.toHaveProperty('closed');
    expect(done.guesses).toEqual({ [BEN]: 1 });
    const failed = play(late, [null, of(run, { status: 'failed', metrics: {} })]);
    expect(failed.runs[run]?.guesses).toBeUndefined();
    expect(failed.guesses).toEqual({ [HOST]: 2, [ANNA]: 2.6, [BEN]: 1, [CLEO]: 2.4 });
    const gone = play(on, [HOST, { type: 'participant.remove', participant: ANNA }], [null, of(run)]);
    expect(gone.runs[run]?.guesses?.map(({ participant }) => participant)).toEqual([BEN, CLEO, HOST]);
    const mute = play(on, [null, of(run, { metrics: {} })]);
    expect(mute.runs[run]?.guesses).toEqual([]);
  });
});

describe('credit', () => {
  const accepted = (facts: object, autoRun = false) => {
    const [s, id] = withSuggestion(play(driven(), [HOST, { type: 'session.configure', autoRun }]), {
      patch: patch('trees: 9'),
    });
    return [play(s, [ANNA, { type: 'suggestion.accept', suggestion: id }, { facts }]), id] as const;
  };

  it('[R9] goes to the first run of code that contains the suggestion', () => {
    const [s, id] = accepted({ merge: merged(A) });
    expect(s.suggestions[id]?.accepted?.run).toBeUndefined();
    const typedOn = play(s, [ANNA, request, { facts: { tree: B } }]);
    expect(typedOn.suggestions[id]?.accepted?.run).toBe(Object.keys(typedOn.runs).at(-1));
    const more = play(typedOn, [
      null,
      { type: 'run.report', run: Object.keys(typedOn.runs).at(-1) ?? '', report: report() },
    ]);
    expect(play(more, [ANNA, request, { facts: { tree: C } }]).suggestions[id]?.accepted?.run).toBe(
      typedOn.suggestions[id]?.accepted?.run,
    );
  });

  it('[R9] waits for the next run where the first was cut off', () => {
    const [s, id] = accepted({ merge: merged(A) }, true);
    const first = s.suggestions[id]?.accepted?.run ?? '';
    const again = play(s, [ANNA, { type: 'run.cancel', run: first }], [ANNA, request, { facts: { tree: A } }]);
    expect(again.suggestions[id]?.accepted?.run).toBe(Object.keys(again.runs).at(-1));
    expect(again.suggestions[id]?.accepted?.run).not.toBe(first);
  });

  it('[R9] does not go to a run of restored text, nor to a suggestion without code', () => {
    const [s, id] = accepted({ merge: merged(A) });
    const back = { merge: merged(TREE1, A), tree: A };
    const gone = play(
      s,
      [ANNA, { type: 'revision.restore', revision: 1 }, { facts: back }],
      [ANNA, request, { facts: { tree: TREE1 } }],
    );
    expect(gone.suggestions[id]?.accepted?.run).toBeUndefined();
    const [added, words] = withSuggestion(driven());
    const said = play(
      added,
      [ANNA, { type: 'suggestion.accept', suggestion: words }],
      [ANNA, request, { facts: { tree: TREE1 } }],
    );
    expect(said.suggestions[words]?.accepted).toMatchObject({ how: 'words' });
    expect(said.suggestions[words]?.accepted?.run).toBeUndefined();
    expect(start().runs['r3']?.number).toBe(1);
  });
});
