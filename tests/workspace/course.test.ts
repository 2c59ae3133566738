// A course's folder as its author edits it: what base and overlays become, and every mistake with its file and remedy.
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { CourseError } from '#sandbox/course/course-error.ts';
import { readCheckpoints } from '#sandbox/course/read-checkpoints.ts';
import { WORKSPACE_LIMITS } from '#sandbox/course/workspace-files.ts';
import { readConfig } from '#server/platform/config.ts';
import { lineOf } from '#server/startup-error.ts';
import { LIMITS } from '#session-core/model/limits.ts';

const TASKS = { tasks: ['price', 'sold'], data: 'data/raw/flats.csv' };
const PIPELINE = `stages:
  train:
    cmd: node src/train.ts
    deps:
      - src/train.ts
    outs:
      - models/model.json
`;
/** Two checkpoints: the base as it is, and one that has a file less and another text. */
const GOOD: Tree = {
  'base/README.md': '# Start\n',
  'base/dvc.yaml': PIPELINE,
  'base/notes.md': 'Later\n',
  'base/src/train.ts': 'export {};\n',
  'checkpoints/1-start/checkpoint.yaml': 'title: Start\ntask: price\n',
  'checkpoints/10-last/README.md': '# Last\n',
  'checkpoints/10-last/checkpoint.yaml': 'title: The last\ntask: sold\nremove:\n  - notes.md\n',
};
type Tree = Readonly<Record<string, string | Uint8Array | null>>;

const root = mkdtempSync(join(tmpdir(), 'course-'));
afterAll(() => rmSync(root, { recursive: true, force: true }));

/** The good course with these files besides; null: without it. */
function courseWith(changes: Tree = {}): string {
  const course = mkdtempSync(join(root, 'course-'));
  for (const [path, content] of Object.entries({ ...GOOD, ...changes })) {
    if (content === null) continue;
    mkdirSync(dirname(join(course, path)), { recursive: true });
    writeFileSync(join(course, path), content);
  }
  return course;
}

function errorOf(course: string): CourseError {
  try {
    readCheckpoints(course, TASKS);
  } catch (error) {
    expect(error).toBeInstanceOf(CourseError);
    return error as CourseError;
  }
  throw new Error('The course was accepted.');
}

