// params.yaml of a new course, a switch a column; and its checkpoints, which differ from one another by it alone.
import { setParam } from '#pipeline-core';
import type { CoursePlan } from './course-plan.ts';
import { foldsOf, sizeOf } from './size.ts';
import { commented, quoted } from './writing.ts';

/** Columns that are on at the start: too few for a good score. */
const AT_START = 3;

/** @param models the rest of the file */
export function paramsYaml(models: string, plan: CoursePlan): string {
  const sized = setParam(models, 'folds', foldsOf(plan));
  const on = new Set(startColumns(plan));
  const switches = plan.inputs.map(({ name, label }) => `  ${name}: ${on.has(name)} # ${commented(label, 40)}\n`);
  return `# Change a line, run, and look at the score.\n# What the model may know:\ncolumns:\n${switches.join('')}\n${sized}`;
}

/** The first of numbers, then of words, then of texts. */
function startColumns({ inputs }: CoursePlan): string[] {
  const rank = ({ type }: { readonly type: string }) =>
    type === 'text' ? 2 : type === 'binary' || type === 'nominal' ? 1 : 0;
  return [...inputs]
    .sort((a, b) => rank(a) - rank(b))
    .slice(0, AT_START)
    .map(({ name }) => name);
}

interface Step {
  readonly name: string;
  readonly title: string;
  /** For its README. */
  readonly about: string;
  /** Params that change from the checkpoint before. */
  readonly set: Readonly<Record<string, string | number>>;
  readonly allColumns?: true;
}

const REGRESSION: readonly Step[] = [
  {
    name: '2-columns',
    title: 'Columns',
    about: 'Every column that is allowed, and a ridge regression.',
    allColumns: true,
    set: { model: 'ridge', 'ridge.alpha': 20 },
  },
  {
    name: '3-forest',
    title: 'Forest',
    about: 'Many trees, each from a part of the rows and columns; their mean answers.',
    set: { model: 'forest', 'forest.features': 0.33, 'forest.leaf': 3 },
  },
  {
    name: '4-boosting',
    title: 'Boosting',
    about: 'Trees one after another: each corrects a little of what those before it got wrong.',
    set: { model: 'boosting', 'boosting.rate': 0.05, 'boosting.depth': 3, 'boosting.leaf': 10 },
  },
  {
    name: '5-average',
    title: 'Average',
    about: 'The mean of ridge, forest and boosting: their errors differ, and partly cancel out.',
    set: { model: 'average' },
  },
];
const CLASSIFICATION: readonly Step[] = [
  {
    name: '2-columns',
    title: 'Columns',
    about: 'Every column that is allowed, and the same model.',
    allColumns: true,
    set: { 'logistic.C': 0.5 },
  },
  ...REGRESSION.slice(1, 3),
];
const STEPS = { regression: REGRESSION, classification: CLASSIFICATION };

/** @param base params.yaml of the workspace in base/ */
export function checkpointFiles(base: string, plan: CoursePlan): Record<string, string> {
  const files: Record<string, string> = {
    ...aboutOf('0-baseline', 'Baseline'),
    'checkpoints/0-baseline/params.yaml': setParam(base, 'model', plan.kind === 'regression' ? 'mean' : 'frequencies'),
    'checkpoints/0-baseline/README.md': readmeOf(
      plan,
      '0 Baseline',
      'No model at all: what one would say without looking. Every score is measured against this one.',
    ),
    ...aboutOf('1-start', 'Start'),
  };
  let params = base;
  for (const { name, title, about, set, allColumns } of STEPS[plan.kind]) {
    if (allColumns)
      for (const column of plan.inputs) params = setParam(params, `columns.${column.name}`, column.type !== 'text');
    // A table of nothing but texts keeps them.
    if (allColumns && plan.inputs.every(({ type }) => type === 'text')) params = base;
    const changes = Object.entries({ ...set, ...sizeOf(plan)[String(set['model'])] });
    for (const [key, value] of changes) params = setParam(params, key, value);
    Object.assign(files, aboutOf(name, title), {
      [`checkpoints/${name}/params.yaml`]: params,
      [`checkpoints/${name}/README.md`]: readmeOf(plan, name.replace(/-.*/, ` ${title}`), about),
    });
  }
  return files;
}

const aboutOf = (name: string, title: string) => ({
  [`checkpoints/${name}/checkpoint.yaml`]: `title: ${quoted(title)}\ntask: prediction\n`,
});

const readmeOf = ({ title, measure }: CoursePlan, head: string, about: string) =>
  `# ${head}\n\n**${title}**\n\n${about} Only \`params.yaml\` differs from the checkpoint before. The score is \`cv.${measure}\`, on rows that the model has not seen.\n`;
