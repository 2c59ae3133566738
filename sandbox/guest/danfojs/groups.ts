// groupby: the groups of a frame and their statistics, written anew. The package joins keys by '-' (so that 'a-b','c' and
// 'a','b-c' are one group), answers NaN as soon as one value is missing, and takes no single name.
import { nearNames } from '#pipeline-core/core/errors.ts';
import { columnsOf, frameOf, isFrame, isSeries, namesIn, seriesOf, takeRows, withStatistics } from './build.ts';
import { compare, demandKeys, isMissing, keyOf, numbersOf, shown } from './cells.ts';
import { onFrames } from './classes.ts';
import type { Cell, FrameLike, Label, SeriesLike } from './frame-types.ts';
import { runningOf } from './running.ts';
import { demandQuantile, NUMERIC, quantileOf, STATISTICS } from './statistics.ts';

type Own = (values: Cell[]) => Cell;
type Operation = string | Own;

/** One group: its key's cells and its rows by position. */
interface Group {
  readonly keys: Cell[];
  readonly rows: number[];
}

/** Groups in the order of their keys; rows whose key is missing belong to none (pandas' sort=True, dropna=True). */
export function groupsOf(columns: readonly (readonly Cell[])[]): Group[] {
  const groups = new Map<string, Group>();
  const count = columns[0]?.length ?? 0;
  for (let r = 0; r < count; r++) {
    const keys = columns.map((cells) => cells[r]);
    if (keys.some(isMissing)) continue;
    const key = keyOf(keys);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, { keys, rows: [r] });
    else group.rows.push(r);
  }
  return [...groups.values()].sort((a, b) => {
    for (const [c, left] of a.keys.entries()) {
      const right = b.keys[c];
      const apart = typeof left === typeof right ? compare(left, right) : compare(typeof left, typeof right);
      if (apart !== 0) return apart;
    }
    return 0;
  });
}

/** pandas' spellings, too: 'nunique', 'cumsum', 'average'. Throws with the names that come near. */
function nameOfOperation(operation: string): string {
  const names = [...Object.keys(STATISTICS), 'cumSum', 'cumProd', 'cumMin', 'cumMax'];
  const plain = operation === 'avg' || operation === 'average' ? 'mean' : operation.replaceAll('_', '').toLowerCase();
  const found = names.find((name) => name.toLowerCase() === plain);
  if (found !== undefined) return found;
  const near = nearNames(operation, names, 1);
  throw new Error(
    `There is no group operation ${shown(operation)}. ${near.length > 0 ? `Did you mean '${near[0]}'?` : `There are ${names.join(', ')}, or a function of a group's values.`}`,
  );
}

export class Groupby {
  private readonly frame: FrameLike;
  private readonly by: readonly string[];
  private readonly chosen: readonly string[] | undefined;
  private readonly list: readonly Group[];
  private readonly columns: readonly (readonly Cell[])[];

