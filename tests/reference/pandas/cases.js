// The cases of write-expected.py, asked of danfojs as a stage sees it. Plain JavaScript: it also runs inside the isolate.

const NONE = NaN;

const series = (d) => ({
  numbers: new d.Series([3, NONE, 1, 2, 3, null, 7.5]),
  empty: new d.Series([]),
  missing: new d.Series([NONE, undefined]),
  single: new d.Series([5]),
});
const words = (d) => new d.Series(['b', null, 'a', 'b', 'c']);
const students = (d) =>
  new d.DataFrame({
    school: ['GP', 'MS', 'GP', null, 'MS', 'GP', 'GP'],
    sex: ['F', 'M', 'M', 'F', 'M', 'F', 'F'],
    age: [17, NONE, 15, 16, 18, 15, 17],
    G3: [10, 12, undefined, 8, null, 15, 10],
  });
const numbersOf = (d) => students(d).loc({ columns: ['age', 'G3'] });

const STATISTICS = ['mean', 'median', 'std', 'var', 'min', 'max', 'sum', 'prod', 'count'];
const GROUPED = { mean: 'mean', sum: 'sum', median: 'median', std: 'std', var: 'var', min: 'min', max: 'max', count: 'count', nunique: 'nUnique', first: 'first', last: 'last', prod: 'prod' };

function ofSeries(name, s, out) {
  for (const method of STATISTICS) out[`${name} ${method}`] = () => s[method]();
  out[`${name} nunique`] = () => s.nUnique();
  out[`${name} quantiles`] = () => s.quantile([0, 0.1, 0.25, 0.5, 0.9, 1]);
  out[`${name} describe`] = () => s.describe();
  for (const method of ['cumSum', 'cumProd', 'cumMin', 'cumMax']) out[`${name} ${method.toLowerCase()}`] = () => s[method]();
  for (const method of ['average', 'min', 'max', 'first', 'dense']) {
    for (const na of ['keep', 'top', 'bottom']) out[`${name} rank ${method} ${na}`] = () => s.rank({ method, naOption: na });
  }
  out[`${name} rank descending`] = () => s.rank({ ascending: false });
  out[`${name} rank pct`] = () => s.rank({ pct: true });
  out[`${name} shift`] = () => [s.shift(2), s.shift(-1), s.shift(1, { fillValue: 0 })];
  out[`${name} diff`] = () => [s.diff(), s.diff(-2)];
  out[`${name} clip`] = () => [s.clip(2, 3), s.clip({ lower: 2 }), s.clip({ upper: 2 })];
  out[`${name} sorted`] = () => [s.sortValues(), s.sortValues({ ascending: false }), s.sortValues({ naPosition: 'first' })];
  out[`${name} duplicates`] = () => [s.dropDuplicates(), s.dropDuplicates({ keep: 'last' }), s.duplicated({ keep: false })];
  out[`${name} compare`] = () => [s.gt(2), s.le(2), s.eq(3), s.ne(3)];
  out[`${name} calculate`] = () => [s.add(1), s.div(2), s.mod(2), s.mul(s)];
  out[`${name} missing`] = () => [s.isNa(), s.notNa(), s.fillNa(9), s.dropNa()];
  for (const method of ['mean', 'sum', 'min', 'max', 'median', 'std', 'var']) {
    out[`${name} rolling ${method}`] = () => [s.rolling(3)[method](), s.rolling(2, { minPeriods: 1 })[method](), s.rolling(4, { minPeriods: 0 })[method]()];
  }
  out[`${name} where`] = () => [s.where(s.gt(2)), s.where(s.gt(2), 0), s.mask(s.gt(2)), s.mask((v) => v.le(2), s.mul(10))];
  out[`${name} filled on`] = () => [s.ffill(), s.bfill(), s.ffill({ limit: 1 }), s.shift(2).bfill({ limit: 1 })];
  out[`${name} cov`] = () => [s.cov(s), s.cov(s.mul(-2)), s.cov(s.shift(1))];
  out[`${name} is in`] = () => [s.isIn([3, 1]), s.isIn([NaN]), s.between(2, 3)];
}

