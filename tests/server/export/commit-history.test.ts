// The history that people pull: what they have is always the beginning of what comes.
import { expect, it, vi } from 'vitest';
import { defaultCourse, outsideFolder } from '#sandbox/index.ts';
import { historyOf } from '#server/export/commit-history.ts';
import { liveRepository, nothingMade } from '#server/export/export-repository.ts';
import type { SessionReadings } from '#server/session/session-api.ts';
import type { EventType, PayloadOf, SessionEvent } from '#session-core/model/events.ts';
import { initialState } from '#session-core/model/state.ts';
import { evolve } from '#session-core/session.ts';
import { viewOf } from '#session-core/view/view.ts';
import { ANNA, CREATE, eventsOf, HOST, join, type Line, replay } from '../../session-core/kit.ts';

const START: SessionEvent[] = [];
for (const line of [[null, CREATE], join('Host', true), join('Anna')] satisfies Line[]) {
  START.push(...eventsOf(replay(START, initialState), line));
}

/** A log that grows. */
function logOf() {
  const events: SessionEvent[] = [...START];
  const add = <T extends EventType>(type: T, payload: PayloadOf<T>, by: string | null = ANNA) => {
    const seq = events.length + 1;
    events.push({ seq, at: 1_000_000 + seq * 1_000, by, type, payload } as unknown as SessionEvent);
    return seq;
  };
  return { events, add };
}

const ENCLOSED = { outside: outsideFolder(), notice: '', inRepository: true };

/** A session whose only file says which revision it is of. */
function readingsOf(events: readonly SessionEvent[]): SessionReadings {
  const state = () => events.reduce(evolve, initialState);
  const presence = {
    online: new Set<string>(),
    viewers: 0,
    mostParticipants: 9,
    gaps: [],
    retention: { keptUntil: 0 },
  };
  return {
    id: 'session',
    state,
    view: () => viewOf(state(), { kind: 'public' }, presence),
    course: defaultCourse,
    data: () => [],
    report: async () => null,
    holdout: async () => null,
    events: async () => events,
    files: async (n: number) => ({ revision: n, files: { 'a.ts': `${n}\n` } }),
    tables: () => ({}),
  } as unknown as SessionReadings;
}

const settled = (events: readonly SessionEvent[]) =>
  historyOf(events, { names: 'then' }).steps.filter(({ open }) => !open);

it('only grows: typing in pauses, hand-overs, runs, patches, work by hand, and other names', () => {
  const { events, add } = logOf();
  let revision = 1;
  const cut = (why: PayloadOf<'revision.cut'>['why'], by: string | null = ANNA, suggestion?: string) => {
    revision += 1;
    const tree = { 'a.ts': String(revision).padStart(64, '0') };
    add('revision.cut', { n: revision, tree, why, ...(suggestion ? { suggestion } : {}) }, by);
    return tree;
  };
  cut('pause');
  cut('pause');
  add('run.requested', { kind: 'main', revision, tree: {}, why: 'request' });
  cut('pause');
  cut('handover');
  cut('opened', HOST);
  add('participant.credited', { name: 'Ada Lovelace' });
  const words = add('suggestion.added', { text: 'By hand', status: 'open', flagged: false });
  const byHand = `s${words.toString(16)}`;
  cut('pause', HOST);
  add('suggestion.accepted', { suggestion: byHand, how: 'hand', from: 2, to: revision }, HOST);
  const hunks = [{ fromLine: 1, removed: ['x'], added: ['y'] }];
  const added = add('suggestion.added', {
    text: 'By patch',
    status: 'open',
    flagged: false,
    patch: { revision, files: [{ path: 'a.ts', hunks }] },
  });
  const byPatch = `s${added.toString(16)}`;
  cut('patch', HOST, byPatch);
  add('suggestion.accepted', { suggestion: byPatch, how: 'patch', from: revision - 1, to: revision }, HOST);
  cut('pause');
  add('participant.credited', { name: 'A. L.' });
  cut('pause');
  cut('run');

  let before: readonly unknown[] = [];
  for (let end = START.length; end <= events.length; end++) {
    // A patch and what is said of it are one batch.
    if (events[end]?.type === 'suggestion.accepted') continue;
    const steps = settled(events.slice(0, end));
    expect(steps.slice(0, before.length)).toEqual(before);
    before = steps;
  }
  expect(settled(events).map(({ author, message }) => `${author.name}: ${message.split('\n')[0]}`)).toEqual([
    'Crowd Programming: Starting point',
    'Anna: Change a.ts',
    'Anna: Change a.ts',
    'Host: Change a.ts',
    'Ada Lovelace: By hand',
    'Ada Lovelace: By patch',
    'A. L.: Change a.ts',
  ]);
  // A copy that nobody pulls into credits everybody as they are called at last.
  const names = historyOf(events, { names: 'now' }).steps.map(({ author }) => author.name);
  expect(new Set(names)).toEqual(new Set(['Crowd Programming', 'A. L.', 'Host']));
  // Whoever was removed is in it by no name; what was pulled stays as it is.
  add('participant.removed', { participant: ANNA }, HOST);
  expect(settled(events)).toEqual(before);
  const { steps } = historyOf(events, { names: 'now' });
  expect(new Set(steps.map(({ author }) => author.name))).toEqual(
    new Set(['Crowd Programming', 'Former participant', 'Host']),
  );
  for (const { message } of steps) expect(message).not.toMatch(/Anna|Ada|A\. L\./);
});

