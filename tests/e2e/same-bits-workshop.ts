// `workshop` in a page: the guest functions over files in memory. The test puts the stage's files and params on the page
// before it imports the stage, and reads the outs from there.
import type { ParamTree } from '#pipeline-core/workspace/params.ts';
import { createWorkshop } from '#sandbox/guest/workshop.ts';

export interface StagePlace {
  /** path -> text; what the stage writes is added. */
  readonly files: Record<string, string>;
  readonly params: ParamTree;
}

const place = (globalThis as unknown as { stagePlace: StagePlace }).stagePlace;

const workshop = createWorkshop({
  read(path) {
    const text = place.files[path];
    if (text === undefined) throw new Error(`There is no ${path} in this page.`);
    return text;
  },
  write(path, text) {
    place.files[path] = text;
  },
  params: () => structuredClone(place.params),
  progress: () => {},
});

export const { readText, writeText, readCsv, writeCsv, readJson, writeJson, params, progress } = workshop;
