"""Writes expected.json: what pandas (1.5 and 3.0 alike) answers to the cases that cases.js asks danfojs in the sandbox.

Run by hand after a case is added: python3 write-expected.py
A frame is [columns, rows], a Series its values; a missing value is null, an interval its text.
"""
import json
import math
import pathlib

import numpy as np
import pandas as pd

HERE = pathlib.Path(__file__).parent
nan = np.nan


def students():
    return pd.DataFrame(
        {
            'school': ['GP', 'MS', 'GP', None, 'MS', 'GP', 'GP'],
            'sex': ['F', 'M', 'M', 'F', 'M', 'F', 'F'],
            'age': [17, nan, 15, 16, 18, 15, 17],
            'G3': [10, 12, nan, 8, nan, 15, 10],
        }
    )


numbers = pd.Series([3, nan, 1, 2, 3, nan, 7.5])
words = pd.Series(['b', None, 'a', 'b', 'c'])
empty = pd.Series([], dtype=float)
missing = pd.Series([nan, nan])
single = pd.Series([5.0])
flags = pd.Series([True, False, True])


def plain(value):
    if isinstance(value, pd.DataFrame):
        return [list(map(str, value.columns)), [[plain(cell) for cell in row] for row in value.astype(object).values.tolist()]]
    if isinstance(value, pd.Series):
        return [plain(cell) for cell in value.astype(object).tolist()]
    if isinstance(value, pd.Interval):
        return str(value).replace('.0,', ',').replace('.0]', ']').replace('.0)', ')')
    if isinstance(value, (list, tuple)):
        return [plain(item) for item in value]
    if value is None or (isinstance(value, float) and math.isnan(value)):
        return None
    if isinstance(value, (np.integer, np.floating, np.bool_)):
        return plain(value.item())
    return value


def grouped(df, by, column, how):
    """Keys as columns and the package's names: school, G3_mean."""
    result = getattr(df.groupby(by)[column], how)().reset_index()
    return result.rename(columns={column: f'{column}_{NAMES.get(how, how)}'})


NAMES = {'nunique': 'nUnique', 'cumsum': 'cumsum'}
df = students()
num = df[['age', 'G3']]
cases = {}

for name, series in {'numbers': numbers, 'empty': empty, 'missing': missing, 'single': single}.items():
    for method in ['mean', 'median', 'std', 'var', 'min', 'max', 'sum', 'prod', 'count', 'nunique']:
        cases[f'{name} {method}'] = getattr(series, method)()
    cases[f'{name} quantiles'] = series.quantile([0, 0.1, 0.25, 0.5, 0.9, 1])
    cases[f'{name} describe'] = series.describe()
    for method in ['cumsum', 'cumprod', 'cummin', 'cummax']:
        cases[f'{name} {method}'] = getattr(series, method)()
    for method in ['average', 'min', 'max', 'first', 'dense']:
        for na in ['keep', 'top', 'bottom']:
            cases[f'{name} rank {method} {na}'] = series.rank(method=method, na_option=na)
    cases[f'{name} rank descending'] = series.rank(ascending=False)
    cases[f'{name} rank pct'] = series.rank(pct=True)
    cases[f'{name} shift'] = [series.shift(2), series.shift(-1), series.shift(1, fill_value=0)]
    cases[f'{name} diff'] = [series.diff(), series.diff(-2)]
    cases[f'{name} clip'] = [series.clip(2, 3), series.clip(lower=2), series.clip(upper=2)]
    cases[f'{name} sorted'] = [
        series.sort_values(kind='stable'),
        series.sort_values(ascending=False, kind='stable'),
        series.sort_values(na_position='first', kind='stable'),
    ]
    cases[f'{name} duplicates'] = [series.drop_duplicates(), series.drop_duplicates(keep='last'), series.duplicated(keep=False)]
    cases[f'{name} compare'] = [series > 2, series <= 2, series == 3, series != 3]
    cases[f'{name} calculate'] = [series + 1, series / 2, series % 2, series * series]
    cases[f'{name} missing'] = [series.isna(), series.notna(), series.fillna(9), series.dropna()]
    for method in ['mean', 'sum', 'min', 'max', 'median', 'std', 'var']:
        cases[f'{name} rolling {method}'] = [
            getattr(series.rolling(3), method)(),
            getattr(series.rolling(2, min_periods=1), method)(),
            getattr(series.rolling(4, min_periods=0), method)(),
        ]
    cases[f'{name} where'] = [
        series.where(series > 2),
        series.where(series > 2, 0),
        series.mask(series > 2),
        series.mask(lambda v: v <= 2, series * 10),
    ]
    cases[f'{name} filled on'] = [series.ffill(), series.bfill(), series.ffill(limit=1), series.shift(2).bfill(limit=1)]
    cases[f'{name} cov'] = [series.cov(series), series.cov(series * -2), series.cov(series.shift(1))]
    cases[f'{name} is in'] = [series.isin([3, 1]), series.isin([nan]), series.between(2, 3)]

