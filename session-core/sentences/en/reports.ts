// What a run reports, in English: why it failed, what it found out about itself, why a comparison has its verdict. For
// screens (app/_strings/en takes these tables) and for the exported tables.
import type {
  Comparison,
  FactsByFinding,
  QuickFix,
  RunError,
  ScoreMeasure,
  ServeFault,
  TableFault,
} from '#pipeline-core/core/report.ts';
import { valuesIn } from '../numbers.ts';
import type { FindingSentences, RunErrorSentences } from '../report-sentences.ts';

/** As the field calls them, at the start of a sentence or alone. */
export const measureNames: Readonly<Record<ScoreMeasure, string>> = {
  rmse: 'RMSE',
  mae: 'Mean absolute error',
  medianAbsoluteError: 'Median absolute error',
  r2: 'R²',
  logLoss: 'Log loss',
  brier: 'Brier score',
  accuracy: 'Accuracy',
  balancedAccuracy: 'Balanced accuracy',
  f1: 'F1',
  rocAuc: 'ROC AUC',
};

const { seconds, short, signed, valueText } = valuesIn('en', '.');
const stageOf = ({ stage }: Pick<RunError, 'stage'>): string => (stage === null ? 'The run' : `The ${stage} stage`);

const smaller = (params: readonly { readonly key: string; readonly value: number }[] = []): string =>
  params.length === 0
    ? ''
    : `. Turn down ${params.map(({ key, value }) => `${key} (${value})`).join(' or ')} in params.yaml`;

export const runErrors: RunErrorSentences = {
  thrown: ({ message }) => message,
  runner_failed: ({ message }) => `The runner failed: ${message}`,
  stage_time: ({ ms, turnDown }, error) =>
    `${stageOf(error)} took longer than ${seconds(ms)} and was stopped${smaller(turnDown)}`,
  run_time: ({ ms, turnDown }, { stage }) =>
    `The run took longer than ${seconds(ms)} in total and was stopped${stage === null ? '' : ` in the ${stage} stage`}${smaller(turnDown)}`,
  memory: ({ mb, turnDown }, error) => `${stageOf(error)} used more than ${mb} MB and was stopped${smaller(turnDown)}`,
  protocol_breach: (_, error) =>
    `${stageOf(error)} sent more data than allowed, or data of the wrong form, and was stopped`,
  process_ended: (_, error) => `${stageOf(error)} ended its process. The code asked for more than the sandbox allows`,
  outs_too_large: ({ mb, turnDown }, error) =>
    `${stageOf(error)} wrote more than ${mb} MB in total: write less${smaller(turnDown)}`,
  out_missing: ({ path }, error) =>
    `${stageOf(error)} ended without writing ${path}, which dvc.yaml lists among its outs. Await async functions that write`,
  queue_full: () => 'Too many runs are waiting already. Try again in a moment',
  cancelled: () => 'The run was cancelled',
};

export const findings: FindingSentences = {
  'served-fails': (facts) => `The model cannot be served: ${serveFault(facts)}`,
  'served-differs': ({ row, fitted, served, label }) =>
    `Row ${row}: the pipeline fitted ${fitted}${label === undefined ? '' : ` for ${label}`}, but predict answers ${served ?? 'nothing'}. The served model is not the one that was evaluated`,
  'served-unchecked': (facts) =>
    `The served model cannot be compared with the evaluated one: ${facts.path} ${tableFault(facts)}`,
  'metric-twice': ({ metric, path }) => `${metric} is written by two stages: the one in ${path} is used`,
  'metric-unproven': ({ metric, path }) => `${metric} cannot be checked: there are no predictions in ${path}`,
  'metric-differs': ({ metric, written, computed, path }) =>
    `${metric} is ${short(written)}, but the predictions in ${path} give ${computed === null ? 'no finite value' : short(computed)}`,
  'predictions-unreadable': (facts) => `${facts.path} cannot be compared with other runs: it ${tableFault(facts)}`,
  'result-too-large': ({ kb }) => `Plots have more than ${kb} kB and are left out: write fewer rows or columns`,
  'constant-feature': constantFeature,
  'leak-part': ({ column, part, target, renamed }) =>
    `${column} is ${renamed ? `${part} under another name` : 'an input'}, but ${target} is made of ${part}: the model copies the answer instead of predicting it`,
  'leak-strong': ({ column, target, percent }) =>
    `${column} alone explains ${percent} % of ${target}: is it known before ${target} is?`,
  'leak-marker': ({ column, source, value, label }) =>
    `${column} only says whether ${source} is ${value}, which marks ${label}: known after the outcome, not before`,
  'leak-identifier': ({ column }) => `${column} is a different number for every row: a model can only memorize it`,
  'leak-own-target': ({ rows, of }) =>
    `The predictions of ${rows} of ${of} rows change when only their own targets change: the code uses the values it is scored on`,
  'leak-row-choice': ({ rows, of }) => `${rows} of ${of} rows are scored, chosen by their own targets`,
  'leak-unchecked': ({ reason }) =>
    `It could not be checked whether predictions use the values they are scored on: ${UNCHECKED[reason]}`,
  'leak-group-split': ({ column, group }) =>
    `Rows with ${column} ${group} are in several folds: the model learned from rows of the group it is tested on. Split with groupKFold`,
  'target-differs': ({ row, target, scored, actual }) =>
    `Row ${row} is scored against ${valueText(scored)}, but its ${target} is ${valueText(actual)}: the target was changed or rescaled, so the score is not comparable`,
  'tests-unreadable': ({ stage }) =>
    `What ${stage} wrote to its tests.json is not what \`test\` of workshop writes: its tests are not shown`,
  'rows-misnumbered': ({ path }) =>
    `The row numbers in ${path} are not those of the raw table: number the rows before leaving any out`,
};

