// Bins of values as charts draw them, with numbers as the language of the page writes them.
import type { ColumnBin } from '#pipeline-core/table/column-bins.ts';
import * as bins from '#session-core/client/drawn-bins.ts';
import { numberText } from '../chart-numbers.ts';

export const binsOf = (values: readonly (number | string)[]) => bins.binsOf(values, numberText);
export const drawnBins = (columnBins: readonly ColumnBin[]) => bins.drawnBins(columnBins, numberText);
