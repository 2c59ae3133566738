// A column in words and as a chart: values with what they mean and their unit, and what the target is where it has them.
import { t } from '#app/_strings/strings.ts';
import { numberText } from '#app/_ui/chart-numbers.ts';
import { drawnBins } from '#app/_ui/charts/bins.ts';
import { binText, type HistogramSpec } from '#app/_ui/charts/chart-spec.ts';
import type { ColumnBin, ColumnProfile, DataProfile, TargetOfRows } from './use-data.ts';

export type Cell = string | number | null;
type Target = DataProfile['target'];

/** At most so many classes are a line each above the bars. */
const MOST_CLASSES = 6;

/** Whole percents: more digits would be noise. */
export const percent = (share: number): string =>
  share > 0 && share < 0.01 ? '< 1 %' : `${Math.round(100 * share)} %`;

const withUnit = (text: string, unit = ''): string => (unit === '' ? text : `${text} ${unit}`);

/** "4 · higher", "17 years", "missing" */
export function cellText(cell: Cell, column?: Pick<ColumnProfile, 'unit' | 'valueLabels'>): string {
  if (cell === null) return t.data.missingValue;
  const value = typeof cell === 'number' ? numberText(cell) : cell;
  const meaning = column?.valueLabels?.[String(cell)];
  return withUnit(meaning === undefined || meaning === value ? value : `${value} · ${meaning}`, column?.unit);
}

/** "on average 11.9 points"; of two classes the share of the second, of more each. */
export function targetText({ unit, classes }: Target, of: TargetOfRows): string {
  if (of === null) return t.data.noRows;
  if (typeof of === 'number') return t.data.mean(withUnit(numberText(of), unit));
  return classes
    .map((name, i) => `${name} ${percent(of[i] ?? 0)}`)
    .slice(classes.length === 2 ? 1 : 0)
    .join(', ');
}

/** The same in a cell of a table. */
export const shortTarget = (target: Target, of: TargetOfRows): string =>
  typeof of === 'number' ? numberText(of) : of === null ? '–' : targetText(target, of);

/** "15 – 19", "teacher", "3 other values" */
export function valueText(column: ColumnProfile, at: number): string {
  if (at < 0) return t.data.missingValue;
  const bin = column.bins[at];
  if (bin && 'others' in bin) return t.data.others(bin.others);
  const drawn = drawnBins(column.bins)[at];
  return drawn ? binText(drawn) : '';
}

export function meaningOf(column: ColumnProfile, bin: ColumnBin): string | undefined {
  const key = 'level' in bin ? bin.level : 'from' in bin && bin.from === bin.to ? String(bin.from) : undefined;
  const meaning = key === undefined ? undefined : column.valueLabels?.[key];
  return meaning === key ? undefined : meaning;
}

export function columnSpec(profile: DataProfile, column: ColumnProfile): HistogramSpec {
  const { target } = profile;
  const drawn = drawnBins(column.bins);
  const over = column.role === 'target' ? null : overOf(target, column.bins);
  return {
    kind: 'histogram',
    title: column.label,
    x: { label: column.label, ...(column.unit === undefined ? {} : { unit: column.unit }) },
    y: { label: t.chart.count },
    n: profile.rows - column.missing.n,
    bins: column.bins.map((bin, i) => {
      const about = meaningOf(column, bin);
      return { ...drawn[i], id: String(i), count: bin.n, ...(about === undefined ? {} : { about }) };
    }),
    ...(over === null ? {} : { over }),
  };
}

function overOf(target: Target, bins: readonly ColumnBin[]): NonNullable<HistogramSpec['over']> {
  const { name, unit, classes } = target;
  if (classes.length === 0) {
    const values = bins.map((bin) => (typeof bin.target === 'number' ? bin.target : null));
    return { axis: { label: t.data.meanOf(name), unit }, series: [{ name: '', values }] };
  }
  const shown = classes.length === 2 ? [1] : [...classes.keys()].slice(0, MOST_CLASSES);
  return {
    axis: { label: t.data.shareOf(classes.length === 2 ? `${name} ${classes[1]}` : name), unit: '%' },
    series: shown.map((which) => ({
      name: shown.length === 1 ? '' : (classes[which] ?? ''),
      values: bins.map((bin) => (typeof bin.target === 'object' && bin.target ? 100 * (bin.target[which] ?? 0) : null)),
    })),
  };
}

export type Order = keyof typeof t.data.orders;

/** The target stays first. */
export function ordered(columns: readonly ColumnProfile[], order: Order): readonly ColumnProfile[] {
  if (order === 'table') return columns;
  const weight = (column: ColumnProfile) => (order === 'relation' ? (column.explained ?? 2) : column.missing.n);
  return [...columns].sort((a, b) => weight(b) - weight(a));
}

/** Looked for in name and label. */
export function found(columns: readonly ColumnProfile[], search: string): readonly ColumnProfile[] {
  const wanted = search.trim().toLowerCase();
  return columns.filter(({ name, label }) => `${name} ${label}`.toLowerCase().includes(wanted));
}