describe('a course', () => {
  it('gives each checkpoint the base with its own files over it, in the order of their numbers', () => {
    const added = {
      'checkpoints/2-more/checkpoint.yaml': 'title: More\ntask: price\n',
      'checkpoints/2-more/src/a.ts': '1',
    };
    const checkpoints = readCheckpoints(courseWith(added), TASKS);
    expect(checkpoints.map(({ files, ...about }) => [about, Object.keys(files)])).toEqual([
      [{ name: '1-start', title: 'Start', task: 'price' }, ['README.md', 'dvc.yaml', 'notes.md', 'src/train.ts']],
      [
        { name: '2-more', title: 'More', task: 'price' },
        ['README.md', 'dvc.yaml', 'notes.md', 'src/a.ts', 'src/train.ts'],
      ],
      [{ name: '10-last', title: 'The last', task: 'sold' }, ['README.md', 'dvc.yaml', 'src/train.ts']],
    ]);
    expect(checkpoints.map(({ files }) => files['README.md'])).toEqual(['# Start\n', '# Start\n', '# Last\n']);
  });

  it('is the same with the line ends of Windows, a byte order mark and the files of a file manager', () => {
    const windows = Object.entries(GOOD).map(([path, text]) => [
      path,
      `\uFEFF${String(text).replaceAll('\n', '\r\n')}`,
    ]);
    const droppings = { 'base/.DS_Store': new Uint8Array([0]), 'checkpoints/.DS_Store': '', 'base/src/Thumbs.db': '' };
    const course = courseWith({ ...Object.fromEntries(windows), ...droppings });
    expect(readCheckpoints(course, TASKS)).toEqual(readCheckpoints(courseWith(), TASKS));
  });

  it.each<[what: string, changes: Tree, file: string, line: number | undefined, message: RegExp]>([
    [
      'an overlay file that is the same as in base',
      { 'checkpoints/10-last/src/train.ts': 'export {};\r\n' },
      'checkpoints/10-last/src/train.ts',
      undefined,
      /same as base\/src\/train\.ts\. Delete it here/,
    ],
    [
      'a name that no workspace can have',
      { 'checkpoints/10-last/src/my model.ts': '1' },
      'checkpoints/10-last/src/my model.ts',
      undefined,
      /cannot have a file of this name\. .*use letters from A to Z/,
    ],
    ['a hidden file in base', { 'base/.env': 'A=1' }, 'base/.env', undefined, /cannot have a file of this name/],
    ['a picture', { 'base/a.png': new Uint8Array([0x89, 0x50]) }, 'base/a.png', undefined, /not text in UTF-8/],
    ['text in UTF-16', { 'base/a.md': Buffer.from('hello', 'utf16le') }, 'base/a.md', undefined, /not text in UTF-8/],
    [
      'two names that differ by case only',
      { 'checkpoints/10-last/SRC/train.ts': '1' },
      'base/src/train.ts',
      undefined,
      /"src\/train\.ts" and "SRC\/train\.ts" differ only in upper and lower case/,
    ],
    [
      'a file with the name of a folder',
      { 'checkpoints/1-start/src': '1' },
      'checkpoints/1-start/src',
      undefined,
      /"src" cannot be a file and the folder of "src\/train\.ts"/,
    ],
    [
      'too many files',
      Object.fromEntries(Array.from({ length: 20 }, (_, i) => [`checkpoints/1-start/f${i}.md`, '1'])),
      'checkpoints/1-start',
      undefined,
      /has 24 files\. It may have at most 20/,
    ],
    [
      'too much text',
      { 'checkpoints/1-start/a.md': 'ä'.repeat(100_000) },
      'checkpoints/1-start',
      undefined,
      /has 200\d+ bytes\. It may have at most 200000/,
    ],
    [
      'a pipeline in an overlay that is wrong',
      { 'checkpoints/1-start/dvc.yaml': PIPELINE.replace('cmd:', 'command:') },
      'checkpoints/1-start/dvc.yaml',
      3,
      /command/,
    ],
    [
      'a stage of base whose file a checkpoint removes',
      { 'checkpoints/10-last/checkpoint.yaml': 'title: The last\ntask: sold\nremove: [src/train.ts]\n' },
      'base/dvc.yaml',
      3,
      /src\/train\.ts/,
    ],
    [
      "a file in the place of the session's data",
      { 'base/data/raw/students.csv': 'a' },
      'base/data/raw/students.csv',
      undefined,
      /reserved/,
    ],
    [
      'no base',
      Object.fromEntries(
        Object.keys(GOOD)
          .filter((path) => path.startsWith('base/'))
          .map((path) => [path, null]),
      ),
      'base',
      undefined,
      /missing\. Create it/,
    ],
    [
      'a checkpoint.yaml in base',
      { 'base/checkpoint.yaml': 'title: A\n' },
      'base/checkpoint.yaml',
      undefined,
      /Move it/,
    ],
    [
      'a folder of another name',
      { 'checkpoints/Draft/a.md': '1' },
      'checkpoints/Draft',
      undefined,
      /such as 3-forest\. Rename/,
    ],
    [
      'a file beside the checkpoints',
      { 'checkpoints/2-more': '1' },
      'checkpoints/2-more',
      undefined,
      /a folder for each/,
    ],
    [
      'two checkpoints of one number',
      { 'checkpoints/01-other/checkpoint.yaml': 'title: Other\ntask: price\n' },
      'checkpoints/1-start',
      undefined,
      /Another checkpoint has this number/,
    ],
    [
      'no checkpoint.yaml',
      { 'checkpoints/1-start/checkpoint.yaml': null, 'checkpoints/1-start/a.md': '1' },
      'checkpoints/1-start/checkpoint.yaml',
      undefined,
      /missing\. Create it with title and task/,
    ],
  ])('is refused with %s', (_what, changes, file, line, message) => {
    const course = courseWith(changes);
    const error = errorOf(course);
    expect(error.message).toMatch(message);
    expect([error.file, error.line]).toEqual([join(course, file), line]);
    expect(error.message.startsWith(`${error.file}${line === undefined ? '' : `, line ${line}`}: `)).toBe(true);
  });

  it('is refused with a link, which leads out of the folder', () => {
    const course = courseWith();
    symlinkSync('/etc/hostname', join(course, 'base/linked.md'));
    expect(errorOf(course).message).toMatch(/linked\.md: This is not a regular file\. Replace it/);
  });

  it.each([
    ['title: A\n', 1, /`task` is missing\. Add it/],
    ['title: A\ntask: prize\n', 2, /`task` must be one of price, sold\.$/],
    ['title: 7\ntask: price\n', 1, /`title` must be a title of 1 to 60 characters/],
    [`title: ${'x'.repeat(61)}\ntask: price\n`, 1, /`title` must be a title of 1 to 60 characters/],
    ['title: A\n\ntasks: price\ntask: price\n', 3, /`tasks` is not recognized\. Allowed: title, task, remove/],
    ['title: A\ntask: price\nremove: notes.md\n', 3, /`remove` must be a list of paths in base/],
    [
      'title: A\ntask: price\nremove:\n  - notes.md\n  - note.md\n',
      5,
      /`remove\.1` must be the path of a file in base/,
    ],
    ['title: A\ntask: price\nremove:\n  - README.md\n', 4, /`remove\.0` is removed but also a file of this checkpoint/],
    ['title: [A\n', 2, /checkpoint\.yaml: /],
    ['', 1, /must have names and values\. Allowed: title, task, remove/],
    ['- title\n', 1, /must have names and values/],
  ])('is refused with the checkpoint.yaml %j, by its line', (text, line, message) => {
    const error = errorOf(courseWith({ 'checkpoints/10-last/checkpoint.yaml': text }));
    expect(error.message).toMatch(message);
    expect([error.line, error.message]).toEqual([line, expect.stringContaining(`checkpoint.yaml, line ${line}: `)]);
  });

  it('that is wrong is reported at the start of the server in one line', () => {
    const error = errorOf(courseWith({ 'checkpoints/1-start/checkpoint.yaml': '' }));
    const read = readConfig([], {});
    if (!read.ok) throw new Error(read.line);
    expect(lineOf(error, read.config)).toBe(error.message);
  });

  it('may hold what a session can hold, and no more', () => {
    expect(WORKSPACE_LIMITS).toEqual({ files: LIMITS.documentFiles, bytes: LIMITS.documentBytes });
  });
});
