// Texts and patches: hunks, merges, keys, cleaning, revisions.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { lastSucceeded } from '#session-core/rules/run.ts';
import { cleanText, lengthOf } from '#session-core/text/clean-text.ts';
import { mergeFiles, mergePatch, mergePatchFiles } from '#session-core/text/merge.ts';
import {
  applyHunks,
  canonicalPatch,
  hunksOf,
  patchBetween,
  patchFiles,
  reversePatch,
} from '#session-core/text/patch.ts';
import { viewOf } from '#session-core/view/view.ts';
import { anyText } from '#tests/support/any-text.ts';
import {
  ANNA,
  BEN,
  driven,
  HOST,
  kinds,
  merged,
  PRESENCE,
  patch,
  play,
  RUN1,
  report,
  start,
  TASK,
  TREE1,
  tree,
  when,
  withSuggestion,
} from '../kit.ts';

/** Few different lines, so that edits meet. */
const lines = fc.array(fc.constantFrom('a', 'b', 'c', '', '  a', 'trees: 100'), { maxLength: 12 });
const text = lines.map((some) => some.join('\n'));
const maybe = fc.option(text, { nil: null });
const files = fc.dictionary(fc.constantFrom('a.ts', 'b.ts', 'params.yaml'), text, { maxKeys: 3 });

describe('revisions', () => {
  const cut = { type: 'revision.cut' } as const;
  const A = tree({ 'src/train.ts': 'a' });

  it('[T1] are cut where the text differs, numbered without a gap', () => {
    expect(when(start(), null, cut, { facts: { tree: TREE1 } })).toEqual([]);
    expect(when(start(), null, cut)).toEqual([]);
    const s = play(
      start(),
      [null, cut, { facts: { tree: A } }],
      [null, cut, { facts: { tree: A } }],
      [null, cut, { facts: { tree: TREE1 } }],
    );
    expect(Object.keys(s.revisions)).toEqual(['1', '2', '3']);
    expect(s.revision).toBe(3);
  });

  it('[T2] are credited to who wrote them', () => {
    const [s, id] = withSuggestion(driven(), { patch: patch('trees: 9') });
    const B = tree({ 'params.yaml': 'b' });
    const facts = { merge: merged({ ...B, ...A, 'params.yaml': 'b' }, A) };
    const done = play(s, [HOST, { type: 'suggestion.accept', suggestion: id }, { facts }]);
    expect(done.revisions['2']).toMatchObject({ by: ANNA, why: 'pause' });
    expect(done.revisions['3']).toMatchObject({ by: BEN, why: 'patch', suggestion: id });
    const back = { merge: merged(A, { ...B, ...A, 'params.yaml': 'b' }) };
    const undone = play(done, [HOST, { type: 'suggestion.unaccept', suggestion: id }, { facts: back }]);
    expect(undone.revisions['4']).toMatchObject({ by: HOST, why: 'patch' });
  });

  it('[T3] come back as new ones, and nothing typed is lost', () => {
    const s = play(driven(), [null, cut, { facts: { tree: A } }]);
    const typed = tree({ 'src/train.ts': 'typed' });
    const restore = { type: 'revision.restore', revision: 1 } as const;
    expect(when(s, ANNA, restore, { facts: { merge: merged(TREE1, typed) } })).toMatchObject([
      ['revision.cut', { n: 3, tree: typed, why: 'pause' }],
      ['revision.cut', { n: 4, tree: TREE1, why: 'restore', restored: 1 }],
    ]);
    const ran = play(s, [ANNA, { type: 'run.request' }, { facts: { tree: A } }]);
    expect(kinds(ran, ANNA, restore, { facts: { merge: merged(TREE1, A) } })).toEqual([
      'revision.cut',
      'run.requested',
    ]);
    expect(when(s, ANNA, { ...restore, revision: 9 })).toBe('not_found');
  });

  it('[T4] are loaded from checkpoints', () => {
    const load = { type: 'checkpoint.load', name: '3-forest' } as const;
    expect(when(start(), HOST, load, { facts: { merge: merged(A) } })).toMatchObject([
      ['revision.cut', { n: 2, tree: A, why: 'checkpoint', checkpoint: '3-forest' }],
      ['run.requested', { why: 'restore' }],
    ]);
    expect(when(start(), HOST, load)).toBe('not_found');
    const big = Object.fromEntries(Array.from({ length: 21 }, (_, i) => [`f${i}`, 'x']));
    expect(when(start(), HOST, load, { facts: { merge: merged(big) } })).toBe('too_big');
  });
});

