// The lines with characters typed here that the server does not have: offered for copying when they can no longer be
// sent. Lines that others changed meanwhile are not included.
import type * as Y from 'yjs';

export interface UnsavedLines {
  readonly path: string;
  readonly lines: readonly string[];
}

/** @param stored how much of what `doc.clientID` typed is on the server: its clock there */
export function typedLines(doc: Y.Doc, stored: number): UnsavedLines[] {
  const found: UnsavedLines[] = [];
  for (const [path, text] of doc.getMap<Y.Text>('files')) {
    const lines = new Set<number>();
    const content = text.toString();
    let offset = 0;
    for (let item = text._start; item !== null; item = item.right) {
      if (item.deleted || !item.countable) continue;
      const { client, clock } = item.id;
      if (client === doc.clientID && clock + item.length > stored) {
        const first = lineAt(content, offset + Math.max(0, stored - clock));
        const last = lineAt(content, offset + item.length - 1);
        for (let line = first; line <= last; line++) lines.add(line);
      }
      offset += item.length;
    }
    const all = content.split('\n');
    const kept = [...lines].sort((a, b) => a - b).map((line) => all[line] ?? '');
    const written = kept.filter((line) => line.trim() !== '');
    if (written.length > 0) found.push({ path, lines: written });
  }
  return found;
}

/** From 0. */
function lineAt(content: string, offset: number): number {
  let line = 0;
  for (let at = content.indexOf('\n'); at >= 0 && at < offset; at = content.indexOf('\n', at + 1)) line += 1;
  return line;
}
