// What reading a command or a body costs: steps in proportion to its length, and few where it is refused.
// biome-ignore assist/source/organizeImports: it must be there before what it counts is compiled
import { countSteps } from '#tests/support/count-steps.ts';
import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { parseBody } from '#server/http/body.ts';
import { understand } from '#server/realtime/parse-command.ts';

const many = <T>(n: number, make: (i: number) => T): T[] => Array.from({ length: n }, (_, i) => make(i));
const suggestion = (hunks: readonly object[], more: object = {}) => ({
  id: 'eight-characters',
  type: 'suggestion.add',
  text: 'x',
  patch: { revision: 1, files: [{ path: 'a.ts', hunks }] },
  ...more,
});

/** Commands by how many things they hold, and whether they are understood. */
const COMMANDS: Readonly<Record<string, { readonly ok: boolean; make(n: number): unknown }>> = {
  'many hunks': {
    ok: true,
    make: (n) => suggestion(many(n / 10, (i) => ({ fromLine: i + 1, removed: ['a'], added: [] }))),
  },
  'many lines': { ok: true, make: (n) => suggestion([{ fromLine: 1, removed: [], added: many(n, () => 'line') }]) },
  'a long line': { ok: true, make: (n) => suggestion([{ fromLine: 1, removed: [], added: ['x'.repeat(n)] }]) },
  'too many lines': {
    ok: false,
    make: (n) => suggestion([{ fromLine: 1, removed: [], added: many(10 * n, () => '') }]),
  },
  'many lines that are none': {
    ok: false,
    make: (n) => suggestion([{ fromLine: 1, removed: [], added: many(n, () => 7) }]),
  },
  'many fields that are not known': {
    ok: false,
    make: (n) => suggestion([], Object.fromEntries(many(n, (i) => [`field ${i}`, i]))),
  },
  'a long name of a file': {
    ok: false,
    make: (n) => ({ ...suggestion([]), patch: { revision: 1, files: [{ path: 'a.'.repeat(n), hunks: [] }] } }),
  },
  'a long type': { ok: false, make: (n) => ({ id: 'eight-characters', type: 'x'.repeat(n) }) },
};

describe('a command', () => {
  it.each(Object.keys(COMMANDS))('costs no more than in proportion to its length: %s', async (kind) => {
    const { ok, make } = COMMANDS[kind]!;
    expect(understand(make(400)).ok).toBe(ok);
    const costOf = (n: number) => {
      const said = make(n);
      return countSteps(() => understand(said));
    };
    await costOf(400);
    const [least, once, fourTimes] = [await costOf(10), await costOf(400), await costOf(1_600)];
    expect(fourTimes - least).toBeLessThan(4.4 * (once - least) + 1_000);
  });

  it('with a thousand faults is refused at the first', async () => {
    const said = suggestion([{ fromLine: 1, removed: [], added: many(1_000, () => 7) }]);
    understand(said);
    await countSteps(() => understand(said));
    expect(await countSteps(() => understand(said))).toBeLessThan(2_000);
  });
});

it('a command whose id holds half a character is refused: stored, it would come back as another one', () => {
  const command = (id: string) => understand({ id, type: 'suggestion.withdraw', suggestion: 's1' });
  expect([command('eight-\u{1f600}').ok, command('eight-\udc00xx').ok]).toEqual([true, false]);
});

describe('a body', () => {
  const schema = v.strictObject({ row: v.record(v.string(), v.number()) });
  const costOf = (text: string) => countSteps(() => parseBody(schema, text));

  it.each([
    ['many fields', (n: number) => JSON.stringify({ row: Object.fromEntries(many(n, (i) => [`c${i}`, i])) })],
    ['many wrong fields', (n: number) => JSON.stringify({ row: Object.fromEntries(many(n, (i) => [`c${i}`, 'x'])) })],
    ['deep lists', (n: number) => `${'['.repeat(n)}${']'.repeat(n)}`],
    ['blanks', (n: number) => ' '.repeat(n)],
  ])('costs no more than in proportion to its length: %s', async (_, text) => {
    await costOf(text(400));
    const [least, once, fourTimes] = [await costOf(text(1)), await costOf(text(400)), await costOf(text(1_600))];
    expect(fourTimes - least).toBeLessThan(4.4 * (once - least) + 1_000);
  });
});
