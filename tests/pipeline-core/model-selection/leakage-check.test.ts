import { describe, expect, it } from 'vitest';
import { drawSyntheticStudents } from '#courses/generators/draw-students.ts';
import {
  ColumnTransformer,
  correlation,
  explainedShare,
  leakAlarm,
  OneHotEncoder,
  StandardScaler,
  type Table,
  trainTestSplit,
} from '#pipeline-core';
import { studentSchema } from '#tests/support/student-course.ts';

const whole = drawSyntheticStudents(11, 649);
const grade = (name: string) => whole.numbers(name);
const average = grade('G1').map((g1, i) => (g1 + grade('G2')[i]! + grade('G3')[i]!) / 3);
const parts = ['G1', 'G2', 'G3'];
const honest = whole.drop(parts);
/** Without its marks of sensitive columns. */
const schema = { ...studentSchema, columns: studentSchema.columns.map(({ sensitive: _, ...column }) => column) };
const alarm = (inputs: Table, more: object = {}) =>
  leakAlarm({ inputs, target: average, targetName: 'average_grade', parts, raw: whole, schema, ...more });
const kinds = (findings: ReturnType<typeof alarm>) => findings.map(({ code, level, column }) => [code, level, column]);

describe('leakAlarm', () => {
  it('is silent about honest columns', () => {
    expect(alarm(honest.drop(['absences']))).toEqual([]);
  });

  it('finds parts of the target, encoded or renamed, and copies of the target', () => {
    const found = alarm(honest.select(['age', 'school']).withColumn(whole.column('G1')));
    expect(found).toEqual([
      {
        code: 'leak',
        level: 'alarm',
        column: 'G1',
        message:
          '"G1" is among the inputs, but average_grade is made of G1: the model copies the answer instead of predicting it.',
      },
    ]);
    const scaled = new StandardScaler().fitTransform(whole.select(['G1', 'age']));
    expect(
      kinds(
        leakAlarm({
          inputs: { ...scaled, names: ['first', 'age'] },
          target: average,
          targetName: 'g',
          parts,
          raw: whole,
        }),
      ),
    ).toEqual([['leak', 'alarm', 'first']]);
    const oneHot = new OneHotEncoder().fitTransform(whole.select(['G1']));
    expect(leakAlarm({ inputs: oneHot, target: average, targetName: 'g', parts }).length).toBe(oneHot.cols);
  });

  it('finds a single column that is too good, unless the task allows it', () => {
    const half = average.map((value, i) => value / 2 + (i % 3) / 10);
    expect(alarm(honest.select(['age']).withColumn('hint', half))[0]!.message).toMatch(
      /^"hint" alone explains 99 % of average_grade. Is it known before average_grade is/,
    );
    const inputs = whole.select(['G2', 'age']);
    const question = { inputs, target: grade('G3'), targetName: 'G3' };
    expect(kinds(leakAlarm(question))).toEqual([['leak', 'alarm', 'G2']]);
    expect(leakAlarm({ ...question, allowed: ['G1', 'G2'] })).toEqual([]);
    expect(
      alarm(
        honest.select(['age']).withColumn(
          'band',
          Array.from(average, (v) => `band ${Math.floor(v)}`),
        ),
      ).length,
    ).toBe(1);
  });

  it('does not take a column of many values for wisdom', () => {
    const ids = Array.from({ length: 649 }, (_, i) => `student ${i}`);
    const pairs = Array.from({ length: 649 }, (_, i) => `pair ${i >> 1}`);
    expect(alarm(honest.select(['age']).withColumn('id', ids).withColumn('pair', pairs))).toEqual([]);
  });

  it('finds a marker for absences = 0 in any form, and warns of absences themselves', () => {
    const flag = Array.from(whole.numbers('absences'), (n) => (n === 0 ? 'yes' : 'no'));
    const found = alarm(honest.select(['age']).withColumn('gone', flag));
    expect(kinds(found)).toEqual([['leak', 'alarm', 'gone']]);
    expect(found[0]!.message).toMatch(/says only whether absences = 0, which marks students who had withdrawn/);
    expect(
      kinds(
        alarm(
          honest.select(['age']).withColumn(
            'present',
            flag.map((f) => (f === 'no' ? 1 : 0)),
          ),
        ),
      ),
    ).toEqual([['leak', 'alarm', 'present']]);
    const warned = alarm(honest.select(['absences']));
    expect(kinds(warned)).toEqual([['leak', 'warning', 'absences']]);
    expect(warned[0]!.message).toMatch(
      /^All \d+ rows with G3 = 0 have absences = 0: .* which are students who had withdrawn/,
    );
  });

  it('finds steps fitted on the test rows, and only those', () => {
    const table = honest.select(['age', 'absences', 'school']);
    const numbers = table.select(['age', 'absences']);
    const split = trainTestSplit(table, { testSize: 0.2, randomState: 3 });
    const train = table.take(split.train);
    const parts = [{ transformer: new StandardScaler(), columns: ['age'] }];
    const steps = [
      new StandardScaler().fit(numbers.take(split.train)),
      new OneHotEncoder().fit(table.select(['school'])), // the same values either way: no harm
      new ColumnTransformer(parts).fit(train),
      new StandardScaler().fit(numbers),
      new ColumnTransformer([{ transformer: new StandardScaler(), columns: ['age'] }]).fit(table),
    ];
    const found = alarm(honest.select(['age']), { fitted: { steps, table, split } });
    expect(found.map((finding) => finding.message)).toEqual([
      'StandardScaler was fitted on all 649 rows, the 130 test rows among them: fit it on the 519 training rows, then transform the rest.',
      'ColumnTransformer was fitted on all 649 rows, the 130 test rows among them: fit it on the 519 training rows, then transform the rest.',
    ]);
    const odd = new StandardScaler().fit(numbers.head(20));
    expect(alarm(honest.select(['age']), { fitted: { steps: [odd], table, split } })[0]).toMatchObject({
      level: 'warning',
    });
  });

  it('names sensitive columns in use, encoded too, as information', () => {
    const inputs = new OneHotEncoder().fitTransform(honest.select(['sex', 'school', 'Dalc']));
    const [finding] = leakAlarm({ inputs, target: average, targetName: 'g', schema: studentSchema });
    expect(finding).toEqual({
      code: 'sensitive',
      level: 'info',
      message:
        'The model uses sensitive facts about people: sex (sex), workday alcohol (Dalc). Switch them off and see what that costs.',
    });
  });

  it('refuses rows that do not belong together', () => {
    expect(() => alarm(honest.head(3))).toThrow('The inputs have 3 rows, but the target has 649');
  });
});

describe('explainedShare', () => {
  it('is r squared for a line, 1 for groups that decide, 0 for constants', () => {
    const x = { kind: 'number' as const, name: 'x', values: Float64Array.of(1, 2, 3, 4) };
    expect(explainedShare(x, [2, 4, 6, 8])).toBeCloseTo(1, 12);
    expect(explainedShare(x, [5, 5, 5, 5])).toBe(0);
    expect(correlation([1, 2, 3, 4], [1, 3, 2, 4])).toBeCloseTo(0.8, 12);
    const v = { kind: 'number' as const, name: 'v', values: Float64Array.of(0, 1, 2, 0, 1, 2) };
    expect(explainedShare(v, [1, 0, 1, 1, 0, 1])).toBe(1);
  });
});
