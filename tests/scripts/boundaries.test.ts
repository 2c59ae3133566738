// Who may import whom: what the table forbids is seen to be refused on real files, and circles are found.
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { findCycles } from '#scripts/boundaries/cycles.ts';
import { type Import, readImportGraph } from '#scripts/boundaries/import-graph.ts';
import { findProblems } from '#scripts/boundaries/problems.ts';
import { BOUNDARIES, type Boundaries } from '#scripts/boundaries/table.ts';
import { findUnused, findViolations } from '#scripts/boundaries/violations.ts';
import { allowed, forbidden } from './arrows.ts';

const { imports: displayNames } = JSON.parse(readFileSync('package.json', 'utf8'));
const roots: string[] = [];
afterAll(() => {
  for (const root of roots) rmSync(root, { recursive: true, force: true });
});

/** A tree of its own with these files. */
function write(files: Readonly<Record<string, string>>): string {
  const root = mkdtempSync(join(tmpdir(), 'boundaries-'));
  roots.push(root);
  const all = { 'package.json': JSON.stringify({ imports: displayNames }), ...files };
  for (const [file, text] of Object.entries(all)) {
    mkdirSync(dirname(join(root, file)), { recursive: true });
    writeFileSync(join(root, file), text);
  }
  return root;
}
function graphOf(files: Readonly<Record<string, string>>) {
  const folders = [...new Set(Object.keys(files).map((file) => file.split('/')[0]!))];
  return readImportGraph(write(files), folders, []);
}

/** Writes files that import so, reads them once; says whether the table refuses a given pair. */
function asker(pairs: readonly (readonly [from: string, specifier: string])[]) {
  const files: Record<string, string> = {};
  for (const [from, specifier] of pairs) {
    const target = specifier.startsWith('#')
      ? specifier.slice(1)
      : specifier.startsWith('.')
        ? join(dirname(from), specifier)
        : null;
    if (target) files[target === 'pipeline-core' ? 'pipeline-core/index.ts' : target] ??= '';
    files[from] = `${files[from] ?? ''}import '${specifier}';\n`;
  }
  const graph = graphOf(files);
  const refused = graph.imports.filter((each) => findViolations({ files: [], imports: [each] }, BOUNDARIES).length > 0);
  const keyOf = ({ from, specifier }: Pick<Import, 'from' | 'specifier'>) => `${from} ${specifier}`;
  const known = new Set(graph.imports.map(keyOf));
  const no = new Set(refused.map(keyOf));
  return (from: string, specifier: string) => {
    expect(known).toContain(keyOf({ from, specifier }));
    return no.has(keyOf({ from, specifier }));
  };
}

/** Each area, or each folder of it that has a layer. */
const units = Object.entries(BOUNDARIES.areas).flatMap(([area, { imports = [], layers }]) =>
  (layers ?? [['.']]).flatMap((names, layer) =>
    names
      .filter((name) => !name.includes('.ts'))
      .map((name) => ({ area, imports, layer, path: name === '.' ? area : `${area}/${name}` })),
  ),
);

it('the project itself breaks no rule', () => {
  expect(findProblems('.', BOUNDARIES).problems).toEqual([]);
});

