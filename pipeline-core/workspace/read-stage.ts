// One stage of a parsed dvc.yaml: its own keys and items, nothing known of the others.
import { nearNames, PipelineError } from '../core/errors.ts';
import { fileNameFault, fileNameReason } from './file-names.ts';
import type { ParamAt, PathAt, PlotAt, Section, Stage, StageLayout, YamlEntry, YamlMap, YamlNode } from './pipeline.ts';

const SECTIONS: readonly Section[] = ['deps', 'params', 'outs', 'metrics', 'plots'];
const KEYS = ['cmd', ...SECTIONS, 'frozen', 'desc', 'meta'];
const CMD = /^node (src\/[A-Za-z0-9_][A-Za-z0-9_./-]*\.ts)$/;
const PLOT_KEYS = ['x', 'y', 'title', 'x_label', 'y_label', 'template', 'cache', 'header'];
const OUT_KEYS = ['cache', 'persist', 'desc', 'push', 'remote', 'type', 'labels', 'meta'];

const REFUSED: Readonly<Record<string, string>> = {
  foreach: 'write one stage for each',
  matrix: 'write one stage for each',
  do: 'write one stage for each',
  wdir: 'every stage runs at the top of the workspace; take it out',
  vars: 'values come from params.yaml; name them under params',
  always_changed: 'use Run with force instead',
};

/** Throws PipelineError 'bad-pipeline' with the line. */
export function readStage(entry: YamlEntry): Stage {
  const { key: name, value: node, line } = entry;
  if (!/^[A-Za-z0-9_][A-Za-z0-9_-]{0,39}$/.test(name)) {
    fail(`"${name}" is no name for a stage: use letters, digits, - and _.`, { line });
  }
  if (node.kind !== 'map')
    return fail(`Stage ${name} is empty: it needs a \`cmd: node src/${name}.ts\`.`, { line, stage: name });
  refuseTemplates(node, name);
  const byKey = new Map<string, YamlEntry>();
  for (const part of node.entries) {
    demandKey(part, name);
    byKey.set(part.key, part);
  }
  const cmd = byKey.get('cmd');
  if (cmd === undefined) fail(`Stage ${name} has no \`cmd\`: add \`cmd: node src/${name}.ts\`.`, { line, stage: name });
  const command = cmd.value.kind === 'scalar' ? String(cmd.value.value) : '';
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
    params: items('params').flatMap((item) => paramsAt(item, name)),
    outs: items('outs').map((item) => pathAt(item, name, OUT_KEYS)),
    metrics: items('metrics').map((item) => pathAt(item, name, OUT_KEYS)),
    plots: items('plots').map((item) => plotAt(item, name)),
    frozen: readFrozen(byKey.get('frozen'), name),
    line,
    layout: layoutOf(byKey, cmd),
  };
}

function fail(message: string, facts: Readonly<Record<string, string | number>>): never {
  throw new PipelineError('bad-pipeline', message, { file: 'dvc.yaml', ...facts });
}

function demandKey({ key, line }: YamlEntry, stage: string): void {
  if (KEYS.includes(key)) return;
  const refused = Object.hasOwn(REFUSED, key) ? REFUSED[key] : undefined;
  if (refused !== undefined) fail(`\`${key}\` in stage ${stage} is not supported here: ${refused}.`, { line, stage });
  const near = nearNames(key, KEYS);
  const hint = near.length > 0 ? `Did you mean \`${near.join('` or `')}\`?` : `A stage has ${KEYS.join(', ')}.`;
  fail(`Stage ${stage} has an unknown key \`${key}\`. ${hint}`, { line, stage });
}

function refuseTemplates(node: YamlNode, stage: string): void {
  if (node.kind === 'scalar') {
    if (typeof node.value !== 'string' || !node.value.includes('${')) return;
    const message = `\`${node.value}\` is a template, which this runner does not fill in: write the value itself, or read it by params().`;
    fail(message, { line: node.line, column: node.column, stage });
  }
  for (const child of node.kind === 'map' ? node.entries.map((entry) => entry.value) : node.items)
    refuseTemplates(child, stage);
}

