// Inserts the line that fixes an error into the shared text, as an edit of the driver.
import type * as Y from 'yjs';
import type { QuickFix } from '#pipeline-core/core/report.ts';

/** false if the file does not exist (any more). */
export function applyQuickFix(doc: Y.Doc, fix: QuickFix): boolean {
  const text = doc.getMap<Y.Text>('files').get(fix.file);
  if (!text) return false;
  const lines = text.toString().split('\n');
  const at = Math.min(Math.max(0, fix.beforeLine - 1), lines.length);
  const offset = lines.slice(0, at).reduce((sum, line) => sum + line.length + 1, 0);
  // After the last line there is no line break yet.
  if (at === lines.length) text.insert(text.length, `\n${fix.insert}`);
  else text.insert(offset, `${fix.insert}\n`);
  return true;
}