describe('the task', () => {
  const A = tree({ 'src/train.ts': 'a' });
  const B = tree({ 'src/train.ts': 'b' });
  const SECOND = { ...TASK, id: 'second', target: 'G3', forbidden: ['G3'], metric: 'cv.mae' };
  const load = { type: 'checkpoint.load', name: '6-second' } as const;
  const asked = () => play(start(), [HOST, load, { facts: { merge: merged(A), task: SECOND } }]);

  it('[T13] comes with its checkpoint, and is restored with the text', () => {
    expect(when(start(), HOST, load, { facts: { merge: merged(A), task: SECOND } })).toMatchObject([
      ['task.changed', { task: SECOND }],
      ['revision.cut', { n: 2, tree: A }],
      ['run.requested', { revision: 2 }],
    ]);
    expect(viewOf(asked(), { kind: 'public' }, PRESENCE).task).toEqual(SECOND);
    expect(asked().activity.find(({ what }) => what === 'task_changed')?.facts).toEqual({ task: SECOND.sentence });
    const same = { facts: { merge: merged(B, A), task: SECOND } };
    expect(kinds(asked(), HOST, { ...load, name: 'again' }, same)).not.toContain('task.changed');
    const back = play(asked(), [
      HOST,
      { type: 'revision.restore', revision: 1 },
      { facts: { merge: merged(TREE1, A) } },
    ]);
    expect(back.task).toEqual(TASK);
    expect(back.revisions[3]?.task).toBe(TASK.id);
    // What was typed before belongs to the old task.
    const typed = { facts: { merge: merged(A, B), task: SECOND } };
    expect(kinds(start(), HOST, load, typed)).toEqual([
      'revision.cut',
      'task.changed',
      'revision.cut',
      'run.requested',
    ]);
    expect(play(start(), [HOST, load, typed]).revisions[2]?.task).toBe(TASK.id);
  });

  it('[R18] belongs to the runs of its revisions', () => {
    const s = asked();
    const run = Object.keys(s.runs).at(-1) ?? '';
    expect([s.runs[RUN1]?.task, s.runs[run]?.task]).toEqual([TASK.id, SECOND.id]);
    expect(lastSucceeded(s)).toBeUndefined();
    const done = play(s, [
      null,
      { type: 'run.report', run, report: report({ metrics: { 'cv.rmse': 9, 'cv.mae': 1.5 } }) },
    ]);
    expect(lastSucceeded(done)?.[0]).toBe(run);
    expect(done.activity.at(-1)?.facts).toEqual({ run: 2, metric: 'cv.mae', value: 1.5 });
  });
});

