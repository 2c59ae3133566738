// One stage of a parsed dvc.yaml: its own keys and items, nothing known of the others.
import { nearNames, PipelineError } from '../core/errors.ts';
import { fileNameFault, fileNameReason } from './file-names.ts';
import { tidied } from './paths.ts';
import type {
  ParamAt,
  PathAt,
  PlotAt,
  Section,
  Stage,
  StageLayout,
  YamlEntry,
  YamlMap,
  YamlNode,
  YamlScalar,
} from './pipeline.ts';
import { columnOf, PLOT_KEYS, plotOptions } from './read-plots.ts';

type YamlScalarValue = YamlScalar['value'];

const SECTIONS: readonly Section[] = ['deps', 'params', 'outs', 'metrics', 'plots'];
const KEYS = ['cmd', ...SECTIONS, 'frozen', 'desc', 'meta'];
/** What says only what is so here anyway. */
const WITHOUT_EFFECT: Readonly<Record<string, YamlScalarValue>> = { wdir: '.', always_changed: false };
const CMD = /^node (src\/[A-Za-z0-9_][A-Za-z0-9_./-]*\.ts)$/;
/** Options of what a stage writes -> what DVC 3 takes there. */
const OUT_OPTIONS: Readonly<Record<string, 'boolean' | 'string' | 'list' | 'any'>> = {
  cache: 'boolean',
  persist: 'boolean',
  push: 'boolean',
  desc: 'string',
  remote: 'string',
  type: 'string',
  labels: 'list',
  meta: 'any',
};
const OUT_KEYS = Object.keys(OUT_OPTIONS);

const REFUSED: Readonly<Record<string, string>> = {
  wdir: 'every stage runs at the top of the workspace; take it out',
  always_changed: 'use Run with force instead',
};

/** Throws PipelineError 'bad-pipeline' with the line. */
export function readStage(entry: YamlEntry): Stage {
  const { key: name, value: node, line } = entry;
  if (node.kind !== 'map')
    return fail(`Stage ${name} is empty: it needs a \`cmd: node src/${name}.ts\`.`, { line, stage: name });
  const byKey = new Map<string, YamlEntry>();
  for (const part of node.entries) {
    if (part.value.kind === 'scalar' && part.value.value === WITHOUT_EFFECT[part.key]) continue;
    demandKey(part, name);
    byKey.set(part.key, part);
  }
  const cmd = byKey.get('cmd');
  if (cmd === undefined) fail(`Stage ${name} has no \`cmd\`: add \`cmd: node src/${name}.ts\`.`, { line, stage: name });
  demandDescription(byKey.get('desc'), name);
  const command = commandOf(cmd, name);
  if (command !== command.trim() && CMD.test(command.trim())) {
    fail(`\`cmd\` of ${name} holds an empty line, too: write it as \`cmd: ${command.trim()}\`.`, {
      line: cmd.line,
      stage: name,
    });
  }
  const match = CMD.exec(command);
  if (match === null || command.includes('..')) {
    const shown = command === '' ? 'This' : `\`${command}\``;
    const message = `${shown} is not a command this runner knows: \`cmd\` must be exactly \`node src/<name>.ts\`.`;
    return fail(message, { line: cmd.line, stage: name });
  }
  const items = (section: Section) => listOf(byKey.get(section), name);
  return {
    name,
    cmd: command,
    entry: match[1]!,
    deps: items('deps').map((item) => pathAt(item, name)),
    params: wholeFileAlone(items('params').flatMap((item) => paramsAt(item, name))),
    outs: items('outs').map((item) => outAt(item, name)),
    metrics: items('metrics').map((item) => outAt(item, name)),
    plots: items('plots').map((item) => plotAt(item, name)),
    frozen: readFrozen(byKey.get('frozen'), name),
    line,
    layout: layoutOf(byKey, cmd),
  };
}

function fail(message: string, facts: Readonly<Record<string, string | number>>): never {
  throw new PipelineError('bad-pipeline', message, { file: 'dvc.yaml', ...facts });
}

