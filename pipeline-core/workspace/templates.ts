// Values put into dvc.yaml as DVC 3 does: `${train.trees}`, `${item}`, `${list[0]}` from params.yaml and `vars`.
// Invariant: what cannot be filled in is an error with its line; `\${` stays the text `${`.
import { nearNames, PipelineError } from '../core/errors.ts';
import type { ParamTree, ParamValue } from './params.ts';
import { tidied } from './paths.ts';
import type { YamlEntry, YamlMap, YamlNode, YamlScalar } from './pipeline.ts';

const EXPRESSION = /(\\)?\$\{([^}]*)\}/g;
const PATH = /^[A-Za-z_][\w-]*(?:\.[\w-]+|\[\s*[\w.-]+\s*\])*$/;
// These already mean something where names become keys of plain objects.
const INHERITED: ReadonlySet<string> = new Set(Object.getOwnPropertyNames(Object.prototype));

/** The node with every template in it filled in, names too. Throws PipelineError 'bad-pipeline' with the line. */
export function fillIn(node: YamlNode, values: ParamTree): YamlNode {
  const { line, column } = node;
  switch (node.kind) {
    case 'scalar': {
      if (typeof node.value !== 'string') return node;
      const value = filled(node.value, values, { line, column });
      return value === node.value ? node : nodeOf(value, { line, column });
    }
    case 'list':
      return { ...node, items: node.items.map((item) => fillIn(item, values)) };
    case 'map':
      return { ...node, entries: node.entries.map((entry) => filledEntry(entry, values)) };
  }
}

function filledEntry(entry: YamlEntry, values: ParamTree): YamlEntry {
  const key = filled(entry.key, values, entry);
  if (typeof key === 'object' && key !== null) throw badTemplate(`\`${entry.key}\` must be a word or a number.`, entry);
  return { ...entry, key: wordOf(key), value: fillIn(entry.value, values) };
}

interface Spot {
  readonly line: number;
  readonly column: number;
}

/** A text that is one template alone takes the value as it is; in a longer text it is written out. */
function filled(text: string, values: ParamTree, at: Spot): ParamValue {
  if (!text.includes('${')) return text;
  const whole = /^\$\{([^}]*)\}$/.exec(text);
  const value = whole === null ? written(text, values, at) : valueAt(whole[1]!, values, at);
  if (typeof value === 'string' && INHERITED.has(value)) {
    throw badTemplate(`\`${text}\` is "${value}" here, a word of JavaScript's own: choose another.`, at);
  }
  return value;
}

