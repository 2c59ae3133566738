// What a workshop does with danfojs, as small questions with plain answers. The same file runs on the real package
// (write-expected.mjs) and in the isolate (tests/sandbox/child/danfojs.test.ts). Plain JavaScript that is TypeScript too.

const rows = [
  ['GP', 'F', 18, 2, 4, 5, 6, 6, 'teacher'],
  ['GP', 'M', 17, 2, 0, 5, 5, 6, 'other'],
  ['MS', 'F', 15, 3, 10, 7, 8, 10, 'other'],
  ['GP', 'F', 15, 1, 2, 15, 14, 15, 'services'],
  ['MS', 'M', 16, 2, 4, 6, 10, 10, 'health'],
  ['GP', 'M', 16, 2, 10, 15, 15, 15, 'services'],
  ['GP', 'F', 19, 4, 0, 12, 12, 11, 'at_home'],
  ['MS', 'M', 17, 1, 6, 6, 5, 6, 'teacher'],
];
const columns = ['school', 'sex', 'age', 'studytime', 'absences', 'G1', 'G2', 'G3', 'Mjob'];
const make = (dfd) => new dfd.DataFrame(rows.map((row) => row.slice()), { columns: columns.slice() });
const numeric = (dfd) => make(dfd).loc({ columns: ['age', 'G1', 'G2', 'G3'] });
const gaps = (dfd) => new dfd.DataFrame({ a: [1, NaN, 3, 4], b: ['x', undefined, 'z', 'w'] });
const table = (df) => [df.columns, df.index, df.values];
const list = (s) => [s.index, s.values];

