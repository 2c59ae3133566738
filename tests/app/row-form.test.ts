// The What-if form follows the task: its columns, never a forbidden one, each with answers that its schema allows.
import { describe, expect, it } from 'vitest';
import { controlsOf } from '#app/_features/params/params.ts';
import { cellOf, columnsUsed, rowForm } from '#app/_features/predict/row-form.ts';
import { csvTypes, defineSchema, parseCsv, validateTable } from '#pipeline-core';
import { grades, secondQuestion, studentSchema } from '#tests/support/student-course.ts';

const names = (task: typeof grades) => rowForm(task, studentSchema.columns, []).map(({ name }) => name);

describe('the What-if form', () => {
  it('asks for the columns of its task: the first grade only where it is allowed', () => {
    expect(names(grades)).toHaveLength(30);
    expect(names(secondQuestion)).toEqual([...names(grades), 'G1']);
  });

  it.each([grades, secondQuestion])('starts from, and offers, what the table of $id may hold', (task) => {
    const forms = rowForm(task, studentSchema.columns, []);
    const columns = forms.map(({ name }) => studentSchema.columns.find((column) => column.name === name)!);
    const rows = [
      Object.fromEntries(forms.map(({ name, start }) => [name, start])),
      ...forms.flatMap(({ name, choices, number }) =>
        [...(choices?.map(([value]) => value) ?? []), number?.min, number?.max]
          .filter((value) => value !== undefined)
          .map((value) => ({ ...Object.fromEntries(forms.map((form) => [form.name, form.start])), [name]: value })),
      ),
    ];
    expect(rows.length).toBeGreaterThanOrEqual(100);
    const schema = defineSchema({ name: 'rows', columns });
    const lines = [forms.map(({ name }) => name), ...rows.map((row) => forms.map(({ name }) => row[name]))];
    const table = parseCsv(lines.map((line) => line.join(',')).join('\n'), { types: csvTypes(schema) });
    expect(table.rowCount).toBe(rows.length);
    expect(validateTable(table, schema)).toEqual([]);
    for (const { choices } of forms) expect(new Set(choices?.map(([, word]) => word)).size).toBe(choices?.length ?? 0);
  });

  it('offers words that mean something to JavaScript as words', () => {
    const levels = ['__proto__', 'constructor', 'a_b'];
    const column = { name: 'kind', label: 'Kind', type: 'nominal' as const, levels };
    const [form] = rowForm({ ...grades, forbidden: [] }, [column], []);
    expect(form?.choices).toEqual([
      ['__proto__', '  proto  '],
      ['constructor', 'constructor'],
      ['a_b', 'a b'],
    ]);
  });

  it('makes plain fields of what params.yaml names where the columns of the table are not known', () => {
    const controls = controlsOf(
      'columns:\n  rooms: true # rooms of the flat\n  price: false\n  city: false\nmodel: a # a | b\n',
    );
    const task = { ...grades, dataset: 'Flats', target: 'price', forbidden: [] };
    expect(rowForm(task, null, controls).map(({ name, label }) => [name, label])).toEqual([
      ['rooms', 'rooms of the flat'],
      ['city', 'city'],
    ]);
    expect([...columnsUsed(controls)]).toEqual(['rooms']);
  });

  it('reads a plain field as a CSV would', () => {
    expect(['3', ' 2.5', 'GP', ''].map(cellOf)).toEqual([3, 2.5, 'GP', '']);
  });
});
