// The workspace's two YAML files as plain objects that still know their lines.
// Invariant: the only home of the YAML parser; its input is typed by participants and read in the server's own process, so
// anchors and aliases (which can make a gigabyte of ten lines) are refused and everything is counted.
import { type Document, isAlias, isMap, isScalar, isSeq, LineCounter, type Node, parseDocument } from 'yaml';
import { PipelineError } from '#pipeline-core/core/errors.ts';
import type { ParamTree, ParamValue } from '#pipeline-core/workspace/params.ts';
import type { Stage, YamlNode } from '#pipeline-core/workspace/pipeline.ts';
import { readPipeline } from '#pipeline-core/workspace/read-pipeline.ts';

// What reads these files compares names with names: a few hundred are a blink, ten thousand keep the sessions waiting.
const MAX_CHARACTERS = 20_000;
const MAX_DEPTH = 10;
const MOST_NODES = 1_000;
const MOST_STAGES = 40;
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
  const stages = readPipeline(tree, { files: [...Object.keys(files), ...data] });
  return { stages, params: readParams(files['params.yaml'] ?? '') };
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
    const stages = node.entries.find(({ key }) => key === 'stages')?.value;
    if (stages?.kind === 'map' && stages.entries.length > MOST_STAGES) {
      const message = `dvc.yaml names ${stages.entries.length} stages. It may name at most ${MOST_STAGES}.`;
      throw badYaml('dvc.yaml', message, stages);
    }
    for (const entry of node.entries) {
      demand(entry.key, entry);
      demandPlainNames(entry.value);
    }
  }
}

/** Throws PipelineError 'bad-yaml'. */
export function readParams(text: string): ParamTree {
  if (text.trim() === '') return {};
  const root = yamlTree('params.yaml', text);
  if (root.kind === 'scalar' && root.value === null) return {};
  if (root.kind !== 'map') {
    throw badYaml('params.yaml', 'params.yaml must hold names and values, such as `seed: 42`.', root);
  }
  return yamlValue(root) as ParamTree;
}

/** The values alone. */
export function yamlValue(node: YamlNode): ParamValue {
  switch (node.kind) {
    case 'scalar':
      return node.value;
    case 'list':
      return node.items.map(yamlValue);
    case 'map':
      return Object.fromEntries(node.entries.map(({ key, value }) => [key, yamlValue(value)]));
  }
}

/** Throws PipelineError 'bad-yaml' with {file, line, column}. */
export function yamlTree(file: string, text: string): YamlNode {
  if (text.length > MAX_CHARACTERS) {
    throw badYaml(file, `${file} is longer than ${MAX_CHARACTERS} characters.`, { line: 1, column: 1 });
  }
  const lines = new LineCounter();
  const document = parsed(file, text, lines);
  const problem = document.errors[0];
  if (problem !== undefined) {
    const at = lines.linePos(problem.pos[0]);
    const spot = { line: Math.max(1, at.line), column: Math.max(1, at.col) };
    // Brackets nested by the ten thousand end the parser's stack.
    if (problem.message.includes('call stack')) throw tooDeep(file, spot);
    throw badYaml(file, `${file}: ${problem.message.split('\n')[0]!.slice(0, 300)}.`, spot);
  }
  let nodes = 0;
  const convert = (node: Node | null | undefined, fallback: number, depth: number): YamlNode => {
    const from = lines.linePos(node?.range?.[0] ?? fallback);
    const spot = { line: from.line, column: from.col };
    if (++nodes > MOST_NODES) throw badYaml(file, `${file} holds more than ${MOST_NODES} names and values.`, spot);
    if (depth > MAX_DEPTH) throw tooDeep(file, spot);
    if (node === null || node === undefined) return { kind: 'scalar', value: null, ...spot };
    if (isAlias(node) || (node as { anchor?: string }).anchor !== undefined) {
      throw badYaml(file, `Anchors (&) and aliases (*) are not supported in ${file}: write the value out.`, spot);
    }
    if (isScalar(node)) return { kind: 'scalar', value: scalarValue(file, node.value, spot), ...spot };
    if (isSeq(node)) {
      const items = node.items.map((item) => convert(item as Node | null, node.range?.[0] ?? fallback, depth + 1));
      return { kind: 'list', flow: node.flow === true, items, ...spot };
    }
    if (isMap(node)) {
      const names = new Set<string>();
      const entries = node.items.map((pair) => {
        const key = pair.key as Node | null;
        const offset = key?.range?.[0] ?? fallback;
        const at = lines.linePos(offset);
        const where = { line: at.line, column: at.col };
        if (!isScalar(key)) throw badYaml(file, 'A name must be a plain word here.', where);
        const name = String(key.value);
        if (name.length > LONGEST_NAME) {
          const message = `This name has ${name.length} characters. A name in ${file} has at most ${LONGEST_NAME}.`;
          throw badYaml(file, message, where);
        }
        if (names.has(name)) throw badYaml(file, `\`${name}\` stands twice here: keep one of the two.`, where);
        names.add(name);
        return { key: name, value: convert(pair.value as Node | null, offset, depth + 1), ...where };
      });
      return { kind: 'map', entries, ...spot };
    }
    throw badYaml(file, `${file} holds something that is neither a name, a list nor a value.`, spot);
  };
  return convert(document.contents, 0, 0);
}

function parsed(file: string, text: string, lineCounter: LineCounter): Document.Parsed {
  try {
    // That no name stands twice is seen to by `convert`: the parser compares each with each.
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

function badYaml(file: string, message: string, at: { line: number; column: number }): PipelineError {
  return new PipelineError('bad-yaml', message, { file, line: at.line, column: at.column });
}
