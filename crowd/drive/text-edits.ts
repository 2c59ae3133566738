// Texts of files in a Yjs document, and the fewest edits that make one of them what an editor saved.
// Invariant: an edit is of whole lines. Two that change the same line at once leave both lines, and no mixture of them.
import type * as Y from 'yjs';
import { diffLines, linesOf } from '#session-core/text/line-diff.ts';
import type { Files } from '#session-core/text/patch.ts';

export const filesOf = (doc: Y.Doc): Y.Map<Y.Text> => doc.getMap<Y.Text>('files');

export const textsOf = (doc: Y.Doc): Files =>
  Object.fromEntries([...filesOf(doc)].map(([path, text]) => [path, text.toString()]));

/** Lines that are the same stay as they are, with the cursors in them. */
export function editText(text: Y.Text, target: string): void {
  const before = text.toString();
  const lines = linesOf(before);
  const starts = [0];
  for (const line of lines) starts.push(starts.at(-1)! + line.length + 1);
  for (const { start, end, lines: added } of [...diffLines(lines, linesOf(target))].reverse()) {
    const isLast = end === lines.length;
    // The last line has no line end of its own: there the one before it goes along.
    const from = isLast && start > 0 ? starts[start]! - 1 : starts[start]!;
    const to = isLast ? before.length : starts[end]!;
    const inserted = isLast
      ? start > 0
        ? added.map((line) => `\n${line}`).join('')
        : added.join('\n')
      : added.map((line) => `${line}\n`).join('');
    if (to > from) text.delete(from, to - from);
    if (inserted !== '') text.insert(from, inserted);
  }
}
