// `workshop` in a page: the guest functions over files in memory. The test puts the stage's files and params on the page
// before it imports the stage, and reads the outs from there.
import type { ParamTree } from '#pipeline-core/workspace/params.ts';
import { placeIn } from '#sandbox/guest/testing/place.ts';
import { createWorkshop } from '#sandbox/guest/workshop.ts';

export interface StagePlace {
  /** path -> text; what the stage writes is added. */
  readonly files: Record<string, string>;
  readonly params: ParamTree;
}

const place = (globalThis as unknown as { stagePlace: StagePlace }).stagePlace;

const written = (path: string, text: string): void => {
  place.files[path] = text;
};
let runTests: () => Promise<void> | undefined = () => undefined;
const workshop = createWorkshop(
  {
    read(path) {
      const text = place.files[path];
      if (text === undefined) throw new Error(`There is no ${path} in this page.`);
      return text;
    },
    write: written,
    params: () => structuredClone(place.params),
    progress: () => {},
    tests: {
      out: () => 'reports/tests.json',
      write: written,
      log: () => {},
      place: (stack) =>
        placeIn(stack, (file) => (file.includes('/src/') ? file.slice(file.indexOf('/src/') + 1) : undefined)),
      began: () => {},
    },
  },
  (run) => {
    runTests = run;
  },
);
/** When the module of a stage has run to its end. */
Object.assign(globalThis, { endStage: () => runTests() });

export const {
  readText,
  writeText,
  readCsv,
  readTable,
  writeCsv,
  readJson,
  writeJson,
  params,
  progress,
  test,
  expect,
} = workshop;
