// Where a module reads the strings while it is loaded: the language of the page is not known then.
import { parseSync } from 'oxc-parser';

// biome-ignore lint/suspicious/noExplicitAny: the tree of a parser, read by the names of its fields
type Any = any;

/** Numbers of the lines. */
export function readsAtLoad(source: string): readonly number[] {
  const lines: number[] = [];
  const visit = (node: Any): void => {
    if (node === null || typeof node !== 'object') return;
    if (Array.isArray(node)) {
      for (const each of node) visit(each);
      return;
    }
    if (/^(ArrowFunction|Function|Import|TSType)/.test(node.type ?? '')) return;
    if (node.type === 'MemberExpression' && node.object.type === 'Identifier' && node.object.name === 't')
      lines.push(source.slice(0, node.start).split('\n').length);
    for (const [key, value] of Object.entries(node)) if (key !== 'parent') visit(value);
  };
  if (/import \{[^}]*\bt\b[^}]*\} from '[^']*strings\.ts'/.test(source))
    visit(parseSync('page.tsx', source).program.body);
  return lines;
}
