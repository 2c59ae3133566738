// What the browser loads before a tab or dialog of a phone's pages is opened, and which strings that code reads.
import { readFileSync } from 'node:fs';
import { parseSync } from 'oxc-parser';
import type { ImportGraph } from '#scripts/boundaries/import-graph.ts';

/** The files that a browser loads with these, without what loads on demand; `page` may be the server's own. */
export function loadedWith(pages: readonly string[], { imports }: ImportGraph): readonly string[] {
  const needs = Map.groupBy(
    imports.filter(({ file, typeOnly, onDemand }) => file !== null && !typeOnly && !onDemand),
    ({ from }) => from,
  );
  const seen = new Set<string>();
  const sent = new Set<string>();
  const visit = (file: string, byClient: boolean): void => {
    const client = byClient || /^(\/\/[^\n]*\n|\s)*'use client'/.test(readFileSync(file, 'utf8'));
    if (sent.has(file) || (!client && seen.has(file))) return;
    seen.add(file);
    if (client) sent.add(file);
    for (const { file: next } of needs.get(file) ?? []) if (next !== null) visit(next, client);
  };
  for (const page of pages) visit(page, false);
  return [...sent];
}

// biome-ignore lint/suspicious/noExplicitAny: the tree of a parser, read by the names of its fields
type Any = any;

/** The topics that a module reads of `t`; `t` where it hands on all of them. */
export function topicsRead(source: string): readonly string[] {
  const topics = new Set<string>();
  const visit = (node: Any): void => {
    if (node === null || typeof node !== 'object') return;
    if (Array.isArray(node)) {
      for (const each of node) visit(each);
      return;
    }
    if (/^(Import|TSType)/.test(node.type ?? '')) return;
    if (node.type === 'Identifier' && node.name === 't') topics.add('t');
    const isTopic = node.type === 'MemberExpression' && node.object.type === 'Identifier' && node.object.name === 't';
    if (isTopic) topics.add(node.computed ? 't' : node.property.name);
    for (const [key, value] of Object.entries(node))
      if (key !== 'parent' && !(isTopic && key === 'object') && !(key === 'property' && !node.computed)) visit(value);
  };
  if (/import \{[^}]*\bt\b[^}]*\} from '[^']*strings\.ts'/.test(source))
    visit(parseSync('page.tsx', source).program.body);
  return [...topics];
}
