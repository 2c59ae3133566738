// Bit-identical results everywhere: the stages of the workspace write the same bytes in an isolate, in plain Node and in
// Chromium, and so does a stage that calls every numerical part of pipeline-core.

import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { build, type Plugin } from 'esbuild';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { pickParams } from '#pipeline-core/workspace/params.ts';
import { pathsOut } from '#pipeline-core/workspace/pipeline.ts';
import { stripTypes } from '#sandbox/child/strip-types.ts';
import { outsideFolder } from '#sandbox/index.ts';
import { readWorkspace } from '#sandbox/workspace/workspace.ts';
import { DATA_PATH, loadDataset, readCheckpoint } from '#tests/support/student-course.ts';
import { openRig, type Rig } from '../sandbox/rig.ts';
import { launchBrowser, listen, withoutBrowser } from '../support/browser.ts';
import type { StagePlace } from './same-bits-workshop.ts';

type Texts = Readonly<Record<string, string>>;

const ORIGIN = 'http://crowd.test';
const IMPORTS = {
  danfojs: '/node_modules/danfojs/index.js',
  'pipeline-core': '/node_modules/pipeline-core/index.js',
  workshop: '/workshop.js',
};
const PAGE = `<!doctype html><script type="importmap">${JSON.stringify({ imports: IMPORTS })}</script>`;

/** Serves the workspace as the browser wants it: types blanked out, libraries from the outside folder. */
function textFor(path: string, files: Texts, workshop: string): string {
  if (path === '/') return PAGE;
  if (path === '/workshop.js') return workshop;
  if (path.startsWith('/node_modules/')) return readFileSync(join(outsideFolder(), path), 'utf8');
  const stripped = stripTypes(path, files[path.slice(1)]!);
  if ('code' in stripped) return stripped.code;
  throw new Error(`${path}: ${stripped.message}`);
}

async function inBrowser(page: Page, files: Texts, data: Texts, workshop: string): Promise<Texts> {
  const { faults } = listen(page);
  await page.route(`${ORIGIN}/**`, (route) => {
    const path = new URL(route.request().url()).pathname;
    if (path === '/favicon.ico') return route.fulfill({ status: 204 });
    const contentType = path === '/' ? 'text/html' : 'text/javascript';
    return route.fulfill({ contentType, body: textFor(path, files, workshop) });
  });
  const { stages, params } = readWorkspace(files, Object.keys(data));
  let tree: Record<string, string> = { ...data };
  for (const stage of stages) {
    await page.goto(`${ORIGIN}/`);
    const place: StagePlace = { files: tree, params: pickParams(params, stage) };
    // As text: vitest rewrites an import() in a function.
    const script = `globalThis.stagePlace = ${JSON.stringify(place)};
import('${ORIGIN}/${stage.entry}').then(() => endStage()).then(() => JSON.stringify(stagePlace.files))`;
    tree = JSON.parse(await page.evaluate<string>(script)) as Record<string, string>;
  }
  expect(faults).toEqual([]);
  return tree;
}

function inNode(folder: string, files: Texts, data: Texts): (path: string) => string {
  for (const [path, text] of Object.entries({ ...files, ...data, 'package.json': '{"type": "module"}' })) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  cpSync(outsideFolder(), folder, { recursive: true });
  for (const { entry } of readWorkspace(files, Object.keys(data)).stages) {
    execFileSync(process.execPath, [entry], { cwd: folder, stdio: 'pipe' });
  }
  return (path) => readFileSync(join(folder, path), 'utf8');
}

async function bundled(file: string, ...plugins: Plugin[]): Promise<string> {
  const entryPoints = [join(import.meta.dirname, file)];
  const built = await build({ entryPoints, bundle: true, format: 'esm', target: 'es2024', write: false, plugins });
  return built.outputFiles[0]!.text;
}

describe.skipIf(withoutBrowser())('the same bits in isolate, Node and Chromium', () => {
  let rig: Rig;
  let browser: Browser;
  let home: string;
  let workshop: string;
  const data = { [DATA_PATH]: loadDataset({ synthetic: true, seed: 23 }).visibleCsv };

  beforeAll(async () => {
    rig = await openRig();
    browser = await launchBrowser();
    home = mkdtempSync(join(tmpdir(), 'same-bits-'));
    workshop = await bundled('same-bits-workshop.ts');
  });
  afterAll(async () => {
    await browser.close();
    await rig.close();
    rmSync(home, { recursive: true, force: true });
  });

  const probe = async (): Promise<Texts> => ({
    'dvc.yaml': `stages:
  probe:
    cmd: node src/ask.ts
    deps:
      - ${DATA_PATH}
      - src/ask.ts
      - src/probe.ts
    outs:
      - probe.json
`,
    'src/ask.ts': `import { readText, writeJson } from 'workshop';
import { probe } from './probe.ts';
writeJson('probe.json', probe(readText('${DATA_PATH}')));
`,
    'src/probe.ts': await bundled('same-bits-probe.ts', {
      name: 'library',
      setup: ({ onResolve }) =>
        onResolve({ filter: /^#pipeline-core$/ }, () => ({ path: 'pipeline-core', external: true })),
    }),
  });
  const checkpoints = ['1-start', '3-forest', '5-average'];
  const workspaces: readonly (readonly [name: string, files: () => Texts | Promise<Texts>])[] = [
    ...checkpoints.map((name) => [name, () => readCheckpoint(name)] as const),
    ['every part of the library', probe],
  ];

  it.each(workspaces)('%s', async (name, filesOf) => {
    const files = await filesOf();
    const report = await rig.run({ files, data });
    expect(report.error).toBeUndefined();
    const fromNode = inNode(join(home, name), files, data);
    const page = await browser.newPage();
    const fromBrowser = await inBrowser(page, files, data, workshop);
    await page.close();

    const outs = report.stages.flatMap((stage) => stage.outs);
    const declared = readWorkspace(files, Object.keys(data)).stages.flatMap((stage) => pathsOut(stage));
    expect(outs.map(({ path }) => path).sort()).toEqual([...declared].sort());
    for (const { path, sha256 } of outs) {
      const fromIsolate = readFileSync(join(rig.home, 'session/objects', sha256), 'utf8');
      expect(fromIsolate.length, path).toBeGreaterThan(10);
      expect(fromNode(path) === fromIsolate, `${path}: Node as the isolate`).toBe(true);
      expect(fromBrowser[path] === fromIsolate, `${path}: Chromium as the isolate`).toBe(true);
    }
  });
});
