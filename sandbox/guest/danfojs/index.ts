// What participants import as `danfojs`: the package's tables over small stand-ins. What it does otherwise than pandas
// is put right, and what it lacks added, by the files imported here; types/danfojs.d.ts describes the whole.
import * as base from 'danfojs/dist/danfojs-base/index.js';
import './input.ts';
import './arithmetic.ts';
import './elementwise.ts';
import './reductions.ts';
import './running.ts';
import './windows.ts';
import './sorting.ts';
import './missing-values.ts';
import './frames.ts';
import './selecting.ts';
import './groups.ts';
import './reshaping.ts';
import './columns.ts';
import { define, DataFrame as Frame, onFrames, onSeries } from './classes.ts';
import { readCsvWith, toCSV, toJSON } from './files.ts';
import type { FrameLike, SeriesLike } from './frame-types.ts';
import { getDummiesWith } from './get-dummies.ts';
import { Tensor } from './stand-ins/tensor.ts';

export const getDummies = getDummiesWith(Frame);

onFrames({
  toCSV(this: FrameLike, options?: object) {
    return toCSV(this, options);
  },
  toJSON(this: FrameLike) {
    return toJSON(this);
  },
  getDummies(this: FrameLike, options?: object) {
    return getDummies(this, options);
  },
});

onSeries({
  toJSON(this: SeriesLike) {
    return this.values.slice();
  },
});

// A Series holds no lists: the package would join the parts again.
define((base.Str as { prototype: object }).prototype, 'split', () => {
  throw new TypeError("str.split() would make lists: write series.map((text) => text.split(' ')[0])");
});

// A constant column has no spread: scaled it is 0, where the package answers NaN.
const fit = base.StandardScaler.prototype.fit as (this: { $std: Tensor }, data: unknown) => unknown;
define(base.StandardScaler.prototype, 'fit', function (this: { $std: Tensor }, data: unknown) {
  const fitted = fit.call(this, data);
  const { values, shape, dtype } = this.$std;
  this.$std = new Tensor(
    values.map((value) => (value === 0 ? 1 : value)),
    shape,
    dtype,
  );
  return fitted;
});

export const { DataFrame, Series, Str, Dt, LabelEncoder, OneHotEncoder, StandardScaler, MinMaxScaler } = base;
export const { toDateTime, dateRange } = base;
export { cut, qcut } from './binning.ts';
export { concat, merge } from './combining.ts';
export { crosstab } from './reshaping.ts';
export const readCSV = readCsvWith(Frame);
export * from './absent/exports.ts';
export { toCSV, toJSON };
