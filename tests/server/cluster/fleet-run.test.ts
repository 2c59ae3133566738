// A run at a worker whose messages are given by hand: by which clock it is given up, what of its progress is shown, and what no
// honest worker says of it.
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { DEFAULT_LIMITS, type Job, type Progress } from '#sandbox/index.ts';
import type { Assignment, Dispatch } from '#server/cluster/dispatch.ts';
import { FleetModels } from '#server/cluster/fleet-models.ts';
import { createFleetRun } from '#server/cluster/fleet-run.ts';
import { reportWith } from '../../support/manual-pool.ts';

beforeEach(() => void vi.useFakeTimers({ toFake: ['performance'] }));
afterEach(() => void vi.useRealTimers());

const JOB: Job = {
  runId: 'r1',
  sessionId: 's',
  kind: 'main',
  files: { 'src/predict.ts': '' },
  data: {},
  cacheDir: '/c',
};

function begun(more: Partial<Job> = {}) {
  const clocks: (number | 'rest')[] = [];
  const shown: Progress[] = [];
  let of: Assignment | undefined;
  const dispatch: Dispatch = {
    assign(assignment) {
      of = assignment;
      clocks.push(assignment.mostMs);
      return {
        isWithWorker: () => true,
        done: (_, ms) => void clocks.push(ms ?? 'rest'),
        within: (ms) => void clocks.push(ms),
        rest: () => void clocks.push('rest'),
        send: () => {},
        close: () => {},
      };
    },
    arrive: async () => false,
    waiting: () => 0,
    close: async () => {},
  };
  const job = { ...JOB, ...more };
  const run = createFleetRun({
    job,
    dispatch,
    models: new FleetModels(),
    onProgress: (one) => shown.push(one),
    left: () => {},
  });
  run.begin();
  of?.taken?.();
  const says = (progress: object) => of!.received({ type: 'progress', progress });
  const reports = (report: object) => of!.received({ type: 'report', report: { ...reportWith({}), ...report } });
  return { run, clocks, shown, says, reports, again: () => of!.taken?.(), received: of!.received };
}
const STARTED = { type: 'started' };
const share = (value: number) => ({ type: 'progress', stage: 'a', share: value });
const log = (...texts: string[]) => ({ type: 'log', lines: texts.map((text) => ({ stage: 'a', at: 0, text })) });

describe('the clock of a run', () => {
  it('begins with the run: it may wait in its worker for longer', () => {
    const { clocks, says } = begun();
    expect(clocks[0]).toBeGreaterThan(DEFAULT_LIMITS.runMs + 60_000);
    says(STARTED);
    expect(clocks.slice(1)).toEqual([DEFAULT_LIMITS.runMs + 30_000]);
  });

  it('ends with its checks, also where nobody waits for these any more', () => {
    const { run, clocks, reports, received } = begun();
    reports({ checking: true });
    run.cancel();
    expect(received({ type: 'checked', findings: [] })).toBe(true);
    expect(clocks.at(-1)).toBe('rest');
  });
});

describe('progress', () => {
  it('is shown at most 20 times a second, as that of a run on this machine', () => {
    const { says, shown } = begun();
    for (let i = 0; i < 100; i += 1) {
      expect(says(share(i / 100))).toBe(true);
      vi.advanceTimersByTime(10);
    }
    expect(shown.length).toBeGreaterThan(10);
    expect(shown.length).toBeLessThanOrEqual(20);
  });

  it.each<[string, readonly object[]]>([
    ['two beginnings', [STARTED, STARTED]],
    ['messages without end', Array.from({ length: 5_000 }, () => ({ type: 'stage', name: 'a' }))],
    ['lines without end', Array.from({ length: 6 }, () => log(...Array.from({ length: 100 }, () => 'x')))],
    ['a line of megabytes', [log('x'.repeat(2_000_000))]],
    ['a plan of megabytes', [{ type: 'stage', name: 'x'.repeat(2_000_000) }]],
  ])('of %s is not what an honest worker sends', (_, sent) => {
    const { says } = begun();
    expect(sent.map(says).at(-1)).toBe(false);
  });

  it('of an honest run is shown whole', () => {
    const { says, shown } = begun();
    const sent = [STARTED, { type: 'stage', name: 'a' }, ...Array.from({ length: 501 }, (_, i) => log(String(i)))];
    expect(sent.every(says)).toBe(true);
    expect(shown).toEqual(sent);
  });

  it('of a run that begins again elsewhere says nothing twice', () => {
    const { says, shown, again } = begun();
    for (const one of [STARTED, log('1'), log('2')]) says(one);
    again();
    for (const one of [STARTED, log('1', '2', '3'), log('4')]) expect(says(one)).toBe(true);
    expect(shown).toEqual([STARTED, log('1'), log('2'), log('3'), log('4')]);
  });
});

describe('a report', () => {
  it('of a run that was cancelled, which nobody here did, is none; what gives way may say so', async () => {
    expect(begun().reports({ status: 'cancelled' })).toBe(false);
    const { run, reports } = begun({ background: true, kind: 'preview' });
    expect(reports({ status: 'cancelled' })).toBe(true);
    expect((await run.report).status).toBe('cancelled');
  });

  const classes = ['no', 'yes'];
  const task = { target: 'y', measure: 'logLoss', classes, forbidden: [], markers: [], actual: [0, 1] } as const;
  const seen = {
    row: [0, 1],
    fold: [0, 1],
    actual: [0, 1],
    predicted: [0, 1],
    probabilities: [
      [1, 0],
      [0.5, 0.5],
    ],
  };
  it.each<[string, object]>([
    [
      'a share beyond 1',
      {
        probabilities: [
          [1, 0],
          [2, -1],
        ],
      },
    ],
    ['shares of other classes', { probabilities: [[1], [1]] }],
    ['no shares', { probabilities: undefined }],
    ['a class that is none', { actual: [0, 2] }],
    ['half a class', { actual: [0, 0.5] }],
  ])('with predictions of %s is none', (_, more) => {
    const { probabilities, ...rest } = { ...seen, ...more };
    const predictions = { ...rest, ...(probabilities ? { probabilities } : {}) };
    expect(begun({ task }).reports({ predictions })).toBe(false);
  });

  it('has the most probable classes as its predictions, whatever it says beside the shares', async () => {
    const { run, reports } = begun({ task });
    expect(reports({ predictions: { ...seen, predicted: [7, 7] } })).toBe(true);
    expect((await run.report).predictions).toEqual({ ...seen, predicted: [0, 0] });
  });
});
