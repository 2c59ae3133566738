// The options of a plot in dvc.yaml, under a stage and at the top of the file.
// Invariant: an option has the type that DVC 3 asks for, and what would not be drawn here is refused with its line.
import { nearNames, PipelineError } from '../core/errors.ts';
import type { PlotTemplate } from '../core/report.ts';
import { tidied } from './paths.ts';
import type { PlotAt, YamlEntry, YamlNode } from './pipeline.ts';

/** What dvc.yaml may say -> how the page draws it. */
const TEMPLATES: Readonly<Record<string, PlotTemplate>> = {
  linear: 'linear',
  simple: 'linear',
  smooth: 'linear',
  scatter: 'scatter',
  scatter_jitter: 'scatter',
  bar_horizontal: 'bar_horizontal',
  bar_horizontal_sorted: 'bar_horizontal_sorted',
  confusion: 'confusion',
  confusion_normalized: 'confusion_normalized',
  histogram: 'histogram',
  heatmap: 'heatmap',
};
const DRAWN = Object.keys(TEMPLATES);
const TEXTS = { title: 'title', x_label: 'xLabel', y_label: 'yLabel' } as const;
export const PLOT_KEYS: readonly string[] = ['x', 'y', ...Object.keys(TEXTS), 'template', 'header'];

function fail(message: string, line: number): never {
  throw new PipelineError('bad-pipeline', message, { file: 'dvc.yaml', line });
}

export interface PlotOptions {
  readonly options: Pick<PlotAt, 'title' | 'xLabel' | 'yLabel' | 'template'>;
  readonly x: YamlNode | undefined;
  readonly y: YamlNode | undefined;
}

/** `others`: options that are no matter of the plot and read elsewhere. */
export function plotOptions(entry: YamlEntry, others: readonly string[] = []): PlotOptions {
  const { value } = entry;
  if (value.kind === 'scalar' && value.value === null) return { options: {}, x: undefined, y: undefined };
  if (value.kind !== 'map') return fail(`Options of \`${entry.key}\` must be \`name: value\` lines.`, entry.line);
  const options: { -readonly [K in keyof PlotOptions['options']]: PlotOptions['options'][K] } = {};
  for (const { key, value: node, line } of value.entries) {
    if (others.includes(key)) continue;
    if (!PLOT_KEYS.includes(key)) {
      const known = [...PLOT_KEYS, ...others].join(', ');
      fail(`\`${entry.key}\` has an unknown option \`${key}\`: known are ${known}.`, line);
    }
    if (Object.hasOwn(TEXTS, key)) options[TEXTS[key as keyof typeof TEXTS]] = demandText(key, node, line);
    else if (key === 'template') options.template = demandTemplate(node, line);
    else if (key === 'header') demandHeader(node, line);
  }
  const axis = (key: string) => value.entries.find((one) => one.key === key)?.value;
  return { options, x: axis('x'), y: axis('y') };
}

function demandText(key: string, node: YamlNode, line: number): string {
  if (node.kind === 'scalar' && typeof node.value === 'string') return node.value;
  return fail(`\`${key}\` must be a text: put it into quotes.`, line);
}

function demandTemplate(node: YamlNode, line: number): PlotTemplate {
  const name = demandText('template', node, line);
  const template = Object.hasOwn(TEMPLATES, name) ? TEMPLATES[name] : undefined;
  if (template !== undefined) return template;
  const near = nearNames(name, DRAWN);
  const hint = near.length > 0 ? `Did you mean \`${near.join('` or `')}\`?` : `Known are ${DRAWN.join(', ')}.`;
  return fail(`There is no template \`${name}\` here. ${hint}`, line);
}

function demandHeader(node: YamlNode, line: number): void {
  if (node.kind === 'scalar' && node.value === true) return;
  if (node.kind !== 'scalar' || node.value !== false) fail('`header` must be true or false.', line);
  fail('Tables without a header are not read here: write the names of the columns first, and take `header` out.', line);
}

/** The column of a stage's own plot. */
export function columnOf(key: string, node: YamlNode | undefined): string | undefined {
  if (node === undefined) return undefined;
  if (node.kind === 'scalar') return nameOf(node);
  const message = `\`${key}\` of a stage's plot is one column. Several are drawn by \`plots\` at the top of dvc.yaml.`;
  return fail(message, node.line);
}

export type Axis =
  | { readonly kind: 'columns'; readonly columns: readonly string[] }
  | {
      readonly kind: 'files';
      readonly files: readonly { readonly path: string; readonly columns: readonly string[] }[];
    };

/** `x` or `y` of a plot at the top: a column, a list of columns, or files with theirs. */
export function axisOf(node: YamlNode | undefined): Axis {
  if (node === undefined) return { kind: 'columns', columns: [] };
  if (node.kind !== 'map') return { kind: 'columns', columns: columnsOf(node) };
  return {
    kind: 'files',
    files: node.entries.map(({ key, value }) => ({ path: tidied(key), columns: columnsOf(value) })),
  };
}

function columnsOf(node: YamlNode): string[] {
  const items = node.kind === 'list' ? node.items : [node];
  if (items.length === 0) fail('Name at least one column.', node.line);
  return items.map(nameOf);
}

function nameOf(node: YamlNode): string {
  if (node.kind !== 'scalar' || node.value === null) return fail('Name a column here.', node.line);
  if (typeof node.value === 'string') return node.value;
  return fail(`The name of a column must be a text: put it into quotes.`, node.line);
}

/** The one column of `x`. */
export function acrossOf(columns: readonly string[], title: string, line: number): string | undefined {
  if (columns.length > 1) fail(`\`x\` of ${title} is one column: draw a plot for each.`, line);
  return columns[0];
}
