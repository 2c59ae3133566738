// A row that somebody asks the served model about.
import * as v from 'valibot';

/** Characters of a value of a row. */
export const MOST_CELL = 200;

export const rowBody = v.strictObject({
  row: v.pipe(
    v.record(
      v.pipe(v.string(), v.maxLength(60)),
      v.union([v.pipe(v.string(), v.maxLength(MOST_CELL)), v.pipe(v.number(), v.finite())]),
    ),
    v.maxEntries(200),
  ),
});
