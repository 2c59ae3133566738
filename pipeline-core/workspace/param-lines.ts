// The lines of a params.yaml that hold one value each: key, value, comment and where exactly they are in the text.
// Invariant: only block maps of plain values are seen; lists, brackets and texts over several lines are left alone.
import { PipelineError } from '../core/errors.ts';
import { readScalar, type Scalar } from '../core/yaml-scalar.ts';

export interface ParamLine {
  /** Dotted. */
  readonly key: string;
  /** From 1. */
  readonly line: number;
  /** The value as it is written. */
  readonly text: string;
  readonly value: Scalar;
  /** Without the #, trimmed; '' where there is none. */
  readonly comment: string;
  /** Place of the value within its line, in UTF-16 units from 0. */
  readonly from: number;
  readonly to: number;
}

const KEY = /^( *)(?:([^\s#'"[\]{},&*!|>%@`?:-][^#:]*?)|"([^"\\]*)"|'([^']*)') *:(?=[ \t]|$)/;

/** In the order of the file. A line that is half typed is left out, it does not take the others with it. */
export function readParamLines(text: string): ParamLine[] {
  const found: ParamLine[] = [];
  const path: { indent: number; key: string }[] = [];
  let skipDeeperThan = -1;
  const lines = text.split('\n');
  lines.forEach((raw, i) => {
    const line = raw.endsWith('\r') ? raw.slice(0, -1) : raw;
    const indent = line.length - line.trimStart().length;
    if (line.trim() === '' || line.trimStart().startsWith('#')) return;
    if (skipDeeperThan >= 0 && indent > skipDeeperThan) return;
    skipDeeperThan = -1;
    const match = KEY.exec(line);
    if (match === null) {
      // What hangs below an item of a list belongs to the item.
      if (line.trimStart().startsWith('-')) skipDeeperThan = indent;
      return;
    }
    while (path.length > 0 && path.at(-1)!.indent >= indent) path.pop();
    path.push({ indent, key: match[2] ?? match[3] ?? match[4]! });
    const place = valuePlace(line, match[0].length);
    const written = line.slice(place.from, place.to);
    if (/^[|>[{&*!]/.test(written)) {
      skipDeeperThan = indent;
      return;
    }
    if (written === '' && opensGroup(lines, i, indent)) return;
    const key = path.map((part) => part.key).join('.');
    const value = scalarOrNothing(written);
    if (value !== undefined) found.push({ key, line: i + 1, text: written, value, ...place });
  });
  return found;
}

function scalarOrNothing(written: string): Scalar | undefined {
  try {
    return readScalar(written);
  } catch (error) {
    if (error instanceof PipelineError) return undefined;
    throw error;
  }
}

// A # begins a comment only at the start or after a space, and never inside quotes.
function valuePlace(line: string, after: number): { from: number; to: number; comment: string } {
  let from = after;
  while (line[from] === ' ' || line[from] === '\t') from++;
  const quoted = /^(?:'(?:[^']|'')*'|"(?:[^"\\]|\\.)*")/.exec(line.slice(from));
  let hash = quoted === null ? from : from + quoted[0].length;
  while (hash < line.length && !(line[hash] === '#' && (hash === 0 || /\s/.test(line[hash - 1]!)))) hash++;
  const to = from + line.slice(from, hash).trimEnd().length;
  // An empty value is right after its colon and one space, so that one may be written there.
  return { from: to < from ? after : from, to: Math.max(to, from), comment: line.slice(hash + 1).trim() };
}

function opensGroup(lines: readonly string[], at: number, indent: number): boolean {
  const next = lines.slice(at + 1).find((line) => line.trim() !== '' && !line.trimStart().startsWith('#'));
  if (next === undefined) return false;
  const depth = next.length - next.trimStart().length;
  return depth > indent || (depth === indent && next.trimStart().startsWith('- '));
}