export function casesOf(d) {
  const out = {};
  const all = series(d);
  for (const [name, s] of Object.entries(all)) ofSeries(name, s, out);
  const { numbers } = all;
  const w = words(d);
  const df = students(d);
  const num = numbersOf(d);
  Object.assign(out, {
    'words sorted': () => w.sortValues(),
    'words min max': () => [w.min(), w.max()],
    'words counts': () => [w.count(), w.nUnique(), w.valueCounts().values],
    'words mode': () => w.mode(),
    'words describe': () => w.describe(),
    'words map': () => w.map({ a: 1, b: 2 }),
    'words is in': () => [w.isIn(['b']), w.isNa()],
    'numbers mode': () => numbers.mode(),
    'numbers value counts': () => [numbers.valueCounts({ normalize: true }).values[0], numbers.valueCounts().values],
    flags: () => {
      const f = new d.Series([true, false, true]);
      return [f.sum(), f.mean(), f.map({ true: 'yes', false: 'no' })];
    },
    'frame sorted': () => df.sortValues('G3'),
    'frame sorted descending': () => df.sortValues('age', { ascending: false }),
    'frame sorted by two': () => df.sortValues(['school', 'age'], { ascending: [true, false] }),
    'frame nunique': () => df.nUnique(),
    'frame nunique rows': () => df.nUnique(1),
    'frame mean rows': () => num.mean({ axis: 1 }),
    'frame quantile': () => num.quantile(0.3),
    'frame quantiles': () => num.quantile([0.25, 0.75]),
    'frame describe': () => df.describe(),
    'frame cumsum': () => num.cumSum(),
    'frame cummax rows': () => num.cumMax({ axis: 1 }),
    'frame rank': () => num.rank(),
    'frame clip': () => num.clip(9, 16),
    'frame shift': () => df.shift(1),
    'frame diff': () => num.diff(),
    'frame is in': () => [df.isIn(['GP', 15]), df.isIn({ age: [15] })],
    'frame corr': () => num.corr(),
    'frame cov': () => num.cov(),
    'frame rolling': () => [num.rolling(2).mean(), num.rolling(3, { minPeriods: 1 }).max()],
    'frame where': () => [num.where(num.gt(15)), num.where(num.age.gt(15), 0), num.mask(num.gt(15), num.mul(-1)), df.where(df.sex.eq('F'), '?')],
    'frame filled on': () => [df.ffill(), df.bfill({ limit: 1 })],
    'words filled on': () => [w.ffill(), w.bfill(), w.where(w.eq('b'), 'z')],
    'frame query': () => df.query('age > 16'),
    'frame query text': () => df.query('school == "GP" and age <= 16 or sex == "M" and not G3 > 11'),
    'frame query in': () => df.query('age in [15, 18] and school != "MS"'),
    'frame query chain': () => df.query('15 < age <= 17'),
    'frame query sums': () => df.query('age + G3 * 2 >= 37 - 1 and age % 2 == 1'),
    'frame query missing': () => df.query('G3 != 10'),
    'frame drop duplicates': () => [
      df.dropDuplicates({ subset: ['sex', 'school'] }),
      df.dropDuplicates({ subset: 'sex', keep: 'last' }),
      df.dropDuplicates({ subset: ['sex', 'age', 'G3'], keep: false }),
    ],
    'frame heads': () => [0, 2, -2, -9, 99].flatMap((n) => [df.head(n).index, df.tail(n).index, numbers.head(n), numbers.tail(n)]),
    'frame slices': () => ['-2:', ':-5', '1:3', '-99:2', '5:99', '3:1', ':'].map((rows) => df.iloc({ rows: [rows] }).index),
    'series shape': () => [numbers.shape, numbers.size, num.shape, num.size],
    crosstab: () => [d.crosstab(df.school, df.sex), d.crosstab(df.sex, df.G3), d.crosstab(df.age.sortValues(), df.school)],
    dates: () => {
      const dates = d.toDateTime(['2020-01-05', '2021-02-28', null, '2024-02-29', '2022-12-31T23:59:07']).dt;
      return ['year', 'month', 'dayOfMonth', 'dayOfWeek', 'hours', 'minutes', 'seconds', 'monthName', 'dayOfWeekName', 'date'].map((part) => dates[part]());
    },
    'frame assign': () => df.assign({ older: (f) => f.age.add(1), sum: (f) => f.older.add(f.G3), one: 1 }),
    'frame melt': () => df.melt({ idVars: ['school'], valueVars: ['age', 'G3'] }),
    'frame melt names': () => num.melt({ varName: 'what', valueName: 'number' }),
    'frame drop na': () => [df.dropNa(), df.dropNa({ subset: 'age' })],
    'frame fill na': () => df.fillNa({ age: 0, school: 'none' }),
    'group all columns': () => df.loc({ columns: ['school', 'age', 'G3'] }).groupby('school').mean().rename({ age_mean: 'age', G3_mean: 'G3' }),
    'group size': () => df.groupby('school').size(),
    'group quantile': () => df.groupby('school').col('age').quantile(0.25).rename({ age_quantile: 'age' }),
    'group transform': () => df.groupby('school').col('G3').transform('mean'),
    'group cumsum': () => df.query((row) => row.school !== null).sortIndex().groupby('school').col('age').transform('cumSum'),
    'group agg': () => df.groupby('school').agg({ G3: ['min', 'max'], age: 'mean' }).values,
    'group get': () => df.groupby('school').getGroup('MS'),
    pivot: () => df.pivotTable({ index: 'school', columns: 'sex', values: 'G3' }),
    'pivot median': () => df.pivotTable({ index: 'sex', columns: 'school', values: 'age', aggFunc: 'median', fillValue: 0 }),
    'pivot one way': () => df.pivotTable({ index: 'school', values: ['age'], aggFunc: 'max' }),
    'cut edges': () => d.cut(numbers, [0, 2, 5, 10]),
    'cut left': () => d.cut(numbers, [1, 3, 7.5], { right: false }),
    'cut lowest': () => d.cut(numbers, [1, 3, 7.5], { includeLowest: true }),
    'cut count': () => numbers.cut(3),
    'cut count left': () => numbers.cut(4, { right: false }),
    'cut labels': () => numbers.cut([0, 2, 5, 10], { labels: ['low', 'mid', 'high'] }),
    'cut codes': () => numbers.cut(4, { labels: false }),
    'cut constant': () => d.cut([4, 4], 2, { labels: false }),
    'cut small numbers': () => d.cut([0.01, 0.025, 0.09], 2),
    qcut: () => d.qcut(numbers, 2),
    'qcut codes': () => numbers.qcut([0, 0.3, 0.8, 1], { labels: false }),
    dummies: () => d.getDummies(df.loc({ columns: ['school', 'age'] }).fillNa({ age: 0 }), { columns: 'school' }).loc({ columns: ['age', 'school_GP', 'school_MS'] }),
  });
  for (const [how, method] of Object.entries(GROUPED)) {
    out[`group ${how}`] = () => df.groupby('school').col('G3')[method]();
    out[`group two keys ${how}`] = () => df.groupby(['school', 'sex']).col(['age'])[method]();
  }
  const a = new d.DataFrame({ k: ['x', 'y', 'y', 'z'], n: [1, 2, 3, 4] });
  const b = new d.DataFrame({ k: ['y', 'x', 'w'], m: [10, 20, 30] });
  for (const how of ['inner', 'left', 'right']) out[`merge ${how}`] = () => d.merge({ left: a, right: b, on: 'k', how });
  return out;
}

/** Name -> the answer: a frame as [columns, rows], a Series as its values, missing as null. */
export function answers(d) {
  const out = {};
  for (const [name, ask] of Object.entries(casesOf(d))) {
    try {
      out[name] = plain(ask());
    } catch (error) {
      out[name] = { throws: String(error.message) };
    }
  }
  return out;
}

function plain(value) {
  if (value === null || value === undefined || Number.isNaN(value)) return null;
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value !== 'object') return value;
  return value.$isSeries ? value.values.map(plain) : [value.columns, value.values.map((row) => row.map(plain))];
}
