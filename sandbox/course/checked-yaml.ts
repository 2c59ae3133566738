// A YAML file of a course, checked against a schema; an error has the line of the value that is wrong.
import * as v from 'valibot';
import { PipelineError } from '#pipeline-core/core/errors.ts';
import type { YamlNode } from '#pipeline-core/workspace/pipeline.ts';
import { plainValue } from '#pipeline-core/workspace/templates.ts';
import { COURSE_YAML, yamlTree } from '../workspace/workspace.ts';
import { CourseError } from './course-error.ts';

type AnyObjectSchema = v.StrictObjectSchema<v.ObjectEntries, v.ErrorMessage<v.StrictObjectIssue> | undefined>;

/**
 * Each entry's schema carries a message that completes "`name` ...", such as 'must be ...'.
 * @param file the path on disk, for errors. Throws CourseError.
 */
export function checkedYaml<const S extends AnyObjectSchema>(file: string, text: string, schema: S): v.InferOutput<S> {
  const tree = treeOf(file, text);
  if (tree.kind !== 'map') {
    const known = Object.keys(schema.entries).join(', ');
    throw new CourseError(file, 'This file must have names and values.', `Allowed: ${known}.`, 1);
  }
  const result = v.safeParse(schema, plainValue(tree));
  if (result.success) return result.output;
  const issue = result.issues[0];
  const keys = (issue.path ?? []).map(({ key }) => key);
  const name = `\`${keys.join('.')}\``;
  const line = lineOf(tree, keys);
  if (issue.expected === 'never') {
    const known = entriesAt(schema as Nested, keys.slice(0, -1));
    throw new CourseError(file, `${name} is not recognized.`, known === '' ? '' : `Allowed: ${known}.`, line);
  }
  if (issue.type === 'strict_object' && issue.received === 'undefined') {
    throw new CourseError(file, `${name} is missing.`, 'Add it.', line);
  }
  if (issue.type === 'strict_object') throw new CourseError(file, `${name} must have names and values.`, '', line);
  throw new CourseError(file, `${name} ${issue.message}.`, '', line);
}

function treeOf(file: string, text: string): YamlNode {
  try {
    return yamlTree(file.split(/[/\\]/).at(-1)!, text, COURSE_YAML);
  } catch (error) {
    if (!(error instanceof PipelineError)) throw error;
    throw new CourseError(file, error.message, '', Number(error.facts['line']));
  }
}

interface Nested {
  readonly entries?: Readonly<Record<string, Nested>>;
  readonly wrapped?: Nested;
  readonly value?: Nested;
  readonly item?: Nested;
  readonly pipe?: readonly Nested[];
}

/** The names that the object at this place may have; '' where the schema does not say. */
function entriesAt(schema: Nested, keys: readonly unknown[]): string {
  let at: Nested | undefined = schema;
  const inner = (one: Nested | undefined): Nested | undefined =>
    one?.wrapped ? inner(one.wrapped) : one?.pipe && one.pipe[0] !== one ? inner(one.pipe[0]) : one;
  for (const key of keys) {
    const open = inner(at);
    at = open?.entries?.[String(key)] ?? open?.value ?? open?.item;
  }
  return Object.keys(inner(at)?.entries ?? {}).join(', ');
}

/** The line of the deepest node that the path reaches. */
function lineOf(tree: YamlNode, keys: readonly unknown[]): number {
  let node = tree;
  let { line } = tree;
  for (const key of keys) {
    const entry = node.kind === 'map' ? node.entries.find((one) => one.key === key) : undefined;
    const next = entry?.value ?? (node.kind === 'list' ? node.items[key as number] : undefined);
    if (next === undefined) break;
    node = next;
    line = entry?.line ?? next.line;
  }
  return line;
}