describe('arrows', () => {
  const refuses = asker([...forbidden, ...allowed]);
  it.each(forbidden)('%s may not import %s', (from, specifier) => {
    expect(refuses(from, specifier)).toBe(true);
  });
  it.each(allowed)('%s may import %s', (from, specifier) => {
    expect(refuses(from, specifier)).toBe(false);
  });

  it('between any two folders of the table are refused, unless it has them; allowed ones make no circle', () => {
    const specifier = (from: string, to: string) =>
      from.split('/')[0] === to.split('/')[0]
        ? `${'../'.repeat(from.split('/').length)}${to}/target.ts`
        : `#${to}/target.ts`;
    const pairs = units.flatMap((from) => units.filter((to) => to !== from).map((to) => ({ from, to })));
    const refusesPair = asker(
      pairs.map(({ from, to }) => [`${from.path}/probe.ts`, specifier(from.path, to.path)] as const),
    );
    const allowedPairs = pairs.filter(
      ({ from, to }) => !refusesPair(`${from.path}/probe.ts`, specifier(from.path, to.path)),
    );
    const nameOf = ({ from, to }: (typeof pairs)[number]) => `${from.path} -> ${to.path}`;
    const inTable = pairs.filter(({ from, to }) =>
      from.area === to.area
        ? to.layer < from.layer && !(to.path in BOUNDARIES.onDemand)
        : from.imports.some((each) => `${to.path}/`.startsWith(`${each}/`)),
    );
    expect(allowedPairs.map(nameOf)).toEqual(inTable.map(nameOf));
    const imports = allowedPairs.map(({ from, to }) => ({ from: from.path, file: to.path }) as Import);
    expect(findCycles({ files: [], imports })).toEqual([]);
  });

  it('to a package are refused wherever the table does not list the file', () => {
    const checked = units.filter(({ area }) => !BOUNDARIES.areas[area]!.anyPackage);
    const packages = Object.entries(BOUNDARIES.packages).map(([name, places]) => ({
      name: name.replace('*', 'fs'),
      places,
    }));
    const pairs = packages.flatMap(({ name, places }) =>
      checked.map(({ area, path }) => {
        const listed = places.some((place) => place === path || place === area);
        return { from: `${path}/probe.ts`, name, listed };
      }),
    );
    const refusesPackage = asker(pairs.map(({ from, name }) => [from, name] as const));
    for (const { from, name, listed } of pairs)
      expect([from, name, refusesPackage(from, name)]).toEqual([from, name, !listed]);
    for (const { name } of packages) expect(pairs.some((pair) => pair.name === name && !pair.listed)).toBe(true);
  });

  it("of a checkpoint lead to its own files, or else to those of its course's base", () => {
    const graph = graphOf({
      'courses/c/base/src/model.ts': '',
      'courses/c/base/src/row.ts': '',
      'courses/c/checkpoints/2-more/src/row.ts': '',
      'courses/c/checkpoints/2-more/src/train.ts': `import './model.ts';\nimport './row.ts';\n`,
    });
    const found = graph.imports.map(({ file }) => file?.replace('courses/c/', ''));
    expect(found).toEqual(['base/src/model.ts', 'checkpoints/2-more/src/row.ts']);
    const nowhere = { 'courses/c/checkpoints/2-more/src/train.ts': `import './model.ts';\n` };
    expect(() => graphOf(nowhere)).toThrow(
      /train\.ts imports \.\/model\.ts, and there is no file courses\/c\/checkpoints/,
    );
  });

  it('are seen in every form of an import', () => {
    const lines = [
      `import { a } from '#server/b.ts';`,
      `import type { A } from '#server/b.ts';`,
      `import { type A as B } from '#server/b.ts';`,
      `import '#server/b.ts';`,
      `export { a } from '#server/b.ts';`,
      `export * from '#server/b.ts';`,
      `export type { A } from '#server/b.ts';`,
      `export const late = () => import('#server/b.ts');`,
      `export type C = import('#server/b.ts').A;`,
    ];
    const graph = graphOf({
      'pipeline-core/a.ts': lines.join('\n'),
      'server/b.ts': 'export const a = 1;\nexport type A = 1;\n',
    });
    expect(graph.imports.map(({ line }) => line).sort()).toEqual(lines.map((_, i) => i + 1));
    expect(
      graph.imports
        .filter(({ typeOnly }) => typeOnly)
        .map(({ line }) => line)
        .sort(),
    ).toEqual([2, 3, 7, 9]);
    expect(findViolations(graph, BOUNDARIES)).toHaveLength(lines.length);
  });

  it('for types only are not arrows for values', () => {
    const graph = graphOf({
      'server/a.ts': `import type { Report } from '#pipeline-core/core/report.ts';`,
      'server/b.ts': `import { report } from '#pipeline-core/core/report.ts';`,
      'pipeline-core/core/report.ts': '',
    });
    expect(findViolations(graph, BOUNDARIES)).toEqual([
      "server/b.ts:1 imports '#pipeline-core/core/report.ts': server may import only its types.",
    ]);
  });

  it('may not be left in the table when nothing uses them, and every folder needs a line', () => {
    const graph = graphOf({
      'server/a.ts': `import '#app/b.ts';`,
      'app/b.ts': `import 'react';`,
      'app/_new/c.ts': '',
    });
    const table: Boundaries = {
      areas: { server: { imports: ['app', 'sandbox'] }, app: { layers: [['_old'], ['.']] } },
      packages: { react: ['app', 'server'] },
      onDemand: { 'server/late': ['server/a.ts'] },
      skipped: [],
    };
    expect(findUnused(graph, table)).toEqual([
      ...['server imports nothing of sandbox.', 'server does not import react.'],
      'server/a.ts does not load server/late.',
    ]);
    expect(findViolations(graph, table)).toEqual(['app/_new/c.ts: app/_new has no line in the layers of app.']);
  });
});

describe('circles', () => {
  const membersIn = (files: Record<string, string>) => findCycles(graphOf(files)).map(({ members }) => members);

  it('of types between files are found', () => {
    const files = {
      'server/a.ts': `import type { B } from './b.ts';`,
      'server/b.ts': `export type B = import('./c.ts').C;`,
      'server/c.ts': `export * from './a.ts';`,
      'server/d.ts': `import './a.ts';`,
    };
    expect(membersIn(files)).toEqual([['server/a.ts', 'server/b.ts', 'server/c.ts']]);
  });

  it('between folders are found where no file is in one', () => {
    const files = {
      'server/a/one.ts': `import '../b/one.ts';`,
      'server/b/one.ts': '',
      'server/b/two.ts': `import '../a/two.ts';`,
      'server/a/two.ts': '',
    };
    expect(membersIn(files)).toEqual([['server/a', 'server/b']]);
    expect(membersIn({ ...files, 'server/b/two.ts': '' })).toEqual([]);
  });
});

it('no file of the server but config.ts reads the environment', () => {
  const root = write({
    'biome.json': readFileSync('biome.json', 'utf8'),
    'server/session/x.ts': 'export const port = process.env.PORT;\n',
    'server/platform/config.ts': 'export const port = process.env.PORT;\n',
  });
  const argv = [
    resolve('node_modules/@biomejs/biome/bin/biome'),
    'lint',
    '--vcs-enabled=false',
    '--colors=off',
    'server',
  ];
  const { stdout, stderr } = spawnSync(process.execPath, argv, { cwd: root, encoding: 'utf8' });
  expect(stdout + stderr).toMatch(/Checked 2 files/);
  expect((stdout + stderr).match(/\S+ lint\/style\/noProcessEnv/g)).toEqual([
    'server/session/x.ts:1:21 lint/style/noProcessEnv',
  ]);
});
