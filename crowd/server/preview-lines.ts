// A preview as lines of a terminal, and as a value for programs: the score before and after, why the verdict is what it is, tests, findings, the error.
import type { RunError, Task, TestResults } from '#pipeline-core/core/report.ts';
import { comparisonReason, findings, runErrors } from '#session-core/sentences/en/reports.ts';
import { findingText, runErrorText } from '#session-core/sentences/report-sentences.ts';
import type { PreviewView } from '#session-core/view/view-types.ts';
import { shown, shownLines } from '../program/output.ts';

const VERDICTS: Readonly<Record<NonNullable<PreviewView['verdict']>, string>> = {
  better: 'better',
  worse: 'worse',
  'within-noise': 'within noise',
  'same-result': 'same result',
  'not-comparable': 'not comparable',
  'measure-changed': 'evaluation changed',
};

export const isOver = ({ status, checking }: PreviewView): boolean =>
  status !== 'queued' && status !== 'running' && checking !== true;

export const failed = ({ status, tests }: PreviewView): boolean =>
  status !== 'succeeded' || tests?.error !== undefined || (tests?.failed ?? 0) > 0;

/** As many digits as a score needs. */
export const short = (value: number): string => String(Number(value.toPrecision(5)));

export function previewLines(task: Task, preview: PreviewView): string[] {
  const { status, metric, base, verdict, reason, error, tests, suspect } = preview;
  const lines: string[] = [];
  if (status === 'succeeded' && metric !== undefined) {
    const unit = task.unit === '' ? '' : ` ${shown(task.unit)}`;
    const before = base === undefined ? '' : `, without the changes ${short(base)}${unit}`;
    lines.push(`${shown(task.metric)} ${short(metric)}${unit}${before}`);
    if (suspect === true) lines.push('suspect: look at the findings, the score is not to be believed');
    else if (verdict !== undefined) lines.push(VERDICTS[verdict]);
    if (reason !== undefined) lines.push(shown(comparisonReason(reason)));
  } else if (status === 'succeeded') lines.push(`the run wrote no ${shown(task.metric)}: there is no score`);
  else lines.push(`the run ${status === 'failed' ? 'failed' : `was ${status}`}`);
  if (error !== undefined) lines.push(...errorLines(error));
  if (tests !== undefined) lines.push(...testLines(tests));
  for (const finding of preview.findings ?? [])
    lines.push(`${finding.level}: ${shown(findingText(findings, finding))}`);
  return lines;
}

const place = ({ file, line, column }: { file?: string; line?: number; column?: number }): string =>
  file === undefined ? '' : ` (${[file, line, column].filter((part) => part !== undefined).join(':')})`;

function errorLines(error: RunError): string[] {
  const text = shownLines(runErrorText(runErrors, error));
  const source = error.source === undefined ? [] : [`  ${shown(error.source)}`];
  return [`${text}${shown(place(error))}`, ...source];
}

function testLines({ passed, failed: failing, failures, error, during }: TestResults): string[] {
  return [
    `tests: ${passed} passed, ${failing} failed`,
    ...failures.map((one) => `  ${shown(one.name)}: ${shown(one.message)}${shown(place(one))}`),
    ...(error === undefined ? [] : errorLines(error)),
    ...(during === undefined ? [] : [`  it ended in the test ${shown(during)}`]),
  ];
}

const OF_PREVIEW = [
  'run',
  'status',
  'revision',
  'metric',
  'base',
  'change',
  'verdict',
  'suspect',
  'error',
  'tests',
  'findings',
] as const satisfies readonly (keyof PreviewView)[];

/** What programs get of a preview. */
export const plain = (preview: PreviewView): Partial<PreviewView> =>
  Object.fromEntries(OF_PREVIEW.map((key) => [key, preview[key]]));
