// assign, melt, pivotTable: frames of another shape, as in pandas. None of them is in the package.

import {
  cellsOf,
  columnsOf,
  demandOptions,
  frameOf,
  inRowsOf,
  isSeries,
  namesIn,
  placeOf,
  shownName,
} from './build.ts';
import { isMissing, keyOf, shown } from './cells.ts';
import { onFrames } from './classes.ts';
import type { Cell, FrameLike } from './frame-types.ts';
import { groupsOf } from './groups.ts';
import { NUMERIC, STATISTICS } from './statistics.ts';

interface MeltOptions {
  readonly idVars?: string | readonly string[];
  readonly valueVars?: string | readonly string[];
  readonly varName?: string;
  readonly valueName?: string;
}

interface PivotOptions {
  readonly index: string | readonly string[];
  readonly columns?: string | readonly string[];
  readonly values?: string | readonly string[];
  readonly aggFunc?: string | ((values: Cell[]) => Cell);
  readonly fillValue?: Cell;
}

onFrames({
  assign(this: FrameLike, fresh: Readonly<Record<string, unknown>>) {
    if (typeof fresh !== 'object' || fresh === null || Array.isArray(fresh)) {
      throw new TypeError('assign(columns): give an object of new columns, { total: (df) => df.G1.add(df.G2) }');
    }
    let frame = this.copy();
    for (const [name, given] of Object.entries(fresh)) {
      const made: unknown = typeof given === 'function' ? (given as (frame: FrameLike) => unknown)(frame) : given;
      const cells = cellsOf(made) ?? scalars(made, name, frame.$data.length);
      frame = frame.addColumn(name, isSeries(made) ? made : cells)!;
    }
    return frame;
  },

  melt(this: FrameLike, options: MeltOptions = {}) {
    demandOptions('melt()', options, ['idVars', 'valueVars', 'varName', 'valueName']);
    const ids = namesIn(this, options.idVars ?? [], 'melt(): idVars');
    const values = namesIn(
      this,
      options.valueVars ?? this.columns.filter((name) => !ids.includes(name)),
      'melt(): valueVars',
    );
    const { varName = 'variable', valueName = 'value' } = options;
    for (const name of [varName, valueName]) {
      if (ids.includes(name))
        throw new Error(`melt(): there is a column ${name} already: choose another varName or valueName`);
    }
    const columns = columnsOf(this);
    const rows = this.$data.length;
    const cells = (name: string): Cell[] => columns[placeOf(this, name)]!;
    return frameOf(
      [...ids, varName, valueName],
      [
        ...ids.map((name) => values.flatMap(() => cells(name))),
        values.flatMap((name) => new Array<Cell>(rows).fill(name)),
        values.flatMap(cells),
      ],
    );
  },

  pivotTable(this: FrameLike, options: PivotOptions) {
    demandOptions('pivotTable()', options, ['index', 'columns', 'values', 'aggFunc', 'fillValue']);
    if (options?.index === undefined)
      throw new TypeError("pivotTable({ index }): name the column whose values become rows, index: 'school'");
    const index = namesIn(this, options.index, 'pivotTable(): index');
    const across = namesIn(this, options.columns ?? [], 'pivotTable(): columns');
    const { aggFunc = 'mean', fillValue = Number.NaN } = options;
    const statistic =
      typeof aggFunc === 'function'
        ? (cells: Cell[]) => aggFunc(cells)
        : STATISTICS[aggFunc === 'nunique' ? 'nUnique' : aggFunc];
    if (statistic === undefined) {
      throw new Error(
        `pivotTable(): aggFunc is ${shown(aggFunc)}, but must be one of ${Object.keys(STATISTICS).join(', ')}, or a function`,
      );
    }
    const rest = this.columns.filter((name) => !index.includes(name) && !across.includes(name));
    const numeric = rest.filter((name) => this.dtypes[placeOf(this, name)] !== 'string');
    const onlyNumbers = typeof aggFunc === 'function' || NUMERIC.has(aggFunc);
    const values = namesIn(this, options.values ?? (onlyNumbers ? numeric : rest), 'pivotTable(): values');

    const columns = columnsOf(this);
    const of = (name: string): Cell[] => columns[placeOf(this, name)]!;
    const rows = groupsOf(index.map(of));
    // Without `columns` there is one, of all rows.
    const tops =
      across.length === 0 ? [{ keys: [] as Cell[], rows: [...this.$data.keys()] }] : groupsOf(across.map(of));
    const topOf = new Map(tops.flatMap((top, t) => top.rows.map((r) => [r, t] as const)));
    const cellFor = (name: string, row: readonly number[], top: number): Cell => {
      const members = row.filter((r) => topOf.get(r) === top);
      if (members.length === 0) return fillValue;
      const made = statistic(
        members.map((r) => of(name)[r]),
        name,
      );
      return isMissing(made) ? fillValue : made;
    };
    const parts = values.flatMap((name) =>
      tops.map((top, t) => {
        const label = top.keys.map(String).join('_');
        const head = across.length === 0 ? name : values.length === 1 ? label : `${name}_${label}`;
        return { head, cells: rows.map((row) => cellFor(name, row.rows, t)) };
      }),
    );
    const heads = [...index, ...parts.map((part) => part.head)];
    const twice = heads.find((head, i) => heads.indexOf(head) !== i);
    if (twice !== undefined)
      throw new Error(`pivotTable() would make two columns called ${twice}: rename the column first`);
    return frameOf(heads, [...index.map((_, k) => rows.map((row) => row.keys[k])), ...parts.map((part) => part.cells)]);
  },

  /** How often each combination of values occurs, most frequent first. */
  valueCounts(this: FrameLike, options?: { subset?: string | readonly string[] }) {
    demandOptions('valueCounts()', options, ['subset']);
    const names = namesIn(this, options?.subset ?? this.columns, 'valueCounts()');
    const groups = groupsOf(names.map((name) => columnsOf(this)[placeOf(this, name)]!));
    groups.sort((a, b) => b.rows.length - a.rows.length);
    const keys = names.map((_, k) => groups.map((group) => group.keys[k]));
    return frameOf([...names, 'count'], [...keys, groups.map((group) => group.rows.length)]);
  },
});

