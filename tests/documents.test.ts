// The documents agree with the repository: links lead somewhere, and one version of Node is named everywhere.
import { existsSync, globSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';

const ROOT = join(import.meta.dirname, '..');
const read = (path: string): string => readFileSync(join(ROOT, path), 'utf8');
const documents = globSync(
  '{*,.github/**/*,{app,docs,pipeline-core,sandbox,scripts,server,session-core,tests}/**/*}.md',
  {
    cwd: ROOT,
    exclude: ['**/node_modules/**', '**/dist/**', 'tests/.tmp/**'],
  },
);

describe('links', () => {
  it.each(documents)('every relative link of %s leads to a file or folder', (document) => {
    const targets = [...read(document).matchAll(/\]\(([^)\s]+)\)/g)].map(([, target]) => target ?? '');
    const dead = targets
      .filter((target) => !/^(https?:|mailto:|#)/.test(target))
      .filter((target) => !existsSync(join(ROOT, dirname(document), target.split('#')[0] ?? '')));
    expect(dead).toEqual([]);
  });
});

it('.node-version is the version that the setup fetches', () => {
  const fetched = /^const NODE = '([\d.]+)';$/m.exec(read('scripts/set-up.mjs'))?.[1];
  expect(fetched).toBeDefined();
  expect(read('.node-version')).toBe(`${fetched}\n`);
});
