// Words and numbers of the workspace's YAML files that mean one thing to people or to DVC and another to the parser here.
// Invariant: each is an error with its line and what to write, never read otherwise than DVC reads it.
import { PipelineError } from '#pipeline-core/core/errors.ts';
import type { YamlNode } from '#pipeline-core/workspace/pipeline.ts';

/** A value or a name, as the parser found it. */
interface Scalar {
  readonly type?: string | undefined;
  readonly tag?: string | undefined;
  readonly value: unknown;
  readonly source?: string | undefined;
}

interface Spot {
  readonly line: number;
  readonly column: number;
}

/** DVC takes `_` between digits, `0b`, and a sign before `0x`, too. */
const NUMBER_IN_DVC =
  /^[-+]?(?:0b[01_]+|0o[0-7_]+|0x[\da-f_]+|\d[\d_]*(?:\.[\d_]*)?(?:e[-+]?\d+)?|\.\d[\d_]*(?:e[-+]\d+)?)$/i;
const WHOLE = /^[-+]?(?:\d+|0x[\da-f]+|0o[0-7]+)$/i;

export function badYaml(file: string, message: string, at: Spot): PipelineError {
  return new PipelineError('bad-yaml', message, { file, line: at.line, column: at.column });
}

/** Words that people mean as true or false and YAML 1.2, and so DVC, reads as words. */
export function demandClear(file: string, { type, source = '' }: Scalar, at: Spot): void {
  const quoted = type === 'QUOTE_SINGLE' || type === 'QUOTE_DOUBLE';
  if (quoted && /^(?:true|false)$/i.test(source.trim())) {
    const message = `"${source}" in quotes is a text, which counts as on: write ${source.toLowerCase()} without quotes.`;
    throw badYaml(file, message, at);
  }
  if (type === 'PLAIN' && /^(?:y|n|yes|no|on|off)$/i.test(source)) {
    const meant = /^(?:y|yes|on)$/i.test(source) ? 'true' : 'false';
    const message = `\`${source}\` is a word in YAML 1.2, which counts as on: write ${meant}, or "${source}" if you mean the word.`;
    throw badYaml(file, message, at);
  }
}

/** Numbers that would be a text here, or lose digits. */
export function demandSameNumber(file: string, { type, tag, value, source = '' }: Scalar, at: Spot): void {
  if (type !== 'PLAIN' || tag !== undefined) return;
  if (typeof value === 'number' && WHOLE.test(source) && !Number.isSafeInteger(value)) {
    const message = `${source} has more digits than a number keeps here: write it in quotes, or as a fraction such as 1.5e20.`;
    throw badYaml(file, message, at);
  }
  if (typeof value === 'string' && NUMBER_IN_DVC.test(source)) {
    const message = `\`${source}\` is a number to DVC and a text here: write its digits alone, without _ or 0b, or in quotes if you mean the text.`;
    throw badYaml(file, message, at);
  }
}

/** `1.0`, `true` and the like as names, which DVC names otherwise. */
export function demandSameName(file: string, { type, tag, value, source = '' }: Scalar, at: Spot): void {
  if (type !== 'PLAIN' || tag !== undefined) return;
  const same =
    typeof value === 'string' ? !NUMBER_IN_DVC.test(source) : String(value) === source && typeof value === 'number';
  if (same) return;
  const message = `\`${source}\` is no word to DVC, so it names nothing: write "${source}" in quotes, or choose another name.`;
  throw badYaml(file, message, at);
}

// What a text of YAML may hold; DVC reads no file with anything else in it.
const UNREADABLE = /[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/u;

export function demandReadable(file: string, text: string): void {
  const offset = text.search(UNREADABLE);
  if (offset === -1) return;
  const before = text.slice(0, offset).split('\n');
  const code = text.codePointAt(offset)!.toString(16).toUpperCase().padStart(4, '0');
  const message = `There is an invisible character here, U+${code}, which YAML does not allow: delete it.`;
  throw badYaml(file, message, { line: before.length, column: before.at(-1)!.length + 1 });
}

/** `"a.b"` beside an `a` that has a `b`: stages name both `a.b`, and a change of one of them would run none. */
export function demandOwnPaths(file: string, root: YamlNode): void {
  const seen = new Set<string>();
  const walk = (node: YamlNode, above: string): void => {
    if (node.kind !== 'map') return;
    for (const { key, value, line, column } of node.entries) {
      const path = `${above}${key}`;
      if (seen.has(path)) {
        throw badYaml(file, `\`${path}\` is here in two ways, with a dot and as a group: rename one of the two.`, {
          line,
          column,
        });
      }
      seen.add(path);
      walk(value, `${path}.`);
    }
  };
  walk(root, '');
}
