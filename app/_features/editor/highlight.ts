// Syntax highlighting by line for the read-only code views, without Monaco.
// Invariant: no HTML is made from text; the pieces are rendered by React.
import { highlightCode, tagHighlighter, tags } from '@lezer/highlight';
import { parser as scriptParser } from '@lezer/javascript';
import { parser as yamlParser } from '@lezer/yaml';

export interface Piece {
  readonly text: string;
  /** Name of a kind of token, '' for plain text; a class in code-editor.module.css. */
  readonly kind: string;
}

const kinds = tagHighlighter([
  {
    tag: [tags.keyword, tags.modifier, tags.operatorKeyword, tags.controlKeyword, tags.moduleKeyword],
    class: 'keyword',
  },
  { tag: [tags.string, tags.special(tags.string), tags.regexp], class: 'string' },
  { tag: [tags.number, tags.bool, tags.null, tags.atom], class: 'number-literal' },
  { tag: [tags.lineComment, tags.blockComment], class: 'comment' },
  { tag: [tags.typeName, tags.className, tags.namespace], class: 'type' },
  { tag: [tags.function(tags.variableName), tags.function(tags.propertyName)], class: 'function' },
  { tag: [tags.definition(tags.propertyName), tags.propertyName, tags.attributeName], class: 'property' },
]);

const typescript = scriptParser.configure({ dialect: 'ts' });

/** One array of pieces a line. Unknown kinds of file come back as plain text. */
export function highlightLines(text: string, path: string): readonly (readonly Piece[])[] {
  const parser = path.endsWith('.ts') ? typescript : /\.ya?ml$/.test(path) ? yamlParser : null;
  if (!parser) return text.split('\n').map((line) => [{ text: line, kind: '' }]);
  const lines: Piece[][] = [[]];
  highlightCode(
    text,
    parser.parse(text),
    kinds,
    (piece, kind) => lines.at(-1)?.push({ text: piece, kind }),
    () => lines.push([]),
  );
  return lines;
}