it('says of what was applied the score before it and that of its preview', () => {
  const { events, add } = logOf();
  const tree = (n: number) => ({ 'a.ts': String(n).padStart(64, '0') });
  const report = (rmse: number) => ({
    ...({ status: 'succeeded', stages: [], findings: [], ms: 1, detail: 'd' } as const),
    metrics: { 'cv.rmse': rmse },
  });
  const main = (revision: number, rmse: number) => {
    const run = `r${add('run.requested', { kind: 'main', revision, tree: tree(revision), why: 'request' }).toString(16)}`;
    add('run.finished', { run, report: report(rmse) });
  };
  const patched = (revision: number, previewed: number | null) => {
    const files = [{ path: 'a.ts', hunks: [{ fromLine: 1, removed: ['x'], added: ['y'] }] }];
    const patch = { revision, files };
    const suggestion = `s${add('suggestion.added', { text: 'Try y', status: 'open', flagged: false, patch }).toString(16)}`;
    if (previewed !== null) {
      const asked = { kind: 'preview', revision, tree: tree(9), why: 'request', suggestion } as const;
      add('run.finished', { run: `r${add('run.requested', asked).toString(16)}`, report: report(previewed) });
    }
    add('revision.cut', { n: revision + 1, tree: tree(revision + 1), why: 'patch', suggestion }, HOST);
    add('suggestion.accepted', { suggestion, how: 'patch', from: revision, to: revision + 1 }, HOST);
    return settled(events)
      .at(-1)
      ?.message.match(/^(?:Before|Preview): .*$/gm);
  };
  expect(patched(1, null)).toBe(null);
  main(2, 2.5);
  expect(patched(2, 2.25)).toEqual(['Before: cv.rmse 2.5000 (run 2)', 'Preview: cv.rmse 2.2500']);
  main(3, 2.25);
  expect(patched(3, null)).toEqual(['Before: cv.rmse 2.2500 (run 3)']);
});

it('leaves the tag of a run where it is when its text is accepted by hand', async () => {
  const { events, add } = logOf();
  add('revision.cut', { n: 2, tree: { 'a.ts': 'b'.repeat(64) }, why: 'run' });
  const run = `r${add('run.requested', { kind: 'main', revision: 2, tree: {}, why: 'request' }).toString(16)}`;
  add('run.finished', {
    run,
    report: { status: 'succeeded', stages: [], metrics: { 'cv.rmse': 2 }, findings: [], ms: 1, detail: 'd' },
  });
  const session = readingsOf(events);
  const tagged = async (made = nothingMade()) => Object.entries((await liveRepository(session, ENCLOSED, made))!.refs);
  const tags = (refs: (readonly [string, string])[]) => refs.filter(([ref]) => ref.startsWith('refs/tags/'));
  const before = tags(await tagged());
  expect(before).toHaveLength(1);
  const words = add('suggestion.added', { text: 'By hand', status: 'open', flagged: false });
  add('suggestion.accepted', { suggestion: `s${words.toString(16)}`, how: 'hand', from: 1, to: 2 }, HOST);
  expect(tags(await tagged())).toEqual(before);
});

it('makes the branch of a suggestion once, whatever comes after it, and to the same commit as a build from nothing', async () => {
  const { events, add } = logOf();
  add('revision.cut', { n: 2, tree: { 'a.ts': 'b'.repeat(64) }, why: 'run' });
  const suggest = (text: string) =>
    add('suggestion.added', {
      text,
      status: 'open',
      flagged: false,
      patch: { revision: 2, files: [{ path: 'a.ts', hunks: [{ fromLine: 1, removed: ['2'], added: [text] }] }] },
    });
  const made = nothingMade();
  const tree = vi.spyOn(made.objects, 'tree');
  const refs = async (given = made) => (await liveRepository(readingsOf(events), ENCLOSED, given))!.refs;
  for (let n = 0; n < 30; n++) suggest(`Number ${n}`);
  await refs();
  tree.mockClear();
  suggest('One more');
  add('participant.credited', { name: 'Ada Lovelace' });
  const found = await refs();
  // Those of one author are signed anew; nothing else.
  expect(Object.keys(found).filter((ref) => ref.startsWith('refs/heads/suggestion/'))).toHaveLength(31);
  expect(found).toEqual(await refs(nothingMade()));
  tree.mockClear();
  suggest('And one');
  await refs();
  expect(tree.mock.calls.length).toBeLessThanOrEqual(2);
});
