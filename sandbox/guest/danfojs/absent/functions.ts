// What pandas and danfojs themselves have beside DataFrame and Series, and what is written here.
// Invariant: each answers with the way however it is used: called, made with `new`, or asked for what is in it.

/** What to write -> the names of pandas for it; each is known in JavaScript's spelling, too. */
const WAYS: readonly (readonly [way: string, names: string])[] = [
  ['new Series([1, 2, 3])', 'array'],
  ["dateRange({ start: '2020-01-01', period: 12, freq: 'D' }) and leave the weekends out", 'bdate_range'],
  ["dateRange({ start: '2020-01-01', period: 12, freq: 'M' })", 'date_range period_range'],
  [
    'console.log(df.head(20)): how much the log shows is its own matter',
    'describe_option set_option get_option reset_option option_context set_eng_float_format options',
  ],
  ['new LabelEncoder()', 'factorize'],
  ['series.map(...) of the columns', 'from_dummies'],
  ["getDummies(df, { columns: ['school'] })", 'get_dummies'],
  ['toDateTime(df.date), and what you know of the dates', 'infer_freq'],
  ['the edges themselves, [0, 5, 10], for cut()', 'interval_range Interval IntervalIndex IntervalDtype'],
  ['df.isNa()', 'isna isnull isNa isNull'],
  ['df.notNa()', 'notna notnull notNa notNull'],
  ['new DataFrame(rows.map((row) => ({ ... })))', 'json_normalize'],
  ["df.melt({ idVars: ['school'] })", 'lreshape melt wide_to_long'],
  ["merge({ left, right, on: ['key'], how: 'left' })", 'merge_asof'],
  ["merge({ left, right, on: ['key'], how: 'outer' }) and sortValues()", 'merge_ordered'],
  ["df.pivotTable({ index: 'school', columns: 'sex', values: 'G3' })", 'pivot pivot_table'],
  ['the numbers of days or hours', 'timedelta_range'],
  ['toDateTime(df.date)', 'to_datetime toDatetime'],
  ['series.map(Number)', 'to_numeric'],
  ['the number of days or hours', 'to_timedelta Timedelta TimedeltaIndex DateOffset'],
  ['series.unique()', 'unique'],
  ['series.valueCounts()', 'value_counts'],
  [
    "the table as CSV, read by readCsv('data/table.csv') of workshop",
    'read_excel read_parquet read_feather read_html read_xml read_pickle read_sql read_sql_query read_sql_table read_table read_fwf read_clipboard read_hdf read_orc read_sas read_spss read_stata read_gbq read_iceberg ExcelFile HDFStore readSQL',
  ],
  ["readCsv('data/table.csv') of workshop", 'read_csv stream_csv readCsv'],
  ["new DataFrame(readJson('data/rows.json')) of workshop", 'read_json readJSON'],
  ['writeJson(path, value) of workshop', 'to_pickle'],
  ['toCSV(df), or writeCsv(path, df) of workshop', 'to_excel ExcelWriter'],
  [
    'new Date(text), or toDateTime(df.date) for a column',
    'Timestamp DatetimeIndex Period PeriodIndex PeriodDtype DatetimeTZDtype',
  ],
  ['the texts themselves, or getDummies(df)', 'Categorical CategoricalIndex CategoricalDtype'],
  ['the labels as a list: new DataFrame(data, { index: [...] })', 'Index MultiIndex RangeIndex IndexSlice'],
  ["df.groupby('school').agg({ G3: ['mean', 'max'] })", 'Grouper NamedAgg'],
  [
    "series.asType('int32'), 'float32', 'string' or 'boolean'",
    'StringDtype BooleanDtype Int8Dtype Int16Dtype Int32Dtype Int64Dtype UInt8Dtype UInt16Dtype UInt32Dtype UInt64Dtype Float32Dtype Float64Dtype SparseDtype ArrowDtype',
  ],
  ['a function of the frame: df.assign({ total: (d) => d.G1.add(d.G2) })', 'col'],
  ['the values with writeCsv() and name the file under `plots` in dvc.yaml', 'plotting'],
  ['the models of pipeline-core', 'tensorflow'],
  ['what pipeline-core has, or a function of your own', 'Utils'],
  [
    'what `danfojs` itself has; completion in the editor lists it',
    'show_versions Flags api arrays compat util core errors io offsets testing test tseries',
  ],
  ['crosstab(df.school, df.sex)', 'crossTab'],
];

const inCamelCase = (name: string): string => name.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());

/** Of any object: a console, a test or `await` asks for these. */
const ASKED = new Set([
  'then',
  'toJSON',
  'constructor',
  'prototype',
  'name',
  'length',
  'default',
  '__esModule',
  'inspect',
]);

function absent(name: string, way: string): unknown {
  const refuse = (brackets = ''): never => {
    throw new TypeError(`danfojs has no ${name}${brackets}: write ${way}`);
  };
  // A class: an arrow function would not ask `construct`.
  return new Proxy(class {}, {
    apply: () => refuse('()'),
    construct: () => refuse('()'),
    set: () => refuse(),
    get: (target, key, receiver) =>
      typeof key === 'symbol' || ASKED.has(key) ? Reflect.get(target, key, receiver) : refuse(),
  });
}

/** By name. */
export const ABSENT_FUNCTIONS: Readonly<Record<string, unknown>> = Object.fromEntries(
  WAYS.flatMap(([way, names]) =>
    names
      .split(' ')
      .flatMap((name) => [...new Set([name, inCamelCase(name)])].map((each) => [each, absent(each, way)])),
  ),
);
