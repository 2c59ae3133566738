// The folder of a course for a table that nobody prepared: course.yaml, schema.yaml, agenda.yaml, the table, the workspace
// that every checkpoint starts from, and its checkpoints from no model at all to an average of three.
// Invariant: readCourse accepts what is written here, whatever the columns and words are called.
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { toCsv } from '#pipeline-core';
import { agendaYaml } from './agenda.ts';
import type { CoursePlan } from './course-plan.ts';
import { groupedFiles } from './grouped.ts';
import { foldsOf, HOLDOUT, limitsYaml } from './size.ts';
import { checkpointFiles, paramsYaml } from './write-params.ts';
import { factsCode } from './write-row.ts';
import { quoted } from './writing.ts';

const TEMPLATES = join(import.meta.dirname, '../../courses/templates');
const TABLE = 'data/table.csv';
const BEGIN = '// The table, as schema.yaml of the course describes it.\n';
const END = '// The end of the table.\n';

/** Path in the folder -> text. */
export function courseFiles(plan: CoursePlan): Record<string, string> {
  // What numbers and classes share, then what each has of its own.
  const both = { ...filesBelow(join(TEMPLATES, 'shared')), ...filesBelow(join(TEMPLATES, plan.kind)) };
  const template = groupedFiles(both, plan);
  const base = {
    ...template,
    'README.md': readme(plan),
    'dvc.yaml': dvcYaml(template['dvc.yaml']!, plan),
    'params.yaml': paramsYaml(template['params.yaml']!, plan),
    'src/row.ts': rowCode(template['src/row.ts']!, plan),
  };
  return {
    'course.yaml': courseYaml(plan),
    'schema.yaml': schemaYaml(plan),
    'agenda.yaml': agendaYaml(plan, base),
    [TABLE]: toCsv(plan.table, { newline: '\n' }),
    ...Object.fromEntries(Object.entries(base).map(([path, text]) => [`base/${path}`, text])),
    ...checkpointFiles(base['params.yaml'], plan),
  };
}

/** Throws what the disk throws. */
export function writeCourse(folder: string, plan: CoursePlan): void {
  for (const [path, text] of Object.entries(courseFiles(plan))) {
    mkdirSync(dirname(join(folder, path)), { recursive: true, mode: 0o700 });
    writeFileSync(join(folder, path), text, { mode: 0o600, flag: 'wx' });
  }
}

function filesBelow(folder: string): Record<string, string> {
  const found = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return Object.fromEntries(
    found.map((entry) => {
      const path = join(entry.parentPath, entry.name);
      return [path.slice(folder.length + 1).replaceAll('\\', '/'), readFileSync(path, 'utf8')];
    }),
  );
}

function courseYaml(plan: CoursePlan): string {
  const { title, dataset, kind, measure, forbidden, unit, inRepository, inputs, targetColumn } = plan;
  const facts = inputs.length === 1 ? 'one other column' : `${inputs.length} other columns`;
  return `# What this workshop is about. The columns are in schema.yaml, the facilitator's steps in agenda.yaml.
title: ${quoted(title)}
language: en
data:
  title: ${quoted(dataset)}
  path: data/raw/table.csv
  file: ${TABLE}
  # Whether the visible rows are in the repository that people export.
  inRepository: ${inRepository}
tasks:
  prediction:
    sentence: ${quoted(`Predict ${targetColumn.label} from ${facts} of the table.`)}
    kind: ${kind}
    target: ${targetYaml(plan)}
    forbidden: [${forbidden.join(', ')}]
    metric: cv.${measure}
${unit === '' ? '' : `    unit: ${quoted(unit)}\n`}    folds: ${foldsOf(plan)}
${plan.group === undefined ? '' : `    groups: ${plan.group}\n`}    holdout: ${HOLDOUT}
${limitsYaml(plan)}first: { task: prediction, checkpoint: 1-start }
# The file that a patch shows first.
edit: src/row.ts
`;
}

/** A column, or a column with its classes. */
function targetYaml({ kind, target, classes }: CoursePlan): string {
  if (kind === 'regression') return target;
  return `{ name: ${target}, column: ${target}, classes: [${classes.map(quoted).join(', ')}] }`;
}

function schemaYaml({ columns }: CoursePlan): string {
  const lines = columns.map((column) => {
    const { name, type, label, unit, min, max, levels, nullable, typical } = column;
    const parts = [
      `type: ${type}`,
      `label: ${quoted(label)}`,
      ...(unit === undefined ? [] : [`unit: ${quoted(unit)}`]),
      ...(min === undefined || max === undefined ? [] : [`range: [${min}, ${max}]`]),
      ...(levels === undefined ? [] : [`levels: [${levels.map(quoted).join(', ')}]`]),
      ...(nullable === true ? ['missing: true'] : []),
      ...(typical === undefined || typical === null
        ? []
        : [`typical: ${typeof typical === 'string' ? quoted(typical) : typical}`]),
    ];
    return `  ${name}: { ${parts.join(', ')} }\n`;
  });
  return `# The columns of the table, found in it: what they hold, and what people call them.\ncolumns:\n${lines.join('')}`;
}

function rowCode(template: string, plan: CoursePlan): string {
  const [from, to] = [template.indexOf(BEGIN), template.indexOf(END)];
  if (from === -1 || to < from) throw new Error('The template of row.ts has no place for the table.');
  return template.slice(0, from) + factsCode(plan) + template.slice(to + END.length);
}

/** The labels of the plot name what is predicted. */
function dvcYaml(template: string, { kind, targetColumn, unit }: CoursePlan): string {
  if (kind !== 'regression') return template;
  const name = unit === '' ? targetColumn.label : `${targetColumn.label} (${unit})`;
  return `${template}          title: ${quoted(`Predicted against actual ${targetColumn.label}, rows the model had not seen`)}
          x_label: ${quoted(`Actual ${name}`)}
          y_label: ${quoted(`Predicted ${name}`)}
`;
}

function readme(plan: CoursePlan): string {
  const { title, targetColumn, measure, inputs, table } = plan;
  return `# ${title}

**Question: what is "${targetColumn.label}", from what the ${inputs.length} other columns of the table say?**

The table has ${table.rowCount} rows; a fifth of them is held out, and nobody here can read it.

- \`params.yaml\`: which columns count, which model answers, with which numbers
- \`src/row.ts\`: what is known of a row, what is predicted, how it becomes numbers
- \`src/prepare.ts\`: raw table to prepared table
- \`src/model.ts\`: the models one can choose, one line each
- \`src/train.ts\`: the model that answers
- \`src/evaluate.ts\`: the score, \`cv.${measure}\`, on rows that the model has not seen
- \`src/predict.ts\`: answers for new rows
- \`dvc.yaml\`: which stage reads and writes what

First things to try: switch on a column in \`params.yaml\`, another model (\`model: ridge\`), a feature of your own in
\`ownFeatures\` of \`src/row.ts\`, made of columns that are switched on.
`;
}
