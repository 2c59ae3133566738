// Puts the line that mends an error into the shared text, as the driver's own edit.
import type * as Y from 'yjs';
import type { Remedy } from '#pipeline-core/core/report.ts';

/** false where the file is not there (any more). */
export function applyRemedy(doc: Y.Doc, remedy: Remedy): boolean {
  const text = doc.getMap<Y.Text>('files').get(remedy.file);
  if (!text) return false;
  const lines = text.toString().split('\n');
  const at = Math.min(Math.max(0, remedy.beforeLine - 1), lines.length);
  const offset = lines.slice(0, at).reduce((sum, line) => sum + line.length + 1, 0);
  // Beyond the last line there is no line end yet to put it after.
  if (at === lines.length) text.insert(text.length, `\n${remedy.insert}`);
  else text.insert(offset, `${remedy.insert}\n`);
  return true;
}