cases['words sorted'] = words.sort_values()
cases['words min max'] = [words.dropna().min(), words.dropna().max()]
cases['words counts'] = [words.count(), words.nunique(), words.value_counts().tolist()]
cases['words mode'] = words.mode()
cases['words describe'] = words.describe()
cases['words map'] = words.map({'a': 1, 'b': 2})
cases['words is in'] = [words.isin(['b']), words.isna()]
cases['numbers mode'] = numbers.mode()
cases['numbers value counts'] = [numbers.value_counts(normalize=True).tolist()[0], numbers.value_counts().tolist()]
cases['flags'] = [flags.sum(), flags.mean(), flags.map({True: 'yes', False: 'no'})]

cases['frame sorted'] = df.sort_values('G3', kind='stable')
cases['frame sorted descending'] = df.sort_values('age', ascending=False, kind='stable')
cases['frame sorted by two'] = df.sort_values(['school', 'age'], ascending=[True, False], kind='stable')
cases['frame nunique'] = df.nunique()
cases['frame nunique rows'] = df.nunique(axis=1)
cases['frame mean rows'] = num.mean(axis=1)
cases['frame quantile'] = num.quantile(0.3)
cases['frame quantiles'] = num.quantile([0.25, 0.75])
cases['frame describe'] = df.describe()
cases['frame cumsum'] = num.cumsum()
cases['frame cummax rows'] = num.cummax(axis=1)
cases['frame rank'] = num.rank()
cases['frame clip'] = num.clip(9, 16)
cases['frame shift'] = df.shift(1)
cases['frame diff'] = num.diff()
cases['frame is in'] = [df.isin(['GP', 15]), df.isin({'age': [15]})]
cases['frame corr'] = num.corr()
cases['frame cov'] = num.cov()
cases['frame rolling'] = [num.rolling(2).mean(), num.rolling(3, min_periods=1).max()]
cases['frame where'] = [
    num.where(num > 15),
    num.where(num['age'] > 15, 0),
    num.mask(num > 15, num * -1),
    df.where(df['sex'] == 'F', '?'),
]
cases['frame filled on'] = [df.ffill(), df.bfill(limit=1)]
cases['words filled on'] = [words.ffill(), words.bfill(), words.where(words == 'b', 'z')]
cases['frame query'] = df.query('age > 16')
cases['frame query text'] = df.query('school == "GP" and age <= 16 or sex == "M" and not G3 > 11')
cases['frame query in'] = df.query('age in [15, 18] and school != "MS"')
cases['frame query chain'] = df.query('15 < age <= 17')
cases['frame query sums'] = df.query('age + G3 * 2 >= 37 - 1 and age % 2 == 1')
cases['frame query missing'] = df.query('G3 != 10')
cases['frame drop duplicates'] = [
    df.drop_duplicates(subset=['sex', 'school']),
    df.drop_duplicates(subset=['sex'], keep='last'),
    df.drop_duplicates(subset=['sex', 'age', 'G3'], keep=False),
]
cases['frame heads'] = [
    part
    for n in [0, 2, -2, -9, 99]
    for part in [df.head(n).index.tolist(), df.tail(n).index.tolist(), numbers.head(n), numbers.tail(n)]
]
cases['frame slices'] = [
    df.iloc[rows].index.tolist()
    for rows in [slice(-2, None), slice(None, -5), slice(1, 3), slice(-99, 2), slice(5, 99), slice(3, 1), slice(None)]
]
cases['series shape'] = [list(numbers.shape), numbers.size, list(num.shape), num.size]
cases['crosstab'] = [
    pd.crosstab(df.school, df.sex).reset_index(),
    pd.crosstab(df.sex, df.G3.map(lambda v: v if v != v else str(int(v)).zfill(2))).rename(columns=lambda c: str(int(c))).reset_index(),
    pd.crosstab(df.age, df.school).reset_index(),
]
dates = pd.to_datetime(pd.Series(['2020-01-05', '2021-02-28', None, '2024-02-29', '2022-12-31T23:59:07']), format='ISO8601').dt
cases['dates'] = [
    dates.year, dates.month, dates.day, dates.dayofweek, dates.hour, dates.minute, dates.second,
    dates.month_name(), dates.day_name(), dates.date.map(lambda day: None if day != day else str(day)),
]
cases['frame assign'] = df.assign(older=lambda d: d.age + 1, sum=lambda d: d.older + d.G3, one=1)
cases['frame melt'] = df.melt(id_vars=['school'], value_vars=['age', 'G3'])
cases['frame melt names'] = num.melt(var_name='what', value_name='number')
cases['frame drop na'] = [df.dropna(), df.dropna(subset=['age'])]
cases['frame fill na'] = df.fillna({'age': 0, 'school': 'none'})