const UNCHECKED: Readonly<Record<FactsByFinding['leak-unchecked']['reason'], string>> = {
  folds: 'the folds depend on the target',
  failed: 'the code fails when the targets of a fold are exchanged',
  time: 'the check ran out of time',
  memory: 'the check ran out of memory',
  ended: 'the process of the check ended',
  interrupted: 'the server was restarted, and the run could not be repeated',
};

function constantFeature({ features, more }: FactsByFinding['constant-feature']): string {
  const named = features.map(({ name, value }) => `${name} is always ${value}`).join(', ');
  const others = more > 0 ? ` and ${more} more features are constant` : '';
  return `${named}${others}: a feature that is the same for every row cannot help the model. Is the column it uses switched on?`;
}

export function serveFault(facts: ServeFault): string {
  const at = 'file' in facts && facts.file !== undefined ? ` (${facts.file}:${facts.line})` : '';
  switch (facts.fault) {
    case 'time':
      return `it took too long${at}`;
    case 'memory':
      return `it used too much memory${at}`;
    case 'breach':
      return 'it sent data that is not allowed';
    case 'crash':
      return 'it ended its process';
    case 'killed':
      return 'it was stopped';
    case 'holdout_rows':
      return 'it does not answer for the hold-out rows';
    case 'writes':
      return `it writes ${facts.path}, but it may only answer${at}`;
    case 'reads':
      return `it reads ${facts.path}, but it may only read what the stages write${at}`;
    case 'thrown':
      return `${facts.message}${at}`;
  }
}

function tableFault(facts: TableFault): string {
  switch (facts.fault) {
    case 'too_long':
      return `has ${facts.length} characters, more than ${facts.most}`;
    case 'unreadable':
      return 'cannot be read as a table';
    case 'no_column':
      return `has no column \`${facts.column}\``;
    case 'text_column':
      return `has text in the column \`${facts.column}\``;
    case 'not_a_number':
      return `has ${facts.cell} in row ${facts.row} of \`${facts.column}\`, which is not a number`;
    case 'unknown_class':
      return `has ${facts.cell} in row ${facts.row} of \`${facts.column}\`, which is no class of the task`;
    case 'not_probabilities':
      return `has probabilities in row ${facts.row} that are not between 0 and 1 and add up to 1 (sum ${short(facts.sum)})`;
    case 'rows':
      return `has ${facts.rows} of the ${facts.of} rows`;
  }
}

export function comparisonReason(reason: Comparison['reason']): string {
  switch (reason.code) {
    case 'not_succeeded':
      return 'Only successful runs can be compared.';
    case 'same_outs':
      return 'Outputs are identical (refactoring only).';
    case 'same_code':
      return 'The code is the same as in the run it is compared with.';
    case 'same_predictions':
      return 'All predictions are identical.';
    case 'protocol_changed':
      return 'The evaluation changed: a new series begins.';
    case 'task_changed':
      return 'The task changed: a new series begins.';
    case 'no_predictions':
      return 'One of the runs wrote no predictions to compare.';
    case 'no_rows':
      return 'No rows were scored.';
    case 'no_score':
      return 'The score has no value on these rows: only one class is among them.';
    case 'score_missing':
      return 'One of the runs has no score.';
    case 'other_row_count':
      return `Different rows: ${reason.before} were scored before, ${reason.after} now.`;
    case 'other_row':
      return `Different rows: row ${reason.before} before, row ${reason.after} now.`;
    case 'other_fold':
      return `Different folds: row ${reason.row} was in fold ${reason.before}, now in ${reason.after}.`;
    case 'other_target':
      return `Different target: row ${reason.row} was ${reason.before}, now ${reason.after}.`;
    case 'within_noise':
      return `The change of ${signed(reason.change)} is within noise: on ${reason.rows} rows, chance alone gives ${signed(reason.low)} to ${signed(reason.high)}.`;
    case 'clear':
      return `${measureNames[reason.measure]} ${signed(reason.change)} (95 % interval ${signed(reason.low)} to ${signed(reason.high)} on ${reason.rows} rows).`;
    case 'several_runs':
      return `Measured in ${reason.runs} runs.`;
    case 'several_runs_mixed':
      return `Measured in ${reason.runs} runs, which disagree in direction.`;
    case 'several_runs_noise':
      return `Measured in ${reason.runs} runs, each within noise.`;
  }
}

export const quickFixText = ({ item, section, stage, file }: QuickFix): string =>
  `Add ${item} to ${section} of ${stage} in ${file}`;
