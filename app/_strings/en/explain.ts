// Where a run's predictions are wrong: sizes of errors, worst rows, groups of rows.
import { many } from './many.ts';

export const explain = {
  explain: {
    loading: 'Loading …',
    none: 'This run wrote no predictions of numbers that could be looked at.',
    sizes: 'Size of the errors',
    sizesHint: (n: number, rmse: string, bias: string, unit: string) =>
      `${many(n, 'row')} that the model had not seen. Typical error (RMSE) ${rmse} ${unit}; on average ${bias} ${unit}.`,
    histogram: 'How far the predictions are off',
    difference: 'Predicted minus actual',
    worst: 'Largest errors',
    worstHint: 'Open a row to see its values. What do these rows have in common?',
    row: (n: number) => `Row ${n}`,
    predicted: (predicted: string, actual: string, unit: string) => `predicted ${predicted}, actual ${actual} ${unit}`,
    suggestRow: 'Suggest about this row',
    aboutRow: (row: number, predicted: string, actual: string) =>
      `Row ${row} is predicted as ${predicted}, but is ${actual}. Idea: `,
    groups: 'Error by group',
    groupsHint: (unit: string) =>
      `RMSE in ${unit}, columns with the largest differences first. Line: 95 % interval; mark: all rows. A group is coloured where its interval does not hold the error of all rows.`,
    group: 'Group',
    rows: 'Rows',
    error: 'RMSE',
    n: (n: number) => `n = ${n}`,
    apart: { above: 'above the error of all rows', below: 'below the error of all rows', within: '' },
    suggestGroup: 'Suggest about this group',
    aboutGroup: (column: string, group: string, error: string, all: string) =>
      `The error for ${column} ${group} is ${error}, for all rows ${all}. Idea: `,
    more: (n: number) => `Show ${many(n, 'more column')}`,
    fewer: 'Show fewer',
  },
} as const;