function demandDescription(entry: YamlEntry | undefined, stage: string): void {
  if (entry === undefined || (entry.value.kind === 'scalar' && typeof entry.value.value === 'string')) return;
  fail('`desc` must be a text: put it into quotes.', { line: entry.line, stage });
}

function demandKey({ key, line }: YamlEntry, stage: string): void {
  if (KEYS.includes(key)) return;
  const refused = Object.hasOwn(REFUSED, key) ? REFUSED[key] : undefined;
  if (refused !== undefined) fail(`\`${key}\` in stage ${stage} is not supported here: ${refused}.`, { line, stage });
  const near = nearNames(key, KEYS);
  const hint = near.length > 0 ? `Did you mean \`${near.join('` or `')}\`?` : `A stage has ${KEYS.join(', ')}.`;
  fail(`Stage ${stage} has an unknown key \`${key}\`. ${hint}`, { line, stage });
}

/** A list is taken as DVC takes it: one command after the other. Here a stage runs one file. */
function commandOf({ value, line }: YamlEntry, stage: string): string {
  if (value.kind !== 'list') return value.kind === 'scalar' ? String(value.value) : '';
  const [only, ...more] = value.items;
  if (more.length > 0) {
    fail(
      `Stage ${stage} has ${value.items.length} commands: write one stage for each, so that each has its own outs.`,
      {
        line,
        stage,
      },
    );
  }
  return only?.kind === 'scalar' ? String(only.value) : '';
}

function listOf(entry: YamlEntry | undefined, stage: string): readonly YamlNode[] {
  if (entry === undefined || (entry.value.kind === 'scalar' && entry.value.value === null)) return [];
  if (entry.value.kind === 'list') return entry.value.items;
  return fail(`\`${entry.key}\` of ${stage} must be a list: one \`- item\` a line.`, { line: entry.line, stage });
}

function demandPath(path: YamlScalarValue, line: number, stage: string): string {
  const fault = fileNameFault(String(path));
  // Whether a reserved name is one of the session's tables, or may not be written, is seen when all stages are known.
  if (typeof path === 'string' && (fault === null || fault.why === 'reserved')) return path;
  return fail(`In stage ${stage}, ${fileNameReason(fault ?? { why: 'characters', part: String(path) })}.`, {
    line,
    stage,
  });
}

function pathAt(item: YamlNode, stage: string): PathAt {
  if (item.kind === 'scalar') return { path: demandPath(tidied(item.value), item.line, stage), line: item.line };
  return fail(`Line ${item.line} of dvc.yaml (stage ${stage}) must be a path.`, { line: item.line, stage });
}

// `- path` or `- path: {cache: false}`.
function outAt(item: YamlNode, stage: string, others: readonly string[] = []): PathAt {
  const only = item.kind === 'map' && item.entries.length === 1 ? item.entries[0]! : null;
  const path = item.kind === 'scalar' ? item.value : only?.key;
  if (typeof path === 'string' && path.endsWith('/')) {
    const message = `\`${path}\` is a folder: name each file that ${stage} writes there, such as \`${path}a.csv\`.`;
    return fail(message, { line: item.line, stage });
  }
  if (item.kind === 'scalar') return pathAt(item, stage);
  if (only === null)
    return fail(`Line ${item.line} of dvc.yaml (stage ${stage}) must be a path.`, { line: item.line, stage });
  demandOptions(only, stage, others);
  return { path: demandPath(tidied(only.key), only.line, stage), line: only.line };
}

function demandOptions({ key: path, value, line: at }: YamlEntry, stage: string, others: readonly string[]): void {
  if (value.kind === 'scalar' && value.value === null) return;
  if (value.kind !== 'map') fail(`Options of \`${path}\` must be \`name: value\` lines.`, { line: at, stage });
  for (const { key, value: option, line } of value.entries) {
    if (others.includes(key)) continue;
    const wanted = Object.hasOwn(OUT_OPTIONS, key) ? OUT_OPTIONS[key] : undefined;
    if (wanted === undefined) {
      const known = [...others, ...OUT_KEYS].join(', ');
      fail(`\`${path}\` has an unknown option \`${key}\`: known are ${known}.`, { line, stage });
    }
    const given = option.kind === 'scalar' ? typeof option.value : option.kind;
    if (wanted !== 'any' && given !== wanted) {
      const needed = { boolean: 'true or false', string: 'a text', list: 'a list' }[wanted];
      fail(`\`${key}\` of \`${path}\` must be ${needed}.`, { line, stage });
    }
    demandLabels(key, option, path, stage);
    if (key === 'persist' && option.kind === 'scalar' && option.value === true) {
      fail(`\`persist\` of \`${path}\`: a stage never finds its earlier out here. Take the line out.`, { line, stage });
    }
  }
}

