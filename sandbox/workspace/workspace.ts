// The workspace's two YAML files as plain objects that still know their lines.
// Invariant: the only home of the YAML parser; its input is typed by participants and read in the server's own process, so
// everything is counted, what an alias repeats each time (aliases can make a gigabyte of ten lines).
import { type Document, isAlias, isMap, isScalar, isSeq, LineCounter, type Node, parseDocument } from 'yaml';
import { PipelineError } from '#pipeline-core/core/errors.ts';
import type { ParamTree } from '#pipeline-core/workspace/params.ts';
import type { Stage, YamlEntry, YamlNode } from '#pipeline-core/workspace/pipeline.ts';
import { readPipeline } from '#pipeline-core/workspace/read-pipeline.ts';
import { plainValue, templateValue } from '#pipeline-core/workspace/templates.ts';
import {
  badYaml,
  demandClear,
  demandOwnPaths,
  demandReadable,
  demandSameName,
  demandSameNumber,
} from './yaml-words.ts';

// What reads these files compares names with names: a few hundred are a blink, ten thousand keep the sessions waiting.
// 200 columns with a name and a comment each fit.
const WORKSPACE_YAML = { characters: 40_000, nodes: 1_000 } as const;
/** Of a file that nobody changes during a session, and whose reader looks up each name once: 200 columns with their words. */
export const COURSE_YAML = { characters: 1_000_000, nodes: 20_000 } as const;
const WORKSPACE_FILES: ReadonlySet<string> = new Set(['dvc.yaml', 'params.yaml']);
const MAX_DEPTH = 10;
const LONGEST_NAME = 100;
const LONGEST_WORD = 200;

export interface Workspace {
  /** In the order of dvc.yaml. */
  readonly stages: readonly Stage[];
  readonly params: ParamTree;
}

/**
 * @param files path -> text of the workspace @param data paths of the data files beside it
 * Throws PipelineError with facts {file, line, column?, stage?} and often a quick fix.
 */
export function readWorkspace(files: Readonly<Record<string, string>>, data: readonly string[]): Workspace {
  const pipeline = files['dvc.yaml'];
  if (pipeline === undefined) {
    throw new PipelineError('bad-pipeline', 'The workspace has no dvc.yaml, which names the stages.', {});
  }
  const tree = yamlTree('dvc.yaml', pipeline);
  demandPlainNames(tree);
  const taken = data.find((path) => Object.hasOwn(files, path));
  if (taken !== undefined) {
    const message = `${taken} is the session's data, which nobody may replace: give your file another name.`;
    throw new PipelineError('bad-pipeline', message, { file: taken, line: 1 });
  }
  const params = paramsNode(files['params.yaml'] ?? '');
  const stages = readPipeline(tree, {
    files: [...Object.keys(files), ...data],
    params: params === null ? {} : (templateValue(params) as ParamTree),
  });
  return { stages, params: params === null ? {} : (plainValue(params) as ParamTree) };
}

// Names of stages and files become keys of plain objects, where these words already mean something.
const RESERVED = new Set(Object.getOwnPropertyNames(Object.prototype));

function demandPlainNames(node: YamlNode): void {
  const demand = (word: string, at: { line: number; column: number }): void => {
    if (RESERVED.has(word)) {
      throw badYaml('dvc.yaml', `\`${word}\` is a word of JavaScript's own: choose another name.`, at);
    }
    if (word.length > LONGEST_WORD) {
      const message = `This has ${word.length} characters. A name or a title in dvc.yaml has at most ${LONGEST_WORD}.`;
      throw badYaml('dvc.yaml', message, at);
    }
  };
  if (node.kind === 'scalar') {
    if (typeof node.value === 'string') demand(node.value, node);
  } else if (node.kind === 'list') {
    for (const item of node.items) demandPlainNames(item);
  } else {
    for (const entry of node.entries) {
      demand(entry.key, entry);
      demandPlainNames(entry.value);
    }
  }
}

