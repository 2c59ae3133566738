// A YAML text as the tree that readPipeline takes, for tests.
import { isAlias, isMap, isScalar, isSeq, LineCounter, type Node, parseDocument } from 'yaml';
import type { YamlNode } from '#pipeline-core';

export function yamlNode(text: string): YamlNode {
  const counter = new LineCounter();
  const document = parseDocument(text, { lineCounter: counter });
  if (document.errors.length > 0) throw document.errors[0]!;
  return convert(document.contents, counter);
}

function convert(node: unknown, counter: LineCounter): YamlNode {
  const { line, col } = counter.linePos((node as Node | null)?.range?.[0] ?? 0);
  const spot = { line, column: col };
  if (isMap(node)) {
    const entries = node.items.map((pair) => {
      const key = counter.linePos((pair.key as Node).range![0]);
      // An empty value has no place of its own: it is where its key is.
      const value: YamlNode =
        pair.value === null
          ? { kind: 'scalar', value: null, line: key.line, column: key.col }
          : convert(pair.value, counter);
      return { key: String((pair.key as { value: unknown }).value), line: key.line, column: key.col, value };
    });
    return { kind: 'map', ...spot, entries };
  }
  if (isSeq(node))
    return { kind: 'list', ...spot, flow: node.flow === true, items: node.items.map((item) => convert(item, counter)) };
  if (isAlias(node)) throw new Error('no aliases in tests');
  const value = isScalar(node) ? (node.value as string | number | boolean | null) : null;
  return { kind: 'scalar', ...spot, value };
}
