// Which params of a stage that ran out of time, memory or room are worth turning down.
import type { RunError } from '#pipeline-core/core/report.ts';
import type { FlatParams } from '#pipeline-core/workspace/params.ts';

/** Names of whole numbers that cost more the larger they are, in the words of the field. */
const COSTLY =
  /(tree|estimator|iter|epoch|round|repeat|fold|depth|neighbo|degree|bins|component|row|sample|evaluation)/i;
const MOST_NAMED = 2;

interface CostlyParam {
  readonly key: string;
  readonly value: number;
}

/**
 * Likeliest first, largest value first. Where a param names a section (`model: forest`), only that section and what is in
 * none counts: the others belong to models that did not run.
 */
export function costlyParams(params: FlatParams): CostlyParam[] {
  const sections = new Set(Object.keys(params).flatMap((key) => (key.includes('.') ? [key.split('.')[0]!] : [])));
  const chosen = Object.values(params).filter((value) => typeof value === 'string' && sections.has(value));
  const counts = (key: string): boolean =>
    !key.includes('.') || chosen.length === 0 || chosen.includes(key.split('.')[0]!);
  return Object.entries(params)
    .flatMap(([key, value]) =>
      typeof value === 'number' &&
      Number.isInteger(value) &&
      value > 1 &&
      COSTLY.test(key.split('.').at(-1)!) &&
      // Of a least number a smaller one costs more.
      !/^min/i.test(key.split('.').at(-1)!) &&
      counts(key)
        ? [{ key, value }]
        : [],
    )
    .sort((a, b) => Number(b.key.includes('.')) - Number(a.key.includes('.')) || b.value - a.value)
    .slice(0, MOST_NAMED);
}

/** An error of a limit, with what to turn down. */
export function withTurnDown(error: RunError, params: FlatParams): RunError {
  const turnDown = costlyParams(params);
  if (turnDown.length === 0) return error;
  switch (error.code) {
    case 'stage_time':
    case 'run_time':
      return { ...error, facts: { ...error.facts, turnDown } };
    case 'memory':
    case 'outs_too_large':
      return { ...error, facts: { ...error.facts, turnDown } };
    default:
      return error;
  }
}
