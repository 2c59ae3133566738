// A name that nothing here knows: what pandas, arrays or another library call it, and what it is called here.
import { nearNames } from '#pipeline-core/core/errors.ts';

const ROWS_BY_POSITION = 'rows are chosen by position with iloc({ rows: [0, 1] })';
export const NO_PLOT =
  'a stage draws nothing: write the values with writeCsv() and name the file under `plots` in dvc.yaml';
const NO_WINDOWS = 'here are windows of a number of rows, rolling(3), and cumSum()';
const MASK = "JavaScript cannot compare whole columns: write df.query(df.age.gt(17)), or df.query('age > 17')";
const EACH_ROW = 'write `for (const row of df.toJSON())`, or df.apply((row) => ...)';

/** Name, without underscores and in small letters -> what to do. */
const FRAME: Readonly<Record<string, string>> = {
  length: 'the number of rows is df.shape[0]',
  len: 'the number of rows is df.shape[0]',
  empty: 'write df.shape[0] === 0',
  filter: "write df.query('age > 17'), or df.query((row) => row.age > 17); for columns df.loc({ columns: [...] })",
  select: "write df.loc({ columns: ['age', 'sex'] })",
  map: `for each cell write df.applyMap(...); for each row ${EACH_ROW}`,
  foreach: EACH_ROW,
  iterrows: EACH_ROW,
  itertuples: EACH_ROW,
  reduce: EACH_ROW,
  items: 'write `for (const name of df.columns)` and df.column(name)',
  agg: "write df.groupby('school').agg({ G3: 'mean' }), or df.mean(), df.describe()",
  aggregate: "write df.groupby('school').agg({ G3: 'mean' }), or df.mean(), df.describe()",
  isnull: 'write df.isNa()',
  notnull: 'write df.notNa()',
  todict: 'write df.toJSON(): rows as objects',
  torecords: 'write df.toJSON(): rows as objects',
  tolist: 'write df.values: one array a row',
  toarray: 'write df.values: one array a row',
  tonumpy: 'write df.values: one array a row',
  info: 'write df.dtypes, df.shape and df.describe()',
  insert: 'write df.addColumn(name, values, { atIndex: 0 })',
  pop: 'write df.drop({ columns: [name] })',
  join: "write merge({ left, right, on: ['key'], how: 'left' }) of danfojs",
  merge: "write merge({ left, right, on: ['key'], how: 'left' }) of danfojs",
  concat: 'write concat({ dfList: [a, b], axis: 0 }) of danfojs',
  pivot: "write df.pivotTable({ index: 'school', columns: 'sex', values: 'G3' })",
  crosstab: "write df.pivotTable({ index: 'school', columns: 'sex', values: 'age', aggFunc: 'count' })",
  stack: 'write df.melt({ idVars: [...] })',
  unstack: 'write df.pivotTable({ index, columns, values })',
  cut: 'write df.age.cut([0, 16, 18]), of one column',
  qcut: 'write df.age.qcut(4), of one column',
  plot: NO_PLOT,
  hist: NO_PLOT,
  boxplot: NO_PLOT,
  expanding: NO_WINDOWS,
  ewm: NO_WINDOWS,
  resample: NO_WINDOWS,
  equals: 'write JSON.stringify(a.values) === JSON.stringify(b.values)',
  compare: 'write a.eq(b) of two columns',
  skew: 'write series.map() and mean(): the mean of ((x - mean) / std) ** 3',
  kurt: 'write series.map() and mean(): the mean of ((x - mean) / std) ** 4, less 3',
  interpolate: 'fill with df.ffill(), or one value: df.fillNa({ age: df.age.median() })',
  pad: 'write df.ffill()',
  backfill: 'write df.bfill()',
  toexcel: 'write toCSV(df), or writeCsv(path, df) of workshop',
  toparquet: 'write toCSV(df), or writeCsv(path, df) of workshop',
  reindex: 'write df.loc({ rows: [...labels] })',
  slice: ROWS_BY_POSITION,
  true: MASK,
  false: MASK,
  get: 'write df.column(name)',
  col: 'write df.column(name)',
  eval: 'write df.assign({ total: (d) => d.G1.add(d.G2) })',
  pipe: 'write f(df)',
  any: 'write df.values.flat().some(...)',
  all: 'write df.values.flat().every(...)',
  idxmax: 'write df.nLargest(1, column).index[0]',
  idxmin: 'write df.nSmallest(1, column).index[0]',
  explode: EACH_ROW,
  memoryusage: 'the rows and columns are df.shape',
  keys: 'the names are df.columns',
};