function written(text: string, values: ParamTree, at: Spot): string {
  const done = text.replaceAll(EXPRESSION, (all, escaped: string | undefined, path: string) => {
    if (escaped !== undefined) return all.slice(1);
    const value = valueAt(path, values, at);
    if (value === null) throw badTemplate(`\`${all}\` is empty here (null): give it a value.`, at);
    if (typeof value !== 'object') return wordOf(value);
    throw badTemplate(`\`${all}\` is not a single value, so it cannot be part of a text: name one of its values.`, at);
  });
  // What is left was opened and not closed.
  if (/(?<!\\)\$\{/.test(text.replaceAll(EXPRESSION, ''))) throw badTemplate(`\`${text}\` lacks a "}".`, at);
  return done;
}

/** As DVC writes a value into a text or the name of a stage. */
export const wordOf = (value: ParamValue): string => String(value ?? '');

function valueAt(expression: string, values: ParamTree, at: Spot): ParamValue {
  const path = expression.trim();
  if (!PATH.test(path)) {
    const message = `\`\${${expression}}\` is no name of a value: write it like \`\${train.trees}\` or \`\${list[0]}\`.`;
    throw badTemplate(message, at);
  }
  let value: ParamValue | undefined = values;
  for (const part of path.split(/[.[\]]+/).filter((word) => word.trim() !== '')) {
    const inside: ParamValue | undefined = value;
    const key = part.trim();
    if (typeof inside !== 'object' || inside === null || !Object.hasOwn(inside, key) || key === 'length') {
      const names = typeof inside === 'object' && inside !== null ? Object.keys(inside) : [];
      const near = nearNames(key, names);
      const hint = near.length > 0 ? ` Did you mean \`${near.join('` or `')}\`?` : '';
      throw badTemplate(`\`\${${path}}\`: neither params.yaml nor vars has \`${key}\` there.${hint}`, at);
    }
    value = (inside as Readonly<Record<string, ParamValue>>)[key];
  }
  return value!;
}

/** A value as if it stood at this place of the file. */
export function nodeOf(value: ParamValue, at: Spot): YamlNode {
  if (Array.isArray(value)) return { kind: 'list', flow: true, items: value.map((item) => nodeOf(item, at)), ...at };
  if (typeof value === 'object' && value !== null) {
    const entries = Object.entries(value as ParamTree).map(([key, inner]) => ({
      key,
      value: nodeOf(inner, at),
      ...at,
    }));
    return { kind: 'map', entries, ...at };
  }
  return { kind: 'scalar', value: value as string | number | boolean | null, ...at };
}

/** The values alone. */
export const plainValue = (node: YamlNode): ParamValue => valuesOf(node, ({ value }) => value);

/** The values as templates name them: a fraction is the text that DVC makes of it, `1.0` and not `1`. */
export const templateValue = (node: YamlNode): ParamValue => valuesOf(node, ({ value, inText }) => inText ?? value);

function valuesOf(node: YamlNode, ofScalar: (scalar: YamlScalar) => ParamValue): ParamValue {
  switch (node.kind) {
    case 'scalar':
      return ofScalar(node);
    case 'list':
      return node.items.map((item) => valuesOf(item, ofScalar));
    case 'map':
      return Object.fromEntries(node.entries.map(({ key, value }) => [key, valuesOf(value, ofScalar)]));
  }
}

/** `values` with the entries of `vars` merged in. What is there already may not be given another value. */
export function withVars(values: ParamTree, vars: YamlEntry | undefined): ParamTree {
  if (vars === undefined) return values;
  if (vars.value.kind !== 'list') throw badTemplate('`vars` must be a list: one `- name: value` a line.', vars);
  return vars.value.items.reduce<ParamTree>((merged, item) => {
    // params.yaml is there from the beginning.
    if (item.kind === 'scalar' && tidied(item.value) === 'params.yaml') return merged;
    if (item.kind !== 'map') {
      const message = `\`${String(item.kind === 'scalar' ? item.value : '')}\` in vars: values come from params.yaml, which is always read, or are given here as \`- name: value\`.`;
      throw badTemplate(message, item);
    }
    return mergedWith(merged, item);
  }, values);
}

function mergedWith(values: ParamTree, more: YamlMap): ParamTree {
  const result: Record<string, ParamValue> = { ...values };
  for (const { key, value, line, column } of more.entries) {
    const known = Object.hasOwn(values, key) ? values[key] : undefined;
    demandNoTemplate(key, value);
    if (known === undefined) result[key] = templateValue(value);
    else if (typeof known === 'object' && known !== null && !Array.isArray(known) && value.kind === 'map') {
      result[key] = mergedWith(known as ParamTree, value);
    } else {
      throw badTemplate(`\`${key}\` in vars has a value already, in params.yaml or above: choose another name.`, {
        line,
        column,
      });
    }
  }
  return result;
}

function demandNoTemplate(name: string, node: YamlNode): void {
  if (node.kind === 'list') for (const item of node.items) demandNoTemplate(name, item);
  else if (node.kind === 'map') for (const { key, value } of node.entries) demandNoTemplate(key, value);
  else if (typeof node.value === 'string' && /(?<!\\)\$\{/.test(node.value)) {
    throw badTemplate(`\`${name}\` in vars holds a template, which DVC does not fill in: write the value.`, node);
  }
}

export function badTemplate(message: string, { line, column }: Spot): PipelineError {
  return new PipelineError('bad-pipeline', message, { file: 'dvc.yaml', line, column });
}