function listOf(entry: YamlEntry | undefined, stage: string): readonly YamlNode[] {
  if (entry === undefined || (entry.value.kind === 'scalar' && entry.value.value === null)) return [];
  if (entry.value.kind === 'list') return entry.value.items;
  return fail(`\`${entry.key}\` of ${stage} must be a list: one \`- item\` a line.`, { line: entry.line, stage });
}

function demandPath(path: unknown, line: number, stage: string): string {
  const fault = fileNameFault(String(path));
  // Whether a reserved name is one of the session's tables, or may not be written, is seen when all stages are known.
  if (typeof path === 'string' && (fault === null || fault.why === 'reserved')) return path;
  return fail(`In stage ${stage}, ${fileNameReason(fault ?? { why: 'characters', part: String(path) })}.`, {
    line,
    stage,
  });
}

// `- path` or `- path: {cache: false}`.
function pathAt(item: YamlNode, stage: string, options: readonly string[] = []): PathAt {
  if (item.kind === 'scalar') return { path: demandPath(item.value, item.line, stage), line: item.line };
  const only = item.kind === 'map' && item.entries.length === 1 ? item.entries[0]! : null;
  if (only === null || options.length === 0) {
    return fail(`Line ${item.line} of dvc.yaml (stage ${stage}) must be a path.`, { line: item.line, stage });
  }
  mapOf(only, { stage, known: options });
  return { path: demandPath(only.key, only.line, stage), line: only.line };
}

function plotAt(item: YamlNode, stage: string): PlotAt {
  const at = pathAt(item, stage, PLOT_KEYS);
  if (item.kind !== 'map') return at;
  const options = mapOf(item.entries[0]!, { stage, known: PLOT_KEYS });
  const given = options as Readonly<Record<string, string | undefined>>;
  const { x, y, title, template, header, x_label: xLabel, y_label: yLabel } = given;
  return {
    ...at,
    ...(x === undefined ? {} : { x }),
    ...(y === undefined ? {} : { y }),
    ...(title === undefined ? {} : { title }),
    ...(xLabel === undefined ? {} : { xLabel }),
    ...(yLabel === undefined ? {} : { yLabel }),
    ...(template === undefined ? {} : { template }),
    ...(header === undefined ? {} : { header }),
  };
}

function mapOf(
  entry: YamlEntry,
  { stage, known }: { stage: string; known: readonly string[] },
): Record<string, string> {
  if (entry.value.kind === 'scalar' && entry.value.value === null) return {};
  if (entry.value.kind !== 'map')
    return fail(`Options of \`${entry.key}\` must be \`name: value\` lines.`, { line: entry.line, stage });
  return Object.fromEntries(
    entry.value.entries.map(({ key, value, line }) => {
      if (!known.includes(key)) {
        fail(`\`${entry.key}\` has an unknown option \`${key}\`: known are ${known.join(', ')}.`, { line, stage });
      }
      return [key, value.kind === 'scalar' ? String(value.value) : ''];
    }),
  );
}

// `- key` or `- params.yaml: [key, key]`.
function paramsAt(item: YamlNode, stage: string): ParamAt[] {
  if (item.kind === 'scalar' && typeof item.value === 'string') return [{ key: item.value, line: item.line }];
  if (item.kind !== 'map')
    return fail(`Line ${item.line} of dvc.yaml (stage ${stage}) must name a param.`, { line: item.line, stage });
  return item.entries.flatMap((file) => {
    if (file.key !== 'params.yaml') {
      fail(`Params are read from params.yaml alone, not from \`${file.key}\`.`, { line: file.line, stage });
    }
    return listOf(file, stage).flatMap((key) => paramsAt(key, stage));
  });
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