describe('patches', () => {
  it('[T5] applied, are the difference they were made of', () => {
    fc.assert(
      fc.property(maybe, maybe, (a, b) => {
        expect(applyHunks(a, hunksOf(a, b))).toEqual({ ok: true, value: b });
      }),
    );
    expect(hunksOf('a\nb', 'a\nb')).toEqual([]);
    expect(hunksOf('a\nb\nc', 'a\nx\nc')).toEqual([{ fromLine: 2, removed: ['b'], added: ['x'] }]);
  });

  it('[T5] of a whole workspace too, files made and deleted', () => {
    fc.assert(
      fc.property(files, files, (a, b) => {
        const made = patchBetween(a, b, 1);
        expect(made === null ? a : patchFiles(a, made)).toEqual(made === null ? b : { ok: true, value: b });
      }),
    );
  });

  it('[T6] fit whole or not at all', () => {
    const hunk = (fromLine: number, removed: string[], added: string[] = []) => ({ fromLine, removed, added });
    expect(applyHunks('a\nb', [hunk(1, ['a'], ['x']), hunk(2, ['c'])])).toMatchObject({
      ok: false,
      error: { line: 2 },
    });
    expect(applyHunks('a\nb', [hunk(5, [], ['x'])])).toMatchObject({ ok: false, error: { line: 5 } });
    expect(applyHunks('a\nb', [hunk(2, ['b']), hunk(1, ['a'])])).toMatchObject({ ok: false, error: { line: 1 } });
    expect(applyHunks(null, [hunk(1, ['a'])])).toMatchObject({ ok: false });
    const two = {
      files: [
        { path: 'a', hunks: [hunk(1, ['a'], ['x'])] },
        { path: 'b', hunks: [hunk(1, ['?'])] },
      ],
    };
    expect(patchFiles({ a: 'a', b: 'b' }, two)).toMatchObject({ ok: false, error: { file: 'b', line: 1 } });
  });

  it('[T7] reversed, take themselves back', () => {
    fc.assert(
      fc.property(files, files, (a, b) => {
        const made = patchBetween(a, b, 1);
        if (made) expect(patchFiles(b, reversePatch(made, 2))).toEqual({ ok: true, value: a });
      }),
    );
  });

  it('[T8] have one key however they are split into hunks', () => {
    const cut = (...hunks: { fromLine: number; removed: string[]; added: string[] }[]) =>
      canonicalPatch({ revision: 1, files: [{ path: 'a', hunks }] });
    const one = cut({ fromLine: 2, removed: ['b', 'c'], added: ['x', 'y'] });
    expect(cut({ fromLine: 2, removed: ['b'], added: ['x'] }, { fromLine: 3, removed: ['c'], added: ['y'] })).toBe(one);
    expect(cut({ fromLine: 1, removed: ['a', 'b', 'c', 'd'], added: ['a', 'x', 'y', 'd'] })).toBe(one);
    expect(cut({ fromLine: 2, removed: ['b', 'c'], added: ['x', 'z'] })).not.toBe(one);
    const [p, q] = [
      { path: 'a', hunks: [] },
      { path: 'b', hunks: [{ fromLine: 1, removed: ['x'], added: [] }] },
    ];
    expect(canonicalPatch({ revision: 1, files: [p, q] })).toBe(canonicalPatch({ revision: 7, files: [q, p] }));
  });

  it('[T12] that only insert are the same only in the same file', () => {
    const insertion = {
      revision: 1,
      files: [{ path: 'params.yaml', hunks: [{ fromLine: 3, removed: [], added: ['x'] }] }],
    };
    const [s, id] = withSuggestion(start(), { patch: insertion });
    const again = (revision: number) =>
      ({ type: 'suggestion.add', text: 'same', patch: { ...insertion, revision } }) as const;
    expect(when(s, ANNA, again(1))).toEqual([['suggestion.upvoted', { suggestion: id }]]);
    const elsewhere = play(s, [null, { type: 'revision.cut' }, { facts: { tree: tree({ 'src/train.ts': 'other' }) } }]);
    expect(when(elsewhere, ANNA, again(2))).toEqual([['suggestion.upvoted', { suggestion: id }]]);
    const moved = play(s, [null, { type: 'revision.cut' }, { facts: { tree: tree({ 'params.yaml': 'other' }) } }]);
    expect(kinds(moved, ANNA, again(2))).toEqual(['suggestion.added']);
  });
});

