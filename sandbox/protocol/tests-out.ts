// What a stage of tests writes, read as anything that comes from a child: to the last field, or not at all.
import * as v from 'valibot';

const count = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(100_000));
const text = (most: number) => v.pipe(v.string(), v.maxLength(most));
const schema = v.pipe(
  v.string(),
  v.maxLength(100_000),
  v.parseJson(),
  v.strictObject({
    passed: count,
    failed: count,
    failures: v.pipe(
      v.array(
        v.strictObject({
          name: text(200),
          message: text(500),
          file: v.exactOptional(text(300)),
          line: v.exactOptional(count),
          column: v.exactOptional(count),
        }),
      ),
      v.maxLength(20),
    ),
  }),
);

export type WrittenTests = v.InferOutput<typeof schema>;

/** null where the text is something else. */
export function parseTests(written: string): WrittenTests | null {
  const read = v.safeParse(schema, written);
  return read.success ? read.output : null;
}
