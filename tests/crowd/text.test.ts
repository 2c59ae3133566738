// The texts that `crowd` makes: merges that keep everything, and diffs as git prints them.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { Paint } from '#crowd/program/output.ts';
import { shown } from '#crowd/program/output.ts';
import { addsMarkers, MARKERS, mergeWithMarkers } from '#crowd/text/merge-with-markers.ts';
import { unifiedDiff } from '#crowd/text/unified-diff.ts';
import { diffLines, linesOf } from '#session-core/text/line-diff.ts';
import { mergePatch } from '#session-core/text/merge.ts';

const PLAIN: Paint = { added: (text) => text, removed: (text) => text, head: (text) => text };
const text = fc.array(fc.constantFrom('a', 'b', 'c', 'd', ''), { maxLength: 8 }).map((lines) => lines.join('\n'));

it('keeps every line that one of the sides added, and marks just what collides', () => {
  fc.assert(
    fc.property(text, text, text, (base, ours, theirs) => {
      const { text: merged, conflicts } = mergeWithMarkers(base, { ours, theirs });
      const lines = merged.split('\n');
      const count = (all: readonly string[], line: string) => all.filter((one) => one === line).length;
      for (const side of [ours, theirs])
        for (const { lines: added } of diffLines(linesOf(base), linesOf(side)))
          for (const line of added) expect(count(lines, line)).toBeGreaterThanOrEqual(count(added, line));
      const merge = mergePatch({ base, live: theirs, patched: ours });
      expect(conflicts > 0).toBe(addsMarkers('src/a.ts', merged, ''));
      // Where each side deleted what the other kept, the file is there, and empty.
      if (merge.state !== 'conflict') expect(merged).toBe(merge.text ?? '');
    }),
  );
});

it('puts both versions of a line between markers, and leaves the rest of the file merged', () => {
  const base = 'one\ntwo\nthree\nfour\nfive\n';
  const merged = mergeWithMarkers(base, {
    ours: 'one\nTWO of mine\nthree\nfour\nfive\n',
    theirs: 'one\ntwo of theirs\nthree\nfour\nFIVE\n',
  });
  expect(merged.conflicts).toBe(1);
  expect(merged.text).toBe(
    `one\n${MARKERS.ours}\nTWO of mine\n${MARKERS.middle}\ntwo of theirs\n${MARKERS.theirs}\nthree\nfour\nFIVE\n`,
  );
});

it.each([
  ['src/a.ts', 'one\n=======\ntwo\n', '', true],
  ['notes.md', 'Heading\n=======\n', '', false],
  ['notes.md', '<<<<<<< HEAD\n', '', true],
  ['src/a.ts', '>>>>>>> 1f2e3d4\n', '', true],
  ['src/a.ts', '||||||| base\n', '', true],
  ['src/a.ts', '// <<<<<<< yours\nx <<<<<<< y\n', '', false],
  ['src/a.ts', '<<<<<<< yours\nmore\n', '<<<<<<< yours\n', false],
  ['src/a.ts', '<<<<<<< yours\n<<<<<<< yours\n', '<<<<<<< yours\n', true],
])(
  'knows the markers of a conflict, whoever wrote them, beside those of the session: %s %j %j',
  (path, text, session, expected) => {
    expect(addsMarkers(path, text, session)).toBe(expected);
  },
);

it('takes no conflict for what one side has of the other already, and more', () => {
  const base = 'one\ntwo\n';
  // At a hand-over the session has the first of the lines that were sent, and the new driver has typed.
  const ours = 'last 3\nlast 2\nlast 1\none\ntwo\n';
  const theirs = 'last 1\none\ntwo\nby the new driver\n';
  expect(mergeWithMarkers(base, { ours, theirs })).toEqual({
    text: 'last 3\nlast 2\nlast 1\none\ntwo\nby the new driver\n',
    conflicts: 0,
  });
  expect(mergeWithMarkers(base, { ours: theirs, theirs: ours }).conflicts).toBe(0);
  // Where a line was replaced as well, somebody chooses.
  expect(mergeWithMarkers(base, { ours: 'ONE\nmore\ntwo\n', theirs: 'ONE\ntwo\n' }).conflicts).toBe(1);
});

it('prints a diff that `patch` and people read', () => {
  const lines = Array.from({ length: 20 }, (_, i) => `line ${i + 1}`);
  const after = lines.with(1, 'changed').toSpliced(15, 1, 'x', 'y');
  expect(unifiedDiff('src/a.ts', lines.join('\n'), after.join('\n'), PLAIN)).toEqual([
    '--- a/src/a.ts',
    '+++ b/src/a.ts',
    '@@ -1,5 +1,5 @@',
    ' line 1',
    '-line 2',
    '+changed',
    ' line 3',
    ' line 4',
    ' line 5',
    '@@ -13,7 +13,8 @@',
    ' line 13',
    ' line 14',
    ' line 15',
    '-line 16',
    '+x',
    '+y',
    ' line 17',
    ' line 18',
    ' line 19',
  ]);
  expect(unifiedDiff('new.ts', null, 'one', PLAIN)).toEqual([
    '--- /dev/null',
    '+++ b/new.ts',
    '@@ -0,0 +1,1 @@',
    '+one',
    '\\ No newline at end of file',
  ]);
  expect(unifiedDiff('a.ts', 'same', 'same', PLAIN)).toEqual([]);
});

it('prints a diff that git applies, whatever the ends of both texts are', () => {
  const home = mkdtempSync(join(tmpdir(), 'diff-'));
  try {
    const line = fc.constantFrom('a', 'b', '', '-- x', '\\ no');
    const text = fc
      .tuple(fc.array(line, { maxLength: 12 }), fc.boolean())
      .map(([lines, ended]) => `${lines.join('\n')}${ended ? '\n' : ''}`);
    fc.assert(
      fc.property(fc.option(text), text, (before, after) => {
        const diff = unifiedDiff('a.txt', before, after, PLAIN);
        rmSync(join(home, 'a.txt'), { force: true });
        if (before !== null) writeFileSync(join(home, 'a.txt'), before);
        // A file that is empty has no line to add.
        if (before === after || (before === null && after === '')) return;
        execFileSync('git', ['apply', '--whitespace=nowarn', '-'], {
          cwd: home,
          input: `${diff.join('\n')}\n`,
          stdio: 'pipe',
          env: { ...process.env, GIT_CEILING_DIRECTORIES: tmpdir() },
        });
        expect(readFileSync(join(home, 'a.txt'), 'utf8')).toBe(after);
      }),
      { numRuns: 60 },
    );
  } finally {
    rmSync(home, { recursive: true, force: true });
  }
});

it('shows control characters of others as numbers, so that they cannot paint the terminal', () => {
  expect(shown('a\u001b[2Jb\u202ec\nd')).toBe('aU+001B[2JbU+202Ec d');
});
