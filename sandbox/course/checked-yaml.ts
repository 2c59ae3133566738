// A YAML file of a course, checked against a schema; an error has the line of the value that is wrong.
import * as v from 'valibot';
import { PipelineError } from '#pipeline-core/core/errors.ts';
import type { YamlNode } from '#pipeline-core/workspace/pipeline.ts';
import { plainValue } from '#pipeline-core/workspace/templates.ts';
import { yamlTree } from '../workspace/workspace.ts';
import { CourseError } from './course-error.ts';

type AnyObjectSchema = v.StrictObjectSchema<v.ObjectEntries, v.ErrorMessage<v.StrictObjectIssue> | undefined>;

/**
 * Each entry's schema carries a message that completes "`name` ...", such as 'must be ...'.
 * @param file the path on disk, for errors. Throws CourseError.
 */
export function checkedYaml<const S extends AnyObjectSchema>(file: string, text: string, schema: S): v.InferOutput<S> {
  const tree = treeOf(file, text);
  const known = Object.keys(schema.entries).join(', ');
  if (tree.kind !== 'map') {
    throw new CourseError(file, 'This file must have names and values.', `Allowed: ${known}.`, 1);
  }
  const result = v.safeParse(schema, plainValue(tree));
  if (result.success) return result.output;
  const issue = result.issues[0];
  const keys = (issue.path ?? []).map(({ key }) => key);
  const name = `\`${keys.join('.')}\``;
  const line = lineOf(tree, keys);
  if (issue.expected === 'never') throw new CourseError(file, `${name} is not recognized.`, `Allowed: ${known}.`, line);
  if (issue.type === 'strict_object' && issue.received === 'undefined') {
    throw new CourseError(file, `${name} is missing.`, 'Add it.', line);
  }
  throw new CourseError(file, `${name} ${issue.message}.`, '', line);
}

function treeOf(file: string, text: string): YamlNode {
  try {
    return yamlTree(file.split(/[/\\]/).at(-1)!, text);
  } catch (error) {
    if (!(error instanceof PipelineError)) throw error;
    throw new CourseError(file, error.message, '', Number(error.facts['line']));
  }
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