const SERIES: Readonly<Record<string, string>> = {
  length: 'write series.shape[0] or series.values.length',
  len: 'write series.shape[0] or series.values.length',
  filter: 'write series.loc(mask) with a mask such as series.gt(17), or series.values.filter(...)',
  foreach: 'write `for (const value of series)`, or series.values.forEach(...)',
  reduce: 'write series.values.reduce(...)',
  some: 'write series.values.some(...)',
  every: 'write series.values.every(...)',
  join: 'write series.values.join(...)',
  slice: 'write series.iloc([0, 1]), or series.values.slice(...)',
  includes: 'write series.isIn([value]), or series.values.includes(value)',
  tolist: 'write series.values',
  toarray: 'write series.values',
  tonumpy: 'write series.values',
  item: 'write series.values[0]',
  isnull: 'write series.isNa()',
  notnull: 'write series.notNa()',
  groupby: "write df.groupby('school').col('G3').mean(), of the frame",
  plot: NO_PLOT,
  hist: NO_PLOT,
  expanding: NO_WINDOWS,
  ewm: NO_WINDOWS,
  equals: 'write a.eq(b).values.every(Boolean)',
  compare: 'write a.eq(b)',
  interpolate: 'fill with series.ffill(), or one value: series.fillNa(series.median())',
  pad: 'write series.ffill()',
  backfill: 'write series.bfill()',
  log: 'write series.map(Math.log)',
  log1p: 'write series.map(Math.log1p)',
  exp: 'write series.map(Math.exp)',
  sqrt: 'write series.map(Math.sqrt)',
  floor: 'write series.map(Math.floor)',
  ceil: 'write series.map(Math.ceil)',
  any: 'write series.values.some(Boolean)',
  all: 'write series.values.every(Boolean)',
  agg: 'write series.mean(), series.max() ... or series.describe()',
  aggregate: 'write series.mean(), series.max() ... or series.describe()',
  idxmax: 'write series.index[series.argMax()]',
  idxmin: 'write series.index[series.argMin()]',
  nlargest: 'write series.sortValues({ ascending: false }).head(5)',
  nsmallest: 'write series.sortValues().head(5)',
  skew: 'the shape of a column is in series.describe()',
  kurt: 'the shape of a column is in series.describe()',
  sem: 'write series.std() / Math.sqrt(series.count())',
  concat: 'write concat({ dfList: [a, b], axis: 0 }) of danfojs',
  hasnans: 'write series.isNa().sum() > 0',
  name: 'its name is series.columns',
  toframe: 'write new DataFrame({ name: series })',
  tofixed: 'write series.round(2)',
};

const TEXT: Readonly<Record<string, string>> = {
  lower: 'write str.toLowerCase()',
  upper: 'write str.toUpperCase()',
  strip: 'write str.trim()',
  contains: 'write str.includes(part)',
  length: 'write str.len()',
  slice: 'write series.map((text) => text.slice(...))',
  match: 'write series.map((text) => /pattern/.test(text))',
  split: 'write series.map((text) => text.split(" ")[0])',
};

const DATES: Readonly<Record<string, string>> = {
  day: 'write dt.dayOfMonth()',
  weekday: 'write dt.dayOfWeek(): Monday is 0',
  dayofweek: 'write dt.dayOfWeek(): Monday is 0',
  dayname: 'write dt.dayOfWeekName()',
  monthname: 'write dt.monthName()',
  hour: 'write dt.hours()',
  minute: 'write dt.minutes()',
  second: 'write dt.seconds()',
  quarter: 'write dt.month().map((month) => Math.ceil(month / 3))',
  values: 'write .date() for days as texts, or .year(), .month() ...',
  strftime: 'write series.map((text) => ...), or dt.date() for days such as 2020-01-31',
};

const GROUPS: Readonly<Record<string, string>> = {
  describe: "write agg({ G3: ['count', 'mean', 'std', 'min', 'median', 'max'] })",
  head: 'write apply((group) => group.head(1))',
  tail: 'write apply((group) => group.tail(1))',
  nth: 'write apply((group) => group.iloc({ rows: [0] }))',
  rank: 'write transform((values) => values.rank()) of a column',
  shift: 'write transform((values) => values.shift(1)) of a column',
  diff: 'write transform((values) => values.diff()) of a column',
  filter: "write df.query(df.groupby('school').col('G3').transform('mean').gt(10))",
  cumcount: 'write transform((values) => values.map((_, i) => i)) of a column',
  valuecounts: "write df.groupby(['school', 'sex']).size()",
  sample: 'write apply((group) => group.sample(3, { seed: 1 }))',
  keys: 'the names of the groups are in groups',
};

