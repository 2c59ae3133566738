// The workspace's two YAML files as plain objects that still know their lines.
// Law: the only home of the YAML parser; its input is typed by the crowd, so anchors and aliases (which can make
// a gigabyte of ten lines) are refused and sizes are bounded. RUNS IN server
import { type Document, isAlias, isMap, isScalar, isSeq, LineCounter, type Node, parseDocument } from 'yaml';
import { PipelineError } from '#pipeline-core/errors.ts';
import type { ParamTree, ParamValue } from '#pipeline-core/params.ts';
import type { Stage, YamlNode } from '#pipeline-core/pipeline.ts';
import { readPipeline } from '#pipeline-core/read-pipeline.ts';

const MAX_CHARACTERS = 65_536;
const MAX_DEPTH = 20;

export interface Workspace {
  /** In the order of dvc.yaml. */
  readonly stages: readonly Stage[];
  readonly params: ParamTree;
}

/**
 * @param files path -> text of the workspace @param data paths of the data files beside it
 * Throws PipelineError with facts {file, line, column?, stage?} and often a remedy.
 */
export function readWorkspace(files: Readonly<Record<string, string>>, data: readonly string[]): Workspace {
  const pipeline = files['dvc.yaml'];
  if (pipeline === undefined) {
    throw new PipelineError('bad-pipeline', 'The workspace has no dvc.yaml, which names the stages.', {});
  }
  const stages = readPipeline(yamlTree('dvc.yaml', pipeline), { files: [...Object.keys(files), ...data] });
  return { stages, params: readParams(files['params.yaml'] ?? '') };
}

/** Throws PipelineError 'bad-yaml'. */
export function readParams(text: string): ParamTree {
  if (text.trim() === '') return {};
  const root = yamlTree('params.yaml', text);
  if (root.kind === 'scalar' && root.value === null) return {};
  if (root.kind !== 'map') {
    throw badYaml('params.yaml', 'params.yaml must hold names and values, such as `seed: 42`.', root);
  }
  return plain(root) as ParamTree;
}

/** The values alone. */
function plain(node: YamlNode): ParamValue {
  switch (node.kind) {
    case 'scalar':
      return node.value;
    case 'list':
      return node.items.map(plain);
    case 'map':
      return Object.fromEntries(node.entries.map(({ key, value }) => [key, plain(value)]));
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
    const at = problem.linePos?.[0] ?? { line: 1, col: 1 };
    const sentence = problem.message.split(/ at line \d+| \(\d+:\d+\)|\n/)[0]!;
    throw badYaml(file, `${file}: ${sentence}.`, { line: at.line, column: at.col });
  }
  const convert = (node: Node | null | undefined, fallback: number, depth: number): YamlNode => {
    const from = lines.linePos(node?.range?.[0] ?? fallback);
    const spot = { line: from.line, column: from.col };
    if (depth > MAX_DEPTH) throw badYaml(file, `${file} is nested deeper than ${MAX_DEPTH} levels.`, spot);
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
      const entries = node.items.map((pair) => {
        const key = pair.key as Node | null;
        const offset = key?.range?.[0] ?? fallback;
        const at = lines.linePos(offset);
        const where = { line: at.line, column: at.col };
        if (!isScalar(key)) throw badYaml(file, 'A name must be a plain word here.', where);
        return { key: String(key.value), value: convert(pair.value as Node | null, offset, depth + 1), ...where };
      });
      return { kind: 'map', entries, ...spot };
    }
    throw badYaml(file, `${file} holds something that is neither a name, a list nor a value.`, spot);
  };
  return convert(document.contents, 0, 0);
}

function parsed(file: string, text: string, lineCounter: LineCounter): Document.Parsed {
  try {
    return parseDocument(text, { lineCounter, version: '1.2', schema: 'core', prettyErrors: true, logLevel: 'error' });
  } catch (error) {
    // Brackets nested by the ten thousand end the parser's stack.
    throw badYaml(file, `${file} cannot be read: ${(error as Error).message}.`, { line: 1, column: 1 });
  }
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