for how in ['mean', 'sum', 'median', 'std', 'var', 'min', 'max', 'count', 'nunique', 'first', 'last', 'prod']:
    cases[f'group {how}'] = grouped(df, 'school', 'G3', how)
    cases[f'group two keys {how}'] = grouped(df, ['school', 'sex'], 'age', how)
cases['group all columns'] = df[['school', 'age', 'G3']].groupby('school').mean().reset_index()
cases['group size'] = df.groupby('school').size().reset_index(name='size')
cases['group quantile'] = df.groupby('school')['age'].quantile(0.25).reset_index()
cases['group transform'] = df.groupby('school')['G3'].transform('mean')
cases['group cumsum'] = df.groupby('school')['age'].cumsum()[df.school.notna()].tolist()
cases['group agg'] = (
    df.groupby('school').agg({'G3': ['min', 'max'], 'age': ['mean']}).reset_index().values.tolist()
)
cases['group get'] = df.groupby('school').get_group('MS')

cases['pivot'] = df.pivot_table(index='school', columns='sex', values='G3').reset_index()
cases['pivot median'] = df.pivot_table(index='sex', columns='school', values='age', aggfunc='median', fill_value=0).reset_index()
cases['pivot one way'] = df.pivot_table(index='school', values=['age'], aggfunc='max').reset_index()

cut = pd.cut
cases['cut edges'] = cut(numbers, [0, 2, 5, 10]).astype(object)
cases['cut left'] = cut(numbers, [1, 3, 7.5], right=False).astype(object)
cases['cut lowest'] = cut(numbers, [1, 3, 7.5], include_lowest=True).astype(object)
cases['cut count'] = cut(numbers, 3).astype(object)
cases['cut count left'] = cut(numbers, 4, right=False).astype(object)
cases['cut labels'] = cut(numbers, [0, 2, 5, 10], labels=['low', 'mid', 'high']).astype(object)
cases['cut codes'] = cut(numbers, 4, labels=False)
cases['cut constant'] = cut(pd.Series([4.0, 4.0]), 2, labels=False)
cases['cut small numbers'] = cut(pd.Series([0.01, 0.025, 0.09]), 2).astype(object)
cases['qcut'] = pd.qcut(numbers, 2).astype(object)
cases['qcut codes'] = pd.qcut(numbers, [0, 0.3, 0.8, 1], labels=False)

a = pd.DataFrame({'k': ['x', 'y', 'y', 'z'], 'n': [1, 2, 3, 4]})
b = pd.DataFrame({'k': ['y', 'x', 'w'], 'm': [10, 20, 30]})
for how in ['inner', 'left', 'right']:
    cases[f'merge {how}'] = a.merge(b, on='k', how=how)
cases['dummies'] = pd.get_dummies(df[['school', 'age']].fillna({'age': 0}), columns=['school'], dtype=int)

(HERE / 'expected.json').write_text(json.dumps({name: plain(value) for name, value in cases.items()}, indent=1) + '\n')
# What pandas has at its top: each works in danfojs or says what is written there. `eval` is a word of JavaScript, NA and NaT
# are missing there as they are.
names = [name for name in dir(pd) if not name.startswith('_') and name not in ('NA', 'NaT', 'annotations', 'pandas', 'eval')]
(HERE / 'names.json').write_text(json.dumps(names, indent=1) + '\n')
print(len(cases), 'cases, pandas', pd.__version__)
