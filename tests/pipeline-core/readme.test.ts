// Every example of pipeline-core/README.md runs, and prints what it says.
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { format } from 'node:util';
import { afterAll, describe, expect, it, vi } from 'vitest';
import * as core from '#pipeline-core';

const text = readFileSync(new URL('../../pipeline-core/README.md', import.meta.url), 'utf8');
const examples = [...text.matchAll(/^```ts\n([\s\S]*?)^```$/gm)].map((match, i) => {
  const heading =
    text
      .slice(0, match.index)
      .match(/^#+ .*$/gm)
      ?.at(-1) ?? 'top';
  return { name: `${i + 1}. ${heading.replace(/^#+ /, '')}`, code: match[1]! };
});
const folder = join(import.meta.dirname, '../.tmp', `readme-${process.pid}`);

afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('pipeline-core/README.md', () => {
  it('has an example for each group', () => {
    expect(examples.length).toBeGreaterThanOrEqual(7);
  });

  it('names everything that the library exports', () => {
    const absent = Object.keys(core).filter((name) => !new RegExp(`\\b${name}\\b`).test(text));
    expect(absent).toEqual([]);
  });

  it.each(examples)('$name', async ({ name, code }) => {
    mkdirSync(folder, { recursive: true });
    const file = join(folder, `${name.split('.')[0]}.ts`);
    writeFileSync(file, code.replaceAll("from 'pipeline-core", "from '#pipeline-core"));
    const printed: string[] = [];
    const log = vi.spyOn(console, 'log').mockImplementation((...args) => {
      printed.push(...format(...args).split('\n'));
    });
    try {
      await import(file);
    } finally {
      log.mockRestore();
    }
    const promised = [...code.matchAll(/^\/\/>(?: (.*))?$/gm)].map((match) => match[1] ?? '');
    expect(printed).toEqual(promised);
  });
});