function demandLabels(key: string, value: YamlNode, path: string, stage: string): void {
  if (key !== 'labels' || value.kind !== 'list') return;
  const other = value.items.find((label) => label.kind !== 'scalar' || typeof label.value !== 'string');
  if (other === undefined) return;
  fail(`Each of \`labels\` of \`${path}\` must be a text: put it into quotes.`, { line: other.line, stage });
}

function plotAt(item: YamlNode, stage: string): PlotAt {
  const at = outAt(item, stage, PLOT_KEYS);
  if (item.kind !== 'map') return at;
  const { options, x, y } = plotOptions(item.entries[0]!, OUT_KEYS);
  const [across, up] = [columnOf('x', x), columnOf('y', y)];
  return { ...at, ...options, ...(across === undefined ? {} : { x: across }), ...(up === undefined ? {} : { y: up }) };
}

// `- key`, `- params.yaml: [key, key]`, or `- params.yaml:` for all of it.
function paramsAt(item: YamlNode, stage: string): ParamAt[] {
  if (item.kind === 'scalar' && typeof item.value === 'string' && item.value !== '')
    return [{ key: item.value, line: item.line }];
  if (item.kind !== 'map' || item.entries.length === 0)
    return fail(`Line ${item.line} of dvc.yaml (stage ${stage}) must name a param.`, { line: item.line, stage });
  return item.entries.flatMap((file) => {
    if (tidied(file.key) !== 'params.yaml') {
      fail(`Params are read from params.yaml alone, not from \`${file.key}\`.`, { line: file.line, stage });
    }
    const keys = listOf(file, stage);
    if (keys.length === 0) return { key: '', line: file.line };
    return keys.map((key) => {
      if (key.kind === 'scalar' && typeof key.value === 'string' && key.value !== '')
        return { key: key.value, line: key.line };
      return fail(`Line ${key.line} of dvc.yaml (stage ${stage}) must name a param.`, { line: key.line, stage });
    });
  });
}

/** Where the whole file is named, names in it add nothing. */
function wholeFileAlone(params: readonly ParamAt[]): readonly ParamAt[] {
  const whole = params.find(({ key }) => key === '');
  return whole === undefined ? params : [whole];
}

function readFrozen(entry: YamlEntry | undefined, stage: string): boolean {
  if (entry === undefined) return false;
  if (entry.value.kind === 'scalar' && typeof entry.value.value === 'boolean') return entry.value.value;
  return fail('`frozen` must be true or false.', { line: entry.line, stage });
}

function layoutOf(byKey: ReadonlyMap<string, YamlEntry>, cmd: YamlEntry): StageLayout {
  const sections: { -readonly [K in keyof StageLayout['sections']]: StageLayout['sections'][K] } = {};
  for (const section of SECTIONS) {
    const entry = byKey.get(section);
    if (entry === undefined) continue;
    const list = entry.value.kind === 'list' && entry.value.items.length > 0 ? entry.value : null;
    sections[section] =
      list === null
        ? { dash: entry.column + 2, lastLine: entry.line, flow: entry.value.kind === 'list' }
        : { dash: list.column, lastLine: lastLine(list), flow: list.flow };
  }
  return { cmdLine: cmd.line, column: cmd.column, sections };
}

function lastLine(node: YamlNode): number {
  const children =
    node.kind === 'list' ? node.items : node.kind === 'map' ? (node as YamlMap).entries.map((e) => e.value) : [];
  return children.reduce((last, child) => Math.max(last, lastLine(child)), node.line);
}
