// The figure of how the score went: a point for each run, a line through those that count and can be compared.
import type { Task } from '#pipeline-core/core/report.ts';
import { countsRun, lastScored, outcomeOf, scoreOf, startsSeries } from '#session-core/client/scores.ts';
import type { RunView } from '#session-core/view/view-types.ts';
import type { Figure } from './figures.ts';
import { numberText } from './numbers.ts';
import { BLUE, chart, type Frame, ORANGE, PAPER, px, rangeOf, SOFT, textAt } from './svg.ts';

interface ScoredRun {
  readonly run: RunView;
  readonly number: number;
  readonly score: number;
}

/** @param ofTask its main runs, oldest first. null: none has a score. */
export function scoreFigure(ofTask: readonly RunView[], task: Task): Figure | null {
  const runs = ofTask.flatMap((run): ScoredRun[] => {
    const score = scoreOf(run, task);
    return score === undefined ? [] : [{ run, number: run.number ?? 0, score }];
  });
  const [first, last] = [runs[0], runs.at(-1)];
  if (first === undefined || last === undefined) return null;
  const baseline = (lastScored(ofTask, task) ?? last.run).metrics[task.baselineMetric];
  const values = [...runs.map(({ score }) => score), ...(baseline === undefined ? [] : [baseline])];
  const unit = task.unit === '' ? '' : ` (${task.unit})`;
  const better = task.direction === 'lower' ? 'lower is better' : 'higher is better';
  const label = `${task.metric} of ${runs.length === 1 ? '1 run' : `${runs.length} runs`}, from ${numberText(first.score)} to ${numberText(last.score)}${unit}`;
  const svg = chart(
    {
      label,
      xLabel: 'Run',
      yLabel: `${task.metric}${unit}, ${better}`,
      xRange: { min: first.number - 0.5, max: last.number + 0.5 },
      yRange: rangeOf(values),
      xWhole: true,
    },
    (frame) =>
      [
        baseline === undefined ? '' : baselineMark(frame, baseline),
        ...comparable(runs).map((part) => lineThrough(frame, part)),
        ...runs.map((run) => runMark(frame, run)),
      ].join('\n'),
  );
  return { name: 'score', title: 'The score of each run', svg };
}

/** Those that count, in parts: the scores of two evaluation protocols have no line between them. */
function comparable(runs: readonly ScoredRun[]): readonly (readonly ScoredRun[])[] {
  const parts: ScoredRun[][] = [];
  for (const one of runs.filter(({ run }) => countsRun(run))) {
    const part = parts.at(-1);
    if (part === undefined || startsSeries(one.run)) parts.push([one]);
    else part.push(one);
  }
  return parts;
}

const lineThrough = ({ x, y }: Frame, runs: readonly ScoredRun[]): string =>
  `<polyline points="${runs.map(({ number, score }) => `${px(x(number))},${px(y(score))}`).join(' ')}" fill="none" stroke="${BLUE}" stroke-width="2"/>`;

const baselineMark = ({ y, left, right }: Frame, value: number): string =>
  `<line x1="${px(left)}" y1="${px(y(value))}" x2="${px(right)}" y2="${px(y(value))}" stroke="${SOFT}" stroke-dasharray="6 4"/>${textAt({ x: right, y: y(value) - 6, text: 'baseline', anchor: 'end', fill: SOFT })}`;

/** Filled where it counts; better ones larger. */
function runMark({ x, y }: Frame, { run, number, score }: ScoredRun): string {
  const [cx, cy] = [px(x(number)), px(y(score))];
  if (!countsRun(run))
    return `<circle cx="${cx}" cy="${cy}" r="5" fill="${PAPER}" stroke="${ORANGE}" stroke-width="2"/>`;
  return `<circle cx="${cx}" cy="${cy}" r="${outcomeOf(run) === 'better' ? 7 : 5}" fill="${BLUE}"/>`;
}
