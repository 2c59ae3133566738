// What the columns of the table mean, from the schema of the course: for people as Markdown, for programs as JSON.
import { createHash } from 'node:crypto';
import type { Task } from '#pipeline-core/core/report.ts';
import type { Course } from '#sandbox/index.ts';
import type { SessionReadings } from '../../session/session-api.ts';
import { codeSpan, plainMarkdown } from '../markdown.ts';

type Column = Course['schema']['columns'][number];

/** @param task whose columns are forbidden as inputs */
export function dataDictionary(session: SessionReadings, task: Task): string {
  const { schema, table } = session.course();
  const files = tableLines(session.tables(task.id));
  const rows = schema.columns.map((column) => `| ${cellsOf(column, task).join(' | ')} |`);
  return `# Data dictionary

${plainMarkdown(table.title)}

${files.join('\n')}

${table.notice === '' ? '' : `${plainMarkdown(table.notice)}\n\n`}Target: ${codeSpan(task.target)}${task.targetUnit === '' ? '' : ` (${plainMarkdown(task.targetUnit)})`}

| column | meaning | type | unit | values | notes |
| --- | --- | --- | --- | --- | --- |
${rows.join('\n')}
`;
}

/** Which rows are meant, one line for each file. */
export const tableLines = (tables: Readonly<Record<string, string>>): string[] =>
  Object.entries(tables).map(
    ([path, text]) => `- ${codeSpan(path)}, SHA-256 \`${createHash('sha256').update(text).digest('hex')}\``,
  );

function cellsOf(column: Column, { target, forbidden }: Task): string[] {
  const { name, label, type, unit = '', sensitive, nullable } = column;
  const notes = [
    ...(name === target ? ['target'] : []),
    ...(forbidden.includes(name) ? ['not known when a prediction is made'] : []),
    ...(sensitive === true ? ['sensitive'] : []),
    ...(nullable === true ? ['may be missing'] : []),
  ];
  return [
    codeSpan(name).replaceAll('|', '\\|'),
    plainMarkdown(label),
    type,
    plainMarkdown(unit),
    valuesOf(column),
    notes.join(', '),
  ];
}

function valuesOf({ levels, valueLabels = {}, min, max }: Column): string {
  if (levels === undefined) return min === undefined && max === undefined ? '' : `${min ?? ''} to ${max ?? ''}`.trim();
  return levels
    .map((level) => {
      const meaning = Object.hasOwn(valueLabels, level) ? valueLabels[level] : undefined;
      return meaning === undefined ? plainMarkdown(level) : `${plainMarkdown(level)} (${plainMarkdown(meaning)})`;
    })
    .join(', ');
}

/** What `npm run serve` asks and checks, and how the target is made from the columns of the table. */
export function schemaJson(session: SessionReadings, task: Task): string {
  const { title, schema, tasks } = session.course();
  const { sentence, target, targetUnit, classes, forbidden } = task;
  const targetFrom = tasks.find((one) => one.task.id === task.id)?.target;
  const question = { title, sentence, target, targetUnit, targetFrom, classes, forbidden, columns: schema.columns };
  return `${JSON.stringify(question, null, 2)}\n`;
}
