// The checkpoints as folders: files that should be equal are equal, every line of params.yaml is one a phone can read,
// and what a README says differs is what differs.
import { describe, expect, it } from 'vitest';
import { parse as parseYaml } from 'yaml';
import { paramControls } from '#pipeline-core';
import {
  FIRST_CHECKPOINT,
  listCheckpoints,
  readCheckpoint,
  studentSchema,
  taskById,
} from '#tests/support/student-course.ts';
import { loadCheckpoint } from '#tests/support/workspace-modules.ts';

const names = listCheckpoints().map((checkpoint) => checkpoint.name);
const FILES = ['README.md', 'dvc.yaml', 'params.yaml', ...stageFiles()];
const SECOND = '6-second-question';
const EXPLAIN = '7-explain';
const PASS = '8-pass';

function stageFiles(): string[] {
  return ['evaluate', 'model', 'predict', 'prepare', 'student', 'test', 'train'].map((name) => `src/${name}.ts`);
}

/** Lines of `b` that `a` does not have at the same place, by name of the key. */
function changedLines(a: string, b: string): string[] {
  const [old, now] = [a.split('\n'), b.split('\n')];
  expect(now.length).toBe(old.length);
  return now.flatMap((line, i) => (line === old[i] ? [] : [line.trim().split(' #')[0]!]));
}

describe('checkpoints', () => {
  it('are nine, in the order of the story, each with a title and a task that exists', () => {
    const grades = ['0-mean', '1-start', '2-columns', '3-forest', '4-boosting', '5-average'];
    expect(names).toEqual([...grades, SECOND, EXPLAIN, PASS]);
    for (const { name, title, task } of listCheckpoints()) {
      expect(readCheckpoint(name)['README.md']!.split('\n', 1)).toEqual([`# ${name.split('-')[0]} ${title}`]);
      expect(taskById(task).id).toBe(task);
    }
    expect(listCheckpoints().find((one) => one.name === SECOND)?.task).toBe('second-question');
    expect(names).toContain(FIRST_CHECKPOINT);
  });

  it.each(names)('%s holds the same files', (name) => {
    const own = name === EXPLAIN ? ['src/explain.ts'] : [];
    expect(Object.keys(readCheckpoint(name))).toEqual([...FILES, ...own].sort());
  });

  it.each(names)('%s has the code of the start', (name) => {
    const start = readCheckpoint('1-start');
    const files = readCheckpoint(name);
    const changed: Readonly<Record<string, readonly string[]>> = {
      [SECOND]: ['dvc.yaml', 'src/student.ts'],
      [EXPLAIN]: ['dvc.yaml'],
      // Another kind of answer: all but how the table is prepared.
      [PASS]: ['dvc.yaml', ...stageFiles().filter((path) => path !== 'src/prepare.ts')],
    };
    const own = changed[name] ?? [];
    for (const path of ['dvc.yaml', ...stageFiles()]) {
      if (own.includes(path)) expect(files[path]).not.toBe(start[path]);
      else expect(files[path], `${name}/${path}`).toBe(start[path]);
    }
  });

  it('differ in params.yaml by the lines their READMEs name', () => {
    const params = (name: string): string => readCheckpoint(name)['params.yaml']!;
    expect(changedLines(params('1-start'), params('0-mean'))).toEqual(['model: mean']);
    const columns = changedLines(params('1-start'), params('2-columns'));
    expect(columns.splice(-2)).toEqual(['model: ridge', 'alpha: 20']);
    expect(columns.every((line) => line.endsWith(': true'))).toBe(true);
    expect(changedLines(params('2-columns'), params('3-forest'))).toEqual([
      'model: forest',
      'trees: 100',
      'features: 0.33',
      'leaf: 3',
    ]);
    expect(changedLines(params('3-forest'), params('4-boosting'))).toEqual([
      'model: boosting',
      'rate: 0.05',
      'depth: 3',
      'leaf: 10',
    ]);
    expect(changedLines(params('4-boosting'), params('5-average'))).toEqual(['model: average']);
    const second = params(SECOND).replace('  G1: true # first grade, 0 to 20 points\n', '');
    expect(changedLines(params('5-average'), second)).toEqual(['features: 0.6', 'leaf: 5', 'trees: 60']);
  });

  it('the explained model is that of boosting, with lines of its own at the end', () => {
    expect(readCheckpoint(EXPLAIN)['params.yaml']!.startsWith(readCheckpoint('4-boosting')['params.yaml']!)).toBe(true);
  });

  it.each(names)('%s: every value of params.yaml is a control with a label: switch, range or choice', (name) => {
    const text = readCheckpoint(name)['params.yaml']!;
    const controls = paramControls(text);
    expect(controls).toHaveLength(leaves(parseYaml(text) as object));
    for (const { key, kind, label, min, max } of controls) {
      expect(kind, key).toMatch(key.startsWith('columns.') ? /^switch$/ : /^(switch|choice|number)$/);
      if (kind === 'number') expect(min! < max!, key).toBe(true);
      if (kind !== 'choice') expect(label, key).not.toBe(key.split('.').at(-1));
    }
    expect(controls.find((control) => control.key === 'model')?.choices).toHaveLength(name === PASS ? 6 : 8);
  });

  it.each(names)('%s: dvc.yaml declares every group of params.yaml to some stage', (name) => {
    const files = readCheckpoint(name);
    const { stages } = parseYaml(files['dvc.yaml']!) as {
      stages: Record<string, { params?: string[]; deps: string[] }>;
    };
    const declared = new Set(Object.values(stages).flatMap((stage) => stage.params ?? []));
    expect([...declared].sort()).toEqual(Object.keys(parseYaml(files['params.yaml']!) as object).sort());
    expect(stages['prepare']!.deps).toContain('data/raw/students.csv');
  });

  it.each(names)('%s: the facts of src/student.ts are the columns of the schema that its task allows', (name) => {
    const { student } = loadCheckpoint(name);
    const { task } = listCheckpoints().find((one) => one.name === name)!;
    const allowed = studentSchema.columns.filter((column) => !taskById(task).forbidden.includes(column.name));
    expect(Object.keys(student.facts)).toEqual(allowed.map((column) => column.name));
    for (const { name: column, levels } of allowed) {
      const answers = student.facts[column]!;
      expect(answers === 'number' ? undefined : [...answers].sort(), column).toEqual(levels && [...levels].sort());
    }
  });

  it('refuses an unknown name by naming those there are', () => {
    expect(() => readCheckpoint('../tasks.ts')).toThrow(/There are 0-mean, 1-start/);
  });
});

function leaves(value: object): number {
  return Object.values(value).reduce(
    (sum: number, one: unknown) => sum + (typeof one === 'object' && one !== null ? leaves(one) : 1),
    0,
  );
}
