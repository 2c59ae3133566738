// The script the snapshot is taken from: the three libraries, and one function that opens a stage.
// Invariant: `__runner` is read once by the child before any code of participants and then removed.
import * as core from '#pipeline-core';
import { holdFolds } from '#pipeline-core/estimator/held-folds.ts';
import { createConsole } from './console.ts';
import { setFiles } from './danfojs/files.ts';
import * as danfojs from './danfojs/index.ts';
import { serve } from './predictor.ts';
import { hardenRealm } from './realm.ts';
import { rehearse, rehearsedStage } from './rehearsal.ts';
import { openStage, type Post, type Stage, type StageSpec } from './stage.ts';
import { createWorkshop } from './workshop.ts';

let current: Stage | undefined;
function stage(): Stage {
  if (current === undefined) throw new Error('No stage is open');
  return current;
}

let runTests: () => Promise<void> | undefined = () => undefined;
const workshop = createWorkshop(
  {
    read: (path) => stage().read(path),
    write: (path, text) => stage().write(path, text),
    params: () => stage().params(),
    progress: (share) => stage().progress(share),
    get tests() {
      return stage().tests;
    },
  },
  (run) => {
    runTests = run;
  },
);

setFiles({ read: (path) => stage().read(path), write: (path, text) => stage().write(path, text) });

const libraries = { danfojs, 'pipeline-core': core, workshop };

const runner = {
  libraries,
  /** Any number of times before `open`. */
  rehearse(): string {
    current = openStage(() => {}, rehearsedStage());
    const failed = rehearse(libraries, current);
    current = undefined;
    return failed;
  },
  open(post: Post, spec: StageSpec): void {
    const opened = openStage(post, spec);
    current = opened;
    holdFolds(spec.folds ?? null);
    hardenRealm(spec.seed);
    const realm = globalThis as unknown as Record<string, unknown>;
    realm['console'] = createConsole(opened);
    delete realm['__runner'];
  },
  /** A promise where the stage has tests to run first. */
  end(): Promise<void> | undefined {
    const running = runTests();
    if (running === undefined) stage().end();
    return running?.then(() => stage().end());
  },
  serve,
};
(globalThis as unknown as Record<string, unknown>)['__runner'] = runner;
