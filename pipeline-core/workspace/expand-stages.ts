// The stages that an entry of dvc.yaml stands for: one, or one for each value of its `foreach` or `matrix`, named as DVC 3
// names them (`train@us`, `train@forest-3`).
import type { ParamTree, ParamValue } from './params.ts';
import type { YamlEntry, YamlMap, YamlNode } from './pipeline.ts';
import { badTemplate, fillIn, templateValue, withVars, wordOf } from './templates.ts';

export const MOST_STAGES = 40;

/** The stages with all templates filled in. Throws PipelineError 'bad-pipeline' with the line. */
export function expandStages(stages: YamlMap, values: ParamTree): YamlEntry[] {
  const all = new Map<string, YamlEntry>();
  for (const entry of stages.entries) {
    const allMade = expanded(entry, values);
    if (allMade.length === 0) throw badTemplate(`Stage ${entry.key} has no values to be made for: give it one.`, entry);
    for (const made of allMade) {
      if (all.has(made.key)) throw badTemplate(`There are two stages called \`${made.key}\`.`, entry);
      all.set(made.key, made);
      if (all.size > MOST_STAGES) {
        throw badTemplate(`dvc.yaml makes more than ${MOST_STAGES} stages. It may have at most ${MOST_STAGES}.`, entry);
      }
    }
  }
  return [...all.values()];
}

function expanded(entry: YamlEntry, values: ParamTree): YamlEntry[] {
  if (!/^[\w-]+$/.test(entry.key)) {
    throw badTemplate(`"${entry.key}" is no name for a stage: use letters, digits, - and _.`, entry);
  }
  if (entry.value.kind !== 'map') return [entry];
  const part = (key: string) => (entry.value as YamlMap).entries.find((one) => one.key === key);
  const [foreach, matrix, body] = [part('foreach'), part('matrix'), part('do')];
  if (foreach !== undefined && matrix !== undefined) {
    throw badTemplate(`Stage ${entry.key} has both \`foreach\` and \`matrix\`: keep one of the two.`, matrix);
  }
  if (foreach !== undefined) {
    const other = entry.value.entries.find(({ key }) => key !== 'foreach' && key !== 'do');
    if (other !== undefined) throw badTemplate(`\`${other.key}\` of ${entry.key} belongs under \`do\`.`, other);
    if (body?.value.kind !== 'map') {
      throw badTemplate(`Stage ${entry.key} has \`foreach\`, so it needs \`do:\` with the stage.`, foreach);
    }
    const definition = body.value;
    return eachOf(foreach, values).map((context) => stageOf(entry, definition, values, context));
  }
  if (body !== undefined) throw badTemplate(`\`do\` of ${entry.key} needs a \`foreach\` beside it.`, body);
  if (matrix !== undefined) {
    const definition = { ...entry.value, entries: entry.value.entries.filter((one) => one !== matrix) };
    return productOf(matrix, values).map((context) => stageOf(entry, definition, values, context));
  }
  return [stageOf(entry, entry.value, values, null)];
}

interface Context {
  /** What follows the `@`. */
  readonly suffix: string;
  readonly item: ParamValue;
  readonly key?: string;
}

function stageOf(entry: YamlEntry, definition: YamlMap, values: ParamTree, context: Context | null): YamlEntry {
  const own =
    context === null ? {} : { item: context.item, ...(context.key === undefined ? {} : { key: context.key }) };
  const vars = definition.entries.find(({ key }) => key === 'vars');
  const inside = withVars({ ...values, ...own }, vars);
  const rest = { ...definition, entries: definition.entries.filter((one) => one !== vars) };
  const key = context === null ? entry.key : `${entry.key}@${context.suffix}`;
  if (!/^[\w.@-]{1,60}$/.test(key)) {
    const message = `"${key}" is no name for a stage: values that name stages have letters, digits, . - and _, at most 60 in all.`;
    throw badTemplate(message, entry);
  }
  return { ...entry, key, value: fillIn(rest, inside) };
}

const isComplex = (value: ParamValue): boolean => typeof value === 'object' && value !== null;

function eachOf(foreach: YamlEntry, values: ParamTree): Context[] {
  const data = templateValue(fillIn(foreach.value, values));
  if (Object.values(data ?? {}).includes(null)) {
    throw badTemplate('`foreach` holds an empty value (null), which names no stage: take it out.', foreach);
  }
  if (Array.isArray(data)) {
    const complex = data.some(isComplex);
    const named = data.map((item, i) => [complex ? String(i) : wordOf(item), item] as const);
    return [...new Map(named)].map(([suffix, item]) => ({ suffix, item }));
  }
  if (typeof data === 'object' && data !== null) {
    return Object.entries(data as ParamTree).map(([key, item]) => ({ suffix: key, item, key }));
  }
  throw badTemplate('`foreach` must be a list or names with values.', foreach);
}

function productOf(matrix: YamlEntry, values: ParamTree): Context[] {
  const node: YamlNode = fillIn(matrix.value, values);
  if (node.kind !== 'map' || node.entries.length === 0) {
    throw badTemplate('`matrix` must hold names, each with a list of values.', matrix);
  }
  return node.entries.reduce<Context[]>(
    (made, { key: name, value, line, column }) => {
      const list = templateValue(value);
      if (!Array.isArray(list)) throw badTemplate(`\`${name}\` in matrix must be a list.`, { line, column });
      if (list.includes(null)) {
        throw badTemplate(`\`${name}\` in matrix holds an empty value (null): take it out.`, { line, column });
      }
      if (made.length * list.length > MOST_STAGES) {
        throw badTemplate(`This matrix makes more than ${MOST_STAGES} stages.`, { line, column });
      }
      return made.flatMap(({ suffix, item }) =>
        list.map((choice, i) => {
          const word = isComplex(choice) ? `${name}${i}` : wordOf(choice);
          const next = suffix === '' ? word : `${suffix}-${word}`;
          return { suffix: next, key: next, item: { ...(item as ParamTree), [name]: choice } };
        }),
      );
    },
    [{ suffix: '', item: {} }],
  );
}