export const probes = {
  'shape': (d) => make(d).shape,
  'columns': (d) => make(d).columns,
  'index': (d) => make(d).index,
  'dtypes': (d) => make(d).dtypes,
  'size and ndim': (d) => [make(d).size, make(d).ndim],
  'from object of columns': (d) => table(new d.DataFrame({ a: [1, 2], b: ['x', 'y'] })),
  'from rows of objects': (d) => table(new d.DataFrame([{ a: 1, b: 'x' }, { a: 2, b: 'y' }])),
  'from rows with index': (d) => table(new d.DataFrame([[1, 2], [3, 4]], { columns: ['a', 'b'], index: ['r', 's'] })),
  'empty frame': (d) => new d.DataFrame([]).shape,
  'float dtype': (d) => new d.DataFrame({ a: [1.5, 2.25] }).dtypes,
  'mixed dtype': (d) => new d.DataFrame({ a: [1, 'x', 2.5] }).dtypes,
  'boolean dtype': (d) => new d.DataFrame({ a: [true, false] }).dtypes,
  'column by name': (d) => list(make(d)['G3']),
  'column()': (d) => list(make(d).column('age')),
  'head': (d) => table(make(d).head(3)),
  'tail': (d) => table(make(d).tail(2)),
  'loc columns': (d) => table(make(d).loc({ columns: ['age', 'sex'] })),
  'loc rows by mask': (d) => { const df = make(d); return table(df.loc({ rows: df['age'].gt(16), columns: ['age', 'sex'] })); },
  'loc rows by label': (d) => table(make(d).loc({ rows: [1, 3] })),
  'iloc rows': (d) => table(make(d).iloc({ rows: [5, 0] })),
  'iloc slice': (d) => table(make(d).iloc({ rows: ['2:4'] })),
  'iloc columns': (d) => table(make(d).iloc({ columns: [0, 2] })),
  'at and iat': (d) => [make(d).at(1, 'age'), make(d).iat(2, 0)],
  'query': (d) => { const df = make(d); return table(df.query(df['age'].gt(17))); },
  'query and': (d) => { const df = make(d); return table(df.query(df['age'].gt(15).and(df['sex'].eq('F')))); },
  'query or': (d) => { const df = make(d); return df.query(df['age'].lt(16).or(df['absences'].eq(0))).index; },
  'drop columns': (d) => make(d).drop({ columns: ['G1', 'G2'] }).columns,
  'drop rows': (d) => make(d).drop({ index: [0, 2] }).index,
  'drop in place': (d) => { const df = make(d); df.drop({ columns: ['G1'], inplace: true }); return df.columns; },
  'addColumn': (d) => { const df = make(d); return table(df.addColumn('twice', df['G1'].mul(2)).loc({ columns: ['twice'] })); },
  'addColumn in place': (d) => { const df = make(d); df.addColumn('q', df['G1'], { inplace: true }); return [df.columns, df['q'].values]; },
  'rename': (d) => make(d).rename({ G3: 'final' }).columns,
  'rename in place': (d) => { const df = make(d); df.rename({ G3: 'final' }, { inplace: true }); return df.columns; },
  'sortValues': (d) => make(d).sortValues('G3').index,
  'sortValues descending': (d) => make(d).sortValues('absences', { ascending: false })['absences'].values,
  'sortIndex': (d) => make(d).sortValues('G3').sortIndex().index,
  'setIndex': (d) => new d.DataFrame({ a: [1, 2], k: ['x', 'y'] }).setIndex({ column: 'k' }).index,
  'resetIndex': (d) => make(d).iloc({ rows: [5, 3] }).resetIndex().index,
  'replace': (d) => make(d).replace('F', 'W', { columns: ['sex'] })['sex'].values,
  'asType': (d) => make(d).asType('G3', 'string').dtypes,
  'transpose': (d) => numeric(d).T.shape,
  'isNa': (d) => gaps(d).isNa().values,
  'fillNa': (d) => gaps(d).fillNa(0, { columns: ['a'] })['a'].values,
  'dropNa rows': (d) => gaps(d).dropNa({ axis: 1 }).values,
  'nUnique': (d) => make(d).nUnique(0).values,
  'frame add number': (d) => numeric(d).add(1).values,
  'frame sub frame': (d) => numeric(d).sub(numeric(d)).values,
  'frame div': (d) => numeric(d).div(2).values,
  'frame pow': (d) => numeric(d).pow(2).values,
  'frame mod': (d) => numeric(d).mod(4).values,
  'frame gt': (d) => numeric(d).gt(10).values,
  'frame eq': (d) => numeric(d).eq(15).values,
  'frame abs': (d) => numeric(d).sub(10).abs().values,
  'frame round': (d) => numeric(d).div(3).round(2).values,
  'mean of columns': (d) => list(numeric(d).mean({ axis: 0 })),
  'mean of rows': (d) => list(numeric(d).mean({ axis: 1 })),
  'median of columns': (d) => numeric(d).median({ axis: 0 }).values,
  'std of columns': (d) => numeric(d).std({ axis: 0 }).values,
  'var of columns': (d) => numeric(d).var({ axis: 0 }).values,
  'min and max of columns': (d) => [numeric(d).min({ axis: 0 }).values, numeric(d).max({ axis: 0 }).values],
  'sum of columns': (d) => numeric(d).sum({ axis: 0 }).values,
  'count of columns': (d) => numeric(d).count({ axis: 0 }).values,
  'mode of columns': (d) => numeric(d).mode({ axis: 0 }).values,
  'describe': (d) => table(make(d).describe()),
  'cumSum': (d) => numeric(d).cumSum({ axis: 0 }).values,
  'apply rows': (d) => numeric(d).apply((r) => r[0] + r[1], { axis: 1 }).values,
  'apply columns': (d) => numeric(d).apply((c) => c[0], { axis: 0 }).values,
  'applyMap': (d) => numeric(d).applyMap((x) => x * 10).values,
  'selectDtypes': (d) => make(d).selectDtypes(['string']).columns,
  'groupby mean': (d) => table(make(d).groupby(['school']).col(['G3']).mean()),
  'groupby two keys': (d) => table(make(d).groupby(['school', 'sex']).col(['G3']).sum()),
  'groupby agg': (d) => table(make(d).groupby(['school']).agg({ G3: 'mean', age: 'max' })),
  'groupby count': (d) => table(make(d).groupby(['sex']).col(['G3']).count()),
  'groupby std': (d) => table(make(d).groupby(['sex']).col(['G3']).std()),
  'groupby getGroup': (d) => make(d).groupby(['school']).getGroup(['MS']).values,
  'groupby apply': (d) => table(make(d).groupby(['school']).apply((g) => g.head(1))),
  'merge inner': (d) => table(d.merge({ left: new d.DataFrame({ k: [1, 2, 3], a: [4, 5, 6] }), right: new d.DataFrame({ k: [1, 3], b: [7, 8] }), on: ['k'], how: 'inner' })),
  'merge left': (d) => table(d.merge({ left: new d.DataFrame({ k: [1, 2], a: [4, 5] }), right: new d.DataFrame({ k: [1], b: [7] }), on: ['k'], how: 'left' })),
  'concat rows': (d) => table(d.concat({ dfList: [make(d).head(2), make(d).tail(2)], axis: 0 })),
  'concat columns': (d) => table(d.concat({ dfList: [new d.DataFrame({ a: [1, 2] }), new d.DataFrame({ b: [3, 4] })], axis: 1 })),
  'getDummies one column': (d) => d.getDummies(make(d), { columns: ['sex'] }).columns,
  'getDummies values': (d) => d.getDummies(make(d).loc({ columns: ['age', 'sex'] }), { columns: ['sex'] }).values,
  'LabelEncoder': (d) => { const e = new d.LabelEncoder(); e.fit(make(d)['sex']); return e.transform(make(d)['sex']).values; },
  'OneHotEncoder': (d) => { const e = new d.OneHotEncoder(); e.fit(['a', 'b', 'a']); return e.transform(['b', 'a']); },
  'StandardScaler': (d) => new d.StandardScaler().fit(numeric(d)).transform(numeric(d)).values,
  'StandardScaler there and back': (d) => { const s = new d.StandardScaler().fit(numeric(d)); return s.inverseTransform(s.transform(numeric(d))).values; },
  'MinMaxScaler': (d) => new d.MinMaxScaler().fit(numeric(d)).transform(numeric(d)).values,
  'Series add and div': (d) => make(d)['G1'].add(make(d)['G2']).add(make(d)['G3']).div(3).values,
  'Series mean median mode': (d) => [make(d)['G3'].mean(), make(d)['G3'].median(), make(d)['G3'].mode()],
  'Series std var': (d) => [make(d)['G3'].std(), make(d)['G3'].var()],
  'Series min max sum count': (d) => { const s = make(d)['G3']; return [s.min(), s.max(), s.sum(), s.count()]; },
  'Series unique': (d) => make(d)['Mjob'].unique().values,
  'Series valueCounts': (d) => list(make(d)['Mjob'].valueCounts()),
  'Series map': (d) => make(d)['sex'].map({ F: 0, M: 1 }).values,
  'Series apply': (d) => make(d)['G3'].apply((x) => x + 0.5).values,
  'Series replace': (d) => make(d)['sex'].replace('F', 'W').values,
  'Series fillNa': (d) => gaps(d)['a'].fillNa(9).values,
  'Series isNa': (d) => gaps(d)['b'].isNa().values,
  'Series sortValues': (d) => make(d)['G3'].sortValues().values,
  'Series argMax argMin': (d) => [make(d)['G3'].argMax(), make(d)['G3'].argMin()],
  'Series cumSum': (d) => make(d)['G3'].cumSum().values,
  'Series comparisons': (d) => [make(d)['G3'].ge(10).values, make(d)['G3'].ne(6).values],
  'Series str': (d) => make(d)['Mjob'].str.toUpperCase().values,
  'Series head iloc': (d) => [make(d)['G3'].head(2).values, make(d)['G3'].iloc([1, 2]).values],
  'mean skips missing': (d) => gaps(d)['a'].mean(),
  'missing columns in describe': (d) => gaps(d).describe().values,
};

/** Everything a probe may answer, as JSON: NaN and undefined by name. */
export async function answers(dfd) {
  const out = {};
  for (const [name, probe] of Object.entries(probes)) {
    try {
      out[name] = plain(await probe(dfd));
    } catch (error) {
      out[name] = { throws: String(error.message) };
    }
  }
  return out;
}

function plain(value) {
  if (value === undefined) return 'undefined';
  if (typeof value === 'number' && !Number.isFinite(value)) return String(value);
  if (Array.isArray(value) || ArrayBuffer.isView(value)) return Array.from(value, plain);
  return value;
}
