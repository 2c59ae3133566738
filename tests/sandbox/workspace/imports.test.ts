// Imports read from the text alone: all at the head, never one from a comment or a string, in time that grows with it.
import { describe, expect, it } from 'vitest';
import { headImports } from '#sandbox/workspace/imports.ts';

const found = (source: string) => headImports(source).map(({ specifier }) => specifier);

describe('imports at the head of a file', () => {
  it.each([
    ["import a from './a.ts'", './a.ts'],
    ["\uFEFFimport { b, type C } from './b.ts';", './b.ts'],
    ["#!/usr/bin/env node\nimport './c.ts';", './c.ts'],
    ["import * as d from\n  /* here */ './d.ts' // d", './d.ts'],
    ["import e, { f as g } from './e.ts'", './e.ts'],
    ["export * from './h.ts'", './h.ts'],
    ["export { i } from './i.ts'", './i.ts'],
    ["import j from './j.json' with { type: 'json' }; import k from './k.ts'", './j.json ./k.ts'],
    ["import from from './l.ts'; import type from './m.ts'; import type, { N } from './n.ts'", './l.ts ./m.ts ./n.ts'],
    ['import { "o p" as q } from "./o.ts"', './o.ts'],
    // Types alone leave no trace in what runs.
    ["import type R from './r.ts'; import type { S } from './s.ts'; export type { T } from './t.ts'", ''],
    ["import type from from './u.ts'", ''],
  ])('%j', (source, specifiers) => {
    expect(found(source).join(' ')).toBe(specifiers);
  });

  it.each([
    "/* import a from './a.ts' */ // import b from './b.ts'",
    "const text = `\nimport a from './a.ts'\n`",
    "'import'; import a from './a.ts'",
    "import('./a.ts')",
    "import.meta; import a from './a.ts'",
    "export const from = './a.ts'",
    "import { a }\n'./a.ts'",
    'import',
    'import a from',
    "import '\\x2e/a.ts'",
  ])('none in %j', (source) => {
    expect(found(source)).toEqual([]);
  });

  it('finds where the specifier is', () => {
    const source = "// first\nimport a from './a.ts';";
    expect(source.slice(headImports(source)[0]!.at)).toBe("'./a.ts';");
  });

  it('ends on a text made to have it try again and again', () => {
    expect(found(`${'/**/'.repeat(40_000)}import a from './a.ts'`)).toEqual(['./a.ts']);
    expect(found(`import ${'{'.repeat(100_000)}`)).toEqual([]);
    expect(found('import a '.repeat(10_000))).toEqual([]);
  });
});