/** How often each value of one column occurs beside each of another; missing values count nowhere. */
export function crosstab(rows: unknown, columns: unknown, ...more: unknown[]): FrameLike {
  if (!isSeries(rows) || !isSeries(columns) || more.length > 0) {
    throw new TypeError(
      'crosstab(rows, columns) counts two Series, crosstab(df.school, df.sex). For another statistic write df.pivotTable(...)',
    );
  }
  const cells = [rows.values, inRowsOf(rows.index, columns, 'crosstab()')];
  const counts = new Map(groupsOf(cells).map(({ keys, rows: members }) => [keyOf(keys), members.length]));
  const both = cells[0]!.flatMap((cell, r) => (isMissing(cell) || isMissing(cells[1]![r]) ? [] : [r]));
  const [down, across] = cells.map((list) => groupsOf([both.map((r) => list[r])]).map(({ keys }) => keys[0]));
  const names = across!.map(String);
  const own = shownName(rows) || 'row';
  if (names.includes(own)) throw new Error(`crosstab() would make two columns called ${own}: rename the Series first`);
  return frameOf(
    [own, ...names],
    [down!, ...across!.map((column) => down!.map((row) => counts.get(keyOf([row, column])) ?? 0))],
  );
}

function scalars(value: unknown, name: string, rows: number): Cell[] {
  if (typeof value !== 'object' && typeof value !== 'function') return new Array<Cell>(rows).fill(value as Cell);
  throw new TypeError(
    `assign(): ${name} must be a Series, a list of ${rows} values, one value for all rows, or a function of the frame`,
  );
}
