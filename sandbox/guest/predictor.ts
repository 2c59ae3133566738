// Calls the participants' `predict` for a batch of rows: rows in as JSON, numbers or an error's text out as JSON.
import { defineProperty, isArray, isFiniteNumber, parse, stringify } from './primordials.ts';

/** Makes `__predict(rowsJson)` for the child; it never throws but by a time limit. */
export function serve(predict: unknown): void {
  const answer = (rowsJson: string): string => {
    try {
      if (typeof predict !== 'function') return problem('src/predict.ts must export a function named predict');
      const rows = parse(rowsJson) as unknown[];
      const given: unknown = predict(rows);
      if (!isArray(given) && !ArrayBuffer.isView(given)) {
        return problem('predict must return an array of numbers, one for each row');
      }
      const predictions = given as unknown as ArrayLike<unknown>;
      if (predictions.length !== rows.length) {
        return problem(`predict returned ${predictions.length} numbers for ${rows.length} rows`);
      }
      let text = '[';
      for (let i = 0; i < rows.length; i++) {
        const value = predictions[i];
        if (typeof value !== 'number' || !isFiniteNumber(value)) {
          return problem(
            `predict returned ${typeof value === 'number' ? value : typeof value} for row ${i}, not a number`,
          );
        }
        text += i === 0 ? value : `,${value}`;
      }
      return `${text}]`;
    } catch (error) {
      return problem(messageOf(error));
    }
  };
  defineProperty(globalThis, '__predict', { value: answer });
}

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
