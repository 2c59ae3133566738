// What the leakage check writes in a child, read as anything that comes from one: to the last field, or not at all.
import * as v from 'valibot';

const MOST_NAMED = 5;

const name = v.pipe(
  v.string(),
  v.transform((text) => text.slice(0, 60)),
);
const leak = <C extends string, E extends v.ObjectEntries>(code: C, facts: E) =>
  v.strictObject({ code: v.literal(code), facts: v.strictObject(facts) });
const leaksSchema = v.pipe(
  v.string(),
  v.parseJson(),
  v.array(
    v.variant('code', [
      leak('leak-part', { column: name, part: name, target: name, renamed: v.boolean() }),
      leak('leak-strong', { column: name, target: name, percent: v.number() }),
      leak('leak-marker', { column: name, source: name, value: v.number(), label: name }),
      leak('leak-identifier', { column: name }),
    ]),
  ),
  v.transform((leaks) => leaks.slice(0, MOST_NAMED)),
);

type FoundLeak = v.InferOutput<typeof leaksSchema>[number];

/** The first few; null where the text is not such a list. */
export function parseLeaks(text: string): FoundLeak[] | null {
  const read = v.safeParse(leaksSchema, text);
  return read.success ? read.output : null;
}