/** Throws PipelineError 'bad-yaml'. */
export function readParams(text: string): ParamTree {
  const root = paramsNode(text);
  return root === null ? {} : (plainValue(root) as ParamTree);
}

/** null of an empty file. */
function paramsNode(text: string): YamlNode | null {
  if (text.trim() === '') return null;
  const root = yamlTree('params.yaml', text);
  if (root.kind === 'scalar' && root.value === null) return null;
  if (root.kind !== 'map') {
    throw badYaml('params.yaml', 'params.yaml must hold names and values, such as `seed: 42`.', root);
  }
  demandOwnPaths('params.yaml', root);
  return root;
}

/** Throws PipelineError 'bad-yaml' with {file, line, column}. */
export function yamlTree(
  file: string,
  text: string,
  most: { readonly characters: number; readonly nodes: number } = WORKSPACE_YAML,
): YamlNode {
  if (text.length > most.characters) {
    throw badYaml(file, `${file} is longer than ${most.characters} characters.`, { line: 1, column: 1 });
  }
  if (WORKSPACE_FILES.has(file)) demandReadable(file, text);
  const lines = new LineCounter();
  const document = parsed(file, text, lines);
  if (document.directives.yaml.version === '1.1') {
    const message = `${file} says that it is YAML 1.1, where other words are numbers and true: it is read as 1.2 here. Take the line out.`;
    throw badYaml(file, message, { line: 1, column: 1 });
  }
  // What the parser only warns of is a tag that it does not know, which DVC refuses.
  const problem = document.errors[0] ?? document.warnings[0];
  if (problem !== undefined) {
    const at = lines.linePos(problem.pos[0]);
    const spot = { line: Math.max(1, at.line), column: Math.max(1, at.col) };
    // Brackets nested by the ten thousand end the parser's stack.
    if (problem.message.includes('call stack')) throw tooDeep(file, spot);
    if (problem.code === 'MULTIPLE_DOCS') {
      throw badYaml(file, `${file} ends before this \`---\`: take it out, or what follows it.`, spot);
    }
    throw badYaml(file, `${file}: ${problem.message.split('\n')[0]!.slice(0, 300)}.`, spot);
  }
  let nodes = 0;
  const anchors = new Map<string, Node>();
  const convert = (node: Node | null | undefined, fallback: number, depth: number): YamlNode => {
    const from = lines.linePos(node?.range?.[0] ?? fallback);
    const spot = { line: from.line, column: from.col };
    if (++nodes > most.nodes) throw badYaml(file, `${file} holds more than ${most.nodes} names and values.`, spot);
    if (depth > MAX_DEPTH) throw tooDeep(file, spot);
    if (node === null || node === undefined) return { kind: 'scalar', value: null, ...spot };
    if (isAlias(node)) {
      const meant = anchors.get(node.source);
      if (meant === undefined) throw badYaml(file, `There is no anchor \`&${node.source}\` above this.`, spot);
      const copy = convert(meant, fallback, depth + 1);
      // No line can be added to a list that is written elsewhere.
      return copy.kind === 'list' ? { ...copy, ...spot, flow: true } : { ...copy, ...spot };
    }
    const { anchor } = node as { anchor?: string };
    if (anchor !== undefined) anchors.set(anchor, node);
    if (isScalar(node)) {
      const value = scalarValue(file, node.value, spot);
      if (file === 'params.yaml') demandClear(file, node, spot);
      if (WORKSPACE_FILES.has(file)) demandSameNumber(file, node, spot);
      const inText = typeof value === 'number' && fractionInText(value, node.source);
      return { kind: 'scalar', value, ...spot, ...(inText ? { inText } : {}) };
    }
    if (isSeq(node)) {
      const items = node.items.map((item) => convert(item as Node | null, node.range?.[0] ?? fallback, depth + 1));
      return { kind: 'list', flow: node.flow === true, items, ...spot };
    }
    if (isMap(node)) {
      const names = new Set<string>();
      const merged: YamlEntry[] = [];
      const own = node.items.flatMap((pair): YamlEntry[] => {
        const key = pair.key as Node | null;
        const offset = key?.range?.[0] ?? fallback;
        const at = lines.linePos(offset);
        const where = { line: at.line, column: at.col };
        if (!isScalar(key)) throw badYaml(file, 'A name must be a plain word here.', where);
        if (WORKSPACE_FILES.has(file)) demandSameName(file, key, where);
        const name = String(key.value);
        if (name.length > LONGEST_NAME) {
          const message = `This name has ${name.length} characters. A name in ${file} has at most ${LONGEST_NAME}.`;
          throw badYaml(file, message, where);
        }
        if (names.has(name)) throw badYaml(file, `\`${name}\` is here twice: keep one of the two.`, where);
        names.add(name);
        const value = convert(pair.value as Node | null, offset, depth + 1);
        if (name !== '<<' || key.type !== 'PLAIN') return [{ key: name, value, ...where }];
        merged.push(...mergedEntries(file, value, where));
        return [];
      });
      // What is merged in comes first, as a matrix names its stages; what is named here has the last word.
      const entries = new Map([...merged, ...own].map((entry) => [entry.key, entry]));
      return { kind: 'map', entries: [...entries.values()], ...spot };
    }
    throw badYaml(file, `${file} holds something that is neither a name, a list nor a value.`, spot);
  };
  return convert(document.contents, 0, 0);
}

