// `metrics`, `plots` and `params` at the top of dvc.yaml, as DVCLive writes them: which outs of the stages they are.
// Invariant: what is named there and written by no stage is an error, never ignored.
import { PipelineError } from '../core/errors.ts';
import { tidied } from './paths.ts';
import { type PathAt, type PlotAt, pathsOut, type Stage, type YamlEntry, type YamlNode } from './pipeline.ts';
import { acrossOf, axisOf, plotOptions } from './read-plots.ts';

export const TOP_LEVEL = ['stages', 'vars', 'metrics', 'plots', 'params', 'artifacts'];

/** Each is a table that is read and sent. */
const MOST_PLOTS = 20;

/** Keys of an artifact -> what DVC 3 takes there. */
const ARTIFACT: Readonly<Record<string, 'string' | 'list' | 'any'>> = {
  path: 'string',
  type: 'string',
  desc: 'string',
  labels: 'list',
  meta: 'any',
};

type Entries = readonly YamlEntry[];

/** Of a list of labels. */
function demandTexts({ key, value }: YamlEntry, of: string): void {
  if (key !== 'labels' || value.kind !== 'list') return;
  const other = value.items.find((item) => item.kind !== 'scalar' || typeof item.value !== 'string');
  if (other !== undefined) fail(`Each of \`labels\` of ${of} must be a text: put it into quotes.`, other.line);
}

/** The stages with what is at the top added to those that write it. Throws PipelineError 'bad-pipeline' with the line. */
export function withTopLevel(stages: readonly Stage[], entries: Entries): Stage[] {
  const section = (key: string) => entries.find((entry) => entry.key === key);
  demandParams(section('params'));
  demandArtifacts(section('artifacts'));
  const metrics = itemsOf(section('metrics')).flatMap((item) => {
    const { path, line } = pathOf(item);
    return demandOuts(stages, path, line).map((file) => ({ path: file, line }));
  });
  const plots = itemsOf(section('plots')).flatMap((item) => plotsAt(item, stages));
  const last = plots[MOST_PLOTS];
  if (last !== undefined)
    fail(`\`plots\` draws more than ${MOST_PLOTS} plots. It may draw at most ${MOST_PLOTS}.`, last.line);
  return stages.map((stage) => {
    const made = metrics.filter(({ path }) => pathsOut(stage).includes(path));
    const drawn = plots.filter(({ path }) => pathsOut(stage).includes(path));
    if (made.length + drawn.length === 0) return stage;
    const named = new Set([...made, ...drawn].map(({ path }) => path));
    return {
      ...stage,
      outs: stage.outs.filter(({ path }) => !named.has(path)),
      metrics: [...stage.metrics, ...made.filter(({ path }) => !stage.metrics.some((other) => other.path === path))],
      plots: [...stage.plots.filter(({ path }) => !drawn.some((other) => other.path === path)), ...drawn],
    };
  });
}

function fail(message: string, line: number): never {
  throw new PipelineError('bad-pipeline', message, { file: 'dvc.yaml', line });
}

/** Items of a list; a map is a list of one entry each, as DVC reads `plots`. */
function itemsOf(section: YamlEntry | undefined): readonly YamlNode[] {
  if (section === undefined || (section.value.kind === 'scalar' && section.value.value === null)) return [];
  if (section.value.kind === 'list') return section.value.items;
  if (section.key === 'plots' && section.value.kind === 'map') {
    return section.value.entries.map((entry) => ({
      kind: 'map',
      entries: [entry],
      line: entry.line,
      column: entry.column,
    }));
  }
  return fail(`\`${section.key}\` must be a list: one \`- item\` a line.`, section.line);
}

function pathOf(item: YamlNode): PathAt {
  if (item.kind === 'scalar' && typeof item.value === 'string') return { path: tidied(item.value), line: item.line };
  return fail('`metrics` at the top is a list of files.', item.line);
}