  constructor(frame: FrameLike, by: readonly string[], chosen?: readonly string[]) {
    this.frame = frame;
    this.by = by;
    this.chosen = chosen;
    this.columns = columnsOf(frame);
    this.list = groupsOf(by.map((name) => this.#cells(name)));
  }

  get ngroups(): number {
    return this.list.length;
  }

  /** Key -> labels of the rows; several keys are joined by a comma. */
  get groups(): Record<string, Label[]> {
    return Object.fromEntries(
      this.list.map(({ keys, rows }) => [keys.map(String).join(','), rows.map((r) => this.frame.index[r]!)]),
    );
  }

  /** `for (const [school, students] of df.groupby('school'))`; several keys are a list. */
  *[Symbol.iterator](): Generator<[Cell | Cell[], FrameLike]> {
    for (const { keys } of this.list) yield [keys.length === 1 ? keys[0] : keys, this.getGroup(keys)];
  }

  col(names: string | readonly string[]): Groupby {
    return new Groupby(this.frame, this.by, namesIn(this.frame, names, 'groupby().col()'));
  }

  size(): FrameLike {
    return this.#table([{ name: 'size', cells: this.list.map(({ rows }) => rows.length) }]);
  }

  quantile(q = 0.5): FrameLike {
    demandQuantile(q);
    const of = (cells: readonly Cell[], column: string): Cell =>
      quantileOf(
        numbersOf(cells, 'quantile()', column).filter((value) => !Number.isNaN(value)),
        q,
      );
    return this.#table(
      this.#values('mean').map((name) => ({
        name: `${name}_quantile`,
        cells: this.#each(name, (cells) => of(cells, name)),
      })),
    );
  }

  getGroup(keys: Cell | readonly Cell[]): FrameLike {
    const wanted = Array.isArray(keys) ? (keys as Cell[]) : [keys as Cell];
    const found = this.list.find((group) => keyOf(group.keys) === keyOf(wanted));
    if (found === undefined) {
      const some = this.list.slice(0, 10).map((group) => `[${group.keys.map(shown).join(', ')}]`);
      const more = this.list.length > 10 ? ' …' : '';
      throw new Error(`There is no group [${wanted.map(shown).join(', ')}]. There are ${some.join(', ')}${more}`);
    }
    const group = takeRows(this.frame, found.rows);
    return this.chosen === undefined ? group : group.loc({ columns: [...this.by, ...this.chosen] });
  }

  /** `{ G3: 'mean', age: ['min', 'max'] }`, or one operation for all columns of numbers. */
  agg(
    operations: Operation | readonly string[] | Readonly<Record<string, Operation | readonly Operation[]>>,
  ): FrameLike {
    if (typeof operations === 'string' || typeof operations === 'function' || Array.isArray(operations)) {
      const list = (Array.isArray(operations) ? operations : [operations]) as Operation[];
      const names = this.#values(typeof list[0] === 'string' ? nameOfOperation(list[0]) : 'mean');
      return this.agg(Object.fromEntries(names.map((name) => [name, list])));
    }
    if (typeof operations !== 'object' || operations === null) {
      throw new TypeError("agg(): give an object such as { G3: 'mean', age: ['min', 'max'] }");
    }
    const parts = Object.entries(operations).flatMap(([name, own]) => {
      namesIn(this.frame, name, 'agg()');
      return (Array.isArray(own) ? (own as Operation[]) : [own as Operation]).map((operation) =>
        this.#part(name, operation),
      );
    });
    const running = parts.find((part) => part.cells.length !== this.list.length);
    if (running !== undefined && parts.length > 1)
      throw new TypeError(`agg(): ${running.name} has a value for each row: ask for it alone`);
    return this.#table(parts);
  }

  /** Each group's statistic back at its rows, in the order of the frame; missing where the key is. */
  transform(operation: Operation): FrameLike | SeriesLike {
    const names = this.#values(typeof operation === 'string' ? nameOfOperation(operation) : 'mean');
    const columns = names.map((name) => {
      const cells = new Array<Cell>(this.frame.$data.length).fill(Number.NaN);
      const results = this.#each(name, this.#reducer(operation), false);
      this.list.forEach(({ rows }, g) => {
        for (const [i, r] of rows.entries()) {
          const own = results[g];
          cells[r] = Array.isArray(own) ? (own[i] as Cell) : (own as Cell);
        }
      });
      return cells;
    });
    if (this.chosen?.length === 1) return seriesOf(columns[0]!, this.frame.index, names[0]);
    return frameOf(names, columns, this.frame.index);
  }

  /** Rows of a frame, a Series as one row, or a single value for each group, below one another. */
  apply(callback: (group: FrameLike) => FrameLike | SeriesLike | Cell): FrameLike {
    if (typeof callback !== 'function')
      throw new TypeError('apply(callback): give a function of a group, (group) => group.head(1)');
    const names: string[] = [];
    const records: Record<string, Cell>[] = [];
    for (const { keys, rows } of this.list) {
      const group = takeRows(this.frame, rows);
      const made = callback(this.chosen === undefined ? group : group.loc({ columns: [...this.chosen] }));
      for (const record of recordsOf(made)) {
        const own = new Set(Object.keys(record));
        const named = this.by.map(
          (name, k) =>
            [this.chosen === undefined ? `${name}_Group` : own.has(name) ? `${name}_Group` : name, keys[k]] as const,
        );
        const full = { ...Object.fromEntries(named), ...record };
        for (const name of [...named.map(([key]) => key), ...own]) if (!names.includes(name)) names.push(name);
        records.push(full);
      }
    }
    return frameOf(
      names,
      names.map((name) => records.map((record) => (name in record ? record[name] : Number.NaN))),
    );
  }

  /** The columns an operation is for. */
  #values(operation: string): string[] {
    if (this.chosen !== undefined) return [...this.chosen];
    const onlyNumbers =
      operation !== 'count' && operation !== 'nUnique' && operation !== 'first' && operation !== 'last';
    return this.frame.columns.filter(
      (name, c) => !this.by.includes(name) && (!onlyNumbers || this.frame.dtypes[c] !== 'string'),
    );
  }

  #cells(name: string): readonly Cell[] {
    return this.columns[this.frame.columns.indexOf(name)]!;
  }

  #each<T>(name: string, of: (cells: Cell[], column: string) => T, demand = true): T[] {
    const cells = this.#cells(name);
    const made = this.list.map(({ rows }) =>
      of(
        rows.map((r) => cells[r]),
        name,
      ),
    );
    const odd = made.find((value) => typeof value === 'object' && value !== null);
    if (demand && odd !== undefined)
      throw new TypeError(`agg(): a function of ${name} must return one value for each group`);
    return made;
  }

  #reducer(operation: Operation): (cells: Cell[], column: string) => unknown {
    if (typeof operation === 'function') {
      return (cells) => {
        const made: unknown = operation(withStatistics(cells));
        return isSeries(made) ? made.values : made;
      };
    }
    if (typeof operation !== 'string')
      throw new TypeError(`${shown(operation)} is no group operation: give a name such as 'mean', or a function`);
    const name = nameOfOperation(operation);
    return runningOf(name) ?? STATISTICS[name]!;
  }

  #part(name: string, operation: Operation): { name: string; cells: Cell[] } {
    const of = this.#reducer(operation);
    if (typeof operation === 'function') {
      return {
        name: `${name}_${operation.name === '' || operation.name === name ? 'custom' : operation.name}`,
        cells: this.#each(name, of) as Cell[],
      };
    }
    const named = nameOfOperation(operation);
    const label = `${name}_${operation}`;
    if (runningOf(named) === undefined) return { name: label, cells: this.#each(name, of) as Cell[] };
    return { name: label, cells: (this.#each(name, of, false) as Cell[][]).flat() };
  }

  /** @param operation runs over the columns it is for; the names get its end, as in the package */
  reduced(operation: string): FrameLike {
    const end = runningOf(operation) === undefined ? operation : operation.toLowerCase();
    return this.#table(
      this.#values(operation).map((name) => ({ ...this.#part(name, operation), name: `${name}_${end}` })),
    );
  }

  #table(parts: readonly { name: string; cells: Cell[] }[]): FrameLike {
    const perRow = parts.some((part) => part.cells.length !== this.list.length);
    const keys = this.by.map((_, k) =>
      this.list.flatMap((group) => (perRow ? group.rows.map(() => group.keys[k]) : [group.keys[k]])),
    );
    return frameOf([...this.by, ...parts.map((part) => part.name)], [...keys, ...parts.map((part) => part.cells)]);
  }
}

