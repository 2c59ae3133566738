// What the crowd imports as `danfojs`: the package's tables over small stand-ins, with its bugs mended.
// RUNS IN isolate, and outside in plain Node
import * as base from 'danfojs/dist/danfojs-base/index.js';

export const { DataFrame, Series, Str, Dt, LabelEncoder, OneHotEncoder, StandardScaler, MinMaxScaler } = base;
export const { getDummies, concat, merge, toDateTime, dateRange } = base;
