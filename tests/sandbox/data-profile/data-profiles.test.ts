// What people look at before a run: rows of a bin as the profile counts them, worked out in a thread, and never a hold-out row.
import { readdirSync, readFileSync } from 'node:fs';
import { getPriority } from 'node:os';
import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { parseCsv } from '#pipeline-core/table/csv.ts';
import { taskOf } from '#sandbox/course/course.ts';
import { loadDataset } from '#sandbox/course/dataset.ts';
import { defaultCourse } from '#sandbox/course/default-course.ts';
import { createDataProfiles } from '#sandbox/data-profile/data-profiles.ts';
import { openTable, type VisibleTable } from '#sandbox/data-profile/visible-table.ts';

const course = defaultCourse();
const visible = (id: string, seed?: number) => {
  const dataset = loadDataset({ course, task: id, synthetic: true, ...(seed === undefined ? {} : { seed }) });
  const table: VisibleTable = {
    csv: dataset.visibleCsv,
    columns: course.schema.columns,
    task: taskOf(course, id).task,
    actual: dataset.task.actual,
  };
  return { dataset, table };
};
const tasks = course.tasks.map(({ task }) => task.id);

const predictionsOf = (actual: readonly number[], off: number) => ({
  row: [...actual.keys()],
  fold: actual.map((_, row) => row % 5),
  actual,
  predicted: actual.map((value, row) => value + (row === 7 ? 9 : off)),
});

describe.each(tasks)('the task %s', (id) => {
  const { table } = visible(id);
  const open = openTable(table);
  const profile = open.profile();

  it('gives the rows of every bin, as many as the profile counts, and of missing values', () => {
    for (const { name, bins, missing } of profile.columns) {
      for (const [index, { n }] of [...bins.entries(), [-1, missing] as const]) {
        const page = open.rows({ bin: { column: name, index }, from: 0, most: 2 });
        expect([name, index, page?.total]).toEqual([name, index, n]);
        const at = page!.columns.indexOf(name);
        const bin = bins[index];
        for (const { cells } of page!.rows) {
          if (bin && 'level' in bin) expect(cells[at]).toBe(bin.level);
          if (bin && 'from' in bin) expect(Number(cells[at]) >= bin.from && Number(cells[at]) <= bin.to).toBe(true);
        }
      }
      const counted = bins.reduce((sum, { n }) => sum + n, missing.n);
      expect(counted).toBe(profile.rows);
    }
    expect(open.rows({ bin: { column: 'nothing', index: 0 }, from: 0, most: 1 })).toBeNull();
    expect(open.rows({ bin: { column: profile.columns[0]!.name, index: 99 }, from: 0, most: 1 })).toBeNull();
  });

  it('pages through all rows by number, the target first', () => {
    const raw = parseCsv(table.csv);
    const last = open.rows({ from: raw.rowCount - 1, most: 50 });
    expect(last).toMatchObject({ total: raw.rowCount, rows: [{ row: raw.rowCount - 1 }] });
    expect(last!.columns[0]).toBe(table.task.target);
    for (const [i, name] of last!.columns.entries())
      if (i > 0) expect(last!.rows[0]!.cells[i]).toBe(raw.cell(raw.rowCount - 1, name));
    expect(open.rows({ from: raw.rowCount, most: 50 })!.rows).toEqual([]);
  });

  it('never knows a hold-out row, whichever rows are held out', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1_000_000 }), (seed) => {
        const { dataset, table: other } = visible(id, seed);
        const opened = openTable(other);
        const all = Array.from({ length: Math.ceil(dataset.rows / 50) }, (_, page) =>
          opened.rows({ from: page * 50, most: 50 }),
        ).flatMap((page) => page!.rows.map(({ cells }) => cells));
        const raw = parseCsv(dataset.visibleCsv);
        const rest = (cells: readonly unknown[]) => JSON.stringify(cells);
        const names = opened.rows({ from: 0, most: 1 })!.columns.slice(1);
        expect(all.map((cells) => rest(cells.slice(1)))).toEqual(
          raw.rows().map((row) => rest(names.map((name) => row[name] ?? null))),
        );
        expect(opened.profile().rows).toBe(dataset.ids.visible.length);
        expect(dataset.ids.visible.length + dataset.ids.holdout.length).toBeGreaterThan(dataset.rows);
      }),
      { numRuns: 5 },
    );
  });
});

describe('the thread', () => {
  const profiles = createDataProfiles();
  afterAll(() => profiles.close());

  it('works a profile out once, forgets the oldest table and takes it again', async () => {
    const tables = [1, 2, 3, 4, 5].map((seed) => visible(tasks[0]!, seed).table);
    const [first, again] = await Promise.all([profiles.profile(tables[0]!), profiles.profile(tables[0]!)]);
    expect(again).toBe(first);
    expect(first).toEqual(openTable(tables[0]!).profile());
    for (const table of [...tables, tables[0]!]) {
      const page = await profiles.rows(table, { from: 3, most: 1 });
      expect(page).toEqual(openTable(table).rows({ from: 3, most: 1 }));
    }
  });

  it('finds where predictions are wrong, and what changed between two, and shows no hidden column', async () => {
    const { table } = visible('grades');
    const [before, after] = [1, 2].map((off) => predictionsOf(table.actual, off));
    const { errors, classes } = await profiles.errors(table, before!);
    expect(classes).toBeNull();
    expect(errors?.n).toBe(table.actual.length);
    expect(errors?.worst[0]).toMatchObject({ row: 7, actual: table.actual[7] });
    expect(Object.keys(errors!.worst[0]!.values)).toEqual(expect.arrayContaining(['school', 'absences']));
    for (const hidden of table.task.forbidden) expect(errors!.worst[0]!.values).not.toHaveProperty(hidden);
    const [row, unknown] = await profiles.predictedRows(table, [7, 1e6], before);
    expect([row?.predicted, unknown]).toEqual([table.actual[7]! + 9, undefined]);
    expect(await profiles.predictedRows(table, [7], undefined)).toEqual([{ row: 7, values: row!.values }]);
    const changes = await profiles.changes(table, before!, after!);
    expect(changes?.worsened[0]?.row).not.toBe(7);
    expect(await profiles.changes(table, before!, { ...after!, fold: after!.fold.map(() => 0) })).toBeNull();
  });

  it.runIf(process.platform === 'linux')('has a lower priority than the sessions', async () => {
    const { table } = visible(tasks[0]!);
    await profiles.rows(table, { from: 0, most: 1 });
    const nice = readdirSync('/proc/self/task').map((thread) => {
      const stat = readFileSync(`/proc/self/task/${thread}/stat`, 'latin1');
      return Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[16]);
    });
    expect(getPriority()).toBeLessThan(Math.max(...nice));
  });

  it('says what is wrong with a table, and answers the next', async () => {
    const { table } = visible(tasks[0]!);
    await expect(profiles.profile({ ...table, csv: 'a,a\n1,2\n' })).rejects.toThrow('a');
    expect(await profiles.rows(table, { from: 0, most: 1 })).toMatchObject({ rows: [{ row: 0 }] });
  });

  it('answers nothing after the end', async () => {
    const closing = createDataProfiles();
    const { table } = visible(tasks[0]!);
    await closing.profile(table);
    await closing.close();
    await expect(closing.rows(table, { from: 0, most: 1 })).rejects.toThrow('closing');
  });
});
