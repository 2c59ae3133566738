// One project per kind of test, so that pure tables never wait for sockets or a browser.
import { existsSync, globSync, readFileSync } from 'node:fs';
import { defineConfig } from 'vitest/config';
import { LongestFirst } from './tests/support/order.ts';

// Built before the first test of a project that needs them, and not where no such test is chosen.
const GUEST = 'tests/support/build-guest.mjs';
const STORIES = 'tests/support/story-server.ts';
/** It bundles the pages and their editor: nothing to wait for after every edit. */
const NOTICES = 'tests/scripts/notices.test.ts';

/**
 * They replace modules, which another file of the same process may have loaded already; or count the steps of modules, which
 * is done of those that are loaded later, and counts what else that process still does.
 */
const ALONE = globSync('tests/server/**/*.test.ts')
  .map((path) => path.replaceAll('\\', '/'))
  .filter((path) => /vi\.mock\(|count-steps/.test(readFileSync(path, 'utf8')));
const POSTGRES_OR_FAIL =
  process.env['REQUIRE_POSTGRES'] === '1' || (existsSync('/usr/lib/postgresql') && existsSync('/usr/sbin/haproxy'));
const FULL_CLUSTER = process.env['CLUSTER'] === 'full';
const STORY = {
  globalSetup: [GUEST, STORIES],
  setupFiles: ['tests/support/story-ready.ts'],
  // Each look goes through the browser's three processes: oftener takes from what is waited for.
  expect: { poll: { timeout: 15_000, interval: 100 } },
  testTimeout: 180_000,
  hookTimeout: 240_000,
};
const SERVER = { globalSetup: [GUEST], testTimeout: 60_000, hookTimeout: 60_000 };

const project = (name: string, include: string[], extra: object = {}) => ({
  // A machine under load is slow, not wrong: what is polled for may take its time.
  test: { name, include, environment: 'node' as const, expect: { poll: { timeout: 15_000, interval: 30 } }, ...extra },
});

export default defineConfig({
  test: {
    // On two cores one would be the default; stories wait a quarter of their time. Three are too many for their clocks.
    maxWorkers: 2,
    sequence: { sequencer: LongestFirst },
    projects: [
      project(
        'unit',
        ['tests/pipeline-core/**/*.test.ts', 'tests/session-core/**/*.test.ts', 'tests/app/**/*.test.ts'],
        // They share nothing that one could leave changed, so a file need not load the modules anew.
        { testTimeout: 60_000, isolate: false },
      ),
      // Programs beside the app, and looks at all of the sources: nothing to wait for after every edit.
      project(
        'scripts',
        ['tests/scripts/**/*.test.ts', 'tests/documents.test.ts', 'tests/words.test.ts', 'tests/crowd/*.test.ts'],
        { testTimeout: 60_000, exclude: [NOTICES], isolate: false },
      ),
      project('component', ['tests/app/components/**/*.test.tsx'], {
        environment: 'happy-dom',
        setupFiles: ['tests/app/components/setup.ts'],
        testTimeout: 60_000,
        isolate: false,
      }),
      // What a file starts it also ends, so the next one in its process finds modules that are loaded, and nothing that runs:
      // to load them anew would take a second of the processor for each of a hundred files.
      project('server', ['tests/server/**/*.test.ts'], { ...SERVER, exclude: ALONE, isolate: false }),
      project('server-alone', [...ALONE, 'tests/fuzz/**/*.test.ts'], SERVER),
      project(
        'sandbox',
        ['tests/sandbox/**/*.test.ts', 'tests/workspace/**/*.test.ts', 'tests/crowd/real/*.test.ts', NOTICES],
        {
          globalSetup: [GUEST],
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      ),
      // Several real nodes on a real Postgres; `npm run test:cluster` plays it at full size.
      project('cluster', ['tests/cluster/**/*.test.ts'], {
        globalSetup: [GUEST],
        testTimeout: 180_000,
        hookTimeout: 60_000,
      }),
      // It waits most of its time: beside the others, not behind them.
      project('idle', ['tests/e2e/idle.test.ts'], { globalSetup: [GUEST], testTimeout: 180_000 }),
      project('e2e', ['tests/e2e/**/*.test.ts'], { ...STORY, exclude: ['tests/e2e/idle.test.ts'] }),
      // Stories on two nodes: the main one, and at full size all of them. Without Postgres the tests of `cluster` say so.
      ...(POSTGRES_OR_FAIL
        ? [
            project('cluster-stories', [FULL_CLUSTER ? 'tests/e2e/**/*.test.ts' : 'tests/e2e/main-job.test.ts'], {
              ...STORY,
              env: { NODES: '2' },
            }),
          ]
        : []),
    ],
  },
});
