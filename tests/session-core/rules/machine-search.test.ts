// "Let the machine try": who starts and stops it, what stays of it, and that it changes no code.
import { describe, expect, it } from 'vitest';
import { effectsOf } from '#session-core/effects.ts';
import type { MachineBest } from '#session-core/model/machine-search.ts';
import type { SessionState } from '#session-core/model/state.ts';
import { viewOf } from '#session-core/view/view.ts';
import {
  ANNA,
  BEN,
  decideLine,
  driven,
  HOST,
  kinds,
  type Line,
  PRESENCE,
  patch,
  play,
  RUN1,
  tree,
  when,
} from '../kit.ts';

const START = { type: 'search.start', seconds: 30 } as const;
const NEW = { facts: { tree: tree({ 'params.yaml': 'typed' }) } };
const BEST: MachineBest = {
  metric: 2.3,
  changes: [{ key: 'model', before: 'linear', after: 'forest' }],
  patch: patch('model: forest'),
};
const started = (from = driven()): readonly [SessionState, string] => {
  const s = play(from, [HOST, START, {}]);
  return [s, s.search!.id];
};
const found = (search: string, more = {}): Line => [
  null,
  { type: 'search.report', search, trials: 7, base: 2.7, best: BEST, ...more },
];
const pub = (s: SessionState) => viewOf(s, { kind: 'public' }, PRESENCE);

describe('a search of the machine', () => {
  it('[R26] is started by the driver or a facilitator, on the current text, one at a time', () => {
    expect(when(driven(), BEN, START)).toBe('not_allowed');
    for (const who of [HOST, ANNA]) expect(kinds(driven(), who, START)).toEqual(['search.started']);
    expect(kinds(driven(), ANNA, START, NEW)).toEqual(['revision.cut', 'search.started']);
    const typed = play(driven(), [ANNA, START, NEW]);
    expect(typed.search).toMatchObject({ by: ANNA, seconds: 30, revision: typed.revision, task: 'grades', trials: 0 });
    const [s] = started();
    expect(when(s, HOST, START)).toBe('search_running');
  });

  it('[R27] ends once, by whatever comes first, and keeps what it found', () => {
    const [s, id] = started();
    const better = play(s, found(id));
    expect(better.search).toMatchObject({ trials: 7, base: 2.7, best: BEST });
    expect(kinds(better, HOST, { type: 'session.end' })).toEqual(['driver.stopped', 'search.ended', 'session.ended']);
    const stopped = play(better, [ANNA, { type: 'search.stop' }]);
    expect(stopped.search).toMatchObject({ best: BEST, ended: { why: 'stopped' } });
    for (const late of [
      found(id, { trials: 9 }),
      [null, { type: 'search.finish', search: id, why: 'budget', trials: 9 }] as Line,
      [HOST, { type: 'search.stop' }] as Line,
    ])
      expect(play(stopped, late).search).toEqual(stopped.search);
    const over = play(better, [null, { type: 'search.finish', search: id, why: 'budget', trials: 30 }]);
    expect(over.search).toMatchObject({ trials: 30, best: BEST, ended: { why: 'budget' } });
    // Of an earlier search nothing is heard any more.
    const again = play(over, [HOST, START]);
    expect(again.search?.best).toBeUndefined();
    expect(kinds(again, ...found(id))).toEqual([]);
  });

  it('[R27] begins and stops in the world', () => {
    const effects = (state: SessionState, line: Line) => {
      const decided = decideLine(state, line);
      return decided.ok ? decided.value.flatMap((event) => effectsOf(event, state)) : [];
    };
    expect(effects(driven(), [HOST, START])).toMatchObject([{ type: 'start_search' }]);
    const [s, search] = started();
    expect(effects(s, [HOST, { type: 'search.stop' }])).toEqual([{ type: 'stop_search', search }]);
  });

  it('[R28] changes no code; anybody suggests its patch', () => {
    const [s, id] = started();
    const better = play(s, found(id));
    expect([better.revision, better.runs]).toEqual([s.revision, s.runs]);
    const add = { type: 'suggestion.add', text: 'The machine found this', patch: BEST.patch } as const;
    expect(kinds(better, BEN, add)).toEqual(['suggestion.added']);
  });

  it('[V20] is seen by everybody, and outdated where the evaluation is another by now', () => {
    const [s, id] = started();
    const run = s.runs[RUN1]!;
    const measured = (key: string): SessionState => ({
      ...play(s, found(id, { evaluation: 'e1' })),
      runs: { ...s.runs, [RUN1]: { ...run, report: { ...run.report!, evaluation: { key, series: key } } } },
    });
    expect(pub(measured('e1')).search).toMatchObject({ best: BEST, trials: 7 });
    expect(pub(measured('e1')).search).not.toHaveProperty('outdated');
    expect(pub(measured('e2')).search).toMatchObject({ best: BEST, outdated: true });
    expect(pub({ ...measured('e1'), task: { ...s.task, id: 'other' } }).search).toMatchObject({ outdated: true });
    expect(pub(driven()).search).toBeNull();
  });
});