function demandParams(section: YamlEntry | undefined): void {
  for (const item of itemsOf(section)) {
    if (item.kind === 'scalar' && tidied(item.value) === 'params.yaml') continue;
    fail('Params are read from params.yaml alone: name no other file in `params`.', item.line);
  }
}

/** Nothing here is made of them; what DVC would refuse is refused. */
function demandArtifacts(section: YamlEntry | undefined): void {
  if (section === undefined || (section.value.kind === 'scalar' && section.value.value === null)) return;
  if (section.value.kind !== 'map') fail('`artifacts` must be names, each with a `path`.', section.line);
  for (const { key: name, value, line } of section.value.entries) {
    const parts = value.kind === 'map' ? value.entries : [];
    const other = parts.find(({ key }) => !Object.hasOwn(ARTIFACT, key));
    if (other !== undefined) {
      const known = Object.keys(ARTIFACT).join(', ');
      fail(`The artifact ${name} has an unknown key \`${other.key}\`: known are ${known}.`, other.line);
    }
    for (const part of parts) {
      const wanted = ARTIFACT[part.key];
      const given = part.value.kind === 'scalar' ? typeof part.value.value : part.value.kind;
      const needed = wanted === 'list' ? 'a list' : 'a text';
      if (wanted !== 'any' && given !== wanted) fail(`\`${part.key}\` of ${name} must be ${needed}.`, part.line);
      demandTexts(part, name);
    }
    if (!parts.some(({ key }) => key === 'path')) fail(`The artifact ${name} needs a \`path\`: its file.`, line);
  }
}

function demandOuts(stages: readonly Stage[], name: string, line: number): string[] {
  const outs = stages.flatMap(pathsOut);
  const path = tidied(name);
  const found = outs.filter((out) => out === path || out.startsWith(`${path}/`));
  if (found.length > 0) return found;
  return fail(`\`${path}\` is written by no stage: add it to outs of the stage that writes it.`, line);
}

/** One plot for each file and each column of y. */
function plotsAt(item: YamlNode, stages: readonly Stage[]): PlotAt[] {
  if (item.kind === 'scalar' && typeof item.value === 'string') {
    return demandOuts(stages, item.value, item.line).map((path) => ({ path, line: item.line }));
  }
  const entry = item.kind === 'map' && item.entries.length === 1 ? item.entries[0]! : null;
  if (entry === null) return fail('A plot is a file, or a file or title with its options.', item.line);
  const { options, x, y } = plotOptions(entry);
  const axes = axisOf(y);
  if (axes.kind === 'files') {
    const xs = axisOf(x);
    return axes.files.flatMap(({ path, columns }) =>
      demandOuts(stages, path, entry.line).flatMap((file) => {
        if (xs.kind === 'files' && !xs.files.some((other) => other.path === path)) {
          fail(`\`x\` and \`y\` of ${entry.key} are in different files: write both into one file.`, entry.line);
        }
        const named = xs.kind === 'files' ? xs.files.find((other) => other.path === path)?.columns : xs.columns;
        const across = acrossOf(named ?? [], entry.key, entry.line);
        return columns.map((column) => plot(file, { title: entry.key, ...options }, across, column));
      }),
    );
  }
  const across = axisOf(x);
  if (across.kind === 'files') fail(`\`x\` of ${entry.key} must be a column, as \`y\` is.`, entry.line);
  const column = across.kind === 'columns' ? acrossOf(across.columns, entry.key, entry.line) : undefined;
  return demandOuts(stages, entry.key, entry.line).flatMap((file) =>
    (axes.columns.length === 0 ? [undefined] : axes.columns).map((up) => plot(file, options, column, up)),
  );

  function plot(path: string, more: Partial<PlotAt>, xColumn: string | undefined, yColumn: string | undefined): PlotAt {
    return {
      ...more,
      path,
      line: entry!.line,
      ...(xColumn === undefined ? {} : { x: xColumn }),
      ...(yColumn === undefined ? {} : { y: yColumn }),
    };
  }
}