const WINDOWS: Readonly<Record<string, string>> = {
  apply: 'for other statistics write series.map((_, i) => ...) with the values themselves',
  agg: 'write one of them, rolling(3).mean()',
  aggregate: 'write one of them, rolling(3).mean()',
  count: 'write series.notNa().asType("int32").rolling(3, { minPeriods: 0 }).sum()',
  values: 'name a statistic first: rolling(3).mean().values',
};

export type Kind = 'frame' | 'series' | 'groups' | 'windows' | 'text' | 'dates';
const TITLES: Readonly<Record<Kind, string>> = {
  frame: 'A DataFrame',
  series: 'A Series',
  groups: 'A groupby',
  windows: 'rolling()',
  text: 'series.str',
  dates: 'series.dt',
};
const TABLES: Readonly<Partial<Record<Kind, Readonly<Record<string, string>>>>> = {
  frame: FRAME,
  series: SERIES,
  groups: GROUPS,
  windows: WINDOWS,
  text: TEXT,
  dates: DATES,
};

/** @param columns of a frame; [] for the others. @param methods what there is. */
export function absentName(
  kind: Kind,
  name: string,
  { columns, methods }: { columns: readonly string[]; methods: readonly string[] },
): string {
  const shownName = name.slice(0, 60);
  // A frame or Series as an index is turned into its table's text.
  if (name.includes('\n')) return 'df[...] takes the name of a column. To choose rows by a mask write df.query(mask)';
  const has =
    columns.length > 0 || kind === 'frame' ? `has no column or method ${shownName}` : `has no method ${shownName}`;
  const says = `${TITLES[kind]} ${has}`;
  const plain = name.replaceAll('_', '').toLowerCase();
  const table = TABLES[kind];
  if (table !== undefined && Object.hasOwn(table, plain)) return `${says}: ${table[plain]}`;
  if (/^-?\d+$/.test(name)) {
    return kind === 'series'
      ? `${says}: write series.iat(${name}) or series.values[${name}]`
      : `${says}: ${ROWS_BY_POSITION}, columns by name`;
  }
  const parts = name.split(',');
  if (kind === 'frame' && parts.length > 1 && parts.every((part) => columns.includes(part))) {
    return `${says}: several columns are df.loc({ columns: [${parts.map((part) => `'${part}'`).join(', ')}] })`;
  }
  const same = methods.filter((method) => method.toLowerCase() === plain);
  const near = same.length > 0 ? same : nearNames(name, [...columns, ...methods]);
  if (near.length > 0) {
    return `${says}. Did you mean ${near.map((one) => (columns.includes(one) ? one : `${one}()`)).join(' or ')}?`;
  }
  const alike = nearNames(plain, Object.keys(table ?? {}), 1)[0];
  if (alike !== undefined) return `${says}. Did you mean ${alike}? Then ${table![alike]}`;
  if (kind === 'series') return `${says}. Completion in the editor lists what it has: type \`series.\``;
  if (kind !== 'frame') return `${says}. It has ${methods.join(', ')}`;
  return columns.length === 0
    ? `${says}, and no columns at all.`
    : `${says}. Its columns are ${columns.slice(0, 40).join(', ')}.`;
}

/** Methods of the package that are its own affair. */
const INNER = new Set([
  ...Object.getOwnPropertyNames(Object.prototype),
  'cumOps',
  'boolOps',
  'loadArrayIntoNdframe',
  'loadObjectIntoNdframe',
  'reduced',
]);

/** Names of methods and getters of an object, without what is inside (`$...`). */
export function methodsOf(object: object): string[] {
  const names = new Set<string>();
  let at: object | null = Object.getPrototypeOf(object) as object | null;
  for (let depth = 0; at !== null && at !== Object.prototype && depth < 2; depth++) {
    for (const name of Object.getOwnPropertyNames(at)) if (!name.startsWith('$') && !INNER.has(name)) names.add(name);
    at = Object.getPrototypeOf(at) as object | null;
  }
  return [...names];
}
