// What participants imports as `danfojs`: the package's tables over small stand-ins, with its bugs mended.
import * as base from 'danfojs/dist/danfojs-base/index.js';
import { define, mendColumns } from './columns.ts';
import { readCsvWith, toCSV, toJSON } from './files.ts';
import type { FrameClass, FrameLike, SeriesClass } from './frame-types.ts';
import { getDummiesWith } from './get-dummies.ts';
import { concatWith, mendFrames } from './mends.ts';
import { Tensor } from './tensor.ts';

const Frame = base.DataFrame as FrameClass;
const Column = base.Series as SeriesClass;
mendColumns(Frame, base.NDframe);
mendFrames(Frame);
define(Frame.prototype, 'toCSV', function (this: FrameLike, options?: object) {
  return toCSV(this, options);
});
define(Frame.prototype, 'toJSON', function (this: FrameLike) {
  return toJSON(this);
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
export const { merge, toDateTime, dateRange } = base;
export const concat = concatWith(Frame, Column);
export const getDummies = getDummiesWith(Frame);
export const readCSV = readCsvWith(Frame);
export { toCSV, toJSON };