/** `<<: *common` or `<<: [*a, *b]`; of a list the first has the last word. */
function mergedEntries(file: string, value: YamlNode, at: { line: number; column: number }): readonly YamlEntry[] {
  const maps = value.kind === 'list' ? value.items.toReversed() : [value];
  return maps.flatMap((map) => {
    if (map.kind === 'map') return map.entries;
    throw badYaml(file, '`<<` merges names and values: give it an alias of them, such as `<<: *common`.', at);
  });
}

function parsed(file: string, text: string, lineCounter: LineCounter): Document.Parsed {
  try {
    // That no name occurs twice is seen to by `convert`: the parser compares each with each.
    return parseDocument(text, {
      lineCounter,
      version: '1.2',
      schema: 'core',
      uniqueKeys: false,
      prettyErrors: false,
      logLevel: 'error',
    });
  } catch (error) {
    if (error instanceof RangeError) throw tooDeep(file, { line: 1, column: 1 });
    throw badYaml(file, `${file} cannot be read: ${(error as Error).message}.`, { line: 1, column: 1 });
  }
}

function tooDeep(file: string, at: { line: number; column: number }): PipelineError {
  return badYaml(file, `${file} is nested deeper than ${MAX_DEPTH} levels.`, at);
}

/** As Python writes a number that has a point or an exponent; null of one that is whole as it is written. */
function fractionInText(value: number, source = ''): string | null {
  if (!/^[-+]?[\d.]+(?:e[-+]?\d+)?$/i.test(source) || !/[.e]/i.test(source)) return null;
  const size = Math.abs(value);
  if (size !== 0 && (size < 1e-4 || size >= 1e16)) {
    return value.toExponential().replace(/e([-+])(\d)$/, 'e$10$2');
  }
  const text = Object.is(value, -0) ? '-0' : String(value);
  return Number.isInteger(value) ? `${text}.0` : text;
}

function scalarValue(
  file: string,
  value: unknown,
  at: { line: number; column: number },
): string | number | boolean | null {
  if (typeof value === 'string' || typeof value === 'boolean' || value === null) return value;
  if (typeof value === 'number' && Number.isFinite(value)) return value;
  throw badYaml(
    file,
    `${String(value)} is not a value that ${file} may hold: use a number, a word, true or false.`,
    at,
  );
}
