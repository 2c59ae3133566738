// Calls the participants' `predict` for a batch of rows: rows in as JSON, or put together from rows that are held here;
// numbers or an error's text out as JSON. Of a classification the numbers are the probabilities of its classes in their
// order, row after row.
import { mixedRows, type Question, type RawRow } from '#pipeline-core/inspection/mixtures.ts';
import { defineProperty, hasOwn, isArray, isFiniteNumber, join, keys, parse, stringify } from './primordials.ts';

/**
 * Makes `__predict(rowsJson)` and `__ask({rows?, questions} as JSON)` for the child; they never throw but by a time limit.
 * @param classes of the task; none: a row's answer is a number
 */
export function serve(predict: unknown, classes: readonly string[]): void {
  let held: readonly RawRow[] = [];
  const answer = (rowsOf: () => unknown[]): string => {
    try {
      if (typeof predict !== 'function') return problem('src/predict.ts must export a function named predict');
      const rows = rowsOf();
      const { length } = rows;
      const given: unknown = predict(rows);
      if (!isArray(given) && !ArrayBuffer.isView(given)) {
        return problem(
          `predict must return an array, ${classes.length > 0 ? 'probabilities' : 'a number'} for each row`,
        );
      }
      const predictions = given as unknown as ArrayLike<unknown>;
      if (predictions.length !== length) {
        return problem(`predict returned ${predictions.length} answers for ${length} rows`);
      }
      const answers = classes.length > 0 ? sharesOf(predictions, classes) : numbersOf(predictions);
      return typeof answers === 'string' ? problem(answers) : `[${join(answers, ',')}]`;
    } catch (error) {
      return problem(messageOf(error));
    }
  };
  const ask = (asked: string): string => {
    const { rows, questions } = parse(asked) as { rows?: readonly RawRow[]; questions: readonly Question[] };
    if (rows !== undefined) held = rows;
    return answer(() => mixedRows(held, questions));
  };
  const predictRows = (rowsJson: string): string => answer(() => parse(rowsJson) as unknown[]);
  defineProperty(globalThis, '__predict', { value: predictRows });
  defineProperty(globalThis, '__ask', { value: ask });
}

/** Or what is wrong with them. */
function numbersOf(answers: ArrayLike<unknown>): readonly number[] | string {
  const numbers: number[] = [];
  for (let i = 0; i < answers.length; i++) {
    const value = answers[i];
    if (typeof value !== 'number' || !isFiniteNumber(value)) {
      return `predict returned ${typeof value === 'number' ? value : typeof value} for row ${i}, not a number`;
    }
    numbers[i] = value;
  }
  return numbers;
}

/** A class that a row's record lacks has the probability 0: no training row had it. Or what is wrong with them. */
function sharesOf(answers: ArrayLike<unknown>, classes: readonly string[]): readonly number[] | string {
  const shares: number[] = [];
  const names = join(classes, ', ');
  for (let i = 0; i < answers.length; i++) {
    const record = answers[i];
    if (typeof record !== 'object' || record === null) {
      return `predict returned ${record === null ? 'null' : typeof record} for row ${i}, not probabilities by class (${names})`;
    }
    let known = 0;
    let sum = 0;
    for (let k = 0; k < classes.length; k++) {
      const name = classes[k]!;
      const has = hasOwn(record, name);
      const share: unknown = has ? (record as Record<string, unknown>)[name] : 0;
      if (typeof share !== 'number' || !(share >= 0 && share <= 1 + ROUNDING)) {
        return `predict returned ${typeof share === 'number' ? share : typeof share} for "${name}" of row ${i}, not a probability from 0 to 1`;
      }
      known += has ? 1 : 0;
      sum += share;
      shares[i * classes.length + k] = share;
    }
    if (known < keys(record).length) {
      return `predict returned other classes than ${names} for row ${i}: ${join(keys(record), ', ')}`;
    }
    if (!(sum > 1 - ROUNDING && sum < 1 + ROUNDING)) {
      return `predict returned probabilities for row ${i} that add up to ${sum}, not to 1`;
    }
  }
  return shares;
}

const ROUNDING = 1e-6;

function messageOf(error: unknown): string {
  try {
    if (error instanceof Error) return String(error.stack ?? error.message);
    return `predict threw ${String(error)}, which is no Error`;
  } catch {
    return 'predict threw something that cannot be shown';
  }
}

function problem(text: string): string {
  return stringify({ error: text });
}
