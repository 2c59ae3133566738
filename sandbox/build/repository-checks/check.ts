// `npm run check` of an exported repository, which git does before each commit and CI with each push: the checks that a patch
// has in a session. All of them are done, whatever the first ones find.
import type { Workspace } from '../../workspace/workspace.ts';
import { absentTables, workspaceAt } from '../standalone-workspace.ts';
import { pipelineMark, styleMark, typesMark } from './code.ts';
import { copyOf } from './copy.ts';
import { type Mark, markLines } from './mark.ts';
import { writeParamTypes } from './param-types.ts';
import { runMarks } from './runs.ts';

/** @returns the exit code @param staged what a commit would hold, in place of what is in the folder */
export async function check(home: string, staged: boolean): Promise<number> {
  const copy = copyOf(home, staged);
  const failed: string[] = [];
  const tell = (mark: Mark): void => {
    for (const line of markLines(mark)) console.log(line);
    if (mark.state === 'failed') failed.push(mark.name);
  };
  try {
    await checkCopy(copy.path, tell);
  } finally {
    copy.remove();
  }
  // For editors: the copy, which has them as well, is gone.
  if (!staged) writeParamTypes(home);
  if (failed.length > 0) console.error(`Failed: ${failed.join(', ')}`);
  return failed.length > 0 ? 1 : 0;
}

async function checkCopy(home: string, tell: (mark: Mark) => void): Promise<void> {
  const absent = absentTables(home);
  const read = workspaceOf(home, absent);
  if (typeof read === 'string') tell({ name: 'pipeline', state: 'failed', found: [read] });
  const pipeline = typeof read === 'string' ? null : await pipelineMark(home, read, absent);
  if (pipeline !== null) tell(pipeline);
  tell(typesMark(home));
  tell(styleMark(home));
  const note = absent.length > 0 ? `${absent.join(', ')} is not here` : 'the pipeline cannot be run as it is';
  const marks =
    typeof read === 'string' || absent.length > 0 || pipeline?.state === 'failed'
      ? (['tests', 'leakage', 'preview'] as const).map((name): Mark => ({ name, state: 'absent', note }))
      : runMarks(home, read.stages);
  for (const mark of marks) tell(mark);
}

/** Or what is wrong with dvc.yaml or params.yaml. */
function workspaceOf(home: string, absent: readonly string[]): Workspace | string {
  try {
    return workspaceAt(home, absent);
  } catch (error) {
    return (error as Error).message;
  }
}