function recordsOf(made: unknown): Record<string, Cell>[] {
  if (isFrame(made)) return made.$data.map((row) => Object.fromEntries(made.columns.map((name, c) => [name, row[c]])));
  if (!isSeries(made)) {
    if (typeof made !== 'object' || made === null) return [{ applyOps: made as Cell }];
    throw new TypeError('apply(callback): the function must return a frame, a Series or one value');
  }
  if (made.values.length === 1) return [{ applyOps: made.values[0] }];
  return [Object.fromEntries(made.index.map((label, i) => [String(label), made.values[i]]))];
}

for (const name of [
  ...NUMERIC,
  'min',
  'max',
  'count',
  'nUnique',
  'mode',
  'first',
  'last',
  'cumSum',
  'cumProd',
  'cumMin',
  'cumMax',
]) {
  Object.defineProperty(Groupby.prototype, name, {
    value(this: Groupby) {
      return this.reduced(name);
    },
    writable: true,
    configurable: true,
  });
}

onFrames({
  groupby(this: FrameLike, by: string | readonly string[], options: object = {}) {
    demandKeys(options);
    const names = namesIn(this, by, 'groupby(columns)');
    if (names.length === 0) throw new TypeError("groupby(columns): name at least one column, groupby('school')");
    return new Groupby(this, names);
  },
});