describe('merging', () => {
  it('[T9] says whether the text had changed', () => {
    const base = 'a\nb\nc';
    expect(mergePatch({ base, live: base, patched: 'a\nx\nc' })).toEqual({ state: 'clean', text: 'a\nx\nc' });
    expect(mergePatch({ base, live: 'a\nb\ny', patched: 'x\nb\nc' })).toEqual({ state: 'stale', text: 'x\nb\ny' });
    expect(mergePatch({ base, live: 'new\na\nz\nc', patched: 'a\nx\nc' })).toEqual({ state: 'conflict', line: 3 });
    expect(mergePatch({ base, live: null, patched: 'a\nx\nc' })).toMatchObject({ state: 'conflict' });
  });

  it('[T9] leaves one side alone where only the other changed', () => {
    fc.assert(
      fc.property(maybe, maybe, (base, other) => {
        expect(mergePatch({ base, live: base, patched: other })).toEqual({ state: 'clean', text: other });
        if (other !== base)
          expect(mergePatch({ base, live: other, patched: base })).toEqual({ state: 'stale', text: other });
        if (other !== base)
          expect(mergePatch({ base, live: other, patched: other })).toEqual({ state: 'stale', text: other });
      }),
    );
  });

  it('[T9] gives the same text from both sides, or a conflict from both', () => {
    fc.assert(
      fc.property(text, text, text, (base, live, patched) => {
        const one = mergePatch({ base, live, patched });
        const two = mergePatch({ base, live: patched, patched: live });
        if (one.state === 'conflict') expect(two.state).toBe('conflict');
        else expect(two).toMatchObject({ text: one.text });
      }),
    );
  });

  it('[T9] touches no file that the patch does not name', () => {
    fc.assert(
      fc.property(files, files, files, (base, live, patched) => {
        const done = mergeFiles({ base, live, patched });
        if (done.state === 'conflict') return;
        for (const path of Object.keys(live))
          if (base[path] === patched[path]) expect(done.files[path]).toBe(live[path]);
      }),
    );
    const misfit = { files: [{ path: 'a', hunks: [{ fromLine: 1, removed: ['?'], added: [] }] }] };
    expect(mergePatchFiles({ base: { a: 'a' }, live: { a: 'a' }, patch: misfit })).toMatchObject({ ok: false });
  });

  it('[T10] never lets neighbouring lines conflict', () => {
    const params = Array.from({ length: 8 }, (_, i) => `p${i}: 0`);
    const set = (...changed: number[]) => params.map((line, i) => (changed.includes(i) ? `p${i}: 1` : line)).join('\n');
    const some = fc.uniqueArray(fc.nat(7), { maxLength: 8 });
    fc.assert(
      fc.property(some, some, (theirs, ours) => {
        const done = mergePatch({ base: set(), live: set(...theirs), patched: set(...ours) });
        expect(done).toMatchObject({ text: set(...theirs, ...ours) });
      }),
    );
    const odd = { base: 'a\nb', live: 'a\nx', patched: 'a\ny' };
    expect(mergePatch(odd)).toEqual({ state: 'conflict', line: 2 });
    expect(mergePatch({ base: 'a', live: 'a\nx', patched: 'a\ny' })).toMatchObject({ state: 'conflict' });
  });
});

it('[T11] cleaning is idempotent, and leaves nothing invisible', () => {
  fc.assert(
    fc.property(anyText(40), (raw) => {
      const clean = cleanText(raw);
      expect(cleanText(clean)).toBe(clean);
      expect(clean).not.toMatch(/[\p{Cc}\p{Co}\u202a-\u202e\u2066-\u2069\u200b\ufeff]|\p{M}{4}|^\s|\s$|\s\s/u);
      expect(clean.isWellFormed()).toBe(true);
    }),
  );
  expect(cleanText('a\u0301\u0301\u0301\u0301\u0301\u0301')).toBe('á\u0301\u0301\u0301');
  expect(cleanText('👩\u200d💻 ok')).toBe('👩\u200d💻 ok');
  expect(cleanText('\ud800x')).toBe('\ufffdx');
  expect(lengthOf('👩')).toBe(1);
});
